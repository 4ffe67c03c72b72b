"""The server of the snippets starts on a free port, says why when it cannot, and outlives nobody."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import serving

from book import DOCS
from llmbook.hub import SHIPPED

# Stands in for the server where its libraries would only cost time: it listens, and says so.
LISTENS = f"""
import socket, sys, time
sys.path.insert(0, {str(DOCS / "_ext")!r})
import serving
serving.end_with_input()
listening = socket.create_server(("localhost", 0))
print("INFO: {serving.READY}http://localhost:%d (CTRL+C)" % listening.getsockname()[1], file=sys.stderr)
time.sleep(600)
"""
# Whoever starts tests in the background may have told them, and so their children, not to mind ^C.
STARTS = f"""
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, {str(DOCS / "_ext")!r})
import serving
with serving.serve(Path(sys.argv[1]), program=Path(sys.argv[2])) as url:
    print(url, flush=True)
    {{then}}
"""


@pytest.fixture
def listens(tmp_path: Path) -> Path:
    path = tmp_path / "listens.py"
    path.write_text(LISTENS, "utf-8")
    return path


def answers(url: str) -> bool:
    """Whether anybody listens there."""
    host, port = url.removeprefix("http://").removesuffix("/v1").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def falls_silent(url: str, seconds: float = 10) -> bool:
    """Whether nobody listens there any more, soon."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not answers(url):
            return True
        time.sleep(0.05)
    return False


def begin(then: str, program: Path, folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a process that starts a server; return it and the server's address."""
    process = subprocess.Popen(
        [sys.executable, "-c", STARTS.replace("{then}", then), str(folder), str(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    return process, process.stdout.readline().strip()


ENDS = {
    "it is killed": ("time.sleep(600)", "SIGKILL"),
    "it is told to end": ("time.sleep(600)", "SIGTERM"),
    "it is interrupted": ("time.sleep(600)", "SIGINT"),
    "a test fails": ("assert False", None),
    "it leaves at once": ("import os; os._exit(0)", None),
    "it ends": ("pass", None),
}


@pytest.mark.parametrize("how", ENDS)
def test_the_server_ends_with_the_process_that_started_it(
    how: str, listens: Path, tmp_path: Path
) -> None:
    then, name = ENDS[how]
    process, url = begin(then, listens, tmp_path)
    with process:
        if name is not None:
            assert answers(url)
            process.send_signal(getattr(signal, name))
    assert falls_silent(url)


def test_the_real_server_ends_when_its_starter_is_killed() -> None:
    process, url = begin("time.sleep(600)", Path(serving.__file__), SHIPPED / "valley-base")
    with process:
        assert answers(url)
        process.kill()
    assert falls_silent(url)


def test_each_server_has_a_port_of_its_own(listens: Path, tmp_path: Path) -> None:
    with (
        serving.serve(tmp_path, program=listens) as one,
        serving.serve(tmp_path, program=listens) as two,
    ):
        assert one != two
        assert answers(one)
        assert answers(two)
    assert not answers(one)
    assert not answers(two)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    program = tmp_path / "fails.py"
    program.write_text("raise SystemExit('no such model')", "utf-8")
    with (
        pytest.raises(RuntimeError, match=r"the server of .*valley ended: no such model$"),
        serving.serve(tmp_path / "valley", program=program),
    ):
        pass


def test_a_server_that_is_never_ready_is_not_waited_for_forever(tmp_path: Path) -> None:
    program = tmp_path / "sleeps.py"
    program.write_text(
        LISTENS.replace("INFO", "Loading").replace(serving.READY, "Not yet on "), "utf-8"
    )
    with (
        pytest.raises(
            RuntimeError, match=r"was not ready after 2 seconds: Loading: Not yet on"
        ) as raised,
        serving.serve(tmp_path, seconds=2, program=program),
    ):
        pass
    url = str(raised.value).split("Not yet on ")[1].split()[0] + "/v1"
    assert not answers(url)


def test_a_server_that_ignores_the_closed_pipe_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "deaf.py"
    program.write_text(LISTENS.replace("serving.end_with_input()", ""), "utf-8")
    with serving.serve(tmp_path, program=program, patience=0.1) as url:
        assert answers(url)
    assert not answers(url)


def test_the_key_of_the_one_who_starts_it_is_hidden_from_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "tells.py"
    program.write_text("import os; raise SystemExit(os.environ.get('OPENAI_API_KEY', 'no key'))")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    with (
        pytest.raises(RuntimeError, match=r"ended: no key$"),
        serving.serve(tmp_path, program=program),
    ):
        pass


def test_a_stand_in_takes_the_place_of_openai_and_gives_it_back(
    listens: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "address", lambda folder: f"http://localhost:1/{folder.name}")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    before = dict(os.environ)
    serving.stand_in("valley-base")
    assert os.environ["OPENAI_API_KEY"] == "local"
    assert os.environ["OPENAI_BASE_URL"] == "http://localhost:1/valley-base"
    serving.step_back()
    assert dict(os.environ) == before
