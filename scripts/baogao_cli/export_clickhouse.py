"""``baogao export clickhouse``: the search of the site for a ClickHouse server, as a folder to be loaded there."""

from __future__ import annotations

import re
from pathlib import Path

import click

from baogao.corpus import load, reason_of

from .ui import Command, Failure, docs_option, require_docs, say

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")


@click.command("clickhouse", cls=Command)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True,
    help="写到哪个目录；上一次导出的整个换掉",
)  # fmt: skip
@click.option("--cluster", is_flag=True, help="给几台服务器：分片，每片有副本")
@click.option(
    "--name", default="baogao", metavar="名字",
    help="数据库的名字，也是检索地址的开头（默认 baogao）；一台服务器放几个报告库时用",
)  # fmt: skip
@docs_option
def export_clickhouse(out: Path, cluster: bool, name: str, docs: Path) -> None:
    """导出检索数据，装进 ClickHouse 服务器：报告太多、浏览器里查不动时用，见指南“大量报告”。"""
    require_docs(docs)
    if not _NAME.fullmatch(name):
        raise Failure(f"--name 写的是“{name}”，只能用小写字母、数字和下划线，字母开头，最多 32 个")
    try:
        from baogao.fulltext import clickhouse
        from baogao.fulltext.build import find_tools
        from baogao.fulltext.clickhouse.export import ForeignFolderError
        from baogao.fulltext.progress import Bar
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise Failure("没有安装 numpy，导出不了检索数据。请运行 python3 scripts/run.py，它会装好。") from None  # fmt: skip
    corpus = load(docs)
    tools = find_tools(corpus, docs.resolve().parent / ".cache")
    for line in tools.missing:
        say(line, err=True)
    try:
        with Bar() as bar:
            names = clickhouse.Names(name, cluster)
            made = clickhouse.export_clickhouse(corpus, out, names, tools.segmenter, bar.show)
    except ForeignFolderError:
        raise Failure(f"{out} 里有别的东西，没有覆盖。请换一个空的目录。") from None
    except OSError as error:
        raise Failure(f"写不了 {out}：{reason_of(error)}") from None
    say(f"已写入 {out}：{made.reports} 份报告，{made.sections} 节，{made.size / 1e6:.1f} MB。")
    say(f"下一步：在 {out} 里运行 clickhouse-client --multiquery < load.sql；第一次的，先 tables.sql、access.sql。")  # fmt: skip
