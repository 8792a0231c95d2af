"""What a figure measures, whose it is, and whether it is this year's: read from the clause around it.

Reports count in two orders: 慰问困难党员44人次 (what, then how many) and 选派3名第一书记 (the noun after the unit). A figure's label is its verb
and noun as they stand there; its key is the verb and the end of the noun, which stay when the words between change
(受理公租房和租赁补贴申请5870件, 受理各类申请5215件).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..corpus import FigureWords
from .figure_grammar import Sighting

#: Verbs that say nothing of their own: 开展志愿服务 is counted as 志愿服务.
_LIGHT = (
    "开展|组织|推动|督促|协助|进行|做好|抓好|牵头|利用|参加|指导|坚持|通过|积极|认真|扎实|深入|全面|持续|继续|负责|主动|及时|集中|统筹|配合|"
    "实行|实施|落实|推进|完善|加强|强化|带领|带头|集体|安排|帮助|协调组织|协调"
)
_VERBS = (
    "受理|接待|收到|发放|惠及|清理|结对|签订|抽查|发现|召开|举办|研究|听取|讨论|审议|印发|制定|修订|出台|废止|新立|选派|抽调|派出|成立|组建|"
    "建立|建成|设立|设置|打造|创建|培训|轮训|培养|培育|发展|接收|吸收|转正|表彰|评选|评出|推荐|选树|慰问|走访|看望|帮扶|帮销|捐款|捐赠|募集|"
    "覆盖|参与|参训|参学|撰写|形成|刊发|刊登|采用|报送|发布|推送|推出|录制|编印|征集|收回|收集|梳理|查摆|查找|查处|查封|查出|查实|排查|检查|"
    "督查|督导|巡查|核查|整改|解决|化解|调解|办理|办结|答复|回访|移交|移送|责令|约谈|纠正|追回|追缴|收缴|上缴|退回|转化|认领|提出|提交|采纳|"
    "列出|列席|完成|开工|新建|改造|修复|安装|更换|配租|配售|分配|交付|投入|争取|拨付|补贴|减免|核准|批准|审批|通过|验收|接入|上线|处置|"
    "转移|出动|值守|下沉|服务|组织观看|观看|开通|聘请|邀请|增设|新增|净增|命名|授予|颁发|佩戴|获得|荣获|获评|入选|讲授|宣讲|授课|学习|调研|"
    "谈话|家访|走进|登门|上门|提拔|提任|调整|轮岗|交流|挂职|录用|招聘|引进|监督|实测|测点|推广|开设|开办|承办|举行|启动|达标|创成|归还|归集|收集|"
    "借阅|利用|查阅|加工|扫描|数字化|著录|整理|移交进馆|进馆|入库"
)
_LEAD = re.compile(
    rf"^(?:全年|年内|今年|本年度?|当年|去年|上年度?|上半年|下半年|[一二三四]季度|第[一二三四]季度|\d{{1,2}}月(?:\d{{1,2}}日)?(?:[中上下]旬)?|\d{{4}}年度?|目前|现有|现|截至\S{{0,6}}|"
    rf"其中|另有|另外|另|其他|其余|还有|还|又|再|已经|已|先后|累计|共计|合计|总计|共|总|并|且|均|都|分别|首次|首批|同时|此外|"
    rf"[一二三四五六七八九]是|我们|我局|本局|全局|全系统|全市|全省|全国|半年|我|由|对|为|给|与|向|从|把|将|在|用|按(?![时期])|和|及|等|因|"
    rf"的|了|有|是|个|不同|各类|各|年底前|年初|年底|年末|期间|平均|人均|户均|最高|最多|最快|最少|(?:{_LIGHT})(?=[^的]))"
)
#: The characters in which that begins, digits apart: most of what is looked at begins in none of them.
_LEAD_BEGINS = frozenset(
    "全年今本当去上下一二三四五六七八九第目现截其另还又再已先累共合总并且均都分首同此我半由对为给与向从把将在用按和及等因"
    "的了有是个不各期平人户最"
).union(word[0] for word in _LIGHT.split("|"))
#: Words between what is counted and its number.
_TAILS = (
    "共 累计 合计 总计 达到了 达到 达 约 将近 接近 近 逾 超过 突破 超 不少于 不低于 不超过 不足 不到 不满 至少 至多 最多 最少 只有 仅有 仅 只 "
    "增加到 增加至 增至 增加 增长到 增长至 增长 提高到 提高至 提高 上升到 上升至 上升 升到 升至 扩大到 扩到 扩至 减少到 减少至 减少 下降到 下降至 下降 降到 "
    "降至 降为 缩短到 缩短至 缩短 缩到 压缩到 压减为 压到 控制在 占到 占了 占 就达 就有 还有 尚有 现有 共有 另有 有 为 是 了 过 出 的 成 "
    "由上年的 由 从 到 至 比上年 比上年度 比去年 同比 较上年 年均 人均 户均 平均 分别 各 全年 年内 全部 均 已 就 也 又 还 再 多 少 分成 分为 分 在 用 "
    "上年的 上年 原来的 去年的 现在的 首批 首次 最快 数量 总数 总量"
)
_TAIL = frozenset(_TAILS.split())
_TAIL_ENDS = frozenset(word[-1] for word in _TAIL)
#: Where the last character belongs to the word before it: 提出, 完成, 记分.
_TAIL_NOT = {"出": "提派选演抽支查", "成": "完建形组构促", "分": "记评得积"}
_TAIL_LONGEST = 4
_NOUN_END = re.compile(
    r"的|在|为|被|把|将|向|由|从|与|并|已|均|都|全部|因|到|实行|轮流|进行|开展|之间|[，。；：、！？（）(),;]|占|有|是|不|里|来|按|用|通过|进|给|对|上(?=[了的])|"
    r"当|自|以|中(?=[^心])|完成|参加|接受|得到|分|进入|增加|减少|得"
)
_NOUN_END_BEGINS = re.compile(
    "[的在为被把将向由从与并已均都全因到实轮进开之，。；：、！？（）(),;占有是不里来按用通给对上当自以中完参接得分增减]"
)
_BOUND = "，。；：、！？（）()\n,;\t"
_MARK = re.compile(f"[{re.escape(_BOUND)}]")
_VERB_START = re.compile(_VERBS)
_VERB_WORDS = frozenset(_VERBS.split("|"))
#: How far from a number its clause is read, in characters.
_REACH = 40
_SHORT_VERBS = "设开办做跑摆编拆装选送给抽帮派讲印建挂贴"
_DONE = "办做装跑摆印"
_PLACES = "村镇县区"
_GENERIC = re.compile(r"(?:涉及|合计|总)?(?:金额|资金|面积|数量|人数)$")
_RATE = "率度比"
_AND = re.compile(r".*(?:等|和|及|与|各类|各项|新的)")
_AND_CHEAP = re.compile("[等和及与各新]")
_OF = re.compile(r"(.{0,2})的([^的]{2,})$")

_PAST = re.compile(r"(?<![比较于])(?:上年度?|去年|上一年度?)(?!问题)[^，。；：到至\d]{0,16}$")
_BEFORE = re.compile(
    r"(?:(?:由|从)[^，。；、]{0,10}|上年度?的?(?:同期)?的?|去年的?|原来的?|此前的?)$"
)
_LAST_YEAR = re.compile(r"[上去]年度?的?$")
_TO = re.compile(r"[^，。；、]{0,8}?(?:增|减|扩|降|升|缩|提|压|变|到|至|上升|改)")
_CHANGE = re.compile(
    r"(?:(?:同比|环比|[比较][^，。；]{1,10})(?:[^，。；]{0,6})?(?:多出?|少|增|减)|净增|增加|减少|增长|下降|上升|提高|降低|提升|缩短|压缩|压减|增幅|降幅)"
    r"(?:了|近|约|超过?|不足|不到|各|分别|幅度|达到?|为)*$"
)
#: A search that ends at the end of a text tries every place in it: first whether there is any reason to.
_PAST_CHEAP = re.compile("[由从上去原此]")
_CHANGE_CHEAP = re.compile("[多少增减降升高短缩幅]")
_PLAN_CHEAP = re.compile("[划争确标拟预打承限不]")
_ANY_CHEAP = re.compile("[由从上去原此多少增减降升高短缩幅划争确标拟预打承限不]")
_PLAN = re.compile(
    r"(?:计划|力争|争取|确保|目标|拟|预计|打算|承诺的?|限期|不得少于)[^，。；]{0,14}$"
)


class Head(NamedTuple):
    """``label`` what is counted, as written; ``verb`` and ``noun`` what stays of it through the years; ``phrase`` the clause without
    its figure; ``kind`` now, before (an earlier value), change or plan; ``scope`` whose it is, where that is said."""

    label: str
    verb: str
    noun: str
    phrase: str
    kind: str
    scope: str


def read_heads(
    text: str, sightings: Sequence[Sighting], words: FigureWords, ahead: bool
) -> Iterator[Head]:
    """The head of each figure of a sentence, in order. ``ahead`` says that the sentence tells of what is to come."""
    last: Head | None = None
    scopes = _Scopes(text, words)
    marks = [found.start() for found in _MARK.finditer(text)]
    for number, sighting in enumerate(sightings):
        previous = sightings[number - 1].end if number else 0
        following = sightings[number + 1].start if number + 1 < len(sightings) else len(text)
        at = bisect_left(marks, sighting.start)
        begin = max(previous, sighting.start - _REACH, marks[at - 1] + 1 if at else 0)
        at = bisect_left(marks, sighting.end)
        end = min(following, sighting.end + _REACH, marks[at] if at < len(marks) else len(text))
        raw, post = text[begin : sighting.start], text[sighting.end : end]
        before, noun, (label, verb, key) = _clause(raw, post)
        # The clause goes on to tell of other things: 大厅8个窗口中设党员先锋岗.
        phrase = _unquoted(f"{raw} {noun if before else post}")
        if last is not None and last.label and (not label or _GENERIC.fullmatch(label)):
            part = label or ("（其中）" if "其中" in raw else "")
            if last.label.endswith(part):
                part = ""
            label, verb, key = last.label + part, last.verb, last.noun + part
            phrase = phrase if part or len(last.phrase) > 2 * _REACH else f"{last.phrase} {phrase}"
        elif not label and begin:
            label, verb, key = _named(core(_clause_before(text, begin)), "")
        kind = _kind(text[max(0, sighting.start - 24) : sighting.start], post, ahead)
        if (
            kind == "now"
            and last is not None
            and last.kind == "before"
            and last.label
            and raw.endswith(("到", "至", "为"))
        ):
            # 来访由147批降到38批: both are of one measure.
            label, verb, key, phrase = last.label, last.verb, last.noun, last.phrase
        last = Head(label, verb, key, phrase, kind, scopes.until(sighting.end))
        yield last


@lru_cache(maxsize=8192)
def _clause(raw: str, post: str) -> tuple[str, str, tuple[str, str, str]]:
    """The core before a figure, the noun after it, and what they name. Offices say the same things year after year."""
    before, noun = core(raw), noun_after(post)
    return before, noun, _named(before, noun)


def _clause_before(text: str, at: int) -> str:
    """The clause that ends at the mark before ``at``."""
    end = at - 1
    begin = end
    while begin > max(0, end - 30) and text[begin - 1] not in _BOUND:
        begin -= 1
    return text[begin:end]


def core(raw: str) -> str:
    """What stands before a figure, without the words around it that do not say what is counted."""
    text = raw.strip()
    # A name in quotation marks is kept whole: “双报到”全年538人次.
    while text and text[-1] in _TAIL_ENDS:
        cut = _tail(text)
        if not cut or text in _VERB_WORDS:
            break
        text = text[:-cut].rstrip()
    while text and (text[0] in _LEAD_BEGINS or text[0].isdigit()):
        found = _LEAD.match(text)
        if not found or text in _VERB_WORDS:
            break
        text = text[found.end() :]
    return _unquoted(text)


def _tail(text: str) -> int:
    """How many characters at the end of ``text`` do not say what is counted."""
    for size in range(min(_TAIL_LONGEST, len(text)), 0, -1):
        word = text[-size:]
        if word in _TAIL:
            return 0 if len(text) > 1 and text[-2] in _TAIL_NOT.get(word, "") else size
    return 0


def noun_after(post: str) -> str:
    """The noun behind a unit, up to the words that go on about it; at most ten characters."""
    text = _unquoted(post)
    if not text:
        return ""
    if text.startswith(("以上", "以下", "左右", "以内")):
        text = text[2:]
    text = text.lstrip("的多余内是")
    if text[:1] in ("里", "中") or text.startswith(("之中", "当中", "以来")):
        return ""
    begin = _NOUN_END_BEGINS.search(text)
    while begin:
        found = _NOUN_END.match(text, begin.start())
        if found and (found.start() >= 2 or found[0] in _BOUND):
            text = text[: found.start()]
            break
        begin = _NOUN_END_BEGINS.search(text, found.end() if found else begin.end())
    verb = _VERB_START.search(text, 2)
    if verb and verb.end() < len(text) and verb[0] != "学习":  # 学习小组
        text = text[: verb.start()]
    return text[:10]


_QUOTES = re.compile(r"[“”‘’《》\s]")


def _unquoted(text: str) -> str:
    return _QUOTES.sub("", text) if _QUOTES.search(text) else text


def _named(before: str, noun: str) -> tuple[str, str, str]:
    """Label, verb and end of the noun, from the core before a figure and the noun after it."""
    if before and noun:
        if _ends_in_verb(before) or len(before) < 2:
            before += noun
        elif before[-1] in _SHORT_VERBS:
            before = before[-1] + noun
        elif before[-1] in _PLACES:
            before = noun
    elif not before:
        before = noun
    elif before[-1] in _DONE and len(before) > 2:
        before = before[:-1]
    if len(before) < 2:
        return "", "", ""
    verb, rest = "", before
    found = _VERB_START.search(before)
    if found and found.end() + 1 < len(before) and before[-1] not in _RATE:
        verb, rest = found[0], before[found.end() :]
    tail = _AND.sub("", rest) if _AND_CHEAP.search(rest) else rest
    if len(tail) < 2:
        tail = rest
    label = (verb + rest)[:16] if verb else rest[-16:]
    size = 4 if verb else 6
    qualified = _OF.search(rest) if "的" in rest else None
    if qualified and qualified[1]:
        # 涉及摇号的来访 are not all 来访.
        return label, verb, f"{qualified[1]}的{qualified[2][-size:]}"
    return label, verb, tail.removeprefix("的")[-size:]


def _ends_in_verb(text: str) -> bool:
    return any(text[-size:] in _VERB_WORDS for size in (2, 3, 4))


def _kind(before: str, after: str, ahead: bool) -> str:
    if not _ANY_CHEAP.search(before):
        return "plan" if ahead else "now"
    if _PAST_CHEAP.search(before) and (
        _PAST.search(before)
        or (_BEFORE.search(before) and (_TO.match(after) or _LAST_YEAR.search(before)))
    ):
        return "before"
    if _CHANGE_CHEAP.search(before) and _CHANGE.search(before):
        return "change"
    return "plan" if ahead or (_PLAN_CHEAP.search(before) and _PLAN.search(before)) else "now"


class _Scopes:
    """Whose the figures of a sentence are: the last of the office's words for it up to each."""

    def __init__(self, text: str, words: FigureWords) -> None:
        self._names = words.scope_names
        self._left = deque(words.scope_pattern.finditer(text))
        self._now = ""

    def until(self, end: int) -> str:
        while self._left and self._left[0].end() <= end:
            self._now = self._names[self._left.popleft()[0]]
        return self._now
