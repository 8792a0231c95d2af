"""Generated reports made of the office's terms, common words and figures about as often as reports have them.

Measured for 1,000 characters: the samples of this project have 22 sentences, 22 terms of ``terms.txt`` and 27 figures, 72 reports of
cities 23, 6 and 14. What is written here has 23, 24 and 21.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from baogao.corpus import Data, load_data, shown_path, write_ordinal

_VERBS = [
    "组织",
    "开展",
    "推动",
    "指导",
    "督促",
    "落实",
    "学习",
    "宣传",
    "建立",
    "完善",
    "参加",
    "牵头",
    "协调",
    "培训",
    "慰问",
    "检查",
    "整改",
    "服务",
]
#: Things to be done something to are made of one of each: 1,600.
_ABOUT = [
    "干部职工", "办事群众", "基层科室", "重点企业", "施工现场", "物业小区", "老旧管网", "燃气用户", "结对村", "服务窗口",
    "城市道路", "公共建筑", "住房保障", "工程款", "房屋产权", "保障性住房", "污水处理", "市容环境", "招标投标", "质量监督",
    "消防验收", "预售资金", "维修资金", "海绵设施", "停车泊位", "历史建筑", "危旧房", "人防工程", "建材市场", "绿色建材",
    "档案资料", "信访事项", "热线工单", "值班值守", "后勤服务", "离退休人员", "青年骨干", "财务票据", "车辆管理", "节水节电",
]  # fmt: skip
_MATTER = [
    "台账", "清单", "走访", "培训班", "抽查", "会商", "评估", "调研", "改造", "审批",
    "公示", "比选", "测算", "巡检", "复核", "登记", "对接会", "问卷", "约谈", "通报",
    "预案", "演练", "论证", "移交", "补录", "回访", "督办", "座谈", "评比", "试点",
    "方案", "合同", "考核", "备案", "摸排", "宣讲", "结对", "整治", "验收", "提升",
]  # fmt: skip
_LEADS = ["围绕", "针对", "结合", "借助", "按照", "立足", "依托", "对照"]
_TAILS = [
    "取得实效",
    "稳步推进",
    "得到群众认可",
    "按期完成",
    "走深走实",
    "形成长效",
    "不断规范",
    "进一步加强",
]
_UNITS = ["人次", "场", "次", "个", "项", "篇", "名", "万元"]
#: The share of sentences that hold a term.
_NAMING = 0.5
_FIRST_YEAR = 2005
_HEADINGS = ("主要做法及成效", "存在问题及原因分析", "下步工作打算")


@contextmanager
def generated(docs: Path, reports: int, characters: int) -> Iterator[Path]:
    """A docs folder of generated reports with the data files of ``docs`` and units enough; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
        target = Path(folder) / "docs"
        shutil.copytree(docs / "_data", target / "_data")
        write_formulaic(target, reports, characters, 100)
        yield target


def write_formulaic(docs: Path, reports: int, characters: int, per_year: int) -> None:
    """Write generated reports, ``per_year`` of them for each year, into a docs folder that has its data files; its units are
    replaced by others, one for each report of a year."""
    units = "".join(
        f"  - id: u{n}\n    names:\n      - {{name: 第{n}单位}}\n" for n in range(per_year)
    )
    (docs / "_data" / "units.yml").write_text(f"units:\n{units}", encoding="utf-8")
    data = load_data(docs / "_data", shown_path(docs / "_data"))
    generator = random.Random(20221231)
    for number in range(reports):
        year, unit = _FIRST_YEAR + number // per_year, number % per_year
        file = docs / "reports" / str(year) / f"u{unit}-shuzhi-fenguan.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            formulaic_report(generator, data, year, f"第{unit}单位", characters), encoding="utf-8"
        )


def formulaic_report(
    generator: random.Random, data: Data, year: int, unit: str, characters: int
) -> str:
    front = (
        f"---\ntitle: {year}年度抓机关党建工作述职报告\nyear: {year}\nunit: {unit}\nkind: 述职报告\nrole: 分管领导\n"
        f"date: {year + 1}-01-10\nstatus: published\n"
        f"reviews:\n  - role: 保密审查\n    date: {year + 1}-01-09\n    result: 通过\n---\n"
    )
    parts = [f"现将我{year}年度抓机关党建工作情况报告如下。", f"## 一、{_HEADINGS[0]}"]
    share = int(characters * 0.72) // 4
    for index in range(4):
        parts.append(f"### {write_ordinal(2, index + 1)}{_clause(generator, data, _NAMING / 2)}")
        parts.append(_paragraph(generator, data, share))
    problems, cause, plan = (int(characters * part) for part in (0.02, 0.012, 0.016))
    parts.append(f"## 二、{_HEADINGS[1]}")
    parts.append(
        _items(generator, data, 3, problems)
        + "造成上述问题的主要原因是："
        + _items(generator, data, 2, cause)
    )
    parts += [f"## 三、{_HEADINGS[2]}", _items(generator, data, 4, plan)]
    return front + "\n" + "\n\n".join(parts) + "\n"


def _clause(generator: random.Random, data: Data, naming: float) -> str:
    if generator.random() >= naming:
        return _work(generator)
    return generator.choice(_VERBS) + generator.choice(data.terms).text


def _work(generator: random.Random) -> str:
    return generator.choice(_VERBS) + _thing(generator)


def _thing(generator: random.Random) -> str:
    return generator.choice(_ABOUT) + generator.choice(_MATTER)


def _paragraph(generator: random.Random, data: Data, characters: int) -> str:
    pieces: list[str] = []
    length = 0
    while length < characters:
        sentence = (
            f"{generator.choice(_LEADS)}{_thing(generator)}，{_clause(generator, data, _NAMING)}{generator.choice(_TAILS)}，"
            f"{_work(generator)}{generator.randint(3, 980)}{generator.choice(_UNITS)}，"
            f"{_work(generator)}{generator.choice(_TAILS)}。"
        )
        pieces.append(sentence)
        length += len(sentence)
    return "".join(pieces)


def _items(generator: random.Random, data: Data, number: int, characters: int) -> str:
    return "".join(
        f"{'一二三四五六'[index]}是{_paragraph(generator, data, characters)}"
        for index in range(number)
    )
