"""Settings of the book.  Each section names the page of the manual that explains it."""

import doctest
import os
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "_ext"))  # the book's own extensions, one job a file
_metadata = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]
_repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", _metadata["urls"]["Repository"])

# -- Project: https://www.sphinx-doc.org/en/master/usage/configuration.html#project-information
project = "Introduction to Large Language Models"
author = "The authors of this book"
copyright = "2026, the authors of this book, MIT License"
release = version = _metadata["version"]
_file_name = "introduction-to-large-language-models"  # of the PDF and the ePub

# -- General: https://www.sphinx-doc.org/en/master/usage/configuration.html#general-configuration
extensions = [
    "myst_parser", "sphinx_copybutton", "sphinx_last_updated_by_git", "sphinxcontrib.bibtex",
    "sphinxcontrib.rsvgconverter", "sphinxext.opengraph", "notfound.extension",
    # The book's own, in docs/_ext.
    "citations", "epub3", "keyboard", "linkcheck_limits", "lints", "mathml", "notfound_links",
    "parts", "pycon", "results", "same_host", "sitemap",
]  # fmt: skip
exclude_patterns = ["_build", "_ext", "results", "figures", "**/*.py"]
nitpicky = numfig = True
suppress_warnings = [
    # A copy without its history (a ZIP file, a shallow clone) shows no dates; the rest is whole.
    "git.command_not_found", "git.subprocess_error", "git.too_shallow",
    "git.dependency_not_found",  # Sphinx names the missing file itself
]  # fmt: skip

# -- Markdown: https://myst-parser.readthedocs.io/en/latest/configuration.html
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "linkify",
    "smartquotes", "substitution",
]  # fmt: skip
myst_fence_as_directive = ["pycon"]  # every ```pycon fence is a doctest: _ext/pycon.py
myst_heading_anchors = 3
myst_linkify_fuzzy_links = False  # or "conf.py" in prose becomes a link
myst_dmath_allow_space = myst_dmath_allow_digits = False  # "$5 to $6" is money: _ext/lints.py
myst_update_mathjax = False  # formulas are MathML: _ext/mathml.py

# -- Doctest: https://www.sphinx-doc.org/en/master/usage/extensions/doctest.html
doctest_default_flags = doctest.DONT_ACCEPT_TRUE_FOR_1  # exact; Sphinx's default forgives much
doctest_test_doctest_blocks, doctest_show_successes = "", False

# -- Links: https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-the-linkcheck-builder
linkcheck_timeout, linkcheck_retries = 15, 3  # seconds for an answer, and for a whole page
linkcheck_workers = 8  # most of the time is waiting
linkcheck_rate_limit_timeout = 60  # one polite wait; the default, 300, adds up
linkcheck_allow_unauthorized = linkcheck_report_timeouts_as_broken = False  # _ext/link_report.py
linkcheck_anchors_ignore_for_url = [r"https://github\.com/"]  # a script makes the anchors there

# -- Bibliography: https://sphinxcontrib-bibtex.readthedocs.io/en/latest/
bibtex_bibfiles = ["resources/bibliography.bib"]
bibtex_default_style = "book"  # docs/_ext/citations.py
bibtex_reference_style = "author_year"
bibtex_tooltips = False  # they would format every entry twice, in every build
bibtex_cite_id = "{key}"  # an address that stays

# -- HTML: https://pradyunsg.me/furo/customisation/
html_theme = "furo"
html_title = project
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", _metadata["urls"]["Documentation"])
html_static_path = ["_static"]
html_css_files = ["math.css", "book.css"]
html_copy_source = False  # the repository has the sources
html_last_updated_fmt = "%B %d, %Y"
copybutton_prompt_text, copybutton_prompt_is_regexp = r">>> |\.\.\. |\$ ", True
html_favicon = "_static/favicon.svg"
notfound_urls_prefix = urlsplit(html_baseurl).path  # where the server shows 404.html
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
html_theme_options = {
    "light_logo": "mark-light.svg",
    "dark_logo": "mark-dark.svg",
    "source_repository": _repository.removesuffix(".git"),
    "source_branch": "main",
    "source_directory": "docs/",
    "top_of_page_buttons": ["edit"],
}

# -- Page cards: https://sphinxext-opengraph.readthedocs.io/
ogp_site_url = html_baseurl
ogp_image = "_static/card.png"  # drawn by docs/figures/mark.py
ogp_image_alt = "The title of the book beside its mark, an open book"
ogp_social_cards = {"enable": False}  # one picture serves every page

# -- PDF: https://www.sphinx-doc.org/en/master/latex.html
latex_engine = "lualatex"  # falls back to another font where a letter is missing
latex_toplevel_sectioning = "part"
latex_documents = [("index", f"{_file_name}.tex", project, author, "manual")]
latex_additional_files = ["_static/latex/book.sty", "_static/latex/mark.pdf"]
latex_show_urls = "footnote"  # paper has no links
latex_use_xindy = False  # makeindex comes with TeX
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    "extraclassoptions": "openany,oneside",  # no blank pages, and the same margins on a screen
    "passoptionstopackages": r"\PassOptionsToPackage{hyphens}{url}",  # long addresses break there
    "fontpkg": "",  # book.sty sets the type
    "fncychap": "",  # and the headings
    "preamble": rf"\newcommand{{\bookrelease}}{{{release}}}\usepackage{{book}}",
}

# -- ePub: https://www.sphinx-doc.org/en/master/usage/configuration.html#options-for-epub-output
epub_basename = _file_name
epub_description = _metadata["description"]
epub_publisher = epub_contributor = author
epub_identifier, epub_scheme, epub_uid = _metadata["urls"]["Documentation"], "URL", "book"
epub_cover = ("_static/cover.png", "epub-cover.html")
epub_css_files = ["math.css"]  # epub.css comes by itself; book.css would bring its fonts along
epub_show_urls = "no"  # links can be tapped
epub_tocscope, epub_tocdepth = "includehidden", 3  # the toctrees are hidden; glossary is on level 3
