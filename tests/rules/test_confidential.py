"""What the confidential rules find beyond their examples, and what they must leave alone.

Numbers are put together from parts and belong to nobody.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from baogao.corpus import Corpus, Data, Source, parse_report
from baogao.rules import GROUPS, RULES, Finding, Severity, check_corpus
from baogao.rules.confidential.numbers import (
    find_numbers,
    identity_check,
    is_identity,
    luhn,
    luhn_check,
)
from baogao.rules.engine import check_report
from baogao.rules.rule import NAME, standard

Make = Callable[[dict[str, str]], Corpus]

CONFIDENTIAL = [rule for rule in RULES if rule.confidential]
MOBILE = "154" + "0000" + "0000"
IDENTITY = "99" + "0000" + "1990" + "0101" + "000"
IDENTITY += identity_check(IDENTITY)
CARD = "62" + "0000" + "0000" + "0000" + "0001"
CARD += luhn_check(CARD)


@pytest.fixture
def find(data: Data) -> Callable[[str], list[Finding]]:
    """Findings of the family in a report with nothing but this text."""

    def run(text: str) -> list[Finding]:
        source = Source("docs/reports/2022/a.md", f"---\ntitle: 述职\n---\n\n{text}\n")
        report = parse_report("2022/a", source, data)
        return list(check_report(report, None, CONFIDENTIAL))

    return run


def test_the_family_is_marked_confidential() -> None:
    assert [rule.id for rule in CONFIDENTIAL] == [rule.id for rule in GROUPS["保密"]]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # marks
        ("绝密★", "C001"),
        ("秘密★长期", "C001"),
        ("**机密**", "C001"),
        ("# 秘密", "C001"),
        ("（机密★3年）", "C001"),
        ("保守国家秘密，机密文件专人管理，秘密级文件三份。", ""),
        ("加强商业秘密保护。", ""),
        ("\n\n".join(["一段文字。"] * 12 + ["秘密"]), ""),
        ("内部资料　注意保存", "C002"),
        ("（阅后收回）", "C002"),
        ("此件不公开。", "C002"),
        ("会议材料，会后收回", ""),
        ("要求涉密文件不得上网、不得复印、不得转发。", ""),
        ("编印内部资料3期。", ""),
        ("推进“平急两用”公共基础设施建设。", ""),
        ("加急办理急难愁盼事项12件。", ""),
        # numbers
        (f"身份证{IDENTITY}", "C003"),
        (f"身份证{IDENTITY[:6]}-{IDENTITY[6:14]}-{IDENTITY[14:]}", "C003"),
        ("身份证35×××××××××××××123", ""),
        (f"电话\u202d{MOBILE}\u202c", "C004"),
        (f"电话\u200b{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}\u200b", "C004"),
        (MOBILE.translate(str.maketrans("0123456789", "０１２３４５６７８９")), "C004"),
        (f"{MOBILE}、{MOBILE}", "C004 C004"),
        (f"| 联系人 | 电话 |\n|---|---|\n| 甲 | {MOBILE} |", "C004"),
        (f"资金{MOBILE}元、{MOBILE}万元", ""),
        (f"代码a{MOBILE}，编号{MOBILE}1，比值0.{MOBILE}", ""),
        ("138****0000", ""),
        ("热线0999-12345、400-000-0000、96789", ""),
        ("受理热线电话2345678件", ""),
        ("2021-2022年，2023-01-10至2023-12-31", ""),
        (f"卡号{CARD}", "C006"),
        ("各季度为3500 4200 5100 6000万元", ""),
        # contacts
        ("推出“惠帮企@链上沈阳”等3项成果", ""),
        ("微信公众号：lanchuan-zhujian，官方微信号lanchuan", ""),
        ("QQ群3个、QQ群12345人", ""),
        ("沿川G60、豫S23两侧", ""),
        ("家住北门社区的老人", ""),
        ("家住6楼的住户加装电梯", ""),
        ("改造北门社区9号楼、12栋，涉及501户", ""),
        ("家住青石坳村3组", "C009"),
        ("北门苑12栋2单元1103室", "C009"),
        # names
        ("给予张伟、李建国党内警告处分。", "C010"),
        ("给予罗保铭开除党籍处分。", "C010"),
        ("给予支部书记王强同志政务记过处分。", "C010"),
        ("对赵某进行诫勉谈话。", "C010"),
        ("原科长陈建国被留置。", "C010"),
        ("给予严重警告、党内警告、政务警告处分各3人。", ""),
        ("对马上就要退休的干部、对于个别同志、对高级职称人员进行提醒谈话。", ""),
        ("对任职同志进行廉政谈话，将范围内的问题线索函询12件。", ""),
        ("给予相关责任人党纪处分，给予单位通报批评。", ""),
        ("局党组书记张伟同志带队开展警示教育，全年诫勉谈话5人。", ""),
        ("表彰优秀共产党员张伟、李建国。", ""),
        ("项目因扬尘超标受到通报批评。", ""),
        ("立案1件，函询两人。批评教育1人次。", "C011 C011"),
        ("对2名干部进行提醒谈话。", "C011"),
        ("诫勉谈话12人，约谈1次，安排2名委员开展提醒谈话。", ""),
        ("看望困难职工刘某某。", "C012"),
        ("信访人：周明", "C012"),
        ("李某实名举报件已办结。", "C012"),
        ("在帮扶困难群众方面，为困难群众安置、关爱老党员。", ""),
        ("走访慰问老党员和困难党员31人，困难职工温馨过年。", ""),
    ],
)  # fmt: skip
def test_text(text: str, rules: str, find: Callable[[str], list[Finding]]) -> None:
    found = find(text)
    assert " ".join(f.rule for f in found) == rules, [f.message for f in found]


@pytest.mark.parametrize("secret", [IDENTITY, MOBILE])
def test_a_message_does_not_repeat_the_secret(
    secret: str, find: Callable[[str], list[Finding]]
) -> None:
    (finding,) = find(secret)
    assert secret not in finding.message + finding.help + finding.suggestion


def test_every_help_says_that_the_history_keeps_it(find: Callable[[str], list[Finding]]) -> None:
    found = find(f"机密★1年\n\n（内部资料）\n\n{MOBILE}、{CARD}\n\n给予张伟党内警告。立案1件。")
    assert len(found) == 6
    assert all("历史版本里仍会保留，须请管理员清除" in finding.help for finding in found)


def test_a_file_with_unreadable_front_matter_is_searched_whole(data: Data) -> None:
    text = f'---\ntitle: "没有配对\nnotes: {MOBILE}\n---\n\n机密★1年\n'
    report = parse_report("2022/a", Source("a.md", text), data)
    assert not report.readable
    found = check_report(report, None, RULES)
    assert {"C001", "C004"} <= {finding.rule for finding in found}


def test_places_are_exact(find: Callable[[str], list[Finding]]) -> None:
    (finding,) = find(f"联系人{MOBILE}。")
    assert (finding.start.line, finding.start.column) == (5, 4)
    assert finding.end.column == 4 + len(MOBILE)


def test_severity_of_a_missing_review_comes_from_the_data(make_corpus: Make, data: Data) -> None:
    corpus = make_corpus({f"{NAME}.md": standard(reviews=None)})
    (finding,) = check_corpus(corpus)
    assert (finding.rule, finding.severity) == ("C014", Severity(data.review_demand.severity))


def test_numbers_are_told_apart() -> None:
    text = f"{IDENTITY} {CARD} +86{MOBILE} (0999)2000000"
    assert [number.kind for number in find_numbers(text)] == ["id", "card", "mobile", "landline"]
    assert is_identity(IDENTITY) and luhn(CARD)
    assert not is_identity(IDENTITY[:10] + "0230" + IDENTITY[14:])
