"""Numbers as bytes, and bytes as the text of a script.

*Varints*: seven bits a byte, low bits first. *Rice codes*, for the gaps between passages: a number is cut ``k`` bits above its end;
the upper part is written in unary (so many zeros and a one), the lower as it is, highest bit first. Gaps spread
as chance would spread them take hardly more than their entropy, a sixth less than deflated varints.

*Packed text* carries bytes in a string of a script written in UTF-8: seven bits make a character below U+0080. The five that a
string cannot hold as they are, or that tools stumble over, are put together with the seven bits that follow into one character of
two bytes. So n bytes take n · 8/7, where base64 takes n · 4/3; the compression of a web server brings both back to n.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

_LIMIT = 5


def varints(values: npt.NDArray[np.integer]) -> tuple[Bytes, Ints]:
    """The bytes of all values one after another, and where each begins (one entry more: the end)."""
    numbers = values.astype(np.int64, copy=False)
    sizes = np.ones(len(numbers), np.int64)
    for size in range(1, _LIMIT):
        sizes += numbers >= (1 << (7 * size))
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    out = np.empty(int(starts[-1]), np.uint8)
    for place in range(_LIMIT):
        chosen = np.flatnonzero(sizes > place) if place else slice(None)
        part = numbers[chosen]
        if not len(part):
            break
        more = (sizes[chosen] > place + 1).astype(np.uint8) << 7
        out[starts[:-1][chosen] + place] = ((part >> (7 * place)) & 127).astype(np.uint8) | more
    return out, starts


def varint_bytes(values: Iterable[int]) -> bytes:
    """The same for a few values."""
    out = bytearray()
    for value in values:
        rest = value
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
    return bytes(out)


def rice_bits(sizes: Ints, passages: int) -> Ints:
    """The ``k`` that suits the gaps of so many passages among all ``passages``. Reckoned in whole numbers, as in ``codec.js``."""
    ks = np.zeros(len(sizes), np.int64)
    for k in range(1, 32):
        ks += (sizes << k) * 13 <= passages * 9
    return ks


def rice(values: Ints, ks: Ints) -> tuple[Bytes, Ints]:
    """Rice codes of ``values`` (each with its ``ks``) one after another, filled up to whole bytes; and at which bit each
    begins (one entry more: the end)."""
    above = values >> ks
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum(above + ks + 1, out=starts[1:])
    bits = np.zeros(int(starts[-1]), np.uint8)
    ones = starts[:-1] + above
    bits[ones] = 1
    rest, left, last = values, ks, ones + ks
    while True:
        # Most codes have few lower bits: those that have none left drop out.
        some = np.flatnonzero(left > 0)
        if not len(some):
            return np.packbits(bits), starts
        rest, left, last = rest[some], left[some], last[some]
        bits[last] = rest & 1
        rest, left, last = rest >> 1, left - 1, last - 1


def bit_slice(data: Bytes, begin: int, end: int) -> bytes:
    """Bits ``begin`` to ``end`` of ``data``, moved to the beginning of a byte."""
    size = -(-(end - begin) // 8)
    row = int.from_bytes(data[begin >> 3 : (end + 7) >> 3].tobytes(), "big") >> (-end & 7)
    row &= (1 << (end - begin)) - 1
    return (row << (begin - end & 7)).to_bytes(size, "big")


def join_bits(parts: Iterable[tuple[Bytes, int]]) -> Bytes:
    """Rows of bits, each with its number of bits, one after another."""
    whole = []
    rest = np.zeros(0, np.uint8)
    for data, count in parts:
        bits = np.concatenate((rest, np.unpackbits(data, count=count)))
        full = len(bits) & ~7
        whole.append(np.packbits(bits[:full]))
        rest = bits[full:]
    return np.concatenate((*whole, np.packbits(rest)))


class Bits:
    """Reads Rice codes."""

    def __init__(self, data: bytes) -> None:
        self.row = "".join(f"{byte:08b}" for byte in data)
        self.at = 0

    def rice(self, count: int, k: int) -> list[int]:
        values = []
        for _ in range(count):
            one = self.row.index("1", self.at)
            end = one + 1 + k
            values.append((one - self.at) << k | int(self.row[one:end], 2) - (1 << k))
            self.at = end
        return values


_BLOCK = 0xFFFF


def stream_head(stored: bytes) -> bytes:
    """The beginning of a zlib stream: its header, and ``stored`` as it is."""
    head = b"\x78\xda"
    for at in range(0, len(stored), _BLOCK):
        part = stored[at : at + _BLOCK]
        size = len(part)
        head += b"\0" + size.to_bytes(2, "little") + (size ^ _BLOCK).to_bytes(2, "little") + part
    return head


def stream_rest(stored: bytes, content: bytes, packer: zlib._Compress) -> bytes:
    """The rest of the stream: ``content``, deflated by a ``packer`` of raw deflate, and the checksum of both."""
    body = packer.compress(content) + packer.flush()
    return body + zlib.adler32(content, zlib.adler32(stored)).to_bytes(4, "big")


UNSAFE = (0, 10, 13, 34, 92)
_UNSAFE = np.zeros(128, np.uint8)
_UNSAFE[list(UNSAFE)] = np.arange(1, len(UNSAFE) + 1)
_SHIFTS = np.arange(49, -1, -7, dtype=np.uint64)


def pack_text(data: bytes) -> bytes:
    """``data`` as packed text, in UTF-8; for a string between ``"``."""
    count = -(-len(data) * 8 // 7)
    rows = -(-len(data) // 7)
    octets = np.zeros((rows, 8), np.uint8)
    octets[:, 1:] = np.frombuffer(data.ljust(rows * 7, b"\0"), np.uint8).reshape(rows, 7)
    sevens = (octets.view(">u8").astype(np.uint64) >> _SHIFTS) & np.uint64(127)
    out = sevens.astype(np.uint8).ravel()[:count]
    at = np.flatnonzero(_UNSAFE[out])
    # In a row of unsafe ones every second is taken in by the one before it.
    order = np.arange(len(at))
    heads = np.maximum.accumulate(np.where(np.diff(at, prepend=-2) != 1, order, 0))
    at = at[(order - heads) % 2 == 0]
    last = b""
    if len(at) and at[-1] == count - 1:
        last = chr(128 + (len(UNSAFE) << 7 | int(out[-1]))).encode()
        at = at[:-1]
        out = out[:-1]
    code = 128 + ((_UNSAFE[out[at]].astype(np.int64) - 1) << 7 | out[at + 1])
    out[at] = 0xC0 | code >> 6
    out[at + 1] = 0x80 | code & 63
    return out.tobytes() + last


def unpack_text(text: str) -> bytes:
    """What was packed."""
    row: list[int] = []
    for code in map(ord, text):
        if code < 128:
            row.append(code)
        elif code - 128 < len(UNSAFE) << 7:
            row += (UNSAFE[code - 128 >> 7], code & 127)
        else:
            row.append(code & 127)
    bits = "".join(f"{seven:07b}" for seven in row)
    size = len(row) * 7 // 8
    return int(bits[: size * 8] or "0", 2).to_bytes(size, "big")


class Bytestream:
    """Reads what the functions above wrote."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def varints(self, count: int) -> list[int]:
        return [self.varint() for _ in range(count)]

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise EOFError
        self.at += count
        return self.data[self.at - count : self.at]


def join_starts(parts: Iterable[Ints]) -> Ints:
    """Where things begin in the parts of a row (of each part one entry more: its end), as places in the whole row."""
    rows = list(parts)
    ends = np.cumsum([0, *(int(row[-1]) for row in rows)])
    begins = [row[:-1] + at for row, at in zip(rows, ends[:-1], strict=True)]
    return np.concatenate((*begins, ends[-1:]))


def ranges(starts: Ints, counts: Ints) -> Ints:
    """``starts[0], starts[0] + 1, …`` (``counts[0]`` of them), then the next, all in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    values: Ints = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return values
