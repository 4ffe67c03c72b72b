"""Write a measurement down, with everything that is needed to make it again.

A script of this folder, ``NAME.py``, measures and calls :func:`record`; the file ``NAME.json`` appears
beside it.  Pages quote its values with ``{{ NAME.key }}`` and figures draw them.  No number is typed twice.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

RESULTS = Path(__file__).parent
# Where long runs leave what they made, so that it is not made again.
RUNS = Path(os.environ.get("RUNS", RESULTS.parent / "_build" / "runs"))


def kept(name: str, run: Callable[[Path], dict[str, float]]) -> dict[str, float]:
    """Return what a long run found, from ``RUNS/NAME.json``; run it if that is not there.

    Args:
        name: That of the run.
        run: Is given a folder for its checkpoints, which goes when the run is over.
    """
    path = RUNS / f"{name}.json"
    if not path.exists():
        folder = path.with_suffix(".checkpoint")
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(run(folder)) + "\n", "utf-8")
        shutil.rmtree(folder)
    found: dict[str, float] = json.loads(path.read_text("utf-8"))
    return found


def fingerprint(script: Path) -> str:
    """Return what tells one version of a script from another."""
    return hashlib.sha256(script.read_text("utf-8").encode()).hexdigest()[:16]


def record(
    name: str,
    measure: Callable[[int], dict[str, Any]],
    seeds: Sequence[int] = (0,),
    packages: Sequence[str] = (),
    long: bool = False,
) -> None:
    """Run ``measure(seed)`` for every seed and write ``NAME.json``.

    Args:
        name: The page that the numbers belong to, which is also the script's own name.
        measure: Returns the values of one run, by key: a number, a text, or a list of numbers.
        seeds: One run each.  With more than one, a number becomes the mean of the runs and its
            sample standard deviation is kept under ``spread``.
        packages: Distributions whose version the numbers depend on.
        long: Whether this takes so long that the tests do not make it again.  They check instead
            that the script is still the one that made the numbers.

    The command line takes ``--out FOLDER``, which the tests use to make a file again and compare.
    """
    parser = argparse.ArgumentParser(description=f"Measure the numbers of the page {name!r}.")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the JSON file")
    out: Path = parser.parse_args().out

    runs = [measure(seed) for seed in seeds]
    value, spread = {}, {}
    for key, first in runs[0].items():
        if len(runs) > 1 and isinstance(first, (int, float)) and not isinstance(first, bool):
            value[key] = round(fmean(run[key] for run in runs), 6)
            spread[key] = round(stdev(run[key] for run in runs), 6)
        else:
            value[key] = first
    document = {
        "value": value,
        "spread": spread,
        "seeds": list(seeds),
        "command": f"python docs/results/{name}.py",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
        "date": datetime.now(UTC).date().isoformat(),
    }
    if long:
        document["script"] = fingerprint(Path(sys.argv[0]))
    path = out / f"{name}.json"
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"wrote {path}", file=sys.stderr)
