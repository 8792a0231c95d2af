"""Configurations for web servers and for the timer: well formed, and made of the pages as they are."""

from __future__ import annotations

import base64
import configparser
import hashlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from baogao.corpus import load
from baogao_cli.deploy import write_nginx, write_web_config
from baogao_cli.policy import policy, read_site
from baogao_cli.ui import Failure
from tests.builder import ROOT

DEPLOY = ROOT / "scripts/deploy"
SCRIPT = "document.title = '好';\n"
HASH = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "reports").mkdir(parents=True)
    page = f'<title>一</title><script id="c" type="application/json">{{}}</script><script>{SCRIPT}</script><script src="a.js"></script>'
    (site / "index.html").write_text(page, encoding="utf-8")
    (site / "reports/a.html").write_text(page, encoding="utf-8")
    return site


def test_scripts_that_run_are_hashed_once_and_data_is_not(site: Path) -> None:
    inline = read_site(site)
    assert inline.scripts == {HASH} and not inline.styles and not inline.style_attributes
    assert "style-src 'self';" in policy(inline) and "unsafe" not in policy(inline)
    assert "'wasm-unsafe-eval'" in policy(inline, wasm=True)


def test_styles_are_allowed_as_far_as_pages_have_them(site: Path) -> None:
    (site / "b.html").write_text(
        "<style>p {}</style><td style='text-align: right'>一</td>", encoding="utf-8"
    )
    inline = read_site(site)
    assert len(inline.styles) == 1 and inline.style_attributes
    assert "style-src-attr 'unsafe-inline'" in policy(inline)


def test_pages_may_ask_the_search_server_the_site_was_built_with(site: Path) -> None:
    assert "connect-src 'self';" in policy(read_site(site))
    mark = {"hooks": [], "asks": ["http://10.1.2.3:8123"]}
    (site / "baogao.json").write_text(json.dumps(mark), encoding="utf-8")
    assert "connect-src 'self' http://10.1.2.3:8123;" in policy(read_site(site))


def test_words_that_look_like_attributes_are_none(site: Path) -> None:
    (site / "b.html").write_text(
        '<p title="a onclick=b">写 onclick= 和 style= 的一句</p><a href="?q= style=x">一</a>', encoding="utf-8"
    )  # fmt: skip
    assert not read_site(site).style_attributes


def test_a_handler_in_a_page_is_refused(site: Path) -> None:
    (site / "b.html").write_text('<p onclick="x()">一</p>', encoding="utf-8")
    with pytest.raises(Failure, match=r"b\.html 里有写在网页上的事件脚本"):
        read_site(site)


def test_too_many_scripts_are_said(site: Path) -> None:
    for number in range(80):
        (site / f"{number}.html").write_text(f"<script>{number}</script>", encoding="utf-8")
    with pytest.raises(Failure, match="安全策略写不下"):
        policy(read_site(site))


def test_a_path_nginx_would_misread_is_refused(site: Path, tmp_path: Path) -> None:
    bad = tmp_path / 'a";b'
    corpus = load(ROOT / "docs").visible
    with pytest.raises(Failure, match="nginx 的配置里写不了"):
        write_nginx(site, bad, ROOT, corpus)
    assert not bad.exists()


# IIS


def test_web_config(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "web.config"
    write_web_config(site, ROOT, target)
    root = ET.fromstring(target.read_text(encoding="utf-8"))
    assert root.tag == "configuration"
    own = root.find("system.webServer")
    assert own is not None
    allowed = own.find("security/ipSecurity")
    assert allowed is not None and allowed.get("allowUnlisted") == "false"
    networks = {(a.get("ipAddress"), a.get("subnetMask")) for a in allowed.iter("add")}
    assert networks == {
        ("10.0.0.0", "255.0.0.0"), ("172.16.0.0", "255.240.0.0"), ("192.168.0.0", "255.255.0.0"),
        ("127.0.0.0", "255.0.0.0"), ("::1", None),
    }  # fmt: skip
    types = {m.get("fileExtension"): m.get("mimeType") for m in own.iter("mimeMap")}
    removed = {r.get("fileExtension") for r in own.iter("remove") if r.get("fileExtension")}
    assert types[".mjs"] == "text/javascript" and types[".wasm"] == "application/wasm"
    assert set(types) == removed  # one IIS knows already would be an error
    headers = {h.get("name"): h.get("value") for h in own.iter("add") if h.get("name")}
    plain, wasm = policy(read_site(site)), policy(read_site(site), wasm=True)
    assert headers["Content-Security-Policy"] == plain and HASH in plain
    # The same headers as nginx sends.
    nginx = re.findall(r"^    add_header (\S+)", (DEPLOY / "nginx.conf").read_text("utf-8"), re.M)
    assert set(headers) == set(nginx) - {"Cache-Control"}
    for path in ("self-check.html", "assets/selfcheck"):
        (place,) = [p for p in root.findall("location") if p.get("path") == path]
        assert [h.get("value") for h in place.iter("add")] == [wasm]
        assert [r.get("name") for r in place.iter("remove")] == ["Content-Security-Policy"]


def test_what_iis_keeps_for_a_year_has_its_hash_in_its_name(tmp_path: Path) -> None:
    """Under the folders that web.config lets browsers keep, only names with hashes, but for the one asked about each time."""
    root = ET.parse(DEPLOY / "web.config").getroot()
    modes = {
        place.get("path"): cache.get("cacheControlMode")
        for place in root.findall("location")
        for cache in place.iter("clientCache")
    }
    assert modes == {
        "assets/stylesheets": "UseMaxAge",
        "assets/search-index": "UseMaxAge",
        "assets/search-index/manifest.js": "DisableCache",
    }
    import material

    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    names = [file.name for file in theme.rglob("*") if file.is_file()]
    assert names and all(re.search(r"\.[0-9a-f]{8}\.min\.css(\.map)?$", name) for name in names)


# The timer


def unit(name: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


def test_units_say_what_they_should() -> None:
    timer, service = unit("baogao-update.timer"), unit("baogao-update.service")
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["Service"]["Type"] == "oneshot" and service["Service"]["User"] == "baogao"
    text = (DEPLOY / "baogao-update.service").read_text(encoding="utf-8")
    steps = re.findall(r"^ExecStart=(.+)$", text, re.M)
    assert [re.search(r"git pull|check|build|deploy", step)[0] for step in steps] == [  # type: ignore[index]
        "git pull", "check", "build", "deploy",
    ]  # fmt: skip
    places = set(re.findall(r"--site (\S+)", text))
    config = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert places == {"/srv/baogao/site"} and "root /srv/baogao/site;" in config


def test_units_satisfy_systemd(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # read by configparser above
    for name in ("baogao-update.service", "baogao-update.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        # Programs of the server that need not be here.
        (tmp_path / name).write_text(
            re.sub(r"(?m)=(\+?)/usr/bin/\S+", r"=\1/bin/true", text), "utf-8"
        )
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / "baogao-update.timer"), str(tmp_path / "baogao-update.service")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "baogao-update" in line]
    assert said == [], done.stderr
    # And it does look: a slip is found.
    slip = (tmp_path / "baogao-update.service").read_text("utf-8").replace("Type=oneshot", "Typ=oneshot")  # fmt: skip
    (tmp_path / "baogao-update.service").write_text(slip, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / "baogao-update.service")], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert "Typ" in done.stderr


def test_steps_of_the_timer_are_commands_there_are() -> None:
    from baogao_cli.main import cli

    text = (DEPLOY / "baogao-update.service").read_text(encoding="utf-8")
    verbs = re.findall(r"scripts/run\.py (\S+)", text)
    assert verbs and all(verb in cli.commands for verb in verbs), json.dumps(verbs)
