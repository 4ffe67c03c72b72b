"""Formulas become MathML that is right, in a font that has every sign, or the build fails."""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from markdown_it import MarkdownIt
from mathml import convert
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from book import DOCS

MATH = "{http://www.w3.org/1998/Math/MathML}"
THIN = "0.1667em"


def show(node: ET.Element) -> str:
    """Write a tree on one line: names and nesting, a thin space as ~, function application as @."""
    tag = node.tag.removeprefix(MATH)
    if tag == "mspace":
        return "~" if node.get("width") == THIN else "space"
    if len(node) or tag == "mtd":
        return f"{tag}({' '.join(map(show, node))})"
    return (node.text or "").replace("\u2061", "@")


def tree(latex: str, display: bool = True) -> ET.Element:
    return ET.fromstring(convert(latex, display))


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        # Starred names take limits; so do braces, which docutils gives a subscript.
        (r"\operatorname*{argmax}_x y", "munder(argmax x) @ ~ y"),
        (r"\operatorname*{arg\,max} _{x} y", "munder(arg\u2009max x) @ ~ y"),
        (r"\operatorname*{limit}_a^b", "munderover(limit a b)"),
        (r"\operatorname{softmax}_i z", "msub(softmax i) @ ~ z"),
        (r"\underbrace{x}_{y}", "munder(munder(x ⏟) y)"),
        (r"\overbrace{x}^{y}", "mover(mover(x ⏞) y)"),
        # A thin space between a name and its argument, but not before a fence.
        (r"\log p", "log @ ~ p"),
        (r"\log(p)", "log @ ( p )"),
        (r"\log\left(p\right)", "log @ mrow(( p ))"),
        (r"\log_2 p", "msub(log 2) @ ~ p"),
        (r"\sin^2 x", "msup(sin 2) @ ~ x"),
        (r"\exp\frac{a}{b}", "exp @ ~ mfrac(a b)"),
        (r"\log \sigma(x)", "log @ ~ σ ( x )"),
        (r"\log |x|", "log @ ~ | x |"),
        (r"\log \exp x", "log @ ~ exp @ ~ x"),
        (r"\operatorname{softmax} z", "softmax @ ~ z"),
        (r"\operatorname{softmax}(z)", "softmax @ ( z )"),
        (r"a \log b", "a ~ log @ ~ b"),
        (r"(a) \log b", "( a ) ~ log @ ~ b"),
        (r"-\log b", "− log @ ~ b"),
        (r"\max_x y", "munder(max x) @ ~ y"),
        (r"\mathrm{head} x", "head x"),
        # What TeX reads otherwise than docutils.
        (r"x'", "msup(x ′)"),
        (r"x_i''", "msubsup(x i mrow(′ ′))"),
        (r"1,2", "1 , 2"),
        (r"1{,}000", "1,000"),
        (r"\frac12", "mfrac(1 2)"),
        (r"x^10", "msup(x 1) 0"),
        (r"\big( x \big)", "( x )"),
        (r"\Big( x \Big)", "( x )"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"a, \dots, b", "a , … , b"),
        (r"\text{it's 1,2 \_}", "it's 1,2 _"),
        (r"\begin{equation*} a \end{equation*}", "a"),
        (r"\begin{align} a &= b \\[2pt] &= c \end{align}",
         "mtable(mtr(mtd(a) mtd(= b)) mtr(mtd() mtd(= c)))"),
        (r"\bar x \hat x \tilde x", "mover(x ¯) mover(x ˆ) mover(x ˜)"),
    ],
)  # fmt: skip
def test_a_formula_has_the_right_structure(latex: str, shown: str) -> None:
    assert show(tree(latex)) == f"math({shown})"


@pytest.mark.parametrize(
    ("latex", "path", "attributes"),
    [
        (r"\operatorname*{argmax}_x y", "munder/mo", {"movablelimits": "true", "lspace": "0"}),
        (r"\operatorname{x}", "mi", {"mathvariant": "normal"}),
        (r"\Delta x", "mi", {"mathvariant": "normal"}),
        (r"= -1", "mo[2]", {"form": "prefix"}),
        (r"a - 1", "mo", {"form": None}),
        (r"x_{<t}", "msub/mrow/mo", {"lspace": "0", "rspace": "0"}),
        (r"a/b", "mo", {"lspace": "0", "rspace": "0"}),
        (r"a \mid \frac{b}{c}", "mo", {"stretchy": "false"}),
        (r"\left( a \right)", "mrow/mo", {"stretchy": "false"}),
        (r"\left( \frac{a}{b} \right)", "mrow/mo", {"stretchy": None}),
        (r"\Big( a", "mo", {"stretchy": "true", "minsize": "1.623em"}),
        (r"\begin{aligned} a &= \sum_x x \end{aligned}", "mtable", {"displaystyle": "true"}),
    ],
)
def test_a_part_has_the_right_attributes(
    latex: str, path: str, attributes: dict[str, str | None]
) -> None:
    part = tree(latex).find("/".join(MATH + step for step in path.split("/")))
    assert part is not None
    assert {name: part.get(name) for name in attributes} == attributes


@pytest.mark.parametrize(
    ("latex", "shown", "style"),
    [
        (r"\tfrac{a}{b}", "mstyle(mfrac(a b))", {"displaystyle": "false", "scriptlevel": "0"}),
        (r"\dfrac{a}{b}", "mstyle(mfrac(a b))", {"displaystyle": "true", "scriptlevel": "0"}),
        (r"\dbinom{a}{b}", "mrow(( mstyle(mfrac(a b)) ))", {"displaystyle": "true"}),
        (r"\cfrac{a}{b}", "mstyle(mfrac(a b))", {"displaystyle": "true", "scriptlevel": "0"}),
        (r"\tfrac{a}{b}_i", "msub(mstyle(mfrac(a b)) i)", {"displaystyle": "false"}),
        (r"{\displaystyle \sum_i}", "mstyle(munder(∑ i))", {"displaystyle": "true"}),
        (r"\begin{smallmatrix} a & b \end{smallmatrix}", "mstyle(mtable(mtr(mtd(a) mtd(b))))",
         {"displaystyle": None, "scriptlevel": "1"}),
    ],
)  # fmt: skip
def test_a_style_of_its_own_is_a_wrapper(
    latex: str, shown: str, style: dict[str, str | None]
) -> None:
    formula = tree(latex)
    assert show(formula) == f"math({shown})"
    wrapper = formula.find(f".//{MATH}mstyle")
    assert wrapper is not None
    assert {name: wrapper.get(name) for name in style} == style
    check_styles(formula)


def check_styles(formula: ET.Element) -> None:
    """Fail where a formula has a style on an element to which ePub 3 gives none."""
    for node in formula.iter():
        tag = node.tag.removeprefix(MATH)
        assert "scriptlevel" not in node.attrib or tag in ("math", "mstyle"), tag
        assert "displaystyle" not in node.attrib or tag in ("math", "mstyle", "mtable"), tag


def test_the_source_stays_for_those_who_listen_or_copy() -> None:
    formula = tree("a <\n b", display=True)
    assert formula.attrib == {"display": "block", "alttext": "a < b"}
    assert tree("a < b", display=False).attrib == {"alttext": "a < b"}


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{1}{", "x}", "{x", r"\frac{1}", r"{\frac{1}} + 2", "^2", "x_", r"\left( x",
        r"x \right)", r"\begin{matrix} a", r"\begin{matrix} a \end{pmatrix}", r"\nosuchcommand",
        r"\begin{array}{c} a \end{array}", r"\text{\nosuchcommand}", r"\operatorname{\mathbf{x}}",
        "50%", "⌘",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error(latex: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        convert(latex)


def formulas() -> list[str]:
    """Return every formula of the book."""
    parser = MarkdownIt().use(dollarmath_plugin, allow_space=False, allow_digits=False)
    parser.use(amsmath_plugin)
    found = []
    for page in sorted(DOCS.rglob("*.md")):
        for block in parser.parse(page.read_text("utf-8")):
            for token in [block, *(block.children or ())]:
                if token.type.startswith(("math", "amsmath")):
                    found.append(token.content)
    return found


def test_no_formula_of_the_book_has_a_style_that_epub_forbids() -> None:
    for latex in formulas():
        check_styles(tree(latex))


def test_the_font_has_every_sign() -> None:
    font = TTFont(DOCS / "_static/fonts/latin-modern-math.woff2")
    signs = set(font.getBestCmap())
    assert "MATH" in font
    assert font["name"].getDebugName(1) == "LLM Book Math"  # the license asks for another name
    for latex in formulas():
        for node in tree(latex).iter():
            text = node.text or ""
            if node.tag == f"{MATH}mi" and len(text) == 1 and not node.get("mathvariant"):
                text += italic(text)
            missing = {sign for sign in text if ord(sign) not in signs} - {"\u2061", " ", "\u00a0"}
            assert not missing, f"{missing} of {latex}: see docs/_static/fonts/latin-modern-math.py"


def italic(letter: str) -> str:
    """Return what a browser draws for a variable, or nothing for what is not a plain letter."""
    for first, base in (("A", 0x1D434), ("a", 0x1D44E), ("α", 0x1D6FC)):
        if 0 <= ord(letter) - ord(first) < (25 if first == "α" else 26) and letter != "h":
            return chr(base + ord(letter) - ord(first))
    return "ℎ" if letter == "h" else ""


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub"])
def test_a_build_sets_formulas_and_numbers(builder: str, tmp_path: Path) -> None:
    done, pages = build(
        tmp_path, builder, "Where $x<y$: {eq}`eq-sum`.\n\n$$\n\\sum_i x\n$$ (eq-sum)\n"
    )
    assert done.returncode == 0, done.stderr
    [text] = (text for text in pages if "<math" in text)
    assert text.count("<math") == 2
    assert text.count('id="equation-eq-sum"') == 1
    assert 'alttext="x&lt;y"' in text
    assert re.search(r'<span class="eqno">\(1\)', text)
    assert re.search(r'href="#equation-eq-sum">\s*\(1\)', text)
    assert "\\(" not in text
    assert "mathjax" not in text.lower()


def test_a_bad_formula_fails_the_build_at_its_line(tmp_path: Path) -> None:
    done, pages = build(tmp_path, "html", "Text,\nthen $\\nosuch{x}$.\n\n$$\n\\frac{1}{\n$$\n")
    assert done.returncode == 1
    inline, block = (line for line in done.stderr.splitlines() if "WARNING" in line)
    assert re.search(r"index\.md:[34]: .*nosuch", inline)
    assert re.search(r"index\.md:[67]: .*frac", block)
    assert any("<code>\\nosuch{x}</code>" in text for text in pages)


def build(
    root: Path, builder: str, text: str
) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Build a book of one page; return the process and the pages."""
    (root / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(DOCS / '_ext')!r})\n"
        "project = author = copyright = 'A test'\nhtml_theme = 'furo'\nnumfig = True\n"
        "extensions = ['myst_parser', 'mathml']\nversion = '1'\n"
        "myst_enable_extensions = ['dollarmath']\nmyst_update_mathjax = False\n"
    )
    (root / "index.md").write_text(f"# A page\n\n{text}", "utf-8")
    options = ["-d", "doctrees", "-W", "--keep-going", "-q", "--no-color"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", builder, *options, ".", "out"],
        cwd=root,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    pages = [*(root / "out").glob("*.html"), *(root / "out").glob("*.xhtml")]
    return done, [page.read_text("utf-8") for page in pages]
