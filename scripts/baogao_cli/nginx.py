"""A real nginx on the loopback for as long as it is needed: for the tests and for measuring under load."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from baogao.corpus import Corpus, replace_file

from .deploy import write_nginx
from .ui import Failure

_PATIENCE = 10.0
_MAIN = """daemon off;
{user}worker_processes {workers};
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" warn;
events {{ worker_connections 1024; }}
http {{
    {types}
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    client_body_temp_path "{folder}/body"; proxy_temp_path "{folder}/proxy"; fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi"; scgi_temp_path "{folder}/scgi";
    include "{folder}/nginx.conf";
}}
"""


def find_nginx() -> str | None:
    """The program, which Debian keeps where ordinary users do not look."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def serving(site: Path, folder: Path, project: Path, corpus: Corpus) -> Iterator[str]:
    """nginx with the configuration of the project, for ``site`` alone; yields the address. ``folder`` is for its files.

    Raises :class:`Failure` where there is no nginx or it does not take the configuration.
    """
    program = find_nginx()
    if program is None:
        raise Failure("没有找到 nginx。Debian 上请先运行：apt install nginx-light")
    port = _free_port()
    write_nginx(site.resolve(), folder.resolve(), project, corpus, port)
    types = Path("/etc/nginx/mime.types")
    main = folder.resolve() / "main.conf"
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    replace_file(main, _MAIN.format(
        folder=folder.resolve().as_posix(), workers=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        # As root it would give up its rights to a user who may not read the folder.
        user="user root;\n" if root else "", types=f'include "{types}";' if types.is_file() else "",
    ))  # fmt: skip
    error_log = folder / "error.log"
    tested = subprocess.run(
        [program, "-t", "-q", "-c", str(main), "-e", str(error_log)], capture_output=True, text=True, check=False
    )  # fmt: skip
    if tested.returncode:
        raise Failure(f"nginx 不接受配置：{tested.stderr.strip()}")
    running = subprocess.Popen(
        [program, "-c", str(main), "-e", str(error_log)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    try:
        _wait(port, running)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(timeout=_PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as asked:
            asked.settimeout(1)
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise Failure("nginx 没有启动")
