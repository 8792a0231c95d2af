"""Parameters of the queries as the server reads them: what the client in the browser writes, for the bench and for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Value = str | int | float | Sequence[str] | Sequence[int] | Sequence[float]

#: A question that asks for everything: no words, nothing chosen.
EVERYTHING: Mapping[str, Value] = {
    "words": (), "without": (), "year": (), "unit": (), "kind": (), "role": (), "part": (),
    "own_year": (), "own_unit": (), "own_kind": (), "own_role": (), "own_part": (),
    "sort": "relevance", "limit": 10, "offset": 0,
}  # fmt: skip


def parameters(build: str, given: Mapping[str, Value]) -> dict[str, str]:
    """All parameters of a question, those not ``given`` as in :data:`EVERYTHING`. Words are folded, the longest first."""
    values = {**EVERYTHING, "build": build, **given}
    return {name: written(value) for name, value in values.items()}


def written(value: Value) -> str:
    """A value as text: an array in brackets, its texts in quotes; a text by itself with its backslashes doubled."""
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    if isinstance(value, (int, float)):
        return repr(value)
    return "[" + ",".join(_quoted(each) if isinstance(each, str) else repr(each) for each in value) + "]"  # fmt: skip


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
