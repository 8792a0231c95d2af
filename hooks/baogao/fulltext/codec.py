"""Numbers as bytes: variable-length integers (seven bits a byte, low bits first), for arrays and one by one."""

from __future__ import annotations

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
    return varints(np.fromiter(values, np.int64))[0].tobytes()


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


def ranges(starts: Ints, counts: Ints) -> Ints:
    """``starts[0], starts[0] + 1, …`` (``counts[0]`` of them), then the next, all in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    values: Ints = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return values
