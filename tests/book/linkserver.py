"""A server on this machine that answers the way the rest of the web does: well, badly and never."""

import contextlib
import socket
import ssl
import struct
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = b"<!doctype html><title>x</title><h1 id='here'>x</h1>"
MOVES = {"/301": 301, "/302": 302, "/303": 303, "/307": 307, "/308": 308}


class Server(ThreadingHTTPServer):
    """Counts the requests for each path; ``over`` tells the handlers that go on to stop."""

    daemon_threads = False  # so that closing it waits for them

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.over = threading.Event()
        if context:
            self.socket = context.wrap_socket(self.socket, True, do_handshake_on_connect=False)
        self.base = f"{'https' if context else 'http'}://127.0.0.1:{self.server_address[1]}"

    def shutdown_request(self, request: Any) -> None:
        """Close without the polite farewell, so that a reset is one."""
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are what is tested."""


class Handler(BaseHTTPRequestHandler):
    """One path, one behavior."""

    server: Server

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(PAGE)

    def go_on(self, chunk: bytes, pause: float, status: int = 200, **headers: str) -> None:
        """Send a page that does not end."""
        self.answer(status, **headers)
        while self.command != "HEAD" and not self.server.over.wait(pause):
            self.wfile.write(chunk)

    def do_CONNECT(self) -> None:
        """Be a proxy that lets nobody out."""
        self.send_error(403)

    def do_GET(self) -> None:
        path = self.path
        self.server.asked[path] += 1
        times = self.server.asked[path]
        match path:
            case "/200":
                self.answer(200)
            case _ if path in MOVES:
                self.answer(MOVES[path], Location="/200")
            case "/loop":
                self.answer(302, Location="/loop")
            case "/405-to-head":
                self.answer(405 if self.command == "HEAD" else 200)
            case "/429-once":
                self.answer(429 if times == 1 else 200, Retry_After="1")
            case "/429-always":
                self.answer(429, Retry_After="1")
            case "/429-for-a-day":
                self.answer(429, Retry_After="86400")
            case "/500-then-200":
                self.answer(500 if times <= 2 else 200)
            case "/endless":
                self.go_on(b"<p>and so on</p>\n" * 1000, 0)
            case "/slow":
                self.go_on(b".", 0.2)
            case "/302-slow":
                self.go_on(b".", 0.2, 302, Location="/200")
            case "/cut":
                self.answer(200, Content_Length="1000")
            case "/silent":
                self.server.over.wait()
            case "/reset":
                linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            case _ if path[1:].isdecimal():
                self.answer(int(path[1:]))
            case _:  # a proxy was asked for an address in full
                self.answer(403)

    do_HEAD = do_GET  # noqa: N815


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve from a thread, and leave neither thread nor socket behind."""
    with Server(context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
