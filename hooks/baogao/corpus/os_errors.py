"""Why the system did not read or write a file, in Chinese."""

from __future__ import annotations

import errno

#: By name: not every system has every one.
_WORDS = {
    "ENOSPC": "磁盘已满",
    "EDQUOT": "超出了磁盘配额",
    "EFBIG": "文件太大，超出了系统的限制",
    "EROFS": "所在的磁盘是只读的",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENOENT": "没有这个文件或目录",
    "ENOTDIR": "路径里有一段是文件，不是目录",
    "EISDIR": "这是目录，不是文件",
    "EEXIST": "已经有了",
    "ENOTEMPTY": "目录不是空的",
    "ENAMETOOLONG": "文件名太长",
    "EIO": "磁盘读写出错，请检查磁盘",
    "ETXTBSY": "文件正被别的程序使用",
    "EBUSY": "文件正被别的程序使用",
    "EMFILE": "同时打开的文件太多",
    "ENFILE": "同时打开的文件太多",
    "EXDEV": "两个目录不在同一个磁盘上",
    "ENOMEM": "内存不够",
    "ELOOP": "链接绕成了圈",
}
_REASONS = {getattr(errno, name): words for name, words in _WORDS.items() if hasattr(errno, name)}
#: What Windows calls the file another program, Word above all, has open.
_IN_USE = (32, 33)


def reason_of(error: OSError) -> str:
    """Why ``error`` happened, for a sentence that names the file; what is not known here is told as the system tells it."""
    if getattr(error, "winerror", None) in _IN_USE:
        return "文件正被别的程序使用，先关掉它"
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return error.strerror or str(error) or type(error).__name__
