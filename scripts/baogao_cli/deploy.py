"""``baogao deploy``: the configuration of a web server, made to fit the site that was built."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

import click

from baogao.corpus import Corpus, load, reason_of, replace_file
from baogao.pages import redirects

from .mkdocs_process import require_project
from .policy import SELF_CHECK, policy, read_site
from .ui import Command, Failure, Group, docs_option, require_docs, say
from .verify import verify_site

#: The places written in ``scripts/deploy/nginx.conf``.
_SITE, _HERE = "/srv/baogao/site", "/srv/baogao/nginx"
#: What a path may not have in it where it stands in the configuration of nginx, between quotes.
_UNSAFE = re.compile(r"""["'\\$;{}\x00-\x1f]""")


@click.group(cls=Group)
def deploy() -> None:
    """写下网站服务器的配置（nginx、IIS），安全策略取自生成好的网站。"""


@deploy.command("nginx", cls=Command)
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"),
    help="生成好的网站（默认 site）",
)  # fmt: skip
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True,
    help="配置写到哪个目录，例如 /srv/baogao/nginx",
)  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=80, help="端口（默认 80）")
@docs_option
def deploy_nginx(site: Path, folder: Path, port: int, docs: Path) -> None:
    """nginx 的配置：nginx.conf、policy.conf、redirects.conf。"""
    project = require_project(Path())
    verify_site(site, project)
    corpus = load(require_docs(docs)).visible
    write_nginx(site.resolve(), folder.resolve(), project, corpus, port)
    say(f"已写入 {folder}：nginx.conf、policy.conf、redirects.conf。")
    say("网站有变动的，每次都要再写一遍，然后运行 nginx -t && systemctl reload nginx。")


@deploy.command("iis", cls=Command)
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"),
    help="生成好的网站（默认 site）",
)  # fmt: skip
def deploy_iis(site: Path) -> None:
    """IIS 的配置：网站目录里的 web.config。平时用 baogao build --iis，换上网站时它已经在里面。"""
    project = require_project(Path())
    verify_site(site, project)
    write_web_config(site, project, site / "web.config")
    say(f"已写入 {site / 'web.config'}。")


def write_nginx(site: Path, folder: Path, project: Path, corpus: Corpus, port: int = 80) -> None:
    """Write the three files into ``folder``; ``corpus`` is what readers may see. Raises :class:`Failure`."""
    for path in (site, folder):
        if _UNSAFE.search(str(path)):
            raise Failure(
                f"{path}：路径里有引号、分号、括号之类，nginx 的配置里写不了，请换一个目录。"
            )
    text = _template(project, "nginx.conf")
    listen = f"    listen {port};"
    for old, new in (
        (f"    root {_SITE};", f'    root "{site.as_posix()}";'),
        (f"include {_HERE}/policy.conf;", f'include "{folder.as_posix()}/policy.conf";'),
        (f"include {_HERE}/redirects.conf;", f'include "{folder.as_posix()}/redirects.conf";'),
        ("    listen 80;", listen),
    ):
        if text.count(old) != 1:
            raise Failure(f"scripts/deploy/nginx.conf 里应有一行“{old.strip()}”。")
        text = text.replace(old, new)
    inline = read_site(site)
    plain, wasm = policy(inline), policy(inline, wasm=True)
    page, scripts = SELF_CHECK
    rules = (
        "# 由 baogao deploy nginx 写成，请不要手改。\n"
        "map $uri $baogao_policy {\n"
        f'    default "{plain}";\n    "{page}" "{wasm}";\n    "~^{scripts}" "{wasm}";\n}}\n'
    )
    moves = "".join(
        f'    "/reports/{old}.html" "/reports/{new}.html";\n'
        for old, new in redirects(corpus).items()
    )
    moved = f'# 由 baogao deploy nginx 写成，请不要手改。\nmap $uri $baogao_moved {{\n    default "";\n{moves}}}\n'
    try:
        replace_file(folder / "policy.conf", rules)
        replace_file(folder / "redirects.conf", moved)
        replace_file(folder / "nginx.conf", text)
    except OSError as error:
        raise Failure(f"写不了 {error.filename}：{reason_of(error)}") from None


def write_web_config(site: Path, project: Path, target: Path) -> None:
    """Write ``web.config`` for the pages of ``site``. Raises :class:`Failure`."""
    text = _template(project, "web.config")
    inline = read_site(site)
    for name, value in (
        ("POLICY", policy(inline)),
        ("POLICY-WASM", policy(inline, wasm=True)),
    ):
        mark = f'value="{name}"'
        if mark not in text:
            raise Failure(f"scripts/deploy/web.config 里应有 {mark}。")
        text = text.replace(mark, f"value={quoteattr(value)}")
    replace_file(target, text)


def _template(project: Path, name: str) -> str:
    file = project / "scripts/deploy" / name
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        raise Failure(f"没有 {file}，它是报告库的一部分，请从版本库取回。") from None
