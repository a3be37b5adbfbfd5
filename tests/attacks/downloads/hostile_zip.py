"""A class's zip with entries that lead out of it, links, bombs, doubles and names that are orders; two are honest.

Each honest student must keep every point, no entry may be written anywhere, and whoever handed in a file that can't be
read is told so. What lies outside is left out.
"""

import struct
import warnings
import zipfile

NAMES = ("=HYPERLINK(1)", "\u202e\x1b[2J<script>", "-n", "con", "~root")  # of students whose work is right
EXPECTED = {
    "ana": 100,
    "zoe": 100,
    **{name.replace("\u202e\x1b", "\ufffd\ufffd"): 100 for name in NAMES},
    "bomb": "unreadable",
    "twice": "unreadable",
    "link": "unreadable",
    "locked": "unreadable",
    "damaged": "unreadable",
    "squeezed": "unreadable",
}


def write(path, honest):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in ("ana", *NAMES, "zoe", "locked", "damaged", "twice"):
            archive.writestr(f"{student}/neuron.py", honest)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile tells of the double
            archive.writestr("twice/neuron.py", b"quiz_1 = 'b'\n")
        for name in ("../ana/neuron.py", "/tmp/outside.py", "ana/../../outside.py", "C:/outside.py", "..\\outside.py"):
            archive.writestr(name, b"quiz_1 = 'a'\n")
        archive.writestr("bomb/neuron.py", bytes(200_000_000))
        archive.writestr("squeezed/neuron.py", bytes(1_000_000), zipfile.ZIP_LZMA)
        link = zipfile.ZipInfo("link/neuron.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    content = bytearray(path.read_bytes())
    for name, change in (("locked", set_encrypted), ("damaged", spoil)):
        change(content, name.encode() + b"/neuron.py")
    path.write_bytes(content)


def set_encrypted(content, name):
    """Say of an entry, where it stands and in the directory at the end, that it is encrypted."""
    content[content.index(name) - 30 + 6] |= 1
    content[content.rindex(name) - 46 + 8] |= 1


def spoil(content, name):
    """Change a byte of an entry's content."""
    begin = content.index(name)
    (length,) = struct.unpack_from("<H", content, begin - 4)
    content[begin + length + 40] ^= 0xFF
