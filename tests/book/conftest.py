"""What the tests of the built book share: one copy of the repository, published as Read the Docs would.

The copy holds the last commit and what is changed or new in the working tree, so that a test sees what
you see.  Workers of pytest-xdist share it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from book import CANONICAL, ROOT, git, need


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def checkout(shared: Path) -> Path:
    """A clone of the repository with the changes of the working tree."""
    copy = shared / "checkout"
    with FileLock(shared / "checkout.lock"):
        if not copy.exists():
            git("clone", "--quiet", str(ROOT), str(copy), cwd=shared)
            for line in git(
                "ls-files", "--modified", "--others", "--exclude-standard"
            ).splitlines():
                source, target = ROOT / line, copy / line
                target.parent.mkdir(parents=True, exist_ok=True)
                if source.exists():
                    shutil.copy2(source, target)
                else:
                    target.unlink(missing_ok=True)
    return copy


@pytest.fixture(scope="session")
def publish(shared: Path, checkout: Path) -> Callable[[str], Path]:
    """Return a function that runs the steps of ``.readthedocs.yaml`` for a format, once."""
    environment = shared / "environment"
    output = shared / "output"
    jobs = yaml.safe_load((checkout / ".readthedocs.yaml").read_text("utf-8"))["build"]["jobs"]

    def run(steps: list[str]) -> None:
        for step in steps:
            variables = {
                k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "NOXSESSION")
            }
            variables |= {
                "PATH": f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "READTHEDOCS": "True",
                "READTHEDOCS_CANONICAL_URL": CANONICAL,
                "READTHEDOCS_GIT_CLONE_URL": "https://github.com/someone/copy.git",
                "READTHEDOCS_LANGUAGE": "en",
                "READTHEDOCS_OUTPUT": str(output),
                "READTHEDOCS_VERSION": "stable",
                "READTHEDOCS_VIRTUALENV_PATH": str(environment),
            }
            done = subprocess.run(
                ["bash", "-c", step], cwd=checkout, env=variables, capture_output=True, text=True
            )
            assert done.returncode == 0, f"$ {step}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"

    def publish(kind: str) -> Path:
        with FileLock(shared / "publish.lock"):
            if not environment.exists():
                subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
                run(jobs["post_checkout"] + jobs["install"])
            if not (output / kind).exists():
                run(jobs["build"][kind])
        return output / kind

    return publish


@pytest.fixture(scope="session")
def html(publish: Callable[[str], Path]) -> Path:
    """The built site."""
    return publish("html")


@pytest.fixture(scope="session")
def pdf(publish: Callable[[str], Path]) -> Path:
    """The built PDF."""
    need("latexmk", "rsvg-convert", "pdftotext")
    [book] = publish("pdf").glob("*.pdf")
    return book


@pytest.fixture(scope="session")
def epub(publish: Callable[[str], Path]) -> Path:
    """The built ePub."""
    [book] = publish("epub").glob("*.epub")
    return book
