"""What crosses between grader and worker: plain data survives to the last bit, and nothing else gets a meaning."""

import math
import time
import tracemalloc
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from autograder.sandbox import wire

DTYPES = st.sampled_from([np.dtype(code) for code in wire._DTYPES])
ARRAYS = DTYPES.flatmap(lambda dtype: st_numpy.arrays(dtype, st_numpy.array_shapes(min_dims=0, min_side=0, max_side=4)))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**200), 2**200),
    st.floats(),
    st.complex_numbers(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.binary(),
    st.just(...),
)
KEYS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63) + 1, 2**63 - 1), st.floats(allow_nan=False), st.text("abñ漢")
)
DATA = st.recursive(
    st.one_of(SCALARS, ARRAYS),
    lambda inner: st.one_of(st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(KEYS, inner)),
    max_leaves=20,
)


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, complex):
        return same([one.real, one.imag], [other.real, other.imag])
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


@given(st.lists(DATA, max_size=4))
def test_plain_data_comes_back_as_it_was(message: list[Any]) -> None:
    assert same(wire.decode_frame(wire.encode(message)), message)


@pytest.mark.parametrize("code", sorted(wire._DTYPES))
def test_numpys_scalars_come_back_as_they_were(code: str) -> None:
    scalar = np.ones((), code)[()]
    assert same(wire.decode_frame(wire.encode([scalar])), [scalar])


class MyFloat(float):
    pass


class MyText(str):
    pass


class MyArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value", [MyFloat(0.5), MyText("a"), np.ones(2).view(MyArray), np.array([print]), object(), print, {(1, 2): 3}]
)
def test_what_is_no_plain_data_crosses_as_a_number_only(value: object) -> None:
    handle = wire.Handle(7, type(value).__name__, callable(value))
    assert wire.decode_frame(wire.encode([value], lambda _: handle)) == [handle]
    with pytest.raises(wire.WireError):
        wire.encode([value])


def decoded_or_refused(frame: bytes) -> None:
    try:
        lengths, body = frame[: wire.LENGTHS_SIZE], frame[wire.LENGTHS_SIZE :]
        wire.decode(lengths, body)
        wire.body_length(lengths)
    except wire.WireError:
        pass


def frame_of(header: object, arrays: bytes = b"") -> bytes:
    packed = msgspec.msgpack.encode(header)
    return wire._LENGTHS.pack(len(packed), len(arrays)) + packed + arrays


@settings(max_examples=500)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    decoded_or_refused(wire._LENGTHS.pack(len(raw), 0) + raw)
    if len(raw) >= wire.LENGTHS_SIZE:
        decoded_or_refused(raw)


@settings(max_examples=500)
@given(st.lists(DATA, min_size=1, max_size=3), st.data())
def test_a_changed_frame_is_decoded_or_refused(message: list[Any], data: st.DataObject) -> None:
    frame = bytearray(wire.encode(message))
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(wire.LENGTHS_SIZE, len(frame) - 1))
        frame[position] = data.draw(st.integers(0, 255))
    decoded_or_refused(bytes(frame))


TAGS = st.sampled_from(["list", "tuple", "dict", "array", "scalar", "complex", "ellipsis", "int", "handle", "no"])
HOSTILE = st.recursive(
    st.one_of(st.none(), st.integers(-(2**63), 2**64 - 1), st.floats(), st.text(max_size=5), TAGS, st.just("<f8")),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.tuples(TAGS, inner, inner).map(list)),
    max_leaves=15,
)


@settings(max_examples=500)
@given(st.lists(HOSTILE, max_size=4), st.binary(max_size=64))
def test_hostile_headers_are_decoded_or_refused(header: list[Any], arrays: bytes) -> None:
    decoded_or_refused(frame_of(header, arrays))


@pytest.mark.parametrize(
    "item",
    [
        ["array", "<f8", [1 << 40]],
        ["array", "<f8", [-1]],
        ["array", "<f8", [1 << 62, 1 << 62, 0]],
        ["array", "<f8", [0] * 64],
        ["array", "|O", [1]],
        ["array", "<M8[s]", [1]],
        ["array", "V8", [1]],
        ["scalar", "|O"],
        ["int", "0x" + "f" * 5000],
        ["int", "9" * 5000],
        ["dict", [[["list", []], 1]]],
        ["dict", [[["int", hex(2**80)], 1]]],
        ["dict", [[i, 1] for i in range(wire.MAX_KEYS + 1)]],
        ["handle", "0", "x", True],
        [],
    ],
)
def test_what_no_honest_worker_sends_is_refused(item: list[Any]) -> None:
    with pytest.raises(wire.WireError):
        wire.decode_frame(frame_of([item], bytes(16)))


def test_deep_nesting_is_refused_without_recursion() -> None:
    item: list[Any] = []
    for _ in range(200):
        item = ["list", [item]]
    with pytest.raises(wire.WireError):
        wire.decode_frame(frame_of([item]))


def test_no_byte_stands_for_two_arrays() -> None:
    """A short frame that names the same bytes many times must not grow into a large message."""
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError):
            wire.decode_frame(frame_of([["array", "<f8", [100_000]]] * 1000, bytes(800_000)))
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def many(item: object, first: bytes = b"") -> bytes:
    """Return a header that is a list of as many items as fit."""
    packed = msgspec.msgpack.encode(item)
    count = (wire.MAX_HEADER - 64) // len(packed)
    return first + b"\xdd" + count.to_bytes(4, "big") + packed * count


@pytest.mark.parametrize(
    "header",
    [
        many([]),
        many({}),
        many(None, first=b"\x91\x92\xa4list"),
        many(["list", []]),
        many(["array", "<f8", [0]]),
        many(["int", "0x" + "f" * 3000]),
        many(["handle", 1, "x", True]),
        many(["dict", [[key, None] for key in range(wire.MAX_KEYS)]]),
        msgspec.msgpack.encode(["x" * (wire.MAX_HEADER - 64)]),
        b"\x91" * (wire.MAX_HEADER - 64) + b"\x90",
        b"\x91" + b"\x81\xa0" * (wire.MAX_HEADER // 2 - 64) + b"\x90",
    ],
    ids=range(11),
)
def test_the_largest_frames_take_bounded_time_and_memory(header: bytes) -> None:
    frame = wire._LENGTHS.pack(len(header), wire.MAX_ARRAYS) + header + bytes(wire.MAX_ARRAYS)
    wire.body_length(frame[: wire.LENGTHS_SIZE])
    tracemalloc.start()  # which takes longer than decoding
    start = time.process_time()
    try:
        decoded_or_refused(frame)
        assert tracemalloc.get_traced_memory()[1] < 128_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - start < 20


def test_lengths_beyond_the_bounds_are_refused_before_anything_is_received() -> None:
    for lengths in ((wire.MAX_HEADER + 1, 0), (0, wire.MAX_ARRAYS + 1), (2**32 - 1, 2**32 - 1)):
        with pytest.raises(wire.WireError):
            wire.body_length(wire._LENGTHS.pack(*lengths))


def test_what_is_too_large_is_not_sent() -> None:
    for value in ("x" * (wire.MAX_HEADER + 1), np.zeros(wire.MAX_ARRAYS // 8 + 1), 1 << (4 * wire.MAX_INT_DIGITS)):
        with pytest.raises(wire.WireError):
            wire.encode([value])
