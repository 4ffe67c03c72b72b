"""Runs TeX over what Sphinx's latex builder wrote, and lets nothing pass in silence.

TeX drops a character that its font lacks, and clips a line that is too long, with a remark in a log of
thousands of lines and exit status 0.  Here both are failures.

    python docs/_ext/pdf.py docs/_build/latex docs/_build/pdf
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# How far a line may stick out into the margin before a reader sees it, in points.
OVERFULL_LIMIT = 10.0

FAULTS = {
    "a character that no font has": re.compile(r"^Missing character: .*$", re.MULTILINE),
    "a reference to nothing": re.compile(
        r"^LaTeX Warning: (?:Hyper reference|Reference|Citation) .*undefined.*$", re.MULTILINE
    ),
    "a label given twice": re.compile(
        r"^LaTeX Warning: Label .* multiply defined.*$", re.MULTILINE
    ),
}
ERROR = re.compile(r"^(?:!|.*:\d+:) .*$", re.MULTILINE)
OVERFULL = re.compile(
    r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\).*$(?:\n.*$)?", re.MULTILINE
)


def faults(log: str) -> list[str]:
    r"""Return what is wrong in the log of a TeX run, a line each.

    >>> faults("Overfull \\hbox (42.0pt too wide) in paragraph at lines 7--9\nsome words")
    ['a line too wide: Overfull \\hbox (42.0pt too wide) in paragraph at lines 7--9 some words']
    """
    if errors := ERROR.findall(log):
        return [
            f"an error: {error}" for error in errors
        ]  # what else the log says follows from them
    found = []
    for name, pattern in FAULTS.items():
        found += [f"{name}: {match[0]}" for match in pattern.finditer(log)]
    for match in OVERFULL.finditer(log):
        if float(match["points"]) > OVERFULL_LIMIT:
            found.append(f"a line too wide: {' '.join(match[0].split())}")
    return list(dict.fromkeys(found))


def make(source: Path) -> Path:
    """Typeset the one document in ``source`` and return its PDF."""
    [document] = source.glob("*.tex")
    run = subprocess.run(
        [
            "latexmk",
            "-lualatex",  # the engine that falls back to another font for a missing letter
            "-interaction=nonstopmode",  # ask nothing
            "-halt-on-error",  # and stop at the first error
            "-file-line-error",  # which names its place
            "-silent",
            document.name,
        ],
        cwd=source,
        env=os.environ | {"max_print_line": "10000"},  # one remark, one line of the log
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    log_path = document.with_suffix(".log")
    log = log_path.read_text("utf-8", errors="replace") if log_path.exists() else ""
    found = faults(log)
    if run.returncode and not found:
        found = [f"latexmk failed: {(run.stderr or run.stdout).strip()[-2000:]}"]
    if found:
        # What failed once must be made anew, or latexmk calls it up to date.
        for suffix in (".pdf", ".fdb_latexmk"):
            document.with_suffix(suffix).unlink(missing_ok=True)
        sys.exit("\n".join([f"{document.with_suffix('.log')}:", *found]))
    return document.with_suffix(".pdf")


def main() -> None:
    """Typeset, check, and put the PDF where it belongs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("source", type=Path, help="the folder that the latex builder wrote")
    parser.add_argument("target", type=Path, help="the folder for the PDF")
    arguments = parser.parse_args()
    book = make(arguments.source)
    arguments.target.mkdir(parents=True, exist_ok=True)
    print(shutil.copy(book, arguments.target))


if __name__ == "__main__":
    main()
