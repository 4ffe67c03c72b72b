"""Programs are tested in a process that can compute and nothing else, and none can forge a verdict."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from llmbook import sandbox_child
from llmbook.errors import InputError
from llmbook.sandbox import MODULES, Limits, Verdict, protections, run, run_all
from llmbook.world.draw import Draw
from llmbook.world.programs import tell

BRIEF = Limits(seconds=1)  # for what has to be ended by the clock
TEST = ["assert f() == 8"]
RIGHT = "def f(): return 8"

WALLS = protections()
needs = {
    wall: pytest.mark.skipif(wall not in WALLS, reason=f"this system has no wall {wall!r}")
    for wall in ("AS", "CPU", "NPROC", "calls")
}


def body(code: str) -> str:
    """A program whose f() does something and then gives the right answer."""
    lines = "".join(f"    {line}\n" for line in code.split("\n"))
    return f"import os, sys\ndef f():\n{lines}    return 8\n"


# --- What is right passes, and what is wrong does not ----------------------------------------------


def documents(number):
    return [tell(Draw("programs", 5, i)).truth for i in range(number)]


def source(truth, text=None):
    return f"{truth['signature']}\n{text or truth['body']}\n"


def passes(code, tests):
    """What the sandbox has to agree with."""
    space = {}
    try:
        for line in (code, *tests):
            exec(line, space)
    except Exception:
        return False
    return True


def test_verdicts_are_those_of_running_the_tests():
    pairs = [(source(truth), truth["tests"]) for truth in documents(25)]
    swaps = [(" > ", " < "), ("+ ", "- "), ("sum(", "len("), ("max(", "min("), ("[0]", "[-1]")]
    for truth in documents(60):
        for old, new in swaps:
            if old in truth["body"] and "while" not in truth["body"]:
                pairs.append((source(truth, truth["body"].replace(old, new)), truth["tests"]))
    expected = [passes(*pair) for pair in pairs]
    assert expected[:25] == [True] * 25 and expected[25:].count(False) > 5
    assert [verdict.passed for verdict in run_all(pairs)] == expected


@pytest.mark.parametrize(
    ("program", "test", "detail"),
    [
        ("def f(): return 7", "assert f() == 8", "f() is 7, not 8"),
        ("def f(): return True", "assert f() == 1", "f() is True, not 1"),
        ("def f(): return 1.0", "assert f() == 1", "f() is 1.0, not 1"),
        ("def f(): return (1,)", "assert f() == [1]", "f() is (1), not [1]"),
        ("def f(): return {1: 2}", "assert f() == {'1': 2}", "f() is {1: 2}, not {'1': 2}"),
        ("def f(): return '8'", "assert f() == 8", "f() is '8', not 8"),
        ("def f(): pass", "assert f() == 8", "f() is None, not 8"),
        ("def f(): return f", "assert f() == 8", "f() is <function>, not 8"),
        ("def f(): return 'a b'", "assert f() == 'a  b'", "f() is 'a b', not 'a  b'"),
        ("def f(): return 'é\\n' * 99", "assert f() == 'é'", None),
    ],
)
def test_values_are_compared_by_type_and_value(program, test, detail):
    verdict = run(program, [test])
    assert verdict.reason == "wrong" and not verdict.passed
    assert len(verdict.detail) < 150 and verdict.detail.isprintable()
    assert detail is None or verdict.detail == detail


@pytest.mark.parametrize(
    ("program", "test"),
    [
        ("def f(): return {'b': [1, (2, None)], 'a': -0.5}", "{'a': -0.5, 'b': [1, (2, None)]}"),
        ("def f(): return {3, 1, 2}", "{1, 2, 3}"),
        ("def f(): return ' two  blanks\\t'", "' two  blanks\\t'"),
        ("def f(): return 'né\\n日本 \\x00'", "'né\\n日本 \\x00'"),
        ("from collections import Counter\ndef f(): return Counter('aba')", "{'b': 1, 'a': 2}"),
        ("def f(): return b'x' * 3", "b'xxx'"),
        ("def f():\n    print('x' * 10**6)\n    return '\\d', 3 is 3", "('\\\\d', True)"),
        ("import time\ndef f():\n    time.sleep(0.01)\n    return time.time() > 1e9", "True"),
        (
            "from dataclasses import dataclass\nfrom collections import namedtuple\n@dataclass\n"
            "class P:\n    x: int = 3\ndef f(): return P().x, namedtuple('N', 'a b')(1, 2)",
            "(3, (1, 2))",
        ),
        (
            "import random, re, math, json\ndef f():\n    assert 0 < random.random() < 1\n"
            "    return json.loads('[1.5]') + re.findall('a+', 'caab') + [math.factorial(5)]",
            "[1.5, 'aa', 120]",
        ),
    ],
)
def test_what_computes_passes(program, test):
    assert run(program, [f"assert f() == {test}"]) == Verdict("passed")


def test_every_module_that_may_be_imported_can_be():
    imports = "".join(f"import {name}\n" for name in sorted(MODULES))
    assert run(imports + RIGHT, TEST) == Verdict("passed")


@pytest.mark.parametrize(
    ("program", "reason", "detail"),
    [
        ("def f(: return 8", "error", "SyntaxError: "),
        ("def f(): return 8 / 0", "error", "ZeroDivisionError: division by zero"),
        ("def g(): return 8", "error", "NameError: name 'f' is not defined"),
        ("def f(): return f()", "error", "RecursionError: "),
        (f"{RIGHT}\0", "error", "SyntaxError: "),
        (f"{RIGHT} # \ud800", "passed", ""),
        ("def f(): raise ValueError('\\x1b[31m\\nred' + 'x' * 10**6)", "error", "ValueError: "),
        ("class E(Exception):\n    def __str__(self): 1 / 0\ndef f(): raise E", "ended", ""),
        ("def f(): return input()", "error", "EOFError: "),
    ],
)
def test_a_fault_is_told_in_one_line(program, reason, detail):
    verdict = run(program, TEST)
    assert verdict.reason == reason and verdict.detail.startswith(detail)
    assert len(verdict.detail) <= 100 and all(" " <= letter <= "~" for letter in verdict.detail)


@pytest.mark.parametrize(
    "tests",
    [
        [],
        ["assert f()"],
        ["f() == 8"],
        ["assert f() == g()"],
        ["assert f() is 8"],
        ["assert f( == 8"],
    ],
)
def test_a_test_of_another_form_is_bad_input(tests):
    with pytest.raises(InputError):
        run(RIGHT, tests)


# --- What else a program may try -------------------------------------------------------------------

HERE = sandbox_child.__file__
REFUSED = {
    "read a system file": "open('/etc/passwd').read()",
    "read the home folder": f"os.listdir({str(Path.home())!r})",
    "read the package": f"open({HERE!r}).read()",
    "read with the system's open": f"os.open({HERE!r}, os.O_RDONLY)",
    "read code": f"import io\nio.open_code({HERE!r})",
    "read a module": "import antigravity",
    "read the environment of another": "open('/proc/1/environ').read()",
    "write outside": "open('/tmp/llmbook-was-here', 'w').write('x')",
    "write into the folder": "open('note', 'w')",
    "fill the disk with one file": "file = open('big', 'wb')\nwhile True: file.write(b'x' * 10**6)",
    "fill the disk with many files": "for i in range(10**6): open(str(i), 'w').close()",
    "fill the disk with folders": "for i in range(10**6): os.mkdir(str(i))",
    "fill the disk with links": "for i in range(10**6): os.symlink('x', str(i))",
    "open a socket": "import socket\nsocket.socket()",
    "open a socket at a lower level": "import _socket\n_socket.socket()",
    "fork without end": "while True: os.fork()",
    "start processes without end": "import subprocess\nwhile True: subprocess.Popen(['sleep', '9'])",
    "start processes at a lower level": "while True: os.posix_spawn('/bin/sleep', ['sleep', '9'], {})",
    "start workers without end": "import multiprocessing\nmultiprocessing.Pool(10**5)",
    "start threads without end": "import threading\nwhile True: threading.Thread(target=f).start()",
    "leave a process behind": "if os.fork() == 0:\n    os.setsid()\n    os.fork()",
    "become another program": "os.execv('/bin/sh', ['sh', '-c', 'exit 0'])",
    "ask the shell": "os.system('true')",
    "kill": "os.kill(os.getppid(), 9)",
    "load native code": "import ctypes",
    "load native code at a lower level": "import _ctypes",
    "raise a limit": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (99, 99))",
    "put another hook": "sys.addaudithook(lambda event, arguments: None)\nopen('x', 'w')",
    "find the hook": "import gc\ngc.get_objects()",
    "change the hook": "import __main__\n__main__.hook.__code__ = (lambda event, arguments: None).__code__",
    "write machine code of Python": "f.__code__.replace(co_code=b'')",
    "trace": "sys.settrace(print)",
    "another interpreter": "import _xxsubinterpreters",
}  # fmt: skip


def test_each_of_these_is_refused():
    attacks = {name: code for name, code in REFUSED.items() if offered(code)}
    verdicts = run_all([(body(code), TEST) for code in attacks.values()])
    named = zip(attacks, verdicts, strict=True)
    assert [(name, verdict) for name, verdict in named if verdict.reason != "refused"] == []


def offered(code):
    """Whether this system has the function that an attack begins with."""
    found = re.search(r"\bos\.(\w+)", code)
    return found is None or hasattr(os, found[1])


@pytest.mark.parametrize(
    "attack", ["os.stat('/etc')", "os.readlink('/proc/self/exe')", "os.pipe()"]
)
@needs["calls"]
def test_what_python_does_not_report_is_refused_by_linux(attack):
    assert run(body(attack), TEST).reason == "refused"


def test_a_refusal_that_is_caught_is_a_refusal_all_the_same(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("here")
    attack = f"try: os.unlink({str(victim)!r})\nexcept OSError: pass\nelse: return 9"
    assert run(body(attack), TEST).passed, "it did no harm, and its answer is right"
    assert victim.read_text() == "here"


@pytest.mark.parametrize("name", ["PermissionError", "type", "str"])
def test_the_hook_does_not_depend_on_what_a_program_can_change(name):
    attack = f"import __main__, builtins\n__main__.{name} = builtins.{name} = lambda *_: None\nopen('x', 'w')"
    assert not run(body(attack), TEST).passed


def test_the_hook_is_not_changed_through_its_frame():
    attack = """
try:
    open('x')
except PermissionError as error:
    frame = error.__traceback__.tb_next.tb_frame
    for name in [*frame.f_locals]:
        frame.f_locals[name] = {'open'}
    for name in ('EVENTS', 'event', 'arguments'):
        frame.f_globals[name] = {'open'}
open('x')"""
    assert run(body(attack), TEST).reason == "refused"


def test_ctypes_is_out_of_reach_where_it_was_used():
    attack = """
kinds, found = [object], {}
while kinds:
    for kind in type.__subclasses__(kinds.pop()):
        if kind.__name__ not in found:
            found[kind.__name__] = kind
            kinds.append(kind)
if 'CDLL' in found:
    found['CDLL'](None)
import ctypes"""
    assert run(body(attack), TEST).reason == "refused"


@pytest.mark.parametrize(
    "attack",
    [
        "x = bytearray(10**10)",
        "x = []\nwhile True: x.append(bytearray(10**6))",
        "x = 'x'\nwhile True: x += x",
        "x = [0] * 10**10",
    ],
)
@needs["AS"]
def test_memory_is_limited(attack):
    assert run(body(attack), TEST).reason == "memory"


def test_memory_filled_by_small_things_fails():
    verdict = run(body("x = []\nwhile True: x = [x]"), TEST, Limits(memory=60_000_000))
    assert verdict.reason in ("memory", "ended", "time")


IGNORE = """
import _signal
for number in range(1, 32):
    try: _signal.signal(number, _signal.SIG_IGN)
    except (OSError, ValueError): pass
"""


@needs["CPU"]
def test_processor_time_is_limited():
    stubborn = (
        f"{IGNORE}while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    )
    programs = [body("while True: pass"), body(stubborn)]
    verdicts = run_all([(program, TEST) for program in programs], Limits(seconds=90, cpu=1))
    assert verdicts == [Verdict("time"), Verdict("ended", "signal 9")]


def test_the_clock_is_a_limit():
    attacks = [
        f"{IGNORE}import time\ntime.sleep(99)",
        "while True: print('x' * 10**5)",
        "9 ** 9 ** 9 ** 9",
        "sys.stdout = sys.stderr = sys.stdin = None\nwhile True: pass",
    ]
    verdicts = run_all([(body(attack), TEST) for attack in attacks], BRIEF)
    assert {verdict.reason for verdict in verdicts} <= {"time", "memory"}


def test_answers_are_limited():
    assert run(body("while True: os.write(1, b'x' * 10**4)"), TEST).reason == "output"
    assert run("def f(): return 'x' * 10**6", TEST).reason == "output"
    assert run(body("sys.setrecursionlimit(10**9)\nreturn f()"), TEST, BRIEF).reason != "passed"


def test_nothing_of_the_environment_is_there(monkeypatch):
    monkeypatch.setenv("LLMBOOK_SECRET", "hush")
    program = "import os\ndef f(): return [name for name in os.environ if name[:3] != 'LC_']"
    expected = [name for name in os.environ if name == "SYSTEMROOT"]
    assert run(program, [f"assert f() == {expected}"]).passed


def test_the_folder_is_removed(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert run(RIGHT, TEST).passed
    assert not run(body("while True: pass"), TEST, Limits(seconds=0.5)).passed
    assert list(tmp_path.iterdir()) == []


# --- A verdict is not forged -----------------------------------------------------------------------


FORGED = [
    "print('passed')",
    "import os\nos.write(1, b'passed\\n' * 99)",
    "import os\nos._exit(0)",
    "import sys\nsys.exit(0)",
    "raise SystemExit",
    "raise KeyboardInterrupt",
    "class Same:\n    def __eq__(self, other): return True\ndef f(): return Same()",
    "class Eight:\n    def __repr__(self): return '8'\ndef f(): return Eight()",
    "class Eight(int):\n    def __repr__(self): return '8'\ndef f(): return Eight(7)",
    "class Any:\n    __class__ = int\n    def __repr__(self): return '8'\ndef f(): return Any()",
    "import __main__\n__main__.answer = print\n__main__.canonical = lambda value: 'passed'",
    "import __main__\n__main__.exec = __main__.eval = lambda *_: 'passed'",
    "import builtins\nbuiltins.AssertionError = builtins.BaseException = ValueError",
    "import os\ndef f():\n    os.write(1, b'value 8')\n    os._exit(0)",
    "import os\ndef f():\n    os.close(1)\n    return 8",
    "f = lambda: 7\nint.__eq__ = lambda *_: True",
]


def test_only_right_answers_pass():
    verdicts = run_all([(program, TEST) for program in FORGED])
    passed = [p for p, verdict in zip(FORGED, verdicts, strict=True) if verdict.passed]
    assert passed == []


def test_half_of_the_answers_is_not_enough():
    program = "import os\ndef f(x):\n    if x: os._exit(0)\n    return 8"
    verdict = run(program, ["assert f(0) == 8", "assert f(1) == 8"])
    assert verdict == Verdict("ended", "exit status 0")


def test_what_is_right_is_not_in_the_process():
    program = """
import sys
def f():
    frame, seen = sys._getframe(), ""
    while frame:
        seen += repr(frame.f_locals) + repr(frame.f_globals)
        frame = frame.f_back
    seen += repr(sys.argv)
    return ["f()" in seen, "zeb" + "ra" in seen.replace("zeb" + '" + "ra', "")]
"""
    assert run(program, ["assert f() == [True, False]", "assert f() == 'zebra'"]).detail == (
        "f() is [True, False], not 'zebra'"
    )


# --- Each wall stands without the others -----------------------------------------------------------

ALONE = """
import os, runpy, sys, socket, subprocess, threading, resource, ctypes
child = runpy.run_path(sys.argv[1])
victim = sys.argv[2]

def fork():
    if os.fork() == 0:
        os._exit(0)

tries = {
    "read": lambda: open("/etc/passwd"),
    "write": lambda: open("new", "w"),
    "socket": lambda: socket.socket(),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "pair": lambda: socket.socketpair(),
    "fork": fork,
    "run": lambda: subprocess.run(["/bin/true"]),
    "thread": lambda: threading.Thread(target=print).start(),
    "native": lambda: ctypes.CDLL(None),
    "remove": lambda: os.unlink(victim),
    "folder": lambda: os.mkdir(victim + "2"),
    "kill": lambda: os.kill(os.getppid(), 0),
    "more": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99)),
    "exec": lambda: os.execv("/bin/true", ["true"]),
}
if sys.argv[3] == "none":
    del tries["exec"]  # nothing would be left to tell of the rest
if sys.argv[3] == "hook":
    sys.addaudithook(child["hook"])
    if sys.version_info < (3, 12):
        del tries["thread"]  # Python does not report it
else:
    del tries["native"]  # harmless if the system refuses what it could do
if sys.argv[3] == "calls":
    child["filter_calls"](os.getppid())
if sys.argv[3] == "limits":
    child["become_nobody"]()
    for name in ("FSIZE", "NPROC", "NOFILE"):
        child["limit"](name, 0)
    for name in ("exec", "remove", "folder", "kill"):  # not a matter of resources
        del tries[name]
done = []
for name, attack in tries.items():
    try:
        attack()
    except (OSError, RuntimeError, ValueError):
        continue
    done.append(name)
os.write(1, repr(done).encode())
os._exit(0)
"""


@pytest.mark.parametrize("wall", ["hook", "calls", "limits"])
@needs["calls"]
def test_a_wall_alone_keeps_a_program_from(wall, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("here")
    command = [sys.executable, "-I", "-S", "-c", ALONE, HERE, str(victim), wall]
    ended = subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (0, b"[]"), ended.stderr.decode()
    assert victim.read_text() == "here" and len(list(tmp_path.iterdir())) == 1


@needs["calls"]
def test_on_linux_all_walls_stand():
    assert {"user", "CPU", "AS", "CORE", "FSIZE", "NPROC", "NOFILE", "calls", "hook"} == WALLS


@needs["calls"]
def test_without_a_wall_each_of_that_is_done(tmp_path):
    (tmp_path / "victim").write_text("here")
    command = [sys.executable, "-I", "-S", "-c", ALONE, HERE, str(tmp_path / "victim"), "none"]
    ended = subprocess.run(command, capture_output=True, cwd=tmp_path, timeout=60, check=False)
    assert len(eval(ended.stdout)) == 12, ended


def started_by(parent):
    """The processes that one process has started and that have got as far as to have a filter."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
            filtered = "Seccomp:\t2" in (folder / "status").read_text()
        except OSError:  # it has just ended
            continue
        if HERE in words and str(parent) in words and filtered:
            found.append(int(folder.name))
    return found


@needs["calls"]
def test_no_process_is_left():
    run(body("import time\ntime.sleep(99)"), TEST, BRIEF)
    assert started_by(os.getpid()) == []


@needs["calls"]
def test_it_does_not_outlive_its_parent(tmp_path):
    sleeps = body("import time\ntime.sleep(99)")
    code = f"from llmbook.sandbox import *\nrun({sleeps!r}, {TEST!r}, Limits(seconds=60))"
    place = {**os.environ, "TMPDIR": str(tmp_path)}  # it is killed, and cannot remove its folder
    parent = subprocess.Popen([sys.executable, "-c", code], env=place)
    until = time.monotonic() + 30
    try:
        while not started_by(parent.pid) and time.monotonic() < until:
            time.sleep(0.02)
        assert started_by(parent.pid)
    finally:
        parent.kill()
        parent.wait()
    while started_by(parent.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert started_by(parent.pid) == []
