"""Write what a benchmark found, in the form that docs/results has, so that a page can quote it."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def write(script: str, values: Mapping[str, float], packages: Sequence[str] = ("torch",)) -> None:
    """Write the numbers into the JSON file beside a script.

    Args:
        script: The script's own ``__file__``.
        values: The numbers by key, already rounded.
        packages: Distributions whose version the numbers depend on.
    """
    document = {
        "value": dict(values),
        "spread": {},
        "seeds": [0],
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
        "date": datetime.now(UTC).date().isoformat(),
    }
    path = Path(script).with_suffix(".json")
    path.write_text(json.dumps(document, indent=2) + "\n", "utf-8")
    print(f"wrote {path}")
