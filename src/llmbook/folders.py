"""Write a model's folder whole or not at all.

The files are written into a new folder beside the place that they are meant for.  It takes its name
once everything is on the disk, so that neither an error nor a power cut leaves half a model.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from llmbook.checkpoint import read_json
from llmbook.errors import InputError

# The files of a model.  A folder with anything else in it is never replaced.
_FILES = {
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
    "README.md",
}


@contextmanager
def whole_folder(folder: Path, overwrite: bool = False) -> Iterator[Path]:
    """Give a new folder to write into, which becomes ``folder`` if no error is raised.

    Args:
        folder: Where the files are to be in the end; folders above it are made.
        overwrite: Replace a model that llmbook wrote there.  Nothing else is ever replaced.

    Raises:
        InputError: If the folder exists and may not be replaced, or cannot be written.
    """
    folder = folder.resolve()
    new = folder.with_name(f".{folder.name}.{uuid4().hex}.unfinished")
    old = new.with_suffix(".replaced")
    try:
        _check_free(folder, overwrite)
        new.mkdir(parents=True)
        yield new
        for path in (*new.iterdir(), new):
            sync(path)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        sync(folder.parent)
    except OSError as error:
        raise InputError(f"cannot write {folder}: {error.strerror}") from None
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        rmtree(new, ignore_errors=True)
        rmtree(old, ignore_errors=True)


def _check_free(folder: Path, overwrite: bool) -> None:
    """Refuse to replace anything but what llmbook wrote, and that only if it was asked for."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder} exists, and is not a folder")
    names = {path.name for path in folder.iterdir()}
    if not names:
        return
    if not overwrite:
        raise InputError(f"{folder} exists; it is replaced only if you ask for that")
    try:
        ours = "llmbook_version" in read_json(folder / "config.json")
    except InputError:
        ours = False
    if not ours or names - _FILES:
        raise InputError(f"{folder} was not written by llmbook, or other files are in it: kept")


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if path.is_file() or os.name != "nt":  # Windows cannot do that with folders
        descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
