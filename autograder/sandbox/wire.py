"""What crosses between the grader and a worker: frames of plain data, never objects, decoded with bounds.

A frame is two lengths, a msgpack header and the raw bytes of its arrays::

    header length (u32) | arrays length (u32) | header | arrays

None, bool, int, float, str and bytes stand in the header as they are; everything else is a tagged list,
see `pack`. Only *exact* types are data: a subclass of float or ndarray that a submission made up crosses
as a `Handle`, a number under which the worker keeps the object.
"""

import math
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

MAX_HEADER = 1 << 20
MAX_ARRAYS = 16 << 20
MAX_DEPTH = 32
MAX_INT_DIGITS = 3500  # hexadecimal: Python writes no number of over 4300 decimal ones
MAX_KEYS = 1000  # of a dict
MAX_TYPE_NAME = 80

_LENGTHS = struct.Struct("<II")
LENGTHS_SIZE = _LENGTHS.size
_SCALARS = frozenset({type(None), bool, float, str, bytes})
_KEYS = frozenset({type(None), bool, int, float, str})
_DTYPES = frozenset(
    np.dtype(code).str for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
)


class WireError(Exception):
    """What arrived is not a frame, or what should be sent is too large for one."""


class Handle(msgspec.Struct, frozen=True):
    """An object that stays in the worker: its number there, its type's name, whether it can be called."""

    number: int
    type_name: str
    callable: bool


def encode(message: list[Any], handle_for: Callable[[object], Handle] | None = None) -> bytes:
    """Return `message` as one frame; `handle_for` names what is no data. Raises WireError if it is too large."""
    arrays = bytearray()
    try:
        header = msgspec.msgpack.encode([pack(item, arrays, handle_for, 0) for item in message])
    except (RecursionError, UnicodeEncodeError) as error:
        raise WireError(str(error)) from error
    if len(header) > MAX_HEADER or len(arrays) > MAX_ARRAYS:
        raise WireError(f"{len(header)} + {len(arrays)} bytes are too many for one frame")
    return _LENGTHS.pack(len(header), len(arrays)) + header + bytes(arrays)


def body_length(lengths: bytes | bytearray) -> int:
    """Return how many bytes follow the `lengths` that open a frame."""
    header, arrays = _LENGTHS.unpack(lengths)
    if header > MAX_HEADER or arrays > MAX_ARRAYS:
        raise WireError(f"a frame of {header} + {arrays} bytes")
    return int(header + arrays)


def decode(lengths: bytes, body: bytes) -> list[Any]:
    """Return the message in a frame. Raises WireError, and nothing else, for whatever is not one."""
    try:
        header_length, arrays_length = _LENGTHS.unpack(lengths)
        if header_length + arrays_length != len(body):
            raise WireError("the lengths are not the body's")
        items = msgspec.msgpack.decode(body[:header_length])
        if type(items) is not list:
            raise WireError("a message is a list")
        arrays = _Arrays(memoryview(body)[header_length:])
        return [unpack(item, arrays, 0) for item in items]
    except WireError:
        raise
    except (Exception, RecursionError) as error:  # a fuzzer finds more kinds than anyone can list
        raise WireError(f"{type(error).__name__}: {error}"[:200]) from None


def decode_frame(frame: bytes) -> list[Any]:
    """Return the message in a whole frame, as `decode` does."""
    return decode(frame[:LENGTHS_SIZE], frame[LENGTHS_SIZE:])


def pack(value: object, arrays: bytearray, handle_for: Callable[[object], Handle] | None, depth: int) -> object:
    """Return `value` as msgpack's own types; the bytes of arrays are appended to `arrays`."""
    kind = type(value)
    if kind is str:
        return value.encode("utf-8", "replace").decode("utf-8")  # type: ignore[attr-defined]
    if kind in _SCALARS:
        return value
    if kind is int:
        return _pack_int(value)  # type: ignore[arg-type]
    if depth < MAX_DEPTH:
        if kind is list or kind is tuple:
            tag = "list" if kind is list else "tuple"
            return [tag, [pack(item, arrays, handle_for, depth + 1) for item in value]]  # type: ignore[attr-defined]
        if kind is dict and len(value) <= MAX_KEYS and all(map(_is_key, value)):  # type: ignore[arg-type,call-overload]
            items = value.items()  # type: ignore[attr-defined]
            return ["dict", [[pack(k, arrays, None, depth), pack(v, arrays, handle_for, depth + 1)] for k, v in items]]
    if kind is np.ndarray and value.dtype.str in _DTYPES:  # type: ignore[attr-defined]
        arrays += value.tobytes()  # type: ignore[attr-defined]
        return ["array", value.dtype.str, list(value.shape)]  # type: ignore[attr-defined]
    if isinstance(value, np.generic) and kind.__module__ == "numpy" and value.dtype.str in _DTYPES:
        arrays += value.tobytes()
        return ["scalar", value.dtype.str]
    if kind is complex:
        return ["complex", value.real, value.imag]  # type: ignore[attr-defined]
    if value is ...:
        return ["ellipsis"]
    if kind is Handle:
        return ["handle", value.number, value.type_name, value.callable]  # type: ignore[attr-defined]
    if handle_for is None:
        raise WireError(f"{kind.__name__} is no data")
    handle = handle_for(value)
    return ["handle", handle.number, handle.type_name[:MAX_TYPE_NAME], handle.callable]


def _pack_int(value: int) -> object:
    if value.bit_length() < 64:
        return value
    digits = hex(value)
    if len(digits) > MAX_INT_DIGITS:
        raise WireError("an int too long to send")
    return ["int", digits]


def unpack(item: object, arrays: "_Arrays", depth: int) -> object:
    """Return the value that `pack` wrote as `item`. May raise anything: `decode` turns it into WireError."""
    kind = type(item)
    if kind in _SCALARS or kind is int:
        return item
    if kind is not list or depth > MAX_DEPTH:
        raise WireError(f"{kind.__name__} at depth {depth}")
    items: list[Any] = item  # type: ignore[assignment]
    match items:
        case ["list", list(items)]:
            return [unpack(each, arrays, depth + 1) for each in items]
        case ["tuple", list(items)]:
            return tuple([unpack(each, arrays, depth + 1) for each in items])
        case ["dict", list(items)] if len(items) <= MAX_KEYS:
            return {_unpack_key(key, arrays): unpack(each, arrays, depth + 1) for key, each in items}
        case ["array", str(dtype), list(shape)]:
            return arrays.take(dtype, shape)
        case ["scalar", str(dtype)]:
            return arrays.take(dtype, [])[()]
        case ["complex", float(real), float(imag)]:
            return complex(real, imag)
        case ["ellipsis"]:
            return ...
        case ["int", str(digits)] if len(digits) <= MAX_INT_DIGITS:
            return int(digits, 16)
        case ["handle", int(number), str(type_name), bool(can_call)]:
            return Handle(number, type_name[:MAX_TYPE_NAME], can_call)
    raise WireError("an unknown tag")


def _unpack_key(item: object, arrays: "_Arrays") -> object:
    key = unpack(item, arrays, MAX_DEPTH)
    if not _is_key(key):
        raise WireError("a key that is no plain value")
    return key


def _is_key(key: object) -> bool:
    """Whether `key` may be a dict's: of longer ints anyone can choose thousands that hash alike."""
    return type(key) in _KEYS and not (type(key) is int and key.bit_length() >= 64)


class _Arrays:
    """The bytes behind a header, read once from front to back: no byte can stand for two arrays."""

    def __init__(self, raw: memoryview) -> None:
        self._raw = raw
        self._position = 0

    def take(self, code: str, shape: list[Any]) -> np.ndarray:
        if code not in _DTYPES or len(shape) > MAX_DEPTH or any(type(n) is not int or n < 0 for n in shape):
            raise WireError("an array of an unknown kind")
        dtype = np.dtype(code)
        start, length = self._position, math.prod(shape) * dtype.itemsize
        if start + length > len(self._raw):
            raise WireError("an array that is not all there")
        self._position = start + length
        return np.frombuffer(bytearray(self._raw[start : start + length]), dtype).reshape(shape)
