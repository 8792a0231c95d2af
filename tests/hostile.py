"""A library whose reports, names and data files are full of what would run in a careless page.

What runs sets ``window.harm``, or asks for something of the host :data:`HOST`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from tests.builder import Built, copy_project, environment

#: A name that no resolver knows; a request for it is seen all the same.
HOST = "evil.invalid"
HARM = "window.harm=1"
IMAGE = f"<img src=q onerror={HARM}>"
PAYLOADS = (
    IMAGE,
    f"</title><script>{HARM}</script>",
    f"</script><script>{HARM}</script>",
    f"--><script>{HARM}</script><!--",
    f"]]><script>{HARM}</script><![CDATA[",
    f'"><svg onload={HARM}>',
    f"'><svg/onload={HARM}>",
    f'" onfocus="{HARM}" autofocus tabindex="0" x="',
    f"' onmouseover='{HARM}' x='",
    f"</textarea></noscript></style></template><script>{HARM}</script>",
    f"<style>@import '//{HOST}/a.css';*{{background:url(//{HOST}/b)}}</style>",
    f'"}}*{{background:url(//{HOST}/c)}}',
    f'<iframe srcdoc="<script>parent.harm=1</script>"></iframe><object data=//{HOST}/d></object>',
    f"<link rel=stylesheet href=//{HOST}/e><base href=//{HOST}/>",
    f'<meta http-equiv=refresh content="0;url=//{HOST}/f"><form action=//{HOST}/g><button autofocus>好</button></form>',
    f"<a href=javascript:{HARM}>点</a>",
    f"&lt;img src=x onerror={HARM}&gt;&#60;img src=x onerror={HARM}&#62;",
    f"\\u003cimg src=x onerror={HARM}\\u003e\\x3cimg src=x onerror={HARM}\\x3e%3Cimg src=x onerror={HARM}%3E",
    f"{{{{ 7*7 }}}}{{% set harm = 1 %}}{{# 注 #}}${{{HARM}}}`${{{HARM}}}`",
    f"\\';{HARM}//\\\";{HARM}//",
    f"$&$1$`$'<!-- 报告库概况 -->bgframe0title<h1>bgframe0content</h1>bgframe0uri<img src=x onerror={HARM}>",
    f"\u202e<img src=x onerror={HARM}>\u202c\u2066\u200b",
    f"constructor __proto__ toString hasOwnProperty <img src=x onerror={HARM}>",
)  # fmt: skip
#: Where a link may be made to lead.
TARGETS = (
    f"javascript:{HARM}", f"JaVaScRiPt:{HARM}", f"\x01javascript:{HARM}", f"java\tscript:{HARM}", f"java\x0bscript:{HARM}",
    f"&#106;avascript:{HARM}", f"javascript&colon;{HARM}", f"vbscript:{HARM}", f"data:text/html,<script>{HARM}</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGFybT0xPC9zY3JpcHQ+", f"//{HOST}/", f"\\\\{HOST}\\x", f"#\" onfocus=\"{HARM}\" x=\"",
    f"x.html' onclick='{HARM}", f"blob:http://{HOST}/x", "file:///etc/passwd", f"<javascript:{HARM}>", f"mailto:a@b?body=<script>{HARM}</script>",
)  # fmt: skip
#: Cells that a spreadsheet would run.
FORMULAS = ('=HYPERLINK("http://evil.invalid","点")', "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0")  # fmt: skip
CUT, NAME_ABOUT = "2021/jiguan-shuzhi-fenguan", "2022/jiguan-zongjie"
WITHDRAWN, MOVED = "2016/jiguan-zongjie", "2018/jiguan-zongjie"
SERIES = tuple(f"{year}/jiguan-shuzhi-fenguan" for year in (2020, 2021, 2022, 2023))
#: Reports that are called as no report should be; the second is the next of the series, and beside the one before it.
ODD, SCHEME = f"2023/'\"><svg onload={HARM}>", f"2023/javascript:{HARM}"


def markdown(payload: str) -> str:
    """``payload`` so that the parser of reports keeps it as text on one line."""
    return payload.replace("\n", " ")


def _front(**fields: object) -> str:
    lines = [f"{key}: {value if key == 'date' else json.dumps(value)}" for key, value in fields.items()]  # fmt: skip
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _report(year: int, kind: str, payloads: Sequence[str]) -> str:
    """A report of ``kind`` with the payloads in its title, headings, text, lists, tables, links, footnotes and front matter."""
    every = [markdown(payload) for payload in payloads]
    one = every[year % len(every)]
    links = "".join(f"见[{every[n % len(every)]}]({target})，" for n, target in enumerate(TARGETS))
    cells = "\n".join(f"| {payload.replace('|', '/')} | {n} |" for n, payload in enumerate(every))
    practice = "\n\n".join(
        f"### （{number}）{payload}\n\n开展{payload}培训党员{year % 100}人次，宣讲{n}场，推行“{payload}工作法”，获评{payload}先进。"
        for n, (number, payload) in enumerate(zip("一二三四五六七八九", every, strict=False), 1)
    )
    items = "。".join(f"{number}是{payload}深入基层不够" for number, payload in zip("一二三四五", every[3:], strict=False))  # fmt: skip
    return _front(
        title=f"{year}年度述职报告{payloads[year % len(payloads)]}{IMAGE}",
        year=year, unit="局机关党委", kind=kind, date=f"{year + 1}-01-10", status="published", visibility="internal",
        **({"role": "分管领导"} if kind == "述职报告" else {}),
        source={"name": f"{one}.docx", "sha256": f'" onfocus="{HARM}" x="'},
        rectifies=[
            {"ref": f"P{year - 1}-1", "status": "已完成", "evidence": IMAGE},
            {"ref": f"P{year - 1}-2{IMAGE}", "status": IMAGE, "evidence": one},
        ],
        reviews=[{"role": IMAGE, "date": f"{year + 1}-01-09", "result": IMAGE}],
        notes=IMAGE, supersedes=IMAGE,
    ) + f"""现将{year}年度抓党建工作情况报告如下。{IMAGE}

## 一、主要做法及成效

{practice}

印发《{"甲乙丙丁戊己"[year - 2019]}字先锋{IMAGE}方案》。针对{year - 1}年度{every[3]}深入基层不够的问题，全年下支部{year % 100}次，{IMAGE}已经解决。{"".join(every)}

{links}

**{one}**，*{one}*，![{one}](javascript:{HARM})，`{one}`，脚注[^1]，<!-- {one.replace("-->", "")} -->，{"".join(FORMULAS)}

[^1]: {one}

- {one}
- {every[-1]}

| {one.replace("|", "/")} | 次数 |
| --- | --- |
{cells}

## 二、存在问题及原因分析

{items}。造成上述问题的主要原因是：一是{one}。二是统筹不细。

## 三、下步工作打算

{items}。

{one}
"""  # fmt: skip


def _edit(project: Path, name: str, *changes: tuple[str, str]) -> None:
    file = project / "docs/_data" / name
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, f"{name}: {old}"
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def hostile_project(target: Path, vendored: Path | None = None) -> Path:
    """The project with such reports and data in ``target``; the browser files of npm where they are given."""
    project = copy_project(target)
    if vendored:
        (project / "scripts/vendor").mkdir(parents=True)
        (project / "scripts/vendor/node_modules").symlink_to(vendored)
    reports = project / "docs/reports"
    shutil.rmtree(reports)
    third = max(1, len(PAYLOADS) // 4)
    files = {f"{name}.md": _report(int(name[:4]), "述职报告", PAYLOADS[third * at :] + PAYLOADS[: third * at]) for at, name in enumerate(SERIES)}  # fmt: skip
    files["2023/jiguan-zongjie.md"] = _report(2023, "年度工作总结", PAYLOADS)
    files["2022/jiguan-zongjie.md"] = _report(2022, "年度工作总结", PAYLOADS[::-1])
    files[f"{ODD}.md"] = _report(2023, "工作要点", PAYLOADS)
    files[f"{SCHEME}.md"] = _report(2024, "述职报告", PAYLOADS[5:])
    files[f"2023/{IMAGE}.txt"] = IMAGE
    for name, text in files.items():
        (reports / name).parent.mkdir(parents=True, exist_ok=True)
        (reports / name).write_text(text, encoding="utf-8", newline="\n")
    quoted = json.dumps(IMAGE)
    (project / "docs/_data/units.yml").write_text(
        "units:\n  - id: jiguan\n    names:\n"
        f"      - {{name: {json.dumps('旧' + ''.join(PAYLOADS[:8]))}, short: [旧局机关党委], to: 2020}}\n"
        f"      - {{name: {json.dumps(''.join(PAYLOADS))}, short: [{json.dumps('局' + IMAGE)}, 局机关党委], from: 2021}}\n"
        f"  - id: other\n    names:\n      - {{name: {json.dumps('另' + IMAGE)}}}\n",
        encoding="utf-8",
    )
    _edit(
        project, "kinds.yml",
        ("name: 述职报告\n    aliases: [", f"name: {json.dumps('述职' + IMAGE)}\n    aliases: [述职报告, "),
        ("plan: {name: 下步打算,", f"plan: {{name: {json.dumps('打算' + IMAGE)},"),
        ("fenguan: {name: 分管领导, aliases: [", f"fenguan: {{name: {json.dumps('分管' + IMAGE)}, aliases: [分管领导, "),
        ("opening: 现将我{Y}年度抓党建工作情况报告如下。", f"opening: {json.dumps('现将' + IMAGE)}"),
    )  # fmt: skip
    _edit(
        project, "initiatives.yml",
        ("themes: [政治,", f"themes: [{quoted}, 政治,"),
        ("\ninitiatives:\n", f"\ninitiatives:\n  - {{id: evil, name: {json.dumps('深入基层' + IMAGE)}, short: {quoted}, theme: {quoted}, aliases: [深入基层不够, 培训党员], note: {json.dumps(''.join(PAYLOADS))}}}\n"),
    )  # fmt: skip
    _edit(
        project, "figures.yml",
        ("{id: peixun, name: 培训, theme: 党员教育,", f"{{id: peixun, name: {json.dumps('培训' + IMAGE)}, theme: {quoted}, note: {quoted},"),
        ("note: 人和人次分开看：同一人可重复计的用人次。}", "}"), ("themes: [政治学习,", f"themes: [{quoted}, 政治学习,"),
        ("words: [宣讲]}", f"words: [宣讲], note: {quoted}}}"),
    )  # fmt: skip
    with (project / "docs/_data/terms.txt").open("a", encoding="utf-8") as file:
        file.write(f"深入基层不够{IMAGE.replace(' ', '')} 3 n\n")
    with (project / "docs/_data/synonyms.tsv").open("a", encoding="utf-8") as file:
        file.write(f"深入基层{IMAGE}\t深入基层|下沉{IMAGE}\tabbr\t{IMAGE}\teq\n")
    with (project / "docs/_data/withdrawn.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{WITHDRAWN}\t2024-03-01\t{''.join(PAYLOADS)}\n")
    with (project / "docs/_data/redirects.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{MOVED}\t{SERIES[-1]}\n")
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "contact: 局机关党委办公室", f"contact: {json.dumps('局' + IMAGE)}  #"
    )
    config.write_text(text, encoding="utf-8")
    return project


#: As for a preview, which is not stopped by what must be mended and shows the findings on the pages, too.
_BUILD = """
from mkdocs.commands import build
from mkdocs.config import load_config
config = load_config("mkdocs.yml")
config.plugins.on_startup(command="serve", dirty=False)
build.build(config)
"""


def build_hostile(project: Path) -> Built:
    done = subprocess.run(
        [sys.executable, "-c", _BUILD], cwd=project, env=environment(), timeout=300,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return Built(project, done.returncode, done.stdout)


_RUN_TYPES = ("", "text/javascript", "application/javascript", "module")
_ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster", "ping", "background", "srcset")  # fmt: skip


class _Dangers(HTMLParser):
    """What would run, or ask another host, in a page as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inside = tag if tag == "style" or (tag == "script" and given.get("type", "") in _RUN_TYPES) else ""  # fmt: skip
        if tag in ("iframe", "object", "embed", "base", "frame", "applet", "math"):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            plain = "".join(c for c in value if c > " ").lower()
            if name.startswith("on") or (
                name in _ADDRESSES
                and plain.startswith(("javascript:", "vbscript:", "data:", "blob:", "file:"))
            ):
                self.found.append(f"<{tag} {name}={value[:40]}>")
            elif tag != "a" and name in (*_ADDRESSES, "style", "content") and (HOST in value and tag != "meta"):  # fmt: skip
                self.found.append(f"<{tag} {name}={value[:60]}>")
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh" and HOST in given.get("content", ""):  # fmt: skip
            self.found.append("<meta refresh>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside and ("harm" in data or HOST in data):
            self.found.append(f"<{self.inside}>{data[:60]}")


def dangers(html: str) -> list[str]:
    """What of the payloads is alive in ``html``."""
    parser = _Dangers()
    parser.feed(html)
    return parser.found
