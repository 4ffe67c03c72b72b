"""Run a program that a model wrote, in a process that can do nothing but compute, and test it.

Explained in the chapter "Code generation".  A test is a line ``assert CALL == LITERAL``.  The program
and the calls go into the process of :mod:`llmbook.sandbox_child`, and texts of values come back.
What is right never goes in; what comes back is compared as text, and neither run nor parsed.  So the
one way to pass is to answer every call with the right value.

From what else the process is kept depends on the system, see :func:`protections`.  Linux is strong.
Elsewhere, run the book in a virtual machine or a container before you run the code of strangers.
"""

import ast
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from llmbook import sandbox_child
from llmbook.errors import InputError

# What a program may import.  It is loaded before the walls go up, if its name is in the program.
MODULES = frozenset({
    "abc", "bisect", "collections", "copy", "dataclasses", "datetime", "decimal", "enum",
    "fractions", "functools", "heapq", "itertools", "json", "math", "numbers", "operator", "random",
    "re", "statistics", "string", "textwrap", "time", "types", "typing", "unicodedata",
})  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How much a program may use.

    Args:
        seconds: By the clock, the start of the process included.
        cpu: Whole seconds of processor time.
        memory: Bytes of address space, Python's own included.
        output: Bytes of answers.
    """

    seconds: float = 10.0
    cpu: int = 2
    memory: int = 256_000_000
    output: int = 100_000


@dataclass(frozen=True)
class Verdict:
    """What became of a program.

    Args:
        reason: ``"passed"``; or ``"wrong"`` (a value is), ``"error"`` (an exception), ``"refused"``
            (something forbidden), ``"time"``, ``"memory"``, ``"output"``, or ``"ended"`` (before it
            had answered).
        detail: One line that says more.
    """

    reason: str
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether every test holds."""
        return self.reason == "passed"


DEFAULT = Limits()


def run(program: str, tests: Sequence[str], limits: Limits = DEFAULT) -> Verdict:
    r"""Run a program and its tests in a process of their own.

    Values are compared by type and value: neither 1 nor 1.0 is ``True``.  What is printed is lost.

    Args:
        program: Python.  It may import :data:`MODULES`.
        tests: Lines ``assert CALL == LITERAL``, one at least.
        limits: How much it may use.

    Raises:
        InputError: If there is no test, or one of another form.

    Example:
        >>> run("def double(x):\n    return x + x", ["assert double(4) == 8"]).passed
        True
        >>> run("def double(x):\n    return x * x", ["assert double(4) == 8"])
        Verdict(reason='wrong', detail='double(4) is 16, not 8')
        >>> run("def double(x):\n    open('/etc/passwd')", ["assert double(4) == 8"])
        Verdict(reason='refused', detail='open /etc/passwd')
    """
    if not tests:
        raise InputError("a program without a test can be neither right nor wrong")
    calls, values = zip(*map(_cut, tests), strict=True)
    lines, end = _start(program, calls, limits)
    for call, value, line in zip(calls, values, lines[1:], strict=False):
        kind, _, said = line.partition(" ")
        if kind != "value":
            return Verdict(kind if kind in ("refused", "memory") else "error", _short(said))
        if said != value:
            return Verdict("wrong", f"{call} is {_short(said)}, not {value}")
    return end if len(lines) <= len(calls) else Verdict("passed")


def run_all(pairs: Iterable[tuple[str, Sequence[str]]], limits: Limits = DEFAULT) -> list[Verdict]:
    """Run many programs, each with its tests, as many at once as there are processors.

    Example:
        >>> run_all([(f"x = {x}", ["assert x == 3"]) for x in (3, 4)])
        [Verdict(reason='passed', detail=''), Verdict(reason='wrong', detail='x is 4, not 3')]
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda pair: run(pair[0], pair[1], limits), pairs))


def protections() -> frozenset[str]:
    """Return the names of the walls that stand on this system, see :mod:`llmbook.sandbox_child`.

    Example:
        >>> "hook" in protections()
        True
    """
    lines, _ = _start("", (), DEFAULT)
    return frozenset(lines[0].split()[1:] if lines else ())


def _cut(test: str) -> tuple[str, str]:
    """Cut a test in two: the call, and the text of the value that is right."""
    try:
        match ast.parse(test).body:
            case [ast.Assert(test=ast.Compare(left, [ast.Eq()], [right]))]:
                return ast.unparse(left), sandbox_child.canonical(ast.literal_eval(right))
    except (SyntaxError, ValueError):
        pass
    raise InputError(f"a test has to be assert CALL == LITERAL, not {test!r}")


def _start(program: str, calls: Sequence[str], limits: Limits) -> tuple[list[str], Verdict]:
    """Start the process; return the lines that it wrote, and why there are no more of them."""
    if "\0" in program:
        return [], Verdict("error", "SyntaxError: source code cannot contain null bytes")
    modules = sorted(MODULES & set(re.findall(r"\w+", program)))
    numbers = map(str, (limits.cpu, limits.memory, os.getpid()))
    command = [sys.executable, "-I", "-S", "-Wignore", sandbox_child.__file__, *numbers, *modules]
    # Windows cannot start a process without the one variable.
    bare = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    late = threading.Event()

    def expire() -> None:
        late.set()
        _kill(process)

    with tempfile.TemporaryDirectory(prefix="llmbook-sandbox-") as folder:
        process = subprocess.Popen(  # noqa: S603 - the command is the book's own
            command, cwd=folder, env=bare, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin and process.stdout  # for the type checker
        clock = threading.Timer(limits.seconds, expire)
        clock.start()
        try:
            with suppress(OSError):  # it may have ended before it has read all
                process.stdin.write("\0".join([program, *calls]).encode(errors="replace"))
            with suppress(OSError):
                process.stdin.close()
            said = process.stdout.read(limits.output + 1)
        finally:
            clock.cancel()
            clock.join()
            _kill(process)
            status = process.wait()
            process.stdout.close()
    lines = said.decode("ascii", errors="replace").split("\n")[:-1]  # a line that was cut is none
    if len(said) > limits.output:
        return lines, Verdict("output", f"more than {limits.output} bytes")
    if late.is_set() or status == -24:  # SIGXCPU
        return lines, Verdict("time")
    if not lines:
        raise RuntimeError(f"the sandbox did not start: status {status} within {limits}")
    return lines, Verdict("ended", f"signal {-status}" if status < 0 else f"exit status {status}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with its group.  Until it is waited for, no other process has its number."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)


def _short(text: str) -> str:
    """Return what a program said as a piece of a line: nothing that could drive a terminal."""
    plain = re.sub(r"[^ -~]", "?", text)
    return plain if len(plain) <= 100 else f"{plain[:97]}..."
