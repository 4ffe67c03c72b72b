"""Set formulas as MathML while the book is built: no script, and right in the ePub too.

Docutils' converter does the work.  It is provisional, so only its one entry point is used; what it
misreads is rewritten here first, and what it gets wrong is mended in ``mathml_tree.py`` afterwards.
Nothing is guessed: a formula that does not convert is a warning, and stands as code in its place.
"""

import re
from xml.etree import ElementTree as ET

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from mathml_tree import APPLY, mend
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

_log = logging.getLogger(__name__)

_XMLNS = "http://www.w3.org/1998/Math/MathML"
_WORDS = re.compile(r"(\\(?:text|mbox|textrm)\s*\{[^{}]*\})")
_REWRITES = (
    (r"\\(?:begin|end)\{equation\*?\}", ""),
    (r"\\(begin|end)\{(?:align|split)\*?\}", r"\\\1{aligned}"),
    (r"(\\\\)\s*\[[\d.]+\s*\w\w\]", r"\1"),  # extra space below a row
    (r"\\operatorname(\*?)\s*\{([^{}]*)\}\s*", rf"\\operatorname{{\2\1{APPLY}}}"),
    (r"\\big[lrm]?(?![a-zA-Z])\s*", ""),  # hardly larger
    (r"\\(Big|[bB]igg)[lrm]?(?![a-zA-Z])\s*(\\[a-zA-Z]+|\\?\S)", r"\\\1l\2\\\1r."),  # no partner
    (r"\\boldsymbol(?![a-zA-Z])", r"\\mathbfit"),  # the font's bold letters, not smeared ones
    (r"\\dots(?![a-zA-Z])", r"\\ldots"),
    (r"\\iff(?![a-zA-Z])", r"\\Longleftrightarrow"),
    (r"(?<=\d),(?=\d)", ", "),  # 1,2 is two numbers, and
    (r"(?<=\d)\{,\}(?=\d)", ","),  # 1{,}000 is one
    (r"(\\[dt]?frac)\s*(\d)\s*(\d)", r"\1{\2}{\3}"),
    (r"([_^])(\d)(?=\d)", r"\1{\2}"),  # TeX takes one digit
    (r"('+)", lambda match: "^{" + r"\prime" * len(match[1]) + "}"),
)
_PAIRS = re.compile(r"\\(?:begin|end)\{[^}]*\}|\\(?:left|right)(?![a-zA-Z])|\\.|[{}]", re.DOTALL)


def _check_pairs(latex: str) -> None:
    """Raise ValueError for a group that is not closed: docutils would guess where it ends."""
    expected: list[str] = []
    for mark in _PAIRS.findall(latex):
        if mark == "{":
            expected.append("}")
        elif mark.startswith((r"\begin", r"\left")):
            expected.append(mark.replace(r"\begin", r"\end").replace(r"\left", r"\right"))
        elif mark == "}" or mark.startswith((r"\end", r"\right")):
            end = expected.pop() if expected else "nothing"
            if end != mark:
                raise ValueError(f"{mark} where {end} is due")
    if expected:
        raise ValueError(f"{expected[-1]} is missing")


def convert(latex: str, display: bool = False) -> str:
    """Return ``latex`` as a ``<math>`` element.

    Raises:
        ValueError: It does not convert; the text says why.
    """
    _check_pairs(latex)
    parts = _WORDS.split(latex)
    for pattern, replacement in _REWRITES:
        parts[::2] = [re.sub(pattern, replacement, part) for part in parts[::2]]
    try:
        source = tex2mathml("".join(parts), as_block=display)
    except (AttributeError, IndexError, KeyError, TypeError) as error:  # docutils does not check
        raise ValueError("a command or an argument is out of place") from error
    source = source.replace("&ApplyFunction;", APPLY).replace(f' xmlns="{_XMLNS}"', "")
    tree = ET.fromstring(source)  # noqa: S314  (docutils wrote it)
    mend(tree)
    tree.attrib = {"xmlns": _XMLNS, **tree.attrib, "alttext": " ".join(latex.split())}
    return ET.tostring(tree, encoding="unicode")


def _formula(translator: HTML5Translator, node: nodes.Element, display: bool) -> str:
    """Return the MathML of ``node``, or its LaTeX as code and a warning."""
    latex = node.astext()
    try:
        return convert(latex, display)
    except ValueError as error:
        shown = " ".join(latex.split())
        _log.warning("not MathML: %s, in %s", error, shown, location=node, type="mathml")
        return f"<code>{translator.encode(latex)}</code>"


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    self.body.append(_formula(self, node, display=False))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on its own, and its number; math.css lets it scroll in its box."""
    wrapper_ids: list[str] = node.parent["ids"]  # Furo wraps a formula and copies its ids
    ids = "".join(f' id="{name}"' for name in node["ids"][:1] if name not in wrapper_ids)
    self.body.append(f'<div class="math"{ids}><div class="formula">')
    self.body.append(_formula(self, node, display=True) + "</div>")
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer; MathJax being the only other one, Sphinx chooses it."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
