"""Entry point of the ``baogao`` command."""

from __future__ import annotations

import sys

import click

from baogao import __version__
from baogao.corpus import DataError, reason_of

from .ui import Group, Verbs, explain, say

VERBS = Verbs({
    "serve": ".serve:serve",
    "build": ".build:build",
    "prepare": ".prepare:prepare",
    "check": ".check:check",
    "import": ".import_:import_report",
    "export": ".export:export",
    "new": ".new:new",
    "receive": ".receive:receive",
    "review": ".review:review",
    "baseline": ".baseline:baseline",
    "figures": ".figures:figures",
    "initiatives": ".initiatives:initiatives",
    "package": ".package:package",
    "wheelhouse": ".wheelhouse:wheelhouse",
    "withdraw": ".withdraw:withdraw",
    "deploy": ".deploy:deploy",
    "bench": ".bench:bench",
    "verify": ".verify:verify",
})  # fmt: skip


@click.group(cls=Group, commands=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="baogao %(version)s", help="显示版本")
def cli() -> None:
    """报告库：检查、导入、预览和生成历年工作报告的网站。"""


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit codes: 0 fine, 1 findings that must be mended, 2 the tool could not run."""
    try:
        code = cli.main(arguments, prog_name="baogao", standalone_mode=False)
    except click.exceptions.Abort:
        say("已取消。", err=True)
        code = 2
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.ClickException as error:
        say(f"错误：{explain(error)}", err=True)
        if isinstance(error, click.UsageError) and error.ctx is not None:
            say(f"用法见：{error.ctx.command_path} --help", err=True)
        code = 2
    except DataError as error:
        say(f"数据文件有误：{error}", err=True)
        code = 2
    except KeyboardInterrupt:
        say("已停止。", err=True)
        code = 2
    except BrokenPipeError:
        code = 0
    except OSError as error:
        place = f"（{error.filename}）" if error.filename else ""
        say(f"错误：{reason_of(error)}{place}", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
