"""The fields of the front matter, as ``docs/_data/fields.yml`` says."""

from __future__ import annotations

from dataclasses import dataclass

from .yaml_data import Node

_CUES = ("rectify_cues", "problem_cues", "outcome_cues")
TYPES = ("text", "year", "date", "choice", "kind", "unit", "author", "map", "list")


@dataclass(frozen=True)
class FieldSpec:
    """One field: its Chinese label, type, whether it must be there, and its allowed values
    (canonical spelling → label)."""

    name: str
    label: str
    type: str
    required: bool
    choices: dict[str, str]
    hint: str

    def choice(self, value: object) -> str | None:
        """The canonical spelling of ``value``, which may be the Chinese label."""
        if not isinstance(value, str):
            return None
        if value in self.choices:
            return value
        return next((key for key, label in self.choices.items() if label == value), None)


@dataclass(frozen=True)
class Fields:
    specs: dict[str, FieldSpec]
    rectify_status: tuple[str, ...]
    rectify_cues: tuple[str, ...] = ()
    problem_cues: tuple[str, ...] = ()
    outcome_cues: tuple[str, ...] = ()

    def label(self, field: str, value: str) -> str:
        """The label of an allowed value (``published`` → 定稿)."""
        return self.specs[field].choices.get(value, value)


def read_fields(root: Node) -> Fields:
    """Field specifications from ``fields.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("fields", "rectify_status", *_CUES)
    if "fields" not in top:
        raise root.fail("缺少“fields”")
    specs = {}
    for name, node in top["fields"].items():
        entry = node.mapping("label", "type", "required", "choices", "hint")
        if "label" not in entry or "type" not in entry:
            raise node.fail(f"项目“{name}”要写 label 和 type")
        specs[name] = FieldSpec(
            name,
            entry["label"].text(),
            entry["type"].choice(*TYPES),
            entry["required"].boolean() if "required" in entry else False,
            {key: value.text() for key, value in entry["choices"].items()}
            if "choices" in entry
            else {},
            entry["hint"].text() if "hint" in entry else "",
        )
    for name in ("title", "year", "unit", "kind", "role", "date", "status", "visibility"):
        if name not in specs:
            raise top["fields"].fail(f"缺少程序要用的项目“{name}”")
    return Fields(
        specs,
        top["rectify_status"].texts() if "rectify_status" in top else (),
        *(top[key].texts() if key in top else () for key in _CUES),
    )
