"""How figures are written: a number with a unit that counts or measures something.

``450余人次``, ``1.2万元``, ``3至5次``, ``六成一``, ``五六个``, ``三分之一``, ``XX场次``. No figures are years, dates, ordinals and ranks,
names with numbers (“三会一课”, 两个维护), 一 that is but an article (一名干部), class bounds (30万元以上的项目), and how regular something
is (每季度一次). The units and the words around them are the office's (``docs/_data/figures.yml``).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..corpus import FigureWords

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}  # fmt: skip
#: Full-width digits and signs, one for one, so that offsets stay.
_PLAIN = str.maketrans("０１２３４５６７８９．％Ｘｘ﹪", "0123456789.%XX%")

_WIDE = re.compile("[０-９．％Ｘｘ﹪]")

_DIGIT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_HAN = r"[一二两三四五六七八九十百千万][零〇一二两三四五六七八九十百千万亿]{0,12}"
_GAP = r"X{1,4}|×{1,4}|_{2,8}|□{1,4}|○{2,4}"
_DASH = r"[-－—–―~～至到]{1,2}"
_MORE = "余|多|来"
_SCALE = "百万|千万|万亿|[百千万亿]"
#: What the unit of a count means where it is another word for the same thing.
_SAME = {"个月": "个月", "％": "%"}
_CLOSE = "，。；、：！？）,;)”’\n"

_LAST_ORDINAL = re.compile(
    r"(?:第|届)[\dX一二三四五六七八九十百]*(?:[、至和次批期届—-][\dX一二三四五六七八九十百]*)*$"
)
_BEFORE_NOT = re.compile(
    r"(?:[A-Za-z0-9.+＋×/:：#№〔\[]|\d[，,]|(?<![目以此之提年先日午从生])前|星期|周|礼拜|〔\d{4}〕)$"
)
_BEFORE_CHEAP = "＋×：№〔，前期周拜〕"
#: Before a Chinese numeral: it points at things known (这三个支部) instead of counting.
_POINTS = re.compile(r"(?:[这那该此首头]|上述|其余|另外?|同|某|任|逐|以上|以下|今后|未来|[^最]后)$")
#: 一起, 一道, 一路 … are words of their own.
_ONE_WORDS = frozenset("起点道面头路班块门根只封扇桌站段对字部")
#: Before 一: a word that ends in it, or one that makes it point at something instead of counting.
_ONE_NOT = re.compile(
    r"(?:[统唯单专之万其逐有又再每哪新下上前后某任同另这那第十百千划均如归整合同不老初]|[再又][^，。]?|"
    r"[每年月周季度天日户人岗事]|半年|半月)$"
)
_ONE_COUNTS = re.compile(r"(?:各[^，。；、：]{0,3}|只有|仅有?|仅剩|只剩|共)$")
_REGULAR = re.compile(
    r"每(?:年|月|周|季度?|半年|半月|两周|天|日|旬|人|户)(?:度)?(?:召开|开展|组织|举办|学习|安排|报送)?$"
)
_EVERY = re.compile(r"[每逐][^，。；]*$")
_AT_LEAST = re.compile(r"(?:不少于|不低于|至少|不得少于|不超过|不多于|不高于|达到?)[^，。；]{0,3}$")
#: A bare 个 after one of these counts what was counted before: 116个班次，人均3.3个.
_GOES_ON = re.compile(r"(?:人均|平均|[到至为足]|超过|减少|增加)$")
_SPAN_BEFORE = re.compile(r"(?:近|过去|最近|未来|今后|前|后|每|头|连续|随后)$")
_SPAN_AFTER = re.compile(r"(?:后|前|来|以来|之后|之前|前后|期间|期满|一次|一[个报调查会评])")
_SPANS = frozenset({"个月", "小时", "分钟", "天", "工作日", "昼夜"})
_MONTHS = frozenset({"个月"})
_CHAR_BEFORE_SCORE = re.compile(r"[时点:]$")
_MEETING = re.compile(
    r"(?:[、和及][\dX一二三四五六七八九十]+次)*(?:全会|党代会|党代表大会|代表大会|常委会会议精神)"
)

APPROX_BEFORE = re.compile(
    r"(不少于|不低于|不超过|不多于|不高于|不足|不到|不满|至少|至多|最多|最少|超过|突破|少于|低于|高于|多于|大约|约|将近|接近|近|逾|超|上)$"
)
#: The characters in which such words end and those in which such as follow begin.
_APPROX_ENDS = frozenset("于过足到满少多破约近逾超上")
_APPROX_BEGINS = frozenset("及以左上内多")
_APPROX_AFTER = re.compile(
    r"(及以上|及以下|以上|以下|以内|左右|上下|内(?!容|部|外|设|涵|控|地|蒙|在|生|审|循)|多(?!数|种|样|元|次|项|方|重))"
)
_BARE = re.compile(
    r"(?P<unit>人次|人数|场次|次数|户数|件数|户次|家次)(?:已|共|累计|总计|合计|超过|超|约|近|逾|突破)*(?:达到|达|为|有|是)?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<more>余|多)?(?=[，。；、）,;)]|$)"
)
#: A first look that misses nothing.
_BARE_CHEAP = re.compile(r"[人场次户件家][次数][^，。；、]{0,6}?\d")
_BARE_UNITS = {"人数": "人", "次数": "次", "户数": "户", "件数": "件"}


class Sighting(NamedTuple):
    """A figure in a text: ``text[start:end]``, in the base unit (万元 → 元, 成 → %).

    ``low`` and ``high`` are the same but for a range (3至5次) and None where it is still to be filled in (``gap``); ``approx`` is
    what makes it inexact or a bound (余, 约, 不少于), ``han`` whether it is written in Chinese numerals.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    approx: str
    han: bool

    @property
    def gap(self) -> bool:
        return self.low is None


def find_figures(text: str, words: FigureWords) -> Iterator[Sighting]:
    """The figures of a text, in order. Linear in the length of the text."""
    grammar = _grammar(words)
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    names: deque[tuple[int, int]] | None = None
    at = 0
    counted = ""
    bare = deque(_BARE.finditer(plain) if _BARE_CHEAP.search(plain) else ())
    search, match = _FIRST.search, grammar.figure.match
    # Looking for its first character first is three times as fast as trying everywhere.
    begin = search(plain)
    while begin:
        found = match(plain, begin.start())
        begin = search(plain, found.end() if found else begin.end())
        if found is None:
            continue
        start, end = found.span()
        while bare and bare[0].start("n") < start:
            yield from _bare(bare.popleft(), at)
        seen = grammar.judge(found, plain)
        if seen is None:
            continue
        if names is None:
            names = _names(plain)
        while names and names[0][1] <= start:
            names.popleft()
        if names and names[0][0] <= start:
            continue
        if bare and bare[0].start("n") < end:
            bare.popleft()
        at = end
        if found["inner"]:
            counted = seen.unit
        elif counted and seen.unit == "个" and _goes_on(plain, start, end):
            seen = seen._replace(unit=counted)
        yield seen
    for left in bare:
        yield from _bare(left, at)


def _goes_on(text: str, start: int, end: int) -> bool:
    return text[end : end + 1] in ("", *_CLOSE) and bool(
        _GOES_ON.search(text, max(0, start - 4), start)
    )


def _bare(found: re.Match[str], at: int) -> Iterator[Sighting]:
    """A number whose unit stands before it: 人次达到655."""
    if found.start("n") >= at:
        value = float(found["n"].replace(",", ""))
        unit = _BARE_UNITS.get(found["unit"], found["unit"])
        end = found.end("more") if found["more"] else found.end("n")
        yield Sighting(found.start("n"), end, value, value, unit, found["more"] or "", False)


_NAME = re.compile(r"《[^》\n]{0,80}》|“[^”\n]{1,20}”|〔[^〕]*〕")


def _names(text: str) -> deque[tuple[int, int]]:
    """Where titles and short quotations stand: the numbers in them are part of a name."""
    if "“" not in text and "《" not in text and "〔" not in text:
        return deque()
    return deque(found.span() for found in _NAME.finditer(text))


_FIRST = re.compile(r"\d[\d.,]*|[一二两三四五六七八九十百千万X×_□○半]")


class _Grammar:
    def __init__(self, words: FigureWords) -> None:
        self.han_not = words.han_not
        ordered = sorted(words.units, key=lambda unit: (-len(unit.word), unit.word))
        plain = "|".join(
            unit.word + (f"(?![{unit.unless}])" if unit.unless else "") for unit in ordered
        )
        inner = "班次|小时|工作日|昼夜|百分点|课时|学时"
        unit = rf"(?:个(?P<inner>{inner})|个?月(?<=个月)(?!份)|{plain})"
        self.figure = re.compile(
            rf"""
              (?P<share>一半|半数(?!以上同意)|(?P<of>[百千]|[一二三四五六七八九十]{{1,6}})分之(?P<part>[零一二三四五六七八九十百点]{{1,8}}|\d+(?:\.\d+)?))
            | (?P<tenths>[一二两三四五六七八九]|\d)成(?P<more_tenths>[一二三四五六七八九半](?![个名次项人]))?(?![立绩效果员就功为本长熟熟都品交语型份了不])
            | (?:(?P<digit>{_DIGIT})|(?P<gap>{_GAP})|(?P<han>{_HAN}))
              (?:(?P<scale1>{_SCALE})?(?P<unit1>%|元|名|人|次|个)?{_DASH}(?:(?P<digit2>{_DIGIT})|(?P<han2>{_HAN})))?
              (?:
                (?P<percent>(?P<pmore>{_MORE})?%)
              | (?P<more>{_MORE})?(?P<scale>{_SCALE})?(?P<more2>{_MORE})?(?:个(?P<more3>[余多])(?P<span>月|小时|星期)|(?P<unit>{unit}))
                (?P<times>次(?![级要年日月序数]))?(?P<more4>多(?=[，。；、])|余(?=[，。；、]))?
              )
            """,
            re.VERBOSE,
        )
        self.division = re.compile(
            "(?:大|重点|主要|突出|关键|具体)?(?:" + "|".join(map(re.escape, words.divisions)) + ")"
        )
        self.counts = frozenset(unit.word for unit in words.units)

    def judge(self, found: re.Match[str], text: str) -> Sighting | None:
        """The figure ``found`` is, or None when it is none."""
        start, end = found.span()
        before = text[max(0, start - 12) : start]
        after = text[end : end + 12]
        last = before[-1:]
        if (
            last
            and ((last.isascii() and last not in " )%") or last in _BEFORE_CHEAP)
            and _BEFORE_NOT.search(before)
        ):
            return None
        if ("第" in before or "届" in before) and _LAST_ORDINAL.search(before):
            return None
        share, tenths, percent = found.group("share", "tenths", "percent")
        if share:
            return self._share(found, before, after)
        if tenths:
            if (
                before.endswith(("建", "完", "达", "形", "合", "促", "集", "组", "构", "一"))
                and tenths in "一"
            ):
                return None
            value = _value(tenths) * 10.0
            if found["more_tenths"]:
                value += 5 if found["more_tenths"] == "半" else _value(found["more_tenths"])
            return _made(found, value, value, "%", before, after, not tenths.isdigit())
        if percent:
            return self._percent(found, before, after)
        return self._count(found, text, before, after)

    def _share(self, found: re.Match[str], before: str, after: str) -> Sighting | None:
        if found["share"] in ("一半", "半数"):
            if before.endswith(("另", "这", "那")):
                return None
            return _made(found, 50, 50, "%", before, after, True)
        whole = {"百": 100, "千": 1000}.get(found["of"]) or _value(found["of"])
        part = _value(found["part"])
        if not whole or part > whole:
            return None
        value = round(part / whole * 100, 1)
        return _made(found, value, value, "%", before, after, True)

    def _percent(self, found: re.Match[str], before: str, after: str) -> Sighting | None:
        if found["han"] or found["han2"]:
            return None
        if found["gap"]:
            return _made(found, None, None, "%", before, after, False)
        low = _value(found["digit"])
        high = _value(found["digit2"]) if found["digit2"] else low
        return _made(found, low, high, "%", before, after, False)

    def _count(self, found: re.Match[str], text: str, before: str, after: str) -> Sighting | None:
        inner, unit, span, times, more, more2, more3, more4, gap, numeral = found.group(
            "inner", "unit", "span", "times", "more", "more2", "more3", "more4", "gap", "han"
        )
        han = numeral is not None
        unit = inner or unit
        if span:
            unit = {"月": "个月", "小时": "小时", "星期": "星期"}[span]
            if unit == "星期":
                return None
        if times:
            unit += "次"
        more = more or more2 or more3 or more4 or ""
        small = False
        if gap:
            low = high = None
            if unit in ("年",):
                return None
        elif han:
            pair = han_range(numeral)
            if pair is None:
                return None
            low, high = pair
            if numeral[0] in "百千万" and not (more or re.search(r"[近上超逾约达过]$", before)):
                return None
            small = high < 10
            if unit in self.han_not and not more:
                return None
        else:
            low = high = _value(found["digit"])
        scale_word, digit2, han2 = found.group("scale", "digit2", "han2")
        scale = _SCALES[scale_word or ""]
        if digit2 or han2:
            if (found["unit1"] and found["unit1"] != unit) or low is None or bool(han2) != han:
                return None
            high = _value(digit2 or han2)
            if found["scale1"]:
                low = low * _SCALES[found["scale1"]] / scale
            if low >= high:
                return None
        if low is not None and high is not None:
            low, high = low * scale, high * scale
        if not self._counts(found, unit, low, small, han, more, text, before, after):
            return None
        return _made(found, low, high, unit, before, after, han, more)

    def _counts(
        self, found: re.Match[str], unit: str, low: float | None, small: bool, han: bool, more: str, text: str,
        before: str, after: str,
    ) -> bool:  # fmt: skip
        """Whether a number with a unit counts something."""
        bound = _bound(after)
        closed = not after or after[0] in _CLOSE or bound is not None or (han and bool(more))
        if unit == "次" and _MEETING.match(after):
            return False
        if unit == "分" and _CHAR_BEFORE_SCORE.search(before):
            return False
        if after.startswith("方面") or after.startswith("周年"):
            return False
        if unit in ("个月", "天", "小时", "分钟", "工作日", "昼夜"):
            if bound and bound[0] in ("以上", "及以上", "以下"):
                return False
            if _SPAN_AFTER.match(after) or (unit in _MONTHS and _SPAN_BEFORE.search(before)):
                return False
            if unit == "小时" and low == 24 and not closed:
                return False
        if (
            bound
            and bound[0].endswith(("以上", "以下"))
            and (after[bound.end() : bound.end() + 1] not in ("", *_CLOSE) or small)
        ):
            return False
        if "每" in before and _REGULAR.search(before):
            return False
        if not han:
            return True
        numeral = found["han"]
        if _POINTS.search(before) or numeral == "二":
            return False
        if small and _EVERY.search(before) and not _AT_LEAST.search(before):
            return False
        if numeral == "一" and not more:
            if _ONE_COUNTS.search(before):
                return True
            return closed and unit not in _ONE_WORDS and not _ONE_NOT.search(before)
        if small:
            if self.division.match(after):
                return False
            colon = re.match(r"[^，。；、]{0,6}：", text[found.end() : found.end() + 8])
            if colon and not colon[0].startswith(("）",)):
                return False
        return True


@lru_cache(maxsize=4)
def _grammar(words: FigureWords) -> _Grammar:
    return _Grammar(words)


def _made(
    found: re.Match[str], low: float | None, high: float | None, unit: str, before: str, after: str, han: bool, more: str = ""
) -> Sighting:  # fmt: skip
    near = APPROX_BEFORE.search(before) if before[-1:] in _APPROX_ENDS else None
    bound = _bound(after)
    approx = more or (near[1] if near else bound[0] if bound else "")
    return Sighting(found.start(), found.end(), low, high, _SAME.get(unit, unit), approx, han)


def _bound(after: str) -> re.Match[str] | None:
    return _APPROX_AFTER.match(after) if after[:1] in _APPROX_BEGINS else None


def _value(text: str) -> float:
    """The value of digits (with separators) or of a Chinese numeral that :func:`han_range` reads."""
    if text[0].isdigit():
        return float(text.replace(",", ""))
    pair = han_range(text)
    return pair[0] if pair else 0.0


def han_range(text: str) -> tuple[float, float] | None:
    """The value of a Chinese numeral: (12, 12) for 十二, (5, 6) for 五六, (30, 40) for 三四十; None if it is none."""
    pair = re.fullmatch(
        r"(十|[二三四五六七八九]十)?([一二两三四五六七八九])([二三四五六七八九])([十百千万]?)", text
    )
    if pair:
        head, one, two, power = pair.groups()
        base = 0.0 if not head else 10.0 * (1 if head == "十" else _DIGITS[head[0]])
        factor = _SCALES[power]
        first, second = _DIGITS[one], _DIGITS[two]
        if second - first != 1 or (head and power):
            return None
        return (base + first) * factor, (base + second) * factor
    value = _han_value(text)
    return None if value is None else (value, value)


def _han_value(text: str) -> float | None:
    whole, _, tail = text.partition("点")
    total = section = 0
    digit: int | None = None
    for char in whole:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
        elif char in _POWERS:
            section += (1 if digit is None else digit) * _POWERS[char]
            digit = None
        elif char in "万亿":
            total = (total + section + (digit or 0) or 1) * (10**4 if char == "万" else 10**8)
            section, digit = 0, None
        else:
            return None
    value = float(total + section + (digit or 0))
    if tail:
        if not all(char in _DIGITS for char in tail):
            return None
        value += float("0." + "".join(str(_DIGITS[char]) for char in tail))
    return value
