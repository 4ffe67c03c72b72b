"""Measured numbers reach the prose: ``{{ NAME.key }}`` is ``value[key]`` of ``docs/results/NAME.json``.

Hyphens of a name become underscores.  ``{{ NAME.spread.key }}`` is the standard deviation over the seeds
and ``{{ NAME.date }}`` the day of the measurement.  What is timed lies in ``benchmarks/NAME.json``.
"""

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def load(folder: Path) -> dict[str, dict[str, object]]:
    """Return every measurement in ``folder`` by name."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        facts = {key: document[key] for key in ("spread", "seeds", "machine", "versions", "date")}
        found[path.stem.replace("-", "_")] = facts | document["value"]
    return found


def substitute(app: Sphinx, config: Config) -> None:
    """Give the measurements to MyST; a changed number rebuilds the pages."""
    docs = Path(app.srcdir)
    found = load(docs.parent / "benchmarks") | load(docs / "results")
    config.myst_substitutions = found | config.myst_substitutions


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the measurements before MyST reads its settings."""
    app.connect("config-inited", substitute)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
