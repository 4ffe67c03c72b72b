"""Settings of the book.  Each section names the page of the manual that explains it."""

import os
import sys
import tomllib
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "_ext"))  # the book's own extensions, one job a file
_metadata = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]
_repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", _metadata["urls"]["Repository"])

# -- Project: https://www.sphinx-doc.org/en/master/usage/configuration.html#project-information
project = "Introduction to Large Language Models"
author = "The authors of this book"
copyright = "2026, the authors of this book, MIT License"
release = version = _metadata["version"]

# -- General: https://www.sphinx-doc.org/en/master/usage/configuration.html#general-configuration
extensions = [
    "myst_parser",
    "sphinx.ext.doctest",
    "sphinx_copybutton",
    "sphinx_last_updated_by_git",
    "sphinx_sitemap",
    "sphinxcontrib.bibtex",
    "sphinxcontrib.rsvgconverter",
    "sphinxext.opengraph",
    "notfound.extension",
]
exclude_patterns = ["_build", "_ext", "results", "figures", "**/*.py"]
nitpicky = True
numfig = True
language = "en"
smartquotes = True

# -- Markdown: https://myst-parser.readthedocs.io/en/latest/configuration.html
myst_enable_extensions = [
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "linkify",
    "smartquotes",
    "substitution",
]
myst_fence_as_directive = ["pycon"]  # every ```pycon fence is a doctest: _ext/pycon.py
myst_heading_anchors = 3
myst_linkify_fuzzy_links = False  # or "conf.py" in prose becomes a link
myst_dmath_allow_space = False  # "$5 to $6" is money and not mathematics;
myst_dmath_allow_digits = False  # _ext/lints.py asks for the backslash

# -- Doctest: https://www.sphinx-doc.org/en/master/usage/extensions/doctest.html
doctest_default_flags = 0  # as strict as Python's own; Sphinx's default forgives too much
doctest_test_doctest_blocks = ""
doctest_show_successes = False

# -- Link check: https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-the-linkcheck-builder
linkcheck_timeout = 15
linkcheck_retries = 3

# -- Bibliography: https://sphinxcontrib-bibtex.readthedocs.io/en/latest/
bibtex_bibfiles = ["resources/bibliography.bib"]

bibtex_default_style = "plain"
bibtex_reference_style = "author_year"

# -- Page cards: https://sphinxext-opengraph.readthedocs.io/
ogp_site_url = os.environ.get("READTHEDOCS_CANONICAL_URL", _metadata["urls"]["Documentation"])
ogp_social_cards = {"enable": False}  # one picture, drawn by docs/figures/mark.py

# -- HTML: https://pradyunsg.me/furo/customisation/
html_theme = "furo"
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", _metadata["urls"]["Documentation"])
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_last_updated_fmt = "%B %-d, %Y"
html_theme_options = {
    "source_repository": _repository.removesuffix(".git"),
    "source_branch": "main",
    "source_directory": "docs/",
}
