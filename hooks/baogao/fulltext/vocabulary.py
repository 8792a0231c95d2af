"""The words that occur in the corpus, for cutting a query in the browser as jieba would cut it here.

A query is cut by jieba's algorithm: of all ways to cut it into known words the likeliest, each word as likely as its
frequency in jieba's dictionary says. Frequencies are rounded to eighths of a power of two, so that Python (:func:`cut`) and
JavaScript (``words.js``) reckon in whole numbers and cut alike. What jieba guesses by its hidden Markov model is guessed
at build time: a name it found in a report is a word of the vocabulary.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

_Codes = npt.NDArray[np.uint32]
_Ints = npt.NDArray[np.int64]
_Packed = npt.NDArray[np.uint64]

#: More words than this are not shipped; the rarest stay out. 100,000 take about 380 kB.
MOST_WORDS = 100_000
#: Longer words are none.
_LONGEST = 24
#: Characters counted at a time, and the longest words counted as numbers.
_CHUNK = 2_000_000
_SHORT = 4
#: What jieba guessed is taken for a word when it guessed it as often as this.
_GUESSED_OFTEN = 3
#: What jieba segments; other characters stand alone. Queries are folded, so there are no capitals.
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-z0-9+#&._%-]+")
_ATOM = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?%?|.", re.DOTALL)
_SINGLE = re.compile(r"[\u4e00-\u9fd5]")
_WORTH_KEEPING = re.compile(r"(?=.*[\u4e00-\u9fd5])[\u4e00-\u9fd5a-z0-9]+")


def weigh(frequency: float) -> int:
    """A frequency as eighths of its binary logarithm."""
    return round(8 * math.log2(frequency)) if frequency > 1 else 0


@dataclass(frozen=True)
class Vocabulary:
    """``weights``: word → :func:`weigh` of its frequency in jieba's dictionary; ``counts``: word → how often it occurs in
    the corpus; ``total``: the weight of all frequencies together. ``questions`` are the words that only ask, ``glue`` those
    that only join."""

    weights: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    questions: tuple[str, ...] = ()
    glue: tuple[str, ...] = ()


def cut(text: str, vocabulary: Vocabulary) -> list[str]:
    """A folded text in words. The same as ``baogao.words.cut``."""
    words: list[str] = []
    end = 0
    for block in _BLOCK.finditer(text):
        words.extend(text[end : block.start()])
        words.extend(_cut_block(block[0], vocabulary))
        end = block.end()
    words.extend(text[end:])
    return words


@dataclass(frozen=True)
class Wanted:
    """What a query asks for: ``words`` that should occur, and the ``pieces`` of the query that are left when what only asks
    is taken out of it; these weigh the sections."""

    words: tuple[str, ...]
    pieces: tuple[str, ...]


def read_query(text: str, vocabulary: Vocabulary) -> Wanted:
    """What a folded query asks for. The same as ``baogao.words.read``."""
    asking, joining = set(vocabulary.questions), set(vocabulary.glue)
    words: dict[str, None] = {}
    pieces, unknown = [""], ""
    for word in (*cut(text, vocabulary), ""):
        if word not in joining and word not in asking and _SINGLE.fullmatch(word):
            # Characters in a row that are no words: a word the corpus has not, more likely than so many short ones.
            pieces[-1] += word
            unknown += word
            continue
        if unknown:
            words[unknown] = None
            unknown = ""
        if not any(char.isalnum() for char in word) or word in asking:
            pieces.append("")
            continue
        pieces[-1] += word
        if word not in joining:
            words[word] = None
    if words:
        return Wanted(tuple(words), tuple(piece for piece in pieces if piece))
    solid = "".join(char if char.isalnum() else " " for char in text).split()
    return Wanted(tuple(dict.fromkeys(solid)), tuple(solid))


def _cut_block(block: str, vocabulary: Vocabulary) -> Iterator[str]:
    singles = ""
    for word in likeliest(block, vocabulary):
        if len(word) == 1:
            singles += word
            continue
        yield from _ATOM.findall(singles)
        singles = ""
        yield word
    yield from _ATOM.findall(singles)


def likeliest(block: str, vocabulary: Vocabulary) -> list[str]:
    """The likeliest way to cut ``block`` into known words and single characters."""
    size = len(block)
    best = [0] * (size + 1)
    end_of = [size] * (size + 1)
    for begin in range(size - 1, -1, -1):
        score, end_of[begin] = _best_from(block, begin, best, vocabulary)
        best[begin] = score
    words = []
    begin = 0
    while begin < size:
        words.append(block[begin : end_of[begin]])
        begin = end_of[begin]
    return words


def _best_from(
    block: str, begin: int, best: Sequence[int], vocabulary: Vocabulary
) -> tuple[int, int]:
    found = (
        vocabulary.weights.get(block[begin], 0) - vocabulary.total + best[begin + 1],
        begin + 1,
    )
    for end in range(begin + 2, min(len(block), begin + _LONGEST) + 1):
        weight = vocabulary.weights.get(block[begin:end])
        if weight is not None:
            # Of two equally likely ways the longer word, as in jieba.
            found = max(found, (weight - vocabulary.total + best[end], end))
    return found


def count_words(texts: Sequence[str], starts: Sequence[bytes]) -> Counter[str]:
    """How often each word occurs in folded ``texts``, segmented as ``starts`` say (:func:`.segmentation.pack_starts`).

    Words of up to four characters are counted as numbers, which is ten times as fast as counting strings.
    """
    short = _Tally()
    long: Counter[str] = Counter()
    for chunk in _chunks(texts, starts):
        whole = "".join(text for text, _ in chunk)
        codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
        if not len(codes):
            continue
        marks = [
            np.unpackbits(np.frombuffer(bits, np.uint8), count=len(text), bitorder="little")
            for text, bits in chunk
        ]
        begins = np.flatnonzero(np.concatenate(marks))
        lengths = np.diff(begins, append=len(codes))
        packed = _packed(codes, begins, lengths)
        short.add(packed[packed > 0])
        others = np.flatnonzero(packed == 0)
        long.update(
            whole[begin : begin + length]
            for begin, length in zip(begins[others].tolist(), lengths[others].tolist(), strict=True)
        )
    long.update(short.counts())
    return long


def _chunks(texts: Sequence[str], starts: Sequence[bytes]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for text, bits in zip(texts, starts, strict=True):
        chunk.append((text, bits))
        size += len(text)
        if size > _CHUNK:
            yield chunk
            chunk, size = [], 0
    yield chunk


def _packed(codes: _Codes, begins: _Ints, lengths: _Ints) -> _Packed:
    """Each word as the UTF-16 units of its characters, one above the other; 0 where they are too many or too large."""
    row = np.append(codes, np.zeros(_SHORT, np.uint32))
    packed = np.zeros(len(begins), np.uint64)
    fits = lengths <= _SHORT
    for place in range(_SHORT):
        here = np.where(place < lengths, row[begins + place], 0)
        fits &= (here < 0x10000) & ((here > 0) | (place >= lengths))
        packed = packed << np.uint64(16) | here.astype(np.uint64)
    packed[~fits] = 0
    return packed


class _Tally:
    """Counts numbers, heap by heap."""

    def __init__(self) -> None:
        self._heaps: list[tuple[_Packed, _Ints]] = []

    def add(self, values: _Packed) -> None:
        self._heaps.append(np.unique(values, return_counts=True))

    def counts(self) -> dict[str, int]:
        """How often each word was added."""
        if not self._heaps:
            return {}
        values, inverse = np.unique(
            np.concatenate([heap[0] for heap in self._heaps]), return_inverse=True
        )
        counts = np.zeros(len(values), np.int64)
        np.add.at(counts, inverse, np.concatenate([heap[1] for heap in self._heaps]))
        units = values.astype(">u8").view(">u2").reshape(-1, _SHORT).astype("<u4")
        # The units of a shorter word stand at the end: those before it are zeros.
        words = ["".join(map(chr, filter(None, row))) for row in units.tolist()]
        return dict(zip(words, counts.tolist(), strict=True))


def build_vocabulary(
    counts: Mapping[str, int],
    frequencies: Mapping[str, int],
    terms: Iterable[str] = (),
    questions: Sequence[str] = (),
    glue: Sequence[str] = (),
) -> Vocabulary:
    """The vocabulary of a corpus.

    ``counts``: its words; ``frequencies``: jieba's dictionary (``Segmenter.frequencies``); ``terms``: words to know whether they
    occur or not; ``questions``: what only asks; ``glue``: what only joins. All folded.
    """
    total = weigh(sum(frequencies.values()))
    kept = {
        word: weigh(frequencies.get(word) or count) for word, count in _most(counts, frequencies)
    }
    for term in terms:
        if 1 < len(term) <= _LONGEST:
            kept.setdefault(term, weigh(frequencies.get(term) or 1))
    for char in {char for word in (*kept, *questions, *glue) for char in word}:
        kept.setdefault(char, weigh(frequencies.get(char) or 1))
    # Short ones first: a long one must outweigh the short ones in it.
    growing = Vocabulary(kept, total=total)
    for phrase in sorted({*questions, *glue}, key=lambda q: (len(q), q)):
        kept[phrase] = max(_weight_as_whole(phrase, growing), kept.get(phrase, 0))
    occurring = {word: count for word, count in counts.items() if word in kept}
    return Vocabulary(kept, occurring, total, tuple(questions), tuple(glue))


def _weight_as_whole(phrase: str, vocabulary: Vocabulary) -> int:
    """Just enough that ``phrase`` stays whole, however likely its pieces are."""
    pieces = likeliest(phrase, vocabulary)
    weights = (vocabulary.weights.get(piece, 0) for piece in pieces)
    return max(sum(weights) - (len(pieces) - 1) * vocabulary.total + 1, 0)


def _most(counts: Mapping[str, int], frequencies: Mapping[str, int]) -> list[tuple[str, int]]:
    """The words to ship."""
    words = [
        (word, count)
        for word, count in counts.items()
        if len(word) <= _LONGEST
        and (count >= _GUESSED_OFTEN or frequencies.get(word))
        and _WORTH_KEEPING.fullmatch(word)
    ]
    if len(words) > MOST_WORDS:
        words.sort(key=lambda entry: (-entry[1], entry[0]))
        del words[MOST_WORDS:]
    return words


def table(vocabulary: Vocabulary) -> dict[str, object]:
    """The vocabulary for ``baogao.words.load({vocabulary: …})``.

    ``words`` is one string: the words in order, each written as a capital that says how many characters it shares with
    the one before (``A`` none, ``B`` one …; folded words have no capitals) and its other characters. ``weights`` and ``counts``
    have one character for each word, a blank for 0. Counts are rounded to halves of a power of two, from 1 for words that occur.
    """
    words = sorted(vocabulary.weights)
    written: list[str] = []
    before = ""
    for word in words:
        shared = 0
        while shared < min(len(word), len(before)) and word[shared] == before[shared]:
            shared += 1
        written.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return {
        "words": "".join(written),
        "weights": "".join(chr(32 + vocabulary.weights[word]) for word in words),
        "counts": "".join(chr(32 + _rounded(vocabulary.counts.get(word, 0))) for word in words),
        "total": vocabulary.total,
        "questions": list(vocabulary.questions),
        "glue": list(vocabulary.glue),
    }


def _rounded(count: int) -> int:
    return 1 + round(2 * math.log2(count)) if count else 0
