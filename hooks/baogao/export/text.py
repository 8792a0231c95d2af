"""A report as plain text: its title, then what a reader sees, a line for each paragraph."""

from __future__ import annotations

from ..corpus import Report


def plain_text(report: Report) -> str:
    """Title, an empty line, the text block by block; cells of a table are parted by tabs."""
    lines = [
        block.plain
        for block in report.blocks
        if block.kind not in ("comment", "break") and block is not report.outline.title
    ]
    return "\n".join([report.title, "", *lines]) + "\n"
