"""The statements for ClickHouse: templates beside this file, put together and named.

A query never holds what a reader typed: that comes as parameters, which the server reads by their type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from ..grams import OCCURRENCES

QUERIES = ("manifest", "folding", "hits", "facets", "titles", "weights", "ranking", "snippets")
"""What may be asked over HTTP; each is ``/<name of the database>/<query>``."""

#: Of so many words each is looked for by the indexes, and decides whether a hit stands on word boundaries.
WORDS = 4
#: So many grams are looked for as constants, which is fast; further ones by a function for each row.
GRAMS = 6
_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_WORDS, _GRAMS, _RARITIES = (
    "{words:Array(String)}",
    "{grams:Array(String)}",
    "{rarities:Array(Float64)}",
)


@dataclass(frozen=True)
class Names:
    """What the database is called (and so the first part of the addresses), and whether it stands on one server or several."""

    database: str = "baogao"
    cluster: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.database):
            raise ValueError(self.database)

    @property
    def user(self) -> str:
        """Who may ask, and nothing but read."""
        return f"{self.database}_reader"


def statement(name: str, names: Names, **more: str) -> str:
    """The statements in ``sql/<name>.sql``, filled in."""
    values = {
        "database": names.database,
        "user": names.user,
        "sections": "sections_local" if names.cluster else "sections",
        "on_cluster": " ON CLUSTER '{cluster}'" if names.cluster else "",
        "on_cluster_quoted": " ON CLUSTER ''{cluster}''" if names.cluster else "",
        **more,
    }
    for part in ("sections", "terms", "labels", "builds"):
        values[f"{part}_columns"] = _read(f"{part}_columns").rstrip("\n")
    return Template(_read(name)).substitute(values)


def query(name: str, names: Names) -> str:
    """One of :data:`QUERIES`, with parameters (``{words:Array(String)}``) where values belong."""
    # With the semicolon nothing that is sent along can become part of it.
    return statement(
        name, names, matching=_matching(), filters=_fragment("filters"), in_heading=_in_heading(), on_words=_on_words(),
        score=_score(),
    ).strip() + ";\n"  # fmt: skip


def handlers(names: Names) -> str:
    """A file for ``config.d``: the queries as addresses."""
    rules = "".join(_rule(name, names) for name in QUERIES)
    return (
        "<!-- 由 baogao export clickhouse 写成，请不要手改。放进 /etc/clickhouse-server/config.d/。\n"
        "     从 HTTP 端口来的只能问这几条。别的程序也要从这个端口用的，另写一个文件，里面是\n"
        "     <clickhouse><http_handlers><defaults/></http_handlers></clickhouse>，并给 default 用户设好口令。 -->\n"
        f"<clickhouse>\n    <http_handlers>\n{rules}    </http_handlers>\n</clickhouse>\n"
    )


def _rule(name: str, names: Names) -> str:
    # Rules of one name in two files would be put together as one.
    rule = f"rule_{names.database}_{name}"
    return f"""        <{rule}>
            <url>/{names.database}/{name}</url>
            <methods>GET</methods>
            <handler>
                <type>predefined_query_handler</type>
                <user>{names.user}</user>
                <query>{escape(query(name, names).strip())}</query>
            </handler>
        </{rule}>
"""


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _fragment(name: str) -> str:
    """A condition to be put into a query, without its comment."""
    lines = [line for line in _read(name).splitlines() if not line.startswith("--")]
    return "(" + " ".join(line.strip() for line in lines) + ")"


def _matching() -> str:
    has_words = " AND ".join(_has(_word(number)) for number in range(1, WORDS + 1))
    return Template(_fragment("matching")).substitute(has_words=has_words, slots=str(WORDS))


def _has(word: str) -> str:
    """Whether a passage has a word. The conditions on the word are constant, so that one test is left, or none: the indexes
    know where one or two characters stand; LIKE, for more, takes its pairs of characters from the index and reads the text of what has
    them all."""
    pattern = rf"concat('%', replaceRegexpAll({word}, '[%_\\\\]', '\\\\\\0'), '%')"
    cases = (
        ("= 1", f"has(arrayDistinct(ngrams(folded, 1)), {word})"),
        ("= 2", f"hasAllTokens(folded, [{word}])"),
        ("> 2", f"folded LIKE {pattern}"),
    )
    return " AND ".join(f"if(lengthUTF8({word}) {length}, {test}, 1)" for length, test in cases)


def _word(number: int) -> str:
    return f"{_WORDS}[{number}]"


def _starts_at(place: str) -> str:
    """Whether a word begins at a character (counted from 0) of the passage, or the text ends there: six bits to a character of
    ``starts``."""
    return f"bitTest(ascii(substring(starts, 1 + intDiv({place}, 6), 1)), ({place}) % 6)"


def _places(text: str) -> str:
    """Where a text begins in ``folded``, in characters."""
    pieces = f"splitByString({text}, folded)"
    ends = f"arrayCumSum(arrayMap(piece -> lengthUTF8(piece), {pieces}))"
    return f"arrayPopBack(arrayMap((end, n) -> toUInt32(end + (n - 1) * lengthUTF8({text})), {ends}, arrayEnumerate({ends})))"


def _in_heading() -> str:
    """Whether every gram begins in the heading."""
    parts = [
        f"if(length({_GRAMS}) >= {n}, position(folded, {_GRAMS}[{n}]) <= heading_bytes, 1)"
        for n in range(1, GRAMS + 1)
    ]
    rest = f"arrayAll(gram -> position(folded, gram) <= heading_bytes, {_GRAMS})"
    return " AND ".join((*parts, f"if(length({_GRAMS}) <= {GRAMS}, 1, {rest})"))


def _on_words() -> str:
    """Whether each word stands on word boundaries: one or two characters and the office's terms themselves, longer ones judged
    by their first and their last two characters, as the static index does."""
    parts = []
    for number in range(1, WORDS + 1):
        word = _word(number)
        first, last = f"substringUTF8({word}, 1, 2)", f"substringUTF8({word}, -2, 2)"
        whole = f"arrayExists(at -> {_starts_at('at')} AND {_starts_at(f'at + lengthUTF8({word})')}, {_places(word)})"
        apart = (
            f"arrayExists(at -> {_starts_at('at')}, {_places(first)})"
            f" AND arrayExists(at -> {_starts_at('at + 2')}, {_places(last)})"
        )
        single = f"(lengthUTF8({word}) <= 2 OR has({{known:Array(String)}}, {word}))"
        parts += [
            f"if({word} != '' AND {single}, {whole}, 1)",
            f"if({word} != '' AND NOT {single}, {apart}, 1)",
        ]
    return " AND ".join(parts)


def _often(gram: str) -> str:
    """How often a gram occurs, in the classes of the static index. Doubled characters overlap, which counting substrings misses."""
    doubled = (
        f"lengthUTF8({gram}) = 2 AND substringUTF8({gram}, 1, 1) = substringUTF8({gram}, 2, 1)"
    )
    count = f"if({doubled}, countEqual(ngrams(folded, 2), {gram}), countSubstrings(folded, {gram}))"
    most = OCCURRENCES[-1]
    classes = [max(o for o in OCCURRENCES if o <= n) for n in range(1, most + 1)]
    return f"{classes}[least({count}, {most})]"


def _score() -> str:
    """BM25 over the grams of all words."""
    mean, k1, b = (f"{{measure:Array(Float64)}}[{n}]" for n in (1, 2, 3))
    norm = f"{k1} * (1 - {b} + {b} * length / {mean})"

    def worth(gram: str, rarity: str) -> str:
        often = _often(gram)
        return f"{rarity} * {often} * ({k1} + 1) / ({often} + {norm})"

    parts = [
        f"if(length({_GRAMS}) >= {n}, {worth(f'{_GRAMS}[{n}]', f'{_RARITIES}[{n}]')}, 0)"
        for n in range(1, GRAMS + 1)
    ]
    further = ", ".join(f"arraySlice({each}, {GRAMS + 1})" for each in (_GRAMS, _RARITIES))
    rest = f"arraySum((gram, rarity) -> {worth('gram', 'rarity')}, {further})"
    return f"({' + '.join(parts)} + if(length({_GRAMS}) <= {GRAMS}, 0, {rest}))"
