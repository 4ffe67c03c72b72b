"""Bounds for the link check: whatever the other end sends, no link keeps it waiting.

Sphinx limits each read of a page and not the page, so a body that never ends, or that drips, holds
it for ever when the link has an anchor; and it obeys every ``Retry-After``, as often and as long as
asked.  Here a body gets ``linkcheck_timeout`` seconds and ``MAX_SIZE``, and an address may say 429
``MAX_TRIES`` times.  Past a bound is a time-out, which ``link_report.py`` calls *unverified*.

``linkcheck_auth`` is Sphinx's documented way to hand its checker an object that Requests takes, and
such an object may register a response hook: nothing here leans on the insides of either.  What
``conf.py`` itself puts into ``linkcheck_auth`` comes first, and goes without these bounds.
"""

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Timer
from typing import Any

from requests import PreparedRequest, Response
from requests.auth import AuthBase
from requests.exceptions import ReadTimeout
from sphinx.application import Sphinx
from sphinx.config import Config

MAX_SIZE = 8 * 2**20  # decoded; the longest single-page manuals are about that
MAX_TRIES = 3  # answers of 429 from one address


class Limits(AuthBase):
    """Registers the bounds on every request, and shows GitHub the token of the environment.

    GitHub soon answers 429 to those who show none.  ``linkcheck_request_headers`` is not the place
    for a token: Sphinx writes its settings into ``environment.pickle``, which may get published.

    Args:
        seconds: For a whole body.
        longest_wait: The longest ``Retry-After``, in seconds, that is obeyed.  In place of a
            longer one comes Sphinx's own back-off, which ``linkcheck_rate_limit_timeout`` limits.
    """

    def __init__(self, seconds: float, longest_wait: float) -> None:
        self.seconds = seconds
        self.longest_wait = longest_wait
        self.refusals: Counter[str] = Counter()

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Register the hook, which redirected requests inherit, unlike the token."""
        request.register_hook("response", self.hook)
        token = os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN")
        if token and (request.url or "").startswith("https://github.com/"):
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    def hook(self, response: Response, **_: Any) -> Response:
        """Bound the waiting and the body of one response, before Requests reads either."""
        if response.status_code == 429:
            self.refusals[response.url] += 1
            if self.refusals[response.url] >= MAX_TRIES:
                raise ReadTimeout(f"429 Too Many Requests, {MAX_TRIES} times")
            wait = response.headers.get("Retry-After", "")
            if not (wait.isdecimal() and int(wait) <= self.longest_wait):
                response.headers.pop("Retry-After", None)
        response.iter_content = bounded(response, self.seconds)  # type: ignore[method-assign]
        return response


def bounded(response: Response, seconds: float) -> Callable[..., Iterator[Any]]:
    """Return ``response.iter_content`` with an end to it."""
    unbounded = response.iter_content

    def iter_content(*args: Any, **kwargs: Any) -> Iterator[Any]:
        end = time.monotonic() + seconds
        # A read of 4,096 bytes waits for all of them: only another thread can cut a drip short.
        watch = Timer(seconds, cut, [response])
        watch.daemon = True
        watch.start()
        size = 0
        try:
            for chunk in unbounded(*args, **kwargs):
                size += len(chunk)
                if size > MAX_SIZE:
                    raise ReadTimeout(f"gave up on a page of more than {MAX_SIZE:,} bytes")
                if time.monotonic() >= end:
                    break
                yield chunk
        except Exception:
            if time.monotonic() < end:
                raise
        finally:
            watch.cancel()
        if time.monotonic() >= end:
            raise ReadTimeout(f"the page had not ended after {seconds:g} s")

    return iter_content


def cut(response: Response) -> None:
    """End a read that another thread is waiting in."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # it ended by itself
        response.raw.shutdown()


def add_limits(_: Sphinx, config: Config) -> None:
    """Bound every address that ``conf.py`` has no authentication for."""
    limits = Limits(config.linkcheck_timeout, config.linkcheck_rate_limit_timeout)
    config.linkcheck_auth = [*config.linkcheck_auth, (".*", limits)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("config-inited", add_limits)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
