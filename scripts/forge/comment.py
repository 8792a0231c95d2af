#!/usr/bin/env python3
"""Keep one comment on a request up to date: write it the first time, change it from then on, never write a second.

    BAOGAO_TOKEN=… python3 scripts/forge/comment.py --forge github --api URL --repo OWNER/NAME --number 7 comment.md

Six bots with a comment per push are why nobody reads them. The comment is known by a mark in its first line and by its author: a comment
that somebody else begins with the mark is left alone. Standard library only: it runs with a token that may write.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

MARK = "<!-- baogao:check -->"
#: GitHub takes 65,536 characters; a comment anybody reads is far below.
LONGEST = 30_000
EMPTY = "# 检查结果：❌ 检查没有完成\n\n请看运行记录。"
#: Who writes with the token of a run, where the forge does not let it ask.
AUTHORS = {
    "github": ("github-actions[bot]",),
    "gitea": ("gitea-actions", "forgejo-actions"),
    "gitlab": (),
}
PAGE = 50
MAX_PAGES = 40


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is for the address it was given for."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Forge:
    """One request on one forge; GitHub and Gitea (Forgejo) differ from GitLab in addresses and names of fields only."""

    kind: str
    api: str
    repo: str
    number: int
    token: str

    @property
    def comments(self) -> str:
        if self.kind == "gitlab":
            return f"/projects/{quote(self.repo, safe='')}/merge_requests/{self.number}/notes"
        return f"/repos/{quote(self.repo)}/issues/{self.number}/comments"

    def address(self, identity: int) -> str:
        if self.kind == "gitlab":
            return f"{self.comments}/{identity}"
        return f"/repos/{quote(self.repo)}/issues/comments/{identity}"

    def call(self, method: str, path: str, content: dict[str, str] | None = None) -> Any:
        """The answer as JSON. Raises OSError."""
        secret = (
            {"PRIVATE-TOKEN": self.token}
            if self.kind == "gitlab"
            else {"Authorization": f"token {self.token}"}
        )
        request = urllib.request.Request(
            self.api.rstrip("/") + path,
            data=json.dumps(content).encode() if content is not None else None,
            method=method,
            headers={**secret, "Content-Type": "application/json", "Accept": "application/json"},
        )
        with urllib.request.build_opener(NoRedirect).open(request, timeout=30) as answer:
            text = answer.read(20_000_000)
        return json.loads(text) if text else None

    def authors(self) -> tuple[str, ...]:
        """Whose comments are ours."""
        try:
            user = self.call("GET", "/user")
            return (user.get("login") or user["username"],)
        except (OSError, ValueError, KeyError, AttributeError):
            return AUTHORS[self.kind]

    def ours(self) -> list[tuple[int, str]]:
        """Our comments with the mark, the oldest first: number and text."""
        authors = self.authors()
        found: dict[int, str] = {}
        seen: set[int] = set()
        for page in range(1, MAX_PAGES):
            # Gitea calls the size limit and gives everything at once: a page with nothing new is the end.
            asked = urlencode({"per_page": PAGE, "limit": PAGE, "page": page})
            listed = self.call("GET", f"{self.comments}?{asked}")
            fresh = [entry for entry in listed if entry["id"] not in seen]
            if not fresh:
                break
            for entry in fresh:
                seen.add(entry["id"])
                author = entry.get("user") or entry.get("author") or {}
                name = author.get("login") or author.get("username")
                if name in authors and (entry.get("body") or "").startswith(MARK):
                    found[entry["id"]] = entry["body"]
        return sorted(found.items())


def made(text: str) -> str:
    """The comment: marked, of bearable length, and calling nobody: reports may say @someone, or /close at the start of a line."""
    text = text.strip() or EMPTY
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit("\n", 1)[0] + "\n\n……太长，其余见运行记录。"
    text = text.replace("@", "@\u200b")
    text = re.sub(r"^(\s*)/", "\\1\u200b/", text, flags=re.M)
    return f"{MARK}\n{text}\n"


def update(forge: Forge, text: str) -> str:
    """Bring the comment up to date; what was done. Raises OSError."""
    body = made(text)
    ours = forge.ours()
    if not ours:
        forge.call("POST", forge.comments, {"body": body})
        return "评论已写上。"
    (first, before), *others = ours
    for identity, _ in others:  # two runs at once may have written two
        forge.call("DELETE", forge.address(identity))
    if before.strip() == body.strip():
        return "评论没有变化。"
    forge.call("PUT" if forge.kind == "gitlab" else "PATCH", forge.address(first), {"body": body})
    return "评论已更新。"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description="更新提交审核里的检查评论；令牌写在环境变量 BAOGAO_TOKEN 里"
    )
    made.add_argument("--forge", required=True, choices=sorted(AUTHORS), help="代码平台")
    made.add_argument("--api", required=True, help="接口地址，例如 https://平台/api/v1")
    made.add_argument("--repo", required=True, help="仓库：拥有者/名称，或 GitLab 的项目编号")
    made.add_argument("--number", required=True, type=int, help="提交审核的编号")
    made.add_argument("file", type=Path, help="评论的内容（Markdown）")
    return made


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    token = os.environ.get("BAOGAO_TOKEN", "")
    if not token:
        print("没有令牌（BAOGAO_TOKEN），不写评论；检查结果见运行记录。", file=sys.stderr)
        return 0
    text = options.file.read_text(encoding="utf-8") if options.file.is_file() else ""
    forge = Forge(options.forge, options.api, options.repo, options.number, token)
    try:
        print(update(forge, text))
    except urllib.error.HTTPError as error:
        print(f"评论没有写成：平台回答 {error.code}。令牌要有写评论的权限。", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(
            f"评论没有写成：{type(error).__name__}。请核对接口地址 {options.api}。", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
