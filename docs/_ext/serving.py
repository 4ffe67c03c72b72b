"""A local model server for snippets and tests, which never outlives them.

``transformers serve`` runs in a process of its own, on a port that was free.  Its standard input is a
pipe whose other end only the starting process holds; when that process ends, in whatever way, the pipe
closes and the server goes too.  This needs no help of the operating system, and no one to clean up.
"""

import atexit
import os
import runpy
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

READY = "Uvicorn running on "  # the server's own words; its address follows


@contextmanager
def serve(
    folder: Path,
    seconds: float = 180,
    patience: float = 10,
    program: Path = Path(__file__),
) -> Iterator[str]:
    """Serve the model of a folder under the folder's name, and give the address for the client.

    Args:
        folder: A model with a chat template.
        seconds: How long to wait for the server; importing its libraries takes most of it.
        patience: How long to wait, in seconds, for its end before it is killed.
        program: What to run, with the name as its argument.

    Raises:
        RuntimeError: If the server ends or is not ready in time; the message has its last words.
    """
    keyless = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    process = subprocess.Popen(
        [sys.executable, str(program), folder.name],
        cwd=folder.parent,
        env=keyless | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    assert process.stdin and process.stderr
    last_words, found = deque[str](maxlen=3), ""
    heard = threading.Event()

    def listen() -> None:
        """Read all that the server says, so that it never waits for a reader."""
        nonlocal found
        for line in process.stderr or ():
            last_words.append(line.strip())
            if READY in line:
                found = line.split(READY)[1].split()[0] + "/v1"
                heard.set()
        heard.set()  # it has ended

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        in_time = heard.wait(seconds)
        if not found:
            why = "ended" if in_time else f"was not ready after {seconds:g} seconds"
            raise RuntimeError(f"the server of {folder} {why}: {' | '.join(last_words)}")
        yield found
    finally:
        process.stdin.close()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        listener.join(10)
        process.stderr.close()


@cache
def address(folder: Path) -> str:
    """Return the address of a server that lives as long as this process; one for each folder."""
    running = serve(folder)
    found = running.__enter__()
    atexit.register(running.__exit__, None, None, None)
    return found


_stand_ins: list[AbstractContextManager[object]] = []


def stand_in(model: str) -> None:
    """Let OpenAI's client ask a model of the book, until :func:`step_back`; no key is used."""
    from llmbook.hub import find_folder

    settings = {
        "OPENAI_BASE_URL": address(find_folder(model)),
        "OPENAI_API_KEY": "local",
        "NO_PROXY": "localhost,127.0.0.1",
    }
    _stand_ins.append(patch.dict(os.environ, settings))
    _stand_ins[-1].__enter__()


def step_back() -> None:
    """Undo :func:`stand_in`; its server stays for whoever is next."""
    _stand_ins.pop().__exit__(None, None, None)


def end_with_input() -> None:
    """In the server's process: wait until the pipe closes, and end."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    end_with_input()
    # Port 0: the system chooses one that is free, and the server says which.
    sys.argv[:] = ["transformers", "serve", sys.argv[1], "--port", "0"]
    runpy.run_module("transformers.cli.transformers", run_name="__main__")
