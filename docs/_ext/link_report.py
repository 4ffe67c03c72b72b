"""Sort what Sphinx's link check left into classes, and write the report.

    sphinx-build -b linkcheck docs docs/_build/linkcheck
    python docs/_ext/link_report.py docs/_build/linkcheck [--strict]

ok          the page answers, and has the anchor
moved       it answers elsewhere: the new address, and whether the move is permanent
broken      404, 410, no such host, TLS certificate, missing anchor, redirect loop
unverified  401, 403, 429, time-out, connection refused or reset, 5xx: perhaps fine for a reader

Exit status: 0; 1 when a link is broken (with --strict: or unverified); 2 when there is nothing to
read; 3 when no host at all could be reached, which says more about this machine than about links.
Beside output.json appears report.json: a list of {"url", "class", "page", "line", "detail"}, where
a line of 0 is not known.
"""

import argparse
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

CLASSES = ("ok", "moved", "broken", "unverified")
REFUSALS = {401, 402, 403, 407, 408, 425, 429, 451}  # the page may be there, though not for us

# What messages of Requests look like; tests/book/test_link_report.py provokes each that it can.
HTTP_ERROR = re.compile(r"(\d{3}) (?:Client|Server) Error: (.*?) ?for url: ")
CONNECTION = re.compile(r"(SOCKS)?HTTPS?ConnectionPool\(|\(['\"]Connection |Response ended ")
CAUSE = re.compile(r"\(Caused by (\w+)\(")  # names a class of urllib3's
NO_HOST = re.compile(  # on Linux, macOS and Windows
    r"NameResolutionError|Name or service not known|Temporary failure in name resolution"
    r"|No address associated with hostname|nodename nor servname|getaddrinfo failed"
)
HEART = re.compile(  # what a person wants to read of such a message
    r"Failed to resolve '[^']+'|Tunnel connection failed: [^'\"]+|certificate verify failed[^('\"]*"
    r"|Read timed out|Connection to \S+ timed out|\[(?:Errno|WinError) -?\d+\] [^'\")]+"
    r"|Remote end closed connection without response|EOF occurred[^'\"(]*|\[SSL: [^('\"]+"
)
NOT_REACHED = ("NameResolutionError", "ProxyError", "NewConnectionError", "ConnectTimeoutError")


@dataclass(frozen=True)
class Link:
    """One address, where it stands, and what became of it: the report's fields, in its order."""

    url: str
    kind: str
    page: str
    line: int
    detail: str
    cause: str  # urllib3's name of what went wrong before any answer


def judge(status: str, code: int, url: str, info: str) -> tuple[str, str, str]:
    """Return class, detail and cause from what Sphinx says about an address."""
    if status == "redirected":
        fragment = "" if "#" in info else "".join(url.partition("#")[1:])
        how = "permanent: update the link" if code in (301, 308) else "temporary"
        return "moved", f"{info}{fragment} ({how if code else 'another spelling'})", ""
    if info == "unauthorized":  # working or broken, as linkcheck_allow_unauthorized says
        return "unverified", "401 Unauthorized", ""
    if status == "working":
        return "ok", "", ""
    if CONNECTION.match(info):
        named = CAUSE.search(info)
        message = info[named.start() :] if named else info
        cause = named[1] if named else ""
        if cause == "NewConnectionError" and NO_HOST.search(message):
            cause = "NameResolutionError"  # which urllib3 1 did not have
        heart = HEART.search(message)
        detail = heart[0].strip() if heart else message
        # TLS that ends early is a lost connection; all else about it fails for a reader too.
        tls = cause == "SSLError" and "EOF occurred" not in message
        kind = "broken" if tls or cause == "NameResolutionError" else "unverified"
        return kind, f"no such host: {detail}" if cause == NOT_REACHED[0] else detail, cause
    if error := HTTP_ERROR.match(info):
        refused = int(error[1]) in REFUSALS or int(error[1]) >= 500
        return "unverified" if refused else "broken", f"{error[1]} {error[2]}", ""
    # What is left: a missing anchor, a redirect loop, an address that makes no sense; and statuses
    # that settle nothing (timeout, rate-limited, unknown, ignored with a reason such as a 503).
    return "broken" if status == "broken" else "unverified", info or f"Sphinx says: {status}", ""


def link(record: dict[str, Any]) -> Link | None:
    """Return the link of one line of output.json, or None for what the check left out."""
    status, url, info = record["status"], record["uri"], record["info"]
    external = url.startswith(("http:", "https:"))
    left_out = status == "ignored" and (not info or "linkcheck_exclude_documents" in info)
    if left_out or not (external or status == "broken"):
        return None
    kind, detail, cause = judge(status, record["code"], url, info)
    detail = "".join(c if c.isprintable() else " " for c in detail)
    page = record["filename"].replace("\\", "/")
    return Link(url, kind, page, max(record["lineno"], 0), detail, cause)


def offline(links: Sequence[Link]) -> bool:
    """Tell whether nothing answered.  A plain http: failure may be the proxy's word for "no"."""
    proxy = any(one.cause == "ProxyError" for one in links)
    return bool(links) and all(
        one.cause in NOT_REACHED
        or (proxy and one.url.startswith("http:") and one.kind in ("broken", "unverified"))
        for one in links
    )


def show(links: Sequence[Link], left_out: int, listed: bool) -> None:
    """Print the counts, then every link that is not ok."""
    count = Counter(one.kind for one in links)
    for kind in CLASSES:
        print(f"{kind:10} {count[kind]:5}")
    if left_out:
        print(f"{'left out':10} {left_out:5}  (by linkcheck_ignore or linkcheck_exclude_documents)")
    for one in sorted(links, key=lambda one: CLASSES.index(one.kind)) if listed else ():
        if one.kind != "ok":
            print(f"\n{one.kind:10} {one.page}:{one.line}\n{'':10} {one.url}")
            print(textwrap.fill(one.detail, 98, initial_indent=" " * 11, subsequent_indent=" " * 11,
                                break_long_words=False, break_on_hyphens=False))  # fmt: skip


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the folder's output.json, write its report.json, and return the exit status."""
    parser = Parser(description="Sort the results of Sphinx's link check.")
    parser.add_argument("folder", type=Path, help="where sphinx-build -b linkcheck wrote")
    parser.add_argument("--strict", action="store_true", help="fail for unverified links too")
    options = parser.parse_args(arguments)
    source = options.folder / "output.json"
    try:
        records = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
        found = [one for record in records if (one := link(record))]
        left_out = sum(not link(record) and record["uri"].startswith("http") for record in records)
    except OSError as error:
        parser.error(f"{source}: {error.strerror}: run sphinx-build -b linkcheck first")
    except (ValueError, KeyError, TypeError, AttributeError):
        parser.error(f"{source}: not what sphinx-build -b linkcheck writes: run it again")
    if not records:
        parser.error(f"{source}: no links: run sphinx-build -b linkcheck again")
    links = sorted(found, key=lambda one: (one.page, one.line, one.url))
    if away := offline(links):
        links = [
            replace(one, kind="unverified", detail=f"this machine is offline ({one.detail})")
            for one in links
        ]
    report = [
        dict(zip(("url", "class", "page", "line", "detail"), astuple(one), strict=False))
        for one in links
    ]
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    (options.folder / "report.json").write_text(text, "utf-8")
    show(links, left_out, listed=not away)
    if away:
        print(f"\nThis machine is offline: no host of {len(links)} links could be reached.")
        return 3
    failing = {"broken", "unverified"} if options.strict else {"broken"}
    return int(any(one.kind in failing for one in links))


if __name__ == "__main__":
    sys.exit(main())
