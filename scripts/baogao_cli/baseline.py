"""``baogao baseline``: the list of 存量问题, which may only shrink."""

from __future__ import annotations

from pathlib import Path

import click

from baogao.corpus import load, reason_of, replace_file, shown_path
from baogao.rules.baseline import FILE, load_baseline, make_entries, shrink, write_baseline
from baogao.rules.engine import CONFIDENTIAL
from baogao.rules.parallel import check_corpus_parallel

from .ui import Command, Failure, docs_option, require_docs, say


@click.command(cls=Command)
@docs_option
@click.option("--create", is_flag=True, help="第一次建立清单：把现有的问题都记进去（保密问题除外）")
def baseline(docs: Path, create: bool) -> None:
    """把已经改好的从存量问题清单里去掉；清单只减不增。"""
    folder = require_docs(docs) / "_data"
    shown = f"{shown_path(docs)}/_data"
    entries = load_baseline(folder, shown)
    if create and entries is not None:
        raise Failure(f"{shown}/{FILE} 已经有了。清单只减不增，确要重建请先删去它。")
    if not create and entries is None:
        say("没有存量问题清单。需要时用 baogao baseline --create 建立。")
        return
    findings = check_corpus_parallel(load(docs))
    kept = (
        make_entries(findings, CONFIDENTIAL)
        if create
        else shrink(entries or (), findings, CONFIDENTIAL)
    )
    total = sum(entry.count for entry in kept)
    try:
        if kept:
            replace_file(folder / FILE, write_baseline(kept))
        else:
            (folder / FILE).unlink(missing_ok=True)
    except OSError as error:
        raise Failure(f"写不了 {shown}/{FILE}：{reason_of(error)}") from None
    before = sum(entry.count for entry in entries or ())
    said = f"存量问题 {total} 处" + ("" if create else f"（原有 {before} 处）")
    say(f"{said}，记在 {shown}/{FILE}。" if kept else "存量问题已全部改好，清单已删去。")
