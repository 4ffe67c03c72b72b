"""The built site, seen in a browser: nothing overflows, nothing is illegible, nothing is fetched."""

import functools
import http.server
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import same_host
from axe_playwright_python.sync_playwright import Axe
from matplotlib import image
from playwright.sync_api import Browser, Page, sync_playwright

from book import CANONICAL, DOCS, need

# The libraries of the browser's driver are not ours to mend.
pytestmark = [pytest.mark.xdist_group("site"), pytest.mark.filterwarnings("ignore")]

PAGES = sorted(
    path.relative_to(DOCS).with_suffix(".html").as_posix()
    for path in DOCS.rglob("*.md")
    if "_build" not in path.parts
)
SIZES = {"wide": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the site where its canonical addresses say that it is, with its 404 page."""

    prefix = re.sub("https://[^/]*", "", CANONICAL)

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.prefix.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(html: Path) -> Iterator[str]:
    """The address of the built site."""
    handler = functools.partial(Quiet, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{Quiet.prefix}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[object]:
    """Return a function that opens a page and fails the test when it asks another host or errs."""
    contexts = []

    def open_page(path: str, size: str = "wide", scheme: str = "light", status: int = 200) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(site) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
        answer = page.goto(site + path, wait_until="networkidle")
        assert answer.status == status
        assert not [fault for fault in faults if not fault.startswith("data:")]
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows(open_page, path: str, size: str) -> None:
    page = open_page(path, size)
    # What is wider than the screen may scroll inside a box of its own, never the page itself.
    wide = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth, out = [];
          if (document.documentElement.scrollWidth > width) out.push("the page itself");
          for (const e of document.querySelectorAll("article *")) {
            const box = e.getBoundingClientRect();
            if (!box.width || (box.right <= width + 1 && box.left >= -1)) continue;
            let scrolls = false;
            for (let p = e; p && p.tagName !== "ARTICLE"; p = p.parentElement)
              scrolls ||= ["auto", "scroll"].includes(getComputedStyle(p).overflowX);
            const clipped = getComputedStyle(e).position === "absolute" || e.closest(".headerlink");
            if (!scrolls && !clipped) out.push(e.outerHTML.slice(0, 120));
          }
          return out.slice(0, 5);
        }"""
    )
    assert wide == []
    broken = page.evaluate(
        "() => [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
    )
    assert broken == []


@pytest.mark.parametrize("width", [1010, 1060, 1100, 1139])
def test_nothing_overflows_between_the_sizes_of_the_theme(open_page, width: int) -> None:
    page = open_page("training/pre-training.html")
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("phone", "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_everyone_can_read_it(open_page, path: str, size: str, scheme: str) -> None:
    page = open_page(path, size, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    faults = [
        f"{rule['id']}: {node['html'][:150]} {node['failureSummary'][-200:]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
        # Furo's own controls, which it hides by size and not from assistive technology.
        if "__toc" not in node["html"]
        and "__navigation" not in node["html"]
        # The roles that Sphinx gives to a list of references: one is deprecated since, and harmless.
        and 'role="doc-biblioentry"' not in node["html"]
        and 'class="citation-list"' not in node["html"]
    ]
    assert faults == []


def test_a_figure_follows_the_readers_choice_of_light_or_dark(open_page) -> None:
    page = open_page("index.html", scheme="light")
    figure = page.locator("figure img").first

    def paper() -> tuple[int, ...]:
        """Return the color of the figure's upper left corner."""
        box = figure.bounding_box()
        shot = page.screenshot(clip={"x": box["x"] + 4, "y": box["y"] + 4, "width": 1, "height": 1})
        return tuple(round(255 * c) for c in image.imread(io.BytesIO(shot))[0, 0, :3])

    assert min(paper()) > 230
    page.evaluate("document.body.dataset.theme = 'dark'")  # what Furo's button does
    page.wait_for_timeout(300)
    assert max(paper()) < 60


def test_copying_leaves_prompts_and_outputs_behind(open_page) -> None:
    page = open_page("index.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("div.highlight-pycon").first
    block.hover()
    block.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("from collections import Counter\n")
    assert ">>>" not in copied
    assert "[('cat'" not in copied


def test_search_finds_a_page(open_page) -> None:
    page = open_page("search.html?q=attention")
    page.wait_for_selector("#search-results li")
    assert "Architecture" in page.locator("#search-results").inner_text()


def test_a_wrong_address_shows_the_404_page_from_any_depth(open_page) -> None:
    page = open_page("no/such/page.html", status=404)
    assert "not in the book" in page.locator("h1").inner_text()
    page.locator("article a", has_text="front page").click()
    assert page.locator("h1").inner_text().startswith("Introduction")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_is(html: Path, path: str) -> None:
    text = (html / path).read_text("utf-8")
    assert same_host.requests(text) == []
    for needed in (
        '<meta content="', 'property="og:title"', 'property="og:description"',
        'property="og:image"', "https://github.com/someone/copy/edit/main/docs/",
    ):  # fmt: skip
        assert needed in text, needed
    description = re.search(r'<meta content="([^"]+)" name="description"', text)
    assert description
    assert 70 <= len(description[1]) <= 170, description[1]
    if path != "404.html":
        assert f'<link rel="canonical" href="{CANONICAL}{path}"' in text
        assert "Last updated on" in text


def test_the_site_map_names_every_page(html: Path) -> None:
    tree = ElementTree.parse(html / "sitemap.xml")
    named = {location.text for location in tree.findall(".//{*}loc")}
    assert named == {CANONICAL + path for path in PAGES if path != "404.html"}


def test_print_shows_the_solutions(open_page) -> None:
    page = open_page("what-are-llms/index.html")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "() => [...document.querySelectorAll('details > :not(summary)')]"
        ".filter(e => !e.getBoundingClientRect().height).length"
    )
    assert hidden == 0
