"""Where a report may link to, as ``docs/_data/safety.yml`` says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .yaml_data import Node


@dataclass(frozen=True)
class Safety:
    hosts: tuple[str, ...]

    def allows(self, host: str) -> bool:
        """Whether ``host`` is one of the sites, or lies below one."""
        host = host.lower()
        return any(host == known or host.endswith(f".{known}") for known in self.hosts)


def read_safety(root: Node) -> Safety:
    """The content of ``safety.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("hosts")
    if "hosts" not in top:
        raise root.fail("缺少“hosts”")
    hosts = []
    for node in top["hosts"].sequence():
        host = node.text().lower()
        if not re.fullmatch(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)*", host):
            raise node.fail(f"“{node.text()}”应写成域名，例如 example.gov.cn")
        hosts.append(host)
    return Safety(tuple(hosts))
