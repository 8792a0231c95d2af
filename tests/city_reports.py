"""Real city government reports, brought in the way a clerk brings in a text file; never part of the project."""

from __future__ import annotations

import datetime
from pathlib import Path

from baogao.corpus import Data, Report, Source, parse_report
from baogao.corpus.intake import Metadata, compose, decode_text, read_draft


def city_report(file: Path, data: Data) -> Report:
    """The report made from one text file, as a 政府工作报告 of 2024."""
    kind, unit = data.kinds.find("政府工作报告"), data.units.units[0]
    assert kind
    draft = read_draft(decode_text(file.read_bytes()).text, data, kind)
    metadata = Metadata(
        "2024年政府工作报告", 2024, unit, kind, None, datetime.date(2024, 1, 20), "published"
    )
    made = compose(draft, metadata)
    return parse_report(f"2024/{file.stem}", Source(f"{file.stem}.md", made.text), data)


def city_reports(corpora: Path, data: Data) -> list[Report]:
    return [
        city_report(file, data) for file in sorted((corpora / "city_reports/txt").glob("*.txt"))
    ]
