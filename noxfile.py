# /// script
# requires-python = ">=3.11"
# dependencies = ["nox[uv]>=2025.2.9"]
# ///
"""Every command a contributor runs: ``nox -s NAME``, or ``uv run noxfile.py -s NAME`` without nox.

``nox`` alone builds the book.  What stands after ``--`` goes to the program that the session runs.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["docs"]
nox.options.default_venv_backend = "uv|virtualenv"  # uv where it is installed: it is faster
nox.options.reuse_venv = "yes"  # a second run installs nothing anew

DOCS = Path("docs")
BUILD = DOCS / "_build"
# Read the Docs names the folder that it publishes; its layout is the same as ours.
OUTPUT = Path(os.environ.get("READTHEDOCS_OUTPUT", BUILD))

TORCH = "2.13.0"  # the reference that the tests compare with
# What the pages of "Getting started" are about: pinned in tests/requirements.txt, or the newest.
TOOLS = (
    "transformers[serving]",
    "accelerate",
    "openai",
    "tensorflow; python_version < '3.14'",  # has no build for later ones yet
    "keras",
    "gguf",
    "xllamacpp; sys_platform != 'win32'",
)

TEX_PROGRAMS = ("latexmk", "lualatex", "rsvg-convert")
TEX_PACKAGES = (
    "latexmk texlive-luatex texlive-latex-extra texlive-fonts-recommended "
    "fonts-freefont-otf fonts-lmodern fonts-texgyre fonts-texgyre-math librsvg2-bin"
)


def install(session: nox.Session, requirements: str = "requirements.txt") -> None:
    """Install what is pinned and hashed, then the package of this checkout."""
    session.env["UV_COMPILE_BYTECODE"] = "1"  # as pip does: the first import should not pay for it
    session.install(
        "--require-hashes",
        "--no-deps",  # the file has all of them, but for PyTorch
        "-r", requirements,
    )  # fmt: skip
    session.install("--no-deps", "-e", ".")


def install_everything(session: nox.Session) -> None:
    """Install what the tests, the types and the measurements need too."""
    install(session, "tests/requirements.txt")
    session.install(f"torch=={TORCH}")  # not hashed: each system has a build of its own


def sphinx(
    session: nox.Session,
    builder: str,
    output: Path,
    *options: str,
    pages: Iterable[Path] = (),
    success: Iterable[int] = (0,),
) -> None:
    """Run one builder on some pages or on all, with its own cache of parsed ones."""
    doctrees = BUILD / "doctrees" / output.name
    try:
        session.run(
            "sphinx-build",
            "-b", builder,  # what to make
            "-d", str(doctrees),  # the cache: one for each builder, so that none spoils another's
            "-n",  # warn of every reference that does not resolve
            "-W",  # a warning is an error
            "--keep-going",  # but show all of them before failing
            "-j", "auto",  # use every core
            *options,
            *session.posargs,
            str(DOCS),
            str(output),
            *map(str, pages),
            success_codes=success,
        )  # fmt: skip
    except nox.command.CommandFailed:
        # The cache holds pages whose warnings were shown once and would not be shown again.
        shutil.rmtree(doctrees, ignore_errors=True)
        raise


@nox.session
def docs(session: nox.Session) -> None:
    """Build the book as HTML: docs/_build/html/index.html."""
    install(session)
    sphinx(session, "html", OUTPUT / "html")
    session.log(f"open {OUTPUT / 'html' / 'index.html'}")


@nox.session
def live(session: nox.Session) -> None:
    """Rebuild and reload the book in your browser while you write."""
    install(session)
    session.run(
        "sphinx-autobuild",
        "-d", str(BUILD / "doctrees" / "live"),  # the cache
        "-n",  # warn of every reference that does not resolve
        "-j", "auto",  # use every core
        "--open-browser",  # show the page as soon as it stands
        "--ignore", str(BUILD.resolve() / "*"),  # its own output is no change
        *session.posargs,
        str(DOCS),
        str(BUILD / "live"),
    )  # fmt: skip


@nox.session(venv_backend="virtualenv")  # as for the tests
def doctest(session: nox.Session) -> None:
    """Run every snippet of the book and compare every output."""
    install_everything(session)  # pages train, and compare with the tools that they are about
    sphinx(session, "doctest", BUILD / "doctest")
    # Those on Transformers once more, with public models: or it says that they were not.
    session.run("pytest", "-q", "-k", "public", "tests/book/test_online.py")


@nox.session(default=False, venv_backend="virtualenv")  # as for the tests
def doctest_latest(session: nox.Session) -> None:
    """Run the snippets of "Getting started" on the newest releases of the tools."""
    install_everything(session)
    session.install("--upgrade", *TOOLS, f"torch=={TORCH}")  # PyTorch stays: it is the reference
    session.run("python", "-m", "pip", "freeze", "--exclude-editable")  # what the pages meet below
    pages = sorted((DOCS / "getting-started").glob("*.md"))
    sphinx(session, "doctest", BUILD / "doctest-latest", pages=pages)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Ask for every link and sort the answers (``-- --strict`` lets no doubt pass)."""
    install(session)
    strict = [option for option in session.posargs if option == "--strict"]
    session.posargs[:] = [option for option in session.posargs if option != "--strict"]
    output = BUILD / "linkcheck"
    (output / "output.json").unlink(missing_ok=True)  # the report must not read an old answer
    sphinx(
        session, "linkcheck", output,
        "-Q",  # the report below says it better
        success=(0, 1),  # Sphinx calls every doubt an error; the report decides
    )  # fmt: skip
    # nox makes 1 of every status; the report's own says more (3: this machine is offline).
    python = Path(session.bin) / "python"
    report = subprocess.run([python, "docs/_ext/link_report.py", output, *strict], check=False)
    if report.returncode:
        raise SystemExit(report.returncode)


@nox.session
def pdf(session: nox.Session) -> None:
    """Build the book as PDF: docs/_build/pdf/."""
    missing = [program for program in TEX_PROGRAMS if shutil.which(program) is None]
    if missing:
        session.error(
            f"the PDF needs {', '.join(missing)}. On Debian or Ubuntu: "
            f"sudo apt-get install {TEX_PACKAGES}. On macOS: brew install --cask mactex, and "
            "brew install librsvg."
        )
    install(session)
    latex = BUILD / "latex"
    sphinx(session, "latex", latex)
    session.run("python", "docs/_ext/pdf.py", str(latex), str(OUTPUT / "pdf"))


@nox.session
def epub(session: nox.Session) -> None:
    """Build the book as ePub: docs/_build/epub/."""
    install(session)
    work = BUILD / "epub-work"
    sphinx(session, "epub", work)
    target = OUTPUT / "epub"
    target.mkdir(parents=True, exist_ok=True)
    [book] = work.glob("*.epub")
    shutil.copy(book, target)
    session.log(f"open {target / book.name}")


@nox.session(venv_backend="virtualenv")  # pip finds builds of PyTorch that uv does not
def tests(session: nox.Session) -> None:
    """Run every test: the package's and the book's."""
    install_everything(session)
    session.env["OMP_NUM_THREADS"] = "1"  # each worker has its core; more threads only wait
    session.run(
        "pytest",
        "-n", "auto",  # a worker for each core,
        "--dist", "loadgroup",  # and one for all tests that share a browser
        *session.posargs,
    )  # fmt: skip


@nox.session(venv_backend="virtualenv")
def lint(session: nox.Session) -> None:
    """Check format, style, types and spelling."""
    install_everything(session)  # a call into a library is checked with the library's types
    session.run("ruff", "format", "--check")
    session.run("ruff", "check")
    session.run("mypy")
    for folder in ("results", "figures"):  # apart, for their scripts share names
        session.run("mypy", str(DOCS / folder))
    session.run("codespell")


@nox.session(default=False, venv_backend="virtualenv")
def measure(session: nox.Session) -> None:
    """Make the measured numbers and the figures again (``-- NAME …`` for some of them)."""
    install_everything(session)
    for folder in ("results", "figures"):
        for script in sorted((DOCS / folder).glob("*.py")):
            if script.stem not in {"record", "style"} and (
                not session.posargs or script.stem in session.posargs
            ):
                session.run("python", str(script))


WEIGHTS = Path("src/llmbook/weights")
# How each of the book's models is made; src/llmbook/recipes.py and tuning_recipes.py say the rest.
# The assistant takes three runs, each of which begins with the model of the one before.
MODELS = {
    "base": [("pretrain", "--recipe", "valley-base")],
    "chat": [("finetune", "--task", task) for task in ("chat", "chat-2", "chat-3")],
    "sentiment": [("finetune", "--task", "sentiment")],
}


@nox.session(default=False, venv_backend="virtualenv")
def train(session: nox.Session) -> None:
    """Train a model of the book anew (``-- base``, ``-- chat``, ``-- sentiment``; ``-- all`` that miss)."""
    install_everything(session)
    name, *options = session.posargs or ["base"]
    if name.startswith("-"):
        name, options = "base", session.posargs
    chosen = (
        [name] if name != "all" else [n for n in MODELS if not (WEIGHTS / f"valley-{n}").exists()]
    )
    between = Path(session.create_tmp())  # models that only the next run needs
    for name in chosen:
        if name not in MODELS:
            session.error(f"there is no model {name!r}, only {', '.join(MODELS)}")
        final = WEIGHTS / f"valley-{name}"
        if final.exists():
            session.error(f"{final} exists: delete it, or the hours of training would be in vain")
        *earlier, _ = MODELS[name]
        folders = [*(between / f"{name}-{number}" for number in range(1, len(earlier) + 1)), final]
        begin = "valley-base"
        for command, out in zip(MODELS[name], folders, strict=True):
            start = ("--model", begin) if command[0] == "finetune" else ()
            if out == final or not out.exists():
                session.run(
                    "python", "-m", "llmbook", *command, *start, "--out", str(out), *options
                )
            begin = str(out)
        for folder in folders[:-1]:
            shutil.rmtree(folder)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Resolve requirements.in anew and write requirements.txt, pinned and hashed (``-- --upgrade``)."""
    session.install("uv")
    # Some packages of the tests stand on PyTorch, which is installed apart: each system has its own.
    excluded = Path(session.create_tmp()) / "excluded.txt"
    excluded.write_text("torch\n", "utf-8")
    for folder in (Path(), Path("tests")):
        session.run(
            "uv", "pip", "compile",
            "--universal",  # one file for every system
            "--python-version", "3.11",  # and every Python from here on
            "--generate-hashes",  # nothing else gets installed under the same name
            "--excludes", str(excluded),  # PyTorch
            "--no-emit-index-url",  # where a package came from is the machine's business
            "--no-emit-find-links",
            "--quiet",
            "--custom-compile-command", "nox -s lock",  # what the file's header names
            str(folder / "requirements.in"),
            "-o", str(folder / "requirements.txt"),
            *session.posargs,
        )  # fmt: skip


if __name__ == "__main__":
    nox.main()
