"""The desk of a clerk: one report being made from a file, checked, mended and packed.

Everything goes in and comes out as plain data (dicts, lists, strings), because the other side is JavaScript. Runs in the browser and,
in tests, without one. It knows the report and the one before it; what needs the whole library is left to the reviewer.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from pathlib import Path

from ..corpus import (
    Corpus,
    Data,
    Report,
    Source,
    UndecodableError,
    decode,
    load_data,
    parse_report,
    read_rectifies,
)
from ..corpus.front_matter import write_front_matter
from ..corpus.intake import (
    Draft,
    Metadata,
    UnreadableError,
    compose,
    read_draft,
    read_manuscript,
    skeleton,
)
from ..corpus.intake.manuscript import Manuscript
from ..corpus.intake.package import ORIGINALS, RESULT, write_package
from ..corpus.intake.settle import Choices, UnsettledError, doubts, guess, settle
from ..pages.report import text_html
from ..pages.self_check import Account, parts, result_html
from ..rules import Finding, Severity, check_corpus, count
from ..rules.fix import apply_edits, mend
from ..rules.render.as_json import as_dict
from ..rules.sheet import Sheet, make_sheet
from .forge import Forge, new_file

SHOWN = "docs"
MAX_BYTES = 64_000_000
PASTED = "粘贴的文字.txt"

#: What to say when something is open, by field; the page has a place to say it in for each.
_ASKED = {
    "year": "文中没有写明年度，请填考核的年度",
    "kind": "标题里看不出文种，请选",
    "unit": "请选单位",
    "role": "请选述职人的角色",
}


class DeskError(ValueError):
    """What cannot be done, in words for the clerk."""


class Desk:
    """One desk. ``read`` a file, ``make`` the report of it, ``check``, ``mend``, ``undo``, ``pack``."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._clear()

    def _clear(self) -> None:
        self.original: tuple[str, bytes] | None = None
        self.manuscript: Manuscript | None = None
        self.draft: Draft | None = None
        self.metadata: Metadata | None = None
        self.title: str | None = None
        self.name = ""
        self.texts: list[str] = []
        self.last: Report | None = None
        self.findings: tuple[Finding, ...] = ()

    # Reading

    def read(self, content: bytes, name: str) -> dict[str, object]:
        """Take a file. Says what it was read as and what can be told without asking; ``ready``: it is a report already."""
        if len(content) > MAX_BYTES:
            raise DeskError(f"超过 {MAX_BYTES // 1_000_000} MB，不像一份报告")
        self._clear()
        report = self._finished(content, name)
        if report is not None:
            self.texts = [report.source.text]
            return {"form": "报告库的报告", "ready": True, "guess": self._said(report)}
        name = _original_name(name)
        try:
            self.manuscript = read_manuscript(content, name)
        except UnreadableError as error:
            raise DeskError(str(error)) from None
        self.original = (name, content)
        self.draft = read_draft(self.manuscript, self.data)
        if not self.draft.pieces:
            raise DeskError("里面没有文字")
        found = guess(self.draft, self.data, name)
        return {"form": self.manuscript.form, "ready": False, "guess": _as_dict(found)}

    def _finished(self, content: bytes, name: str) -> Report | None:
        """The report, when the file is one and no text to make one of."""
        if not name.lower().endswith((".md", ".txt")):
            return None
        try:
            text = decode(content)
        except UndecodableError:
            return None
        report = parse_report("", Source(name, text), self.data)
        if not report.readable or not {"year", "unit", "kind"} & {
            f.name for f in report.front.fields
        }:
            return None
        return report

    def _said(self, report: Report) -> dict[str, object]:
        return _as_dict(
            Choices(
                report.year, report.unit.id if report.unit else None, report.kind.name if report.kind else None,
                report.author.name if report.author else None, report.title, report.date,
                report.status or "draft", None,
            )
        )  # fmt: skip

    # The report

    def make(self, choices: Mapping[str, object]) -> dict[str, object]:
        """Make the report by what the clerk chose. ``asks`` says what is still open; else ``series`` and ``year`` tell which report
        comes before this one."""
        if self.draft is None:
            return self._place()
        assert self.manuscript is not None and self.original is not None
        chosen = _choices(choices)
        kind = self.data.kinds.find(chosen.kind) if chosen.kind else None
        self.draft = read_draft(self.manuscript, self.data, kind)
        source = (self.original[0], hashlib.sha256(self.original[1]).hexdigest())
        try:
            self.metadata = settle(self.draft, self.data, chosen, source)
        except UnsettledError as error:
            said = _ASKED[error.field] if not error.value else f"“{error.value}”不对，请重新选"
            return {"asks": {"field": error.field, "message": said}}
        self.title = chosen.title
        made = compose(self.draft, self.metadata)
        self.name = made.name.removesuffix(".md")
        self.texts = [made.text]
        return self._before(self._report())

    def _place(self) -> dict[str, object]:
        """A file that is a report already: its own front matter says where it belongs."""
        report = parse_report("", Source("", self._text()), self.data)
        name = report.expected_name
        if name is None:
            raise DeskError("这份报告的前言没有写全年度、单位、文种和角色，请改好文件再选")
        self.name = name
        self.texts = self.texts[-1:]
        return self._before(self._report())

    def _before(self, report: Report) -> dict[str, object]:
        return {"series": report.series_name, "year": report.year, "name": self.name}

    def _text(self) -> str:
        """The report as it stands now. Raises DeskError while there is none, as when the last file could not be read."""
        if not self.texts:
            raise DeskError("还没有选文件")
        return self.texts[-1]

    def _report(self) -> Report:
        source = Source(f"{SHOWN}/reports/{self.name}.md", self._text())
        return parse_report(self.name, source, self.data)

    def compare(self, name: str, text: str) -> bool:
        """Lay the report before this one on the desk; an empty ``name`` takes it away. Whether one lies there."""
        self.last = None
        if name:
            self.last = parse_report(name, Source(f"{SHOWN}/reports/{name}.md", text), self.data)
        return self.last is not None

    # Checking and mending

    def check(self) -> dict[str, object]:
        """Check the report. Everything the page shows."""
        report, corpus = self._corpus()
        self.findings = check_corpus(corpus, (report,))
        sheet = make_sheet(corpus, report, self.findings)
        number = count(self.findings)
        return {
            "name": self.name,
            "title": report.title,
            "restricted": report.visibility == "restricted",
            "draft": report.status == "draft",
            "counts": {"error": number.error, "warning": number.warning, "info": number.info},
            "secret": sum(1 for finding in sheet.secret if finding.severity is Severity.ERROR),
            "parts": parts(sheet, self._account()),
            "body": text_html(report, lines=True),
            "findings": [_placed(report, finding) for finding in self.findings],
            "problems": self._problems(report, sheet),
            "undo": len(self.texts) - 1,
            "package": self.package_name(),
            "report": self.texts[-1],
        }

    def _corpus(self) -> tuple[Report, Corpus]:
        report = self._report()
        reports = [report] if self.last is None else [self.last, report]
        reports.sort(key=lambda each: each.name)
        return report, Corpus(self.data, tuple(reports), (), SHOWN)

    def _account(self) -> Account | None:
        if self.draft is None or self.metadata is None or self.manuscript is None:
            return None
        notes = doubts(self.draft, self.metadata, self.title, ON_PAGE)
        return Account(self.manuscript.form, self.draft, tuple(notes))

    def _problems(self, report: Report, sheet: Sheet) -> list[dict[str, str]]:
        if sheet.comparison is None:
            return []
        return [
            {"id": a.id, "problem": a.problem, "status": a.status, "evidence": a.evidence if a.status else "",
             "likely": "" if a.status else a.evidence}
            for a in sheet.comparison.answers
        ]  # fmt: skip

    def mend(self, which: int | None = None) -> str:
        """Mend one finding (its place in the list), or all that can be mended without changing the meaning; what was done."""
        report, corpus = self._corpus()
        if which is None:
            mended = mend(report, corpus.predecessor(report))
            if mended.refused:
                return mended.refused
            text, done = mended.text, len(mended.done)
        else:
            text, applied = apply_edits(self.texts[-1], [self.findings[which]])
            done = len(applied)
        if text == self.texts[-1]:
            return "没有可以放心改的"
        self.texts.append(text)
        return f"改了 {done} 处"

    def answer(self, answers: list[dict[str, str]]) -> str:
        """Put down in the front matter what became of last year's problems; an empty ``status`` leaves a problem out."""
        report = self._report()
        said = [a for a in answers if a["status"] in self.data.fields.rectify_status]
        entries = [_entry(a["id"], a["status"], a["evidence"]) for a in said]
        asked = {a["id"] for a in answers}
        others = [
            _entry(old.ref, old.status, old.evidence)
            for old in read_rectifies(report)
            if old.ref not in asked
        ]
        text = _with_field(report, "rectifies", [*others, *entries])
        if text == self.texts[-1]:
            return "没有变化"
        self.texts.append(text)
        return f"记下了 {len(entries)} 条回应"

    def undo(self) -> str:
        """Take back the latest change."""
        if len(self.texts) < 2:
            return "没有可以撤销的"
        self.texts.pop()
        return "撤销了一步"

    # Handing in

    def package_name(self) -> str:
        report = self._report()
        said = [f"{report.year}年度", report.unit_brief, report.kind.name if report.kind else ""]
        if report.author:
            said.append(report.author.name)
        return "-".join(["投稿包", *(_file_name(part) for part in said if part)]) + ".zip"

    def pack(self, today: str) -> bytes:
        """The hand-in package; ``today`` (2025-01-10) is the day the result says it was made."""
        report, corpus = self._corpus()
        findings = check_corpus(corpus, (report,))
        sheet = make_sheet(corpus, report, findings)
        result = result_html(sheet, self._account(), datetime.date.fromisoformat(today))
        original = None
        if self.original is not None:
            original = (_file_name(self.original[0]), self.original[1])
        return write_package(self.name.rsplit("/", 1)[-1] + ".md", self.texts[-1], original, result)

    def forge(self, repository: Mapping[str, str]) -> dict[str, object]:
        """The forge's page for a new file, filled in as far as it can be."""
        report = self._report()
        texts: list[str] = []
        if self.metadata is not None:
            whole = skeleton(self.metadata, self.last).text
            bare = re.sub(r"<!--.*?-->\n\n", "", whole, count=1, flags=re.DOTALL)
            texts = [whole, bare, skeleton(self.metadata).text]
        forge = Forge(repository["kind"], repository["url"], repository["branch"])
        address, filled = new_file(forge, f"{repository['docs']}/reports/{report.name}.md", texts)
        return {"address": address, "filled": filled}


#: How the open points are put on a page, where there are no options to type.
ON_PAGE = {
    "title": "可在上面“标题”里填",
    "date": "请在上面“成文日期”里填",
    "year": "按上面选的",
}


def _original_name(name: str) -> str:
    """The name a file is handed in by; a text called .md would be taken for the report."""
    name = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] or PASTED
    return name[:-3] + ".txt" if name.lower().endswith(".md") else name


def _file_name(name: str) -> str:
    """A name no archiver and no system stumbles over."""
    clean = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 or ord(c) == 127 else c for c in name)
    return clean.strip(". ") or "原稿"


def _choices(said: Mapping[str, object]) -> Choices:
    def text(field: str) -> str | None:
        value = said.get(field)
        return value.strip() or None if isinstance(value, str) else None

    year, date = text("year"), text("date")
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError:
        raise DeskError(f"成文日期“{date}”不对") from None
    return Choices(
        int(year) if year and year.isascii() and year.isdigit() else None, text("unit"), text("kind"), text("role"),
        text("title"), day, text("status") or "draft", text("visibility"),
    )  # fmt: skip


def _as_dict(choices: Choices) -> dict[str, object]:
    return {
        "year": str(choices.year or ""), "unit": choices.unit or "", "kind": choices.kind or "", "role": choices.role or "",
        "title": choices.title or "", "date": choices.date.isoformat() if choices.date else "", "status": choices.status,
    }  # fmt: skip


def _placed(report: Report, finding: Finding) -> dict[str, object]:
    """A finding with its place on the page: the line its block begins on (0: above the text) and the characters of the block it is
    about (``from`` = ``to``: none in particular)."""
    placed: dict[str, object] = {
        **as_dict(finding), "label": finding.severity.label, "mendable": bool(finding.fix), "block": 0, "from": 0, "to": 0,
    }  # fmt: skip
    start, end = report.source.offset(finding.start), report.source.offset(finding.end)
    shown = [
        b
        for b in report.blocks
        if b.kind not in ("comment", "break") and b is not report.outline.title
    ]
    if start < report.front.body or not shown:
        return placed
    block = next((b for b in shown if start < b.end), shown[-1])
    placed["block"] = report.source.position(block.start).line
    if block.kind != "table" and start >= block.start:
        characters = range(len(block.plain))
        offset: Callable[[int], int] = block.text.source_offset
        placed["from"] = bisect_left(characters, start, key=offset)
        placed["to"] = bisect_left(characters, end, key=offset)
    return placed


def _entry(ref: str, status: str, evidence: str) -> dict[str, str]:
    evidence = " ".join(evidence.split())
    return {"ref": ref, "status": status, **({"evidence": evidence} if evidence else {})}


def _with_field(report: Report, name: str, entries: list[dict[str, str]]) -> str:
    """The text of a report with a field of its front matter written anew; no entries take it out."""
    text = report.source.text
    lines = text[: report.front.body].split("\n")
    fences = [index for index, line in enumerate(lines) if line.rstrip() == "---"]
    if len(fences) < 2:
        raise DeskError("这份报告的前言读不出，不能写回应")
    first, last = fences[0], fences[1]
    inside: list[str] = []
    skipping = False
    for line in lines[first + 1 : last]:
        if not line.startswith((" ", "-", "\t")):
            skipping = line.startswith(f"{name}:")
        if not skipping:
            inside.append(line)
    if entries:
        written = write_front_matter({name: entries}).split("\n")
        fence = [index for index, line in enumerate(written) if line == "---"]
        inside += written[fence[0] + 1 : fence[1]]
    front = "\n".join([*lines[: first + 1], *inside, *lines[last:]])
    return front + text[report.front.body :]


# The way in from JavaScript


_desk: Desk | None = None


def open_desk(folder: str) -> None:
    """Make the desk; ``folder`` holds the data files."""
    global _desk  # noqa: PLW0603 - one page, one desk
    _desk = Desk(load_data(Path(folder), f"{SHOWN}/_data"))


def call(verb: str, given: str, content: bytes | None = None) -> str:
    """Do ``verb`` with what is ``given`` as JSON; the answer as JSON, ``{"error"}`` when it cannot be done."""
    desk = _desk
    assert desk is not None
    said = json.loads(given)
    verbs: dict[str, Callable[[], object]] = {
        "read": lambda: desk.read(content or b"", str(said["name"])),
        "make": lambda: desk.make(said),
        "compare": lambda: desk.compare(said["name"], said["text"]),
        "check": desk.check,
        "mend": lambda: desk.mend(said["which"]),
        "answer": lambda: desk.answer(said["answers"]),
        "undo": desk.undo,
        "forge": lambda: desk.forge(said),
    }
    try:
        answer = verbs[verb]()
    except DeskError as error:
        return json.dumps({"error": str(error)}, ensure_ascii=False)
    return json.dumps({"answer": answer}, ensure_ascii=False)


def pack(today: str) -> bytes:
    """The hand-in package of the desk."""
    assert _desk is not None
    return _desk.pack(today)


__all__ = ["ORIGINALS", "RESULT", "Desk", "DeskError", "call", "open_desk", "pack"]
