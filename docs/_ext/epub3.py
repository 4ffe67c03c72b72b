"""An ePub that epubcheck passes: Sphinx's own builder, and what it leaves out.

Only what a reader can reach goes in: the pages, and what pages and style sheets name.  So there is
no script, no font that is not used, nothing that asks another host.  https://www.w3.org/TR/epub-33/
"""

import html
import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

_log = logging.getLogger(__name__)

_PROPERTIES = {"math": "mathml", "svg": "svg", "form": "scripted"}  # of a page with that element
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;")  # HTML's own, which XML lacks
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_ACCESSIBILITY = """\
  <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessMode">visual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">alternativeText</meta>
    <meta property="schema:accessibilityFeature">MathML</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityHazard">none</meta>
  </metadata>"""  # https://www.w3.org/TR/epub-a11y-11/


class EpubBuilder(Epub3Builder):
    """The builder ``epub``."""

    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}

    def build_content(self) -> None:
        """Write ``content.opf``: leave out what nothing names, declare what the pages hold."""
        properties = self._reach()
        files = (path.relative_to(self.outdir) for path in Path(self.outdir).rglob("*"))
        unused = [str(path) for path in files if path.as_posix() not in properties]
        self.config.epub_exclude_files = [*self.config.epub_exclude_files, *unused]
        super().build_content()
        if self.config.epub_cover:
            properties[self.config.epub_cover[0]] = {"cover-image"}

        def declare(item: re.Match[str]) -> str:
            found = sorted(properties.get(unquote(html.unescape(item[2])), ()))
            return f'{item[1]} properties="{" ".join(found)}" />' if found else item[0]

        path = Path(self.outdir, "content.opf")
        package = path.read_text("utf-8").replace("</metadata>", _ACCESSIBILITY)
        item = r'(<item id="[^"]*" href="([^"]*)" media-type="[^"]*") />'
        path.write_text(re.sub(item, declare, package), "utf-8")

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Give ``toc.ncx`` the identifier that ``content.opf`` has."""
        identifier = html.escape(self.config.epub_identifier)
        return super().toc_metadata(level, navpoints) | {"uid": identifier}

    def _reach(self) -> dict[str, set[str]]:
        """Return each file that the contents lead to, with its properties in the manifest."""
        waiting = [html.unescape(node["refuri"]) for node in self.refnodes]
        waiting += [index[0] + self.out_suffix for index in self.domain_indices]
        waiting += ["genindex" + self.out_suffix] * bool(self.use_index)
        waiting += self.config.epub_cover[:1]
        reached: dict[str, set[str]] = {}
        while waiting:
            name = unquote(urlsplit(waiting.pop()).path)
            path = Path(self.outdir, name)
            if name in reached or not path.is_file():
                continue
            links, reached[name] = [], set[str]()
            if path.suffix == ".css":
                links = _URL.findall(path.read_text("utf-8"))
            elif path.suffix == self.out_suffix:
                links, reached[name] = _read(path, name.removesuffix(self.out_suffix))
            waiting += [normpath(join(dirname(name), link)) for link in links if ":" not in link]
        return reached


def _read(path: Path, docname: str) -> tuple[list[str], set[str]]:
    """Return what a page names and its properties in the manifest; mend its entities."""
    text = path.read_text("utf-8")
    page = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if page != text:
        path.write_text(page, "utf-8")
    try:
        elements = list(ET.fromstring(page).iter())  # noqa: S314  (Sphinx wrote it)
    except ET.ParseError as error:
        _log.warning("not XML, which an ePub needs: %s", error, location=(docname, None))
        return [], set()
    names = {element.tag.rpartition("}")[2] for element in elements}
    links = [element.get(key, "") for element in elements for key in ("href", "src", "data")]
    return links, {_PROPERTIES[name] for name in names & _PROPERTIES.keys()}


def clean_page(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _: Any) -> None:
    """Take from a page of the ePub what serves only a browser, or what EPUB 3.3 frowns on."""
    if app.builder.name == "epub":
        own = {"epub.css", "pygments.css", *(name for name, _ in app.config.epub_css_files)}
        context["css_files"] = [s for s in context["css_files"] if Path(s.filename).name in own]
        context["metatags"] = ""
        language = f' lang="{app.config.epub_language}" xml:lang="{app.config.epub_language}">'
        context["html_tag"] = context["html_tag"].removesuffix(">") + language
        body = re.sub(r"<script\b.*?</script>", "", context.get("body", ""), flags=re.DOTALL)
        body = re.sub(r"<details\b(?![^>]* open\b)", '<details open="open"', body)
        context["body"] = body.replace(' role="doc-biblioentry"', "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace Sphinx's builder."""
    app.add_builder(EpubBuilder, override=True)
    app.connect("html-page-context", clean_page, priority=900)  # after those who add things
    return {"parallel_read_safe": True, "parallel_write_safe": True}
