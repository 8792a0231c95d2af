"""``baogao serve``: preview with live reload."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from .mkdocs_process import require_project, run_mkdocs
from .ui import Command, Failure, say


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", help="地址（默认 127.0.0.1，只本机可看）")
@click.option("--port", type=int, default=8000, help="端口（默认 8000，被占用时往后找）")
@click.pass_context
def serve(ctx: click.Context, host: str, port: int) -> None:
    """在本机预览，改了文件页面自动刷新。"""
    project = require_project(Path())
    free = _free_port(host, port)
    say(f"预览地址：http://{host}:{free}/  （按 Ctrl+C 停止）")
    # --dirty: what did not change stays as it is; the hooks see to it that the result is that of a whole build.
    # With click 8.2.2 and later MkDocs 1.6.1 leaves live reload off unless it is asked for (mkdocs#4055).
    ctx.exit(
        run_mkdocs(["serve", "--livereload", "--dirty", "--dev-addr", f"{host}:{free}"], project)
    )


def _free_port(host: str, port: int) -> int:
    for candidate in range(port, port + 20):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OverflowError:
                break
            except OSError as error:
                if error.errno is not None and isinstance(error, socket.gaierror):
                    raise Failure(f"地址 {host} 不能用") from None
                continue
            return candidate
    raise Failure(f"端口 {port} 到 {port + 19} 都不能用，请用 --port 另指一个")
