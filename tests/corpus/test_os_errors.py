"""Why a file could not be read or written."""

from __future__ import annotations

import errno

from baogao.corpus import reason_of


def test_a_reason_is_told_in_chinese() -> None:
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason_of(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"


def test_what_is_not_known_is_told_as_the_system_does() -> None:
    assert reason_of(OSError(errno.EDOM, "out of domain")) == "out of domain"
    assert reason_of(OSError()) == "OSError"


def test_a_file_that_word_has_open() -> None:
    error = OSError(errno.EACCES, "Permission denied")
    error.winerror = 32  # type: ignore[attr-defined]
    assert reason_of(error) == "文件正被别的程序使用，先关掉它"
