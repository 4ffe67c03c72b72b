"""The link check sorts every kind of answer into its class, and never hangs."""

import io
import json
import os
import pickle
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import link_report
import linkcheck_limits
import pytest
import trustme
from requests import Request, Response
from requests.exceptions import ReadTimeout

from book import DOCS
from book.linkserver import serving

NOWHERE = "http://no-such-host.invalid/"
CONF = """
import runpy
book = runpy.run_path({conf!r})  # what is tested is what the book uses, with shorter waits
globals().update((name, value) for name, value in book.items() if name.startswith("linkcheck_"))
extensions = ["myst_parser", *(name for name in book["extensions"] if name.startswith("linkcheck"))]
linkcheck_timeout = 4
linkcheck_workers = 16
linkcheck_rate_limit_timeout = 1
linkcheck_ignore = [*globals().get("linkcheck_ignore", []), ".*/left-out"]
"""

# path -> class, and what the detail must say
CASES = {
    "/200": ("ok", ""),
    "/200#here": ("ok", ""),
    "/405-to-head": ("ok", ""),
    "/500-then-200": ("ok", ""),
    "/429-once": ("ok", ""),
    "/301": ("moved", "/200 (permanent: update the link)"),
    "/308#here": ("moved", "/200#here (permanent: update the link)"),
    "/302": ("moved", "/200 (temporary)"),
    "/303": ("moved", "/200 (temporary)"),
    "/307": ("moved", "/200 (temporary)"),
    "/404": ("broken", "404 Not Found"),
    "/410": ("broken", "410 Gone"),
    "/404#here": ("broken", "404 Not Found"),
    "/200#away": ("broken", "away"),
    "/301#away": ("broken", "away"),
    "/loop": ("broken", "redirects"),
    "/401": ("unverified", "401"),
    "/403": ("unverified", "403 Forbidden"),
    "/429-always": ("unverified", "429"),
    "/429-for-a-day": ("unverified", "429"),
    "/500": ("unverified", "500"),
    "/503": ("unverified", "unavailable"),
    "/endless": ("ok", ""),
    "/endless#here": ("ok", ""),
    "/endless#away": ("unverified", ""),
    "/slow": ("ok", ""),
    "/slow#away": ("unverified", "had not ended after 4 s"),
    "/302-slow#here": ("unverified", "had not ended after 4 s"),
    "/silent": ("unverified", "Read timed out"),
    "/reset": ("unverified", "Connection aborted"),
    "/cut#away": ("unverified", "Connection broken"),
}


def check(folder: Path, urls: list[str], *options: str, **variables: str) -> tuple[int, str, Any]:
    """Run the two commands on a tiny book; return the report's exit status, its text and itself."""
    (folder / "part").mkdir()
    (folder / "conf.py").write_text(CONF.format(conf=str(DOCS / "conf.py")), "utf-8")
    (folder / "index.md").write_text("# Book\n\n```{toctree}\npart/index\n```\n", "utf-8")
    page = "# Part\n\n" + "".join(f"[link]({url})\n\n" for url in urls)
    (folder / "part" / "index.md").write_text(page, "utf-8")
    drop = ("proxy", "github_token", "gh_token")
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith(drop)}
    environment |= variables or {"no_proxy": "127.0.0.1,.invalid"}
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", ".", "out"]
    sphinx = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert sphinx.returncode in (0, 1), sphinx.stderr
    return report(folder / "out", *options)


def report(folder: Path, *options: str) -> tuple[int, str, Any]:
    command = [sys.executable, str(DOCS / "_ext" / "link_report.py"), str(folder), *options]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    written = folder / "report.json"
    rows = json.loads(written.read_text("utf-8")) if written.exists() else None
    return result.returncode, result.stdout + result.stderr, rows


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Checked:
    """The one long run, for all the tests that look at it."""

    def __init__(self, folder: Path, base: str, tls: str) -> None:
        self.folder = folder
        self.base = base
        self.closed = f"http://127.0.0.1:{closed_port()}/"
        self.tls = f"{tls}/200"
        others = [NOWHERE, self.closed, self.tls, f"{base}/left-out", "mailto:me@example.invalid"]
        self.urls = [base + path for path in CASES] + others
        self.status, self.text, rows = check(folder, self.urls)
        self.rows = {row["url"]: row for row in rows}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checked]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving() as server, serving(context) as tls:
        yield Checked(tmp_path_factory.mktemp("book"), server.base, tls.base)


@pytest.mark.parametrize("path", CASES)
def test_each_answer_has_its_class(checked: Checked, path: str) -> None:
    row = checked.rows[checked.base + path]
    kind, detail = CASES[path]
    assert row["class"] == kind, row
    assert detail in row["detail"] if detail else kind != "ok" or row["detail"] == ""
    if kind == "moved":
        assert row["detail"] == checked.base + detail


def test_no_answer_has_its_class(checked: Checked) -> None:
    assert checked.rows[NOWHERE]["class"] == "broken"
    assert "no such host" in checked.rows[NOWHERE]["detail"]
    assert checked.rows[checked.tls]["class"] == "broken"
    assert "certificate verify failed" in checked.rows[checked.tls]["detail"]
    assert checked.rows[checked.closed]["class"] == "unverified"


def test_the_report_has_every_checked_link_once(checked: Checked) -> None:
    assert list(checked.rows) == [url for url in checked.urls if url not in checked.urls[-2:]]
    for row in checked.rows.values():
        assert list(row) == ["url", "class", "page", "line", "detail"]
        assert row["page"] == "part/index.md"
        assert row["line"] == 3 + 2 * checked.urls.index(row["url"])


def test_the_table_is_for_people(checked: Checked) -> None:
    lines = checked.text.splitlines()
    assert max(map(len, lines)) <= 100
    counts = {line.split()[0]: int(line.split()[1]) for line in lines[:4]}
    assert counts == {
        kind: sum(row["class"] == kind for row in checked.rows.values())
        for kind in ("ok", "moved", "broken", "unverified")
    }
    assert lines[4].split()[:3] == ["left", "out", "1"]
    for url, row in checked.rows.items():
        assert (f"part/index.md:{row['line']}\n           {url}\n" in checked.text) == (
            row["class"] != "ok"
        )


def test_a_broken_link_fails(checked: Checked) -> None:
    assert checked.status == 1


@pytest.mark.parametrize(
    ("kept", "loose", "strict"),
    [("ok", 0, 0), ("moved", 0, 0), ("unverified", 0, 1), ("broken", 1, 1)],
)
def test_exit_status(checked: Checked, tmp_path: Path, kept: str, loose: int, strict: int) -> None:
    lines = (checked.folder / "out" / "output.json").read_text("utf-8").splitlines(keepends=True)
    wanted = {url for url, row in checked.rows.items() if row["class"] in ("ok", kept)}
    (tmp_path / "output.json").write_text(
        "".join(line for line in lines if json.loads(line)["uri"] in wanted), "utf-8"
    )
    assert report(tmp_path)[0] == loose
    assert report(tmp_path, "--strict")[0] == strict


def test_a_machine_without_network_says_so(tmp_path: Path) -> None:
    urls = [NOWHERE, "https://nor-this.invalid/#x", f"http://127.0.0.1:{closed_port()}/"]
    status, text, rows = check(tmp_path, urls)
    assert status == 3
    assert "This machine is offline" in text
    assert {row["class"] for row in rows} == {"unverified"}
    assert all("this machine is offline" in row["detail"] for row in rows)
    assert len(rows) == 3


def test_a_proxy_that_refuses_is_no_network(tmp_path: Path) -> None:
    with serving() as server:
        proxy = {"http_proxy": server.base, "https_proxy": server.base, "no_proxy": ""}
        urls = [NOWHERE, "https://nor-this.invalid/", "https://nor-this.invalid/#x"]
        status, text, rows = check(tmp_path, urls, **proxy)
        assert server.asked[NOWHERE]
    assert status == 3, text
    assert "Tunnel connection failed: 403 Forbidden" in rows[1]["detail"]


def test_a_page_has_a_size() -> None:
    response = Response()
    response.raw = io.BytesIO(bytes(linkcheck_limits.MAX_SIZE + 1))
    with pytest.raises(ReadTimeout, match="more than 8,388,608 bytes"):
        list(linkcheck_limits.bounded(response, 60)(2**16))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://github.com/owner/name", True),
        ("https://github.com", True),
        ("http://github.com/owner/name", False),
        ("https://github.com.example.org/", False),
        ("https://example.org/https://github.com/", False),
    ],
)
def test_only_github_sees_the_token(monkeypatch: pytest.MonkeyPatch, url: str, shown: bool) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    limits = linkcheck_limits.Limits(1, 1)
    headers = Request("GET", url, auth=limits).prepare().headers
    assert headers.get("Authorization") == ("Bearer secret" if shown else None)
    assert b"secret" not in pickle.dumps(limits)  # Sphinx keeps its settings in a file


POOL = "HTTPSConnectionPool(host='x.org', port=443): "
RETRIES = POOL + "Max retries exceeded with url: /ProxyError (Caused by "
NEW = RETRIES + "NewConnectionError('<urllib3.connection.HTTPSConnection object at 0x7f>: "


@pytest.mark.parametrize(("status", "info", "kind", "reached"), [
    ("broken", RETRIES + "NameResolutionError(\"<object>: Failed to resolve 'x.org' ([Errno -2] "
     "Name or service not known)\"))", "broken", False),
    ("broken", NEW + "Failed to establish a new connection: [Errno -3] Temporary failure in name "
     "resolution'))", "broken", False),
    ("broken", NEW + "Failed to establish a new connection: [Errno 8] nodename nor servname "
     "provided, or not known'))", "broken", False),
    ("broken", NEW + "Failed to establish a new connection: [Errno 11001] getaddrinfo failed'))",
     "broken", False),
    ("broken", NEW + "Failed to establish a new connection: [Errno 101] Network is unreachable'))",
     "unverified", False),
    ("broken", NEW + "[WinError 10061] No connection could be made because the target machine "
     "actively refused it'))", "unverified", False),
    ("timeout", RETRIES + "ConnectTimeoutError(<object>, 'Connection to x.org timed out. "
     "(connect timeout=15)'))", "unverified", False),
    ("broken", RETRIES + "ProxyError('Unable to connect to proxy', NameResolutionError(\"<object>: "
     "Failed to resolve 'proxy' ([Errno -2] Name or service not known)\")))", "unverified", False),
    ("broken", RETRIES + "SSLError(SSLCertVerificationError(1, \"[SSL: CERTIFICATE_VERIFY_FAILED] "
     "certificate verify failed: Hostname mismatch\")))", "broken", True),
    ("broken", RETRIES + "SSLError(SSLError(1, '[SSL: WRONG_VERSION_NUMBER] wrong version number "
     "(_ssl.c:1006)')))", "broken", True),
    ("broken", RETRIES + "SSLError(SSLEOFError(8, '[SSL: UNEXPECTED_EOF_WHILE_READING] EOF "
     "occurred in violation of protocol (_ssl.c:1006)')))", "unverified", True),
    ("broken", "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
     "unverified", True),
    ("broken", POOL + "Read timed out.", "unverified", True),
    ("broken", "429 Client Error: Too Many Requests for url: https://x.org/", "unverified", True),
    ("broken", "522 Server Error:  for url: https://x.org/", "unverified", True),
    ("broken", "400 Client Error: Bad Request for url: https://x.org/ProxyError", "broken", True),
    ("broken", "Anchor 'ProxyError' not found", "broken", True),
    ("broken", "something that Sphinx says from now on", "broken", True),
    ("working", "unauthorized", "unverified", True),
    ("ignored", "unable to decode response content", "unverified", True),
    ("ignored", "ignored redirect: https://x.org/login", "unverified", True),
    ("rate-limited", "", "unverified", True),
    ("unknown", "", "unverified", True),
])  # fmt: skip
def test_what_cannot_be_provoked_here(status: str, info: str, kind: str, reached: bool) -> None:
    record = {"filename": "a\\b.md", "lineno": -1, "status": status, "code": 0,
              "uri": "https://x.org/#ProxyError", "info": info}  # fmt: skip
    found = link_report.link(record)
    assert found is not None
    assert (found.kind, found.page, found.line) == (kind, "a/b.md", 0)
    assert link_report.offline([found]) is not reached


@pytest.mark.parametrize(("text", "says"), [
    (None, "run sphinx-build -b linkcheck first"), ("", "no links"), ("[]\n", "not what"),
    ('{"status": "wor', "not what"), ("\ud800", "not what"),
])  # fmt: skip
def test_nothing_to_read_is_one_clear_line(tmp_path: Path, text: str | None, says: str) -> None:
    if text is not None:
        (tmp_path / "output.json").write_text(text, "utf-8", "surrogatepass")
    status, output, rows = report(tmp_path)
    assert (status, rows) == (2, None)
    assert says in output
    assert len(output.splitlines()) == 1


def test_bad_usage_is_one_clear_line(tmp_path: Path) -> None:
    status, output, _ = report(tmp_path, "--lenient")
    assert status == 2
    assert len(output.splitlines()) == 1
