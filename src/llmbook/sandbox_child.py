"""What runs inside the sandbox: it gives up what a program does not need, then runs the program.

Explained in the chapter "Code generation".  :mod:`llmbook.sandbox` starts this file in an
interpreter of its own, for every program anew: so it imports little, and nothing of the book.

A program that computes needs time and memory, and nothing else.  So four walls go up, none of which
needs the others:

- ``user``: the superuser, whom limits do not bind, becomes nobody.
- Limits, by the names that the system gives them: some seconds of processor time (``CPU``), some
  bytes of memory (``AS``), and none of the rest: no process or thread (``NPROC``), no file or socket
  (``NOFILE``), no byte on a disk (``FSIZE``), no image of a crash (``CORE``).
- ``calls``: Linux refuses every system call that is not in :data:`SYSTEM_CALLS`, whatever code makes
  it; and it ends this process when the one that started it ends.
- ``hook``: Python refuses what it reports of itself, from opening a file to importing a module.

Linux has all of them on x86-64 and 64-bit ARM.  macOS has no ``calls``, and may refuse or ignore
``AS``.  Windows has ``hook`` alone.  Python itself is no wall: hooks stop mistakes, and not a
program that was written to get past them (PEP 578, "Why Not A Sandbox").
"""

import os
import sys
from _collections_abc import Callable  # `os` has loaded it; `collections.abc` would cost more

# What a computation asks of Linux: its number on x86-64, and on ARM (64 bits).
# Source: the kernel's headers asm/unistd_64.h and asm-generic/unistd.h.
SYSTEM_CALLS = {
    "read": (0, 63), "write": (1, 64),  # of the pipes that are open; no other file can be
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233),  # memory
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "clock_gettime": (228, 113), "clock_nanosleep": (230, 115), "restart_syscall": (219, 128),
    "futex": (202, 98), "getrandom": (318, 278), "exit_group": (231, 94),
}  # fmt: skip


def canonical(value: object) -> str:
    """Write a value as text, such that two texts are equal if type and value are.

    What is in a dict or a set is sorted.  A kind of list, tuple, dict or set counts as one.  Of any
    other object, only the type is named.

    Example:
        >>> canonical({"b": (1, True), "a": [1.0, None]})
        "{'a': [1.0, None], 'b': (1, True)}"
        >>> canonical(print)
        '<builtin_function_or_method>'
    """
    if isinstance(value, dict):
        pairs = (f"{canonical(key)}: {canonical(entry)}" for key, entry in value.items())
        return f"{{{', '.join(sorted(pairs))}}}"
    if isinstance(value, set | frozenset):
        return f"set({', '.join(sorted(map(canonical, value)))})"
    if isinstance(value, list):
        return f"[{', '.join(map(canonical, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(canonical, value))})"
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return ascii(value)
    return f"<{type(value).__name__}>"


def become_nobody() -> None:
    """Give up the powers of the superuser, if this is one: limits do not bind it."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def limit(name: str, amount: int) -> None:
    """Allow so much of a resource, and no way back to more."""
    import resource

    # A program may ignore the signal at the first limit of time; nothing survives the second.
    last = amount + 1 if name == "CPU" else amount
    resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (amount, last))


def filter_calls(parent: int) -> None:
    """Let Linux refuse all system calls but a few, and end this process with its parent.

    The filter is a program for the kernel's virtual machine.  Each step is an operation, how many
    steps to skip if it holds, how many if not, and a number.

    Source: "Seccomp BPF (SECure COMPuting with filters)" in the kernel's documentation.
    """
    import ctypes
    import struct

    prctl = ctypes.CDLL(None).prctl

    def control(option: int, *arguments: int) -> None:
        four = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
        if prctl(ctypes.c_int(option), *four):
            raise OSError(f"the system refuses option {option}")

    control(4, 0)  # PR_SET_DUMPABLE: no other process looks into this one
    control(1, 9)  # PR_SET_PDEATHSIG: when the parent ends, kill this one
    if os.getppid() != parent:  # it has ended before
        os._exit(1)

    column = ["x86_64", "aarch64"].index(os.uname().machine)
    machine = [0xC000003E, 0xC00000B7][column]  # AUDIT_ARCH_X86_64, AUDIT_ARCH_AARCH64
    numbers = [row[column] for row in SYSTEM_CALLS.values()]
    load, equal, decide = 0x20, 0x15, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050001, 0x80000000  # refuse: with the error EPERM
    steps = [(load, 0, 0, 4), (equal, 1, 0, machine), (decide, 0, 0, kill), (load, 0, 0, 0)]
    steps += [(equal, len(numbers) - i, 0, number) for i, number in enumerate(numbers)]
    steps += [(decide, 0, 0, refuse), (decide, 0, 0, allow)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    control(38, 1)  # PR_SET_NO_NEW_PRIVS: else only the superuser may set a filter
    control(22, 2, ctypes.addressof(program))  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def hook(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what Python reports, but for what a computation may do.

    The set is a constant of the function: if it were a variable, a program could change it.  For
    the same reason no function may get other code.  Python 3.11 does not report new threads.

    Source: the table of audit events in the documentation of Python.
    """
    if event == "object.__setattr__" and arguments[1] != "__code__":
        return
    if event not in {
        "array.__new__", "builtins.id", "builtins.input", "compile", "exec", "object.__getattr__",
        "sys._getframe", "sys._getframemodulename", "sys.unraisablehook", "time.sleep",
    }:  # fmt: skip
        what = arguments[0] if arguments and type(arguments[0]) is str else ""
        raise PermissionError(f"{event} {what}")


def build_walls(cpu: int, memory: int, parent: int) -> list[str]:
    """Put up every wall that this system offers, and return the names of those that stand."""
    amounts = {"CPU": cpu, "AS": memory, "CORE": 0, "FSIZE": 0, "NPROC": 0, "NOFILE": 0}
    standing = []

    def build(name: str, wall: Callable[..., None], *arguments: object) -> None:
        try:
            wall(*arguments)
        except (AttributeError, ImportError, OSError, ValueError):  # not on this system
            return
        standing.append(name)

    build("user", become_nobody)
    for name, amount in amounts.items():
        build(name, limit, name, amount)
    if sys.platform == "linux":
        build("calls", filter_calls, parent)
    build("hook", sys.addaudithook, hook)
    return standing


def answer(kind: str, text: str = "") -> None:
    """Write one line to the process that waits: ``walls``, ``value``, or why there is no value."""
    os.write(1, f"{kind} {text}".encode("ascii", "backslashreplace") + b"\n")


def main() -> None:
    """Run the program that standard input holds, evaluate the calls after it, write the values."""
    cpu, memory, parent, *modules = sys.argv[1:]
    program, *calls = sys.stdin.buffer.read().decode().split("\0")
    walls = ("resource", "ctypes") if sys.platform == "linux" else ("resource",)
    for name in (*walls, *modules):  # now, since later no file can be read
        try:
            __import__(name)
        except ImportError:
            continue
    standing = build_walls(int(cpu), int(memory), int(parent))
    answer("walls", " ".join(standing))
    for name in ("ctypes", "_ctypes"):
        sys.modules.pop(name, None)
    sys.stdout = sys.stderr  # what is printed goes nowhere
    space: dict[str, object] = {"__name__": "program"}
    try:
        exec(compile(program, "program", "exec"), space)  # noqa: S102 - what all this is for
        for call in calls:
            answer("value", canonical(eval(call, space)))  # noqa: S307
    except MemoryError:
        answer("memory")
    except PermissionError as error:
        answer("refused", " ".join(f"{error}"[:200].split()))
    except BaseException as error:  # SystemExit, too
        answer("error", " ".join(f"{type(error).__name__}: {error}"[:200].split()))
    os._exit(0)  # nothing that the program has left to be done at the end is done


if __name__ == "__main__":
    main()
