"""MkDocs in a process of its own, which says in Chinese, without a traceback, why a file could not be read or written.

``python -m baogao_cli.generator ARGUMENTS`` is ``python -m mkdocs ARGUMENTS`` with one exit code more, :data:`UNWRITTEN`.
Nothing of ``baogao`` may be imported before MkDocs has put the project's own on the path.
"""

from __future__ import annotations

import runpy
import sys

UNWRITTEN = 74
"""A file could not be read or written (EX_IOERR of sysexits.h)."""


def main() -> None:
    try:
        runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        from baogao.corpus import reason_of
        from baogao.rules.render.console import fit

        place = f"（{error.filename}）" if error.filename else ""
        said = f"错误：{reason_of(error)}{place}"
        print(fit(said, sys.stderr.encoding), file=sys.stderr, flush=True)
        sys.exit(UNWRITTEN)


if __name__ == "__main__":
    main()
