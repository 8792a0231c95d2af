"""Asking the user, when there is one at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from .ui import say

T = TypeVar("T")


def interactive() -> bool:
    """Whether somebody sits there to answer. A script that leaves an option out gets an error, not a question."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, usual: str, understand: Callable[[str], T | None]) -> T:
    """Ask until ``understand`` makes something of the answer; ``usual`` is what Enter alone means, if anything."""
    while True:
        said = click.prompt(
            question, default=usual or None, prompt_suffix="：", type=str, show_default=bool(usual)
        )
        found = understand(str(said).strip())
        if found is not None:
            return found
        say("看不懂，请再写一次。")


def pick(question: str, choices: Sequence[str]) -> str:
    """Let the user pick one of ``choices`` by number or by name."""
    say(f"{question}：")
    for number, choice in enumerate(choices, 1):
        say(f"  {number}. {choice}")

    def understand(text: str) -> str | None:
        if text in choices:
            return text
        return (
            choices[int(text) - 1]
            if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(choices)
            else None
        )

    return ask(f"{question}（填序号或名称）", choices[0] if len(choices) == 1 else "", understand)
