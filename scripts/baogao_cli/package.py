"""``baogao package``: the whole site as one zip, to be opened from a folder or put on any web server."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import click

from baogao.corpus import reason_of, zip_entry

from .build import make_site, packed_site
from .mkdocs_process import require_project
from .ui import Command, Failure, say
from .verify import verify_site

TOP, SITE, OPEN, README = "报告库", "网站", "打开报告库.html", "说明.txt"
#: Packed already: another round only costs time.
_PACKED = {".docx", ".xlsx", ".zip", ".png", ".jpg", ".woff2"}
#: Of a site on a server, and of no use elsewhere.
_LEFT_OUT = {"web.config"}
#: Windows opens no longer path without being asked to (characters), and there is a folder before it.
_LONGEST = 180

_OPEN = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="renderer" content="webkit">
<meta http-equiv="refresh" content="0; url={SITE}/index.html"><title>打开报告库</title></head>
<body><main><h1>报告库</h1>
<p>没有自动打开的，请点<a href="{SITE}/index.html">打开报告库</a>。</p>
<p>点了没有反应，多半是还在压缩包里：先把压缩包全部解压到一个文件夹，再打开这个文件。</p>
</main></body></html>
"""
_README = f"""报告库

1. 先把压缩包全部解压到一个文件夹（不要在压缩包里直接打开），文件夹叫什么、放在哪里都可以，共享文件夹、U 盘也行。
2. 双击“{OPEN}”。浏览、检索、台账、下载 Word 都能用，不需要网络，不需要安装任何软件。
   用 Chrome、新版 Edge，或 360、奇安信等浏览器的“极速模式”。
3. 自查投稿：从文件夹打开时只能打包，不能在浏览器里检查（浏览器不许）；要检查，请把“{SITE}”文件夹放到网站服务器上。
4. 放到网站服务器上：把“{SITE}”文件夹里的内容作为网站的根目录即可，服务器上不需要 Python。
   服务器的设置见报告库“指南 → 管理员”。

里面是制作时可以公开的报告。有报告撤回或更正以后，请改用新的压缩包，并删去旧的。
"""


@click.command(cls=Command)
@click.argument(
    "output", metavar="[压缩包]", default="报告库.zip", type=click.Path(dir_okay=False, path_type=Path)
)  # fmt: skip
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="打包这个已经生成好的网站；不写的，先生成一遍",
)  # fmt: skip
@click.pass_context
def package(ctx: click.Context, output: Path, site: Path | None) -> None:
    """把网站打成一个压缩包：解压以后不用服务器、不用装软件就能打开。"""
    project = require_project(Path())
    if site is None:
        # Of its own, so that the site on show is not changed by packing it.
        site = packed_site(project / ".cache" / "baogao")
        if not make_site(project, site):
            ctx.exit(1)
    else:
        verify_site(site, project)
    if output.suffix.lower() != ".zip":
        raise Failure(f"{output} 应以 .zip 结尾")
    if output.resolve().is_relative_to(site.resolve()):
        raise Failure(f"{output} 在网站目录里面，请放到别处")
    number = write_package(site, output)
    size = output.stat().st_size / 1e6
    say(f"已写入 {output}：{number} 个文件，{size:.1f} MB。解压以后打开“{OPEN}”。")


def write_package(site: Path, output: Path) -> int:
    """Write the zip, the same one for the same site; returns how many files are in it. Raises :class:`Failure`."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    number = 0
    longest = ""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(temporary, "w") as made:
            for name, content in _contents(site):
                entry = zip_entry(f"{TOP}/{name}", packed=Path(name).suffix not in _PACKED)
                made.writestr(entry, content)
                number += 1
                longest = max(longest, entry.filename, key=len)
        temporary.replace(output)
    except OSError as error:
        raise Failure(f"压缩包没有写成：{reason_of(error)}（{error.filename or output}）") from None
    finally:
        temporary.unlink(missing_ok=True)
    if len(longest) > _LONGEST:
        say(f"注意：“{longest}”太长，Windows 上要解压到靠近盘符的文件夹里。", err=True)
    return number


def _contents(site: Path) -> Iterator[tuple[str, bytes]]:
    yield OPEN, _OPEN.encode()
    # A byte order mark and CR LF: the editors on old office machines need both.
    yield README, b"\xef\xbb\xbf" + _README.replace("\n", "\r\n").encode()
    for directory, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            file = Path(directory, name)
            if file.suffix == ".gz" or name in _LEFT_OUT or name.startswith("."):
                continue
            yield f"{SITE}/{file.relative_to(site).as_posix()}", file.read_bytes()
