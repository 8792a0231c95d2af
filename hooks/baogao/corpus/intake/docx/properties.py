"""Document properties: who wrote a file, where, with what title."""

from __future__ import annotations

from .package import Package
from .telling import Telling, excerpt
from .tree import Node

_NAMES = {
    "dc:title": "标题",
    "dc:subject": "主题",
    "dc:creator": "作者",
    "cp:lastModifiedBy": "最后保存者",
    "cp:keywords": "关键词",
    "cp:category": "类别",
    "dc:description": "备注",
    "dcterms:created": "创建时间",
    "dcterms:modified": "修改时间",
    "?:Company": "单位",
    "?:Manager": "主管",
}
_KINDS = ("core-properties", "extended-properties", "custom-properties")


def read_properties(package: Package, telling: Telling) -> None:
    """Tell of all properties that say something."""
    for kind in _KINDS:
        for link in package.links("").values():
            if link.kind != kind or link.external or link.target not in package:
                continue
            for node in package.tree(link.target, all_text=True):
                name = _NAMES.get(node.tag)
                if kind == "custom-properties":
                    name = f"自定义属性“{node.get('name') or ''}”"
                text = "".join(inner.text for inner in node.walk()).strip()
                if name and text:
                    telling.add("properties", 0, f"{name}：{_short(node, text)}")


def _short(node: Node, text: str) -> str:
    return (
        text[:10]
        if node.tag.startswith("dcterms:")
        else excerpt(text)[1:-1]
        if len(text) <= 30
        else excerpt(text)
    )
