"""Tests of the book: its pages as they are built, its snippets, its generated files.

They are a package, so that this folder may have a ``conftest.py`` beside the one of the package's tests.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS / "_ext"))  # the book's own extensions are tested one by one

CANONICAL = "https://book.example/en/stable/"  # where the book is published, for the tests
PROGRAMS = {
    "chromium": "the browser Chromium (Debian: chromium)",
    "java": "Java (Debian: default-jre-headless)",
    "latexmk": "TeX (`nox -s pdf` names the packages)",
    "pdftotext": "poppler (Debian: poppler-utils)",
    "rsvg-convert": "librsvg (Debian: librsvg2-bin)",
}


def need(*programs: str) -> None:
    """Skip the test when a program is missing; on CI, where nothing is skipped, fail."""
    missing = [PROGRAMS[program] for program in programs if shutil.which(program) is None]
    if missing:
        message = f"this machine lacks {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def git(*arguments: str, cwd: Path = ROOT) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout
