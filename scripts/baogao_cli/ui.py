"""Talking to the user: Chinese help and errors, output that survives any console, paths of the project."""

from __future__ import annotations

import sys
from collections import UserDict
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from baogao.rules.render.console import fit


class Failure(click.ClickException):
    """The tool could not do what was asked: exit code 2, the message in Chinese."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        say(f"错误：{self.message}", err=True)


def say(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Print, with what the console cannot show replaced."""
    stream = sys.stderr if err else sys.stdout
    stream.write(fit(text, stream.encoding) + end)
    stream.flush()


_CLICK_WORDS = {
    "[required]": "（必填）",
    "INTEGER": "数字",
    "TEXT": "文字",
    "DIRECTORY": "目录",
    "[%Y-%m-%d]": "年-月-日",
}


def _words(text: str) -> str:
    for english, chinese in _CLICK_WORDS.items():
        text = text.replace(english, chinese)
    return text


class _Chinese:
    """Help in Chinese, for commands and groups alike."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        names = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
        words = [names.get(piece, piece) for piece in pieces]
        formatter.write_usage(ctx.command_path, " ".join(words), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx))]  # type: ignore[attr-defined]
        if records:
            with formatter.section("选项"):
                formatter.write_dl([(_words(a), _words(b)) for a, b in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份帮助"
        return option


class Command(_Chinese, click.Command):
    """A verb."""


class Group(_Chinese, click.Group):
    """Verbs."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(60)))
        if rows:
            with formatter.section("命令"):
                formatter.write_dl(rows)


Group.group_class = Group


class Verbs(UserDict[str, Any]):
    """The commands of a group by their names, made from ``{name: "module:attribute"}``.

    A module is imported when its command is asked for: a verb does not wait for what the others need.
    """

    def __getitem__(self, name: str) -> click.Command:
        module, _, attribute = self.data[name].partition(":")
        command: click.Command = getattr(import_module(module, __package__), attribute)
        return command


def explain(error: click.ClickException) -> str:
    """A click error in Chinese."""
    if isinstance(error, click.NoSuchOption):
        close = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}" + (f"，是不是 {close}？" if close else "")
    if isinstance(error, click.MissingParameter):
        name = (
            error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
        )
        return f"缺少 {name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的用法不对"
    if isinstance(error, click.BadParameter):
        name = (
            error.param.get_error_hint(error.ctx) if error.param and error.ctx else error.param_hint
        )
        param = error.param
        if param is not None and isinstance(param.type, click.Choice):
            return f"{name} 只能是：{'、'.join(str(c) for c in param.type.choices)}"
        if param is not None and isinstance(param.type, click.Path):
            return f"{name}：没有这个文件或目录，或不能读取"
        if param is not None and isinstance(param.type, click.types.IntParamType):
            return f"{name} 应为整数"
        return f"{name} 的值不对"
    if isinstance(error, click.UsageError):
        if "No such command" in error.message:
            return f"没有这个命令：{error.message.split(chr(39))[1]}"
        if "unexpected extra argument" in error.message:
            return "多了参数：" + error.message.partition("(")[2].rstrip(")")
    return error.message


def docs_option(function: Any) -> Any:
    """``--docs DIR``: the folder that holds the reports and ``_data``."""
    return click.option(
        "--docs", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"),
        help="报告和数据文件所在的目录（默认 docs）",
    )(function)  # fmt: skip


def require_docs(docs: Path) -> Path:
    """``docs`` if it is a library's docs folder. Raises :class:`Failure`."""
    if not docs.is_dir():
        raise Failure(f"没有目录 {docs}。请在报告库的目录里运行，或用 --docs 指明。")
    if not (docs / "_data").is_dir():
        raise Failure(f"{docs} 里没有 _data（文种、单位等数据文件），不是报告库的 docs 目录。")
    return docs
