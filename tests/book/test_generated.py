"""What a script wrote is what it writes: numbers, figures, the mark, the fonts."""

import io
import json
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image

from book import DOCS

sys.path.insert(0, str(DOCS / "results"))
import record

RESULTS = sorted(
    path.stem
    for path in (DOCS / "results").glob("*.py")
    if path.stem not in {"batches", "costs", "record"}
)
FIGURES = sorted(
    path.stem for path in (DOCS / "figures").glob("*.py") if path.stem not in {"mark", "style"}
)


def run(script: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", RESULTS)
def test_a_measurement_can_be_made_again(name: str, tmp_path: Path) -> None:
    kept = json.loads((DOCS / "results" / f"{name}.json").read_text("utf-8"))
    if "script" in kept:  # it trained for long; what can be seen is that nothing else made it
        assert kept["script"] == record.fingerprint(DOCS / "results" / f"{name}.py")
        assert kept["command"] == f"python docs/results/{name}.py"
        return
    run(DOCS / "results" / f"{name}.py", "--out", str(tmp_path))
    made = json.loads((tmp_path / f"{name}.json").read_text("utf-8"))
    assert kept["command"] == f"python docs/results/{name}.py"
    assert kept["seeds"] == made["seeds"]
    assert kept["value"].keys() == made["value"].keys()
    # The texts are those of the Python that measures, so another version gives other numbers.
    same = kept["versions"]["python"] == platform.python_version()
    for key, old in kept["value"].items():
        new = made["value"][key]
        if isinstance(old, (int, float)):
            spread = kept["spread"].get(key, 0)
            tolerance = (
                0.02 * abs(old) + spread + 1e-3 if same else 0.2 * abs(old) + 3 * spread + 0.1
            )
            assert new == pytest.approx(old, abs=tolerance), key
        elif same:
            assert new == old, key


def test_what_a_long_run_found_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RUNS", tmp_path)
    folders = []

    def run(folder: Path) -> dict[str, float]:
        assert folder.is_dir()
        folders.append(folder)
        return {"loss": 0.5}

    assert record.kept("page/run", run) == record.kept("page/run", run) == {"loss": 0.5}
    assert len(folders) == 1
    assert [path.name for path in (tmp_path / "page").iterdir()] == ["run.json"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_from_its_numbers(name: str, tmp_path: Path) -> None:
    kept = (DOCS / "figures" / f"{name}.svg").read_text("utf-8")
    code = (
        f"import sys, runpy; sys.path.insert(0, {str(DOCS / 'figures')!r}); import style; "
        f"from pathlib import Path; save = style.save; "
        f"style.save = lambda figure, name: save(figure, name, Path({str(tmp_path)!r})); "
        f"runpy.run_path({str(DOCS / 'figures' / name) + '.py'!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"{name}.svg").read_text("utf-8") == kept


def test_the_mark_is_drawn_by_its_script(tmp_path: Path) -> None:
    run(DOCS / "figures" / "mark.py", "--out", str(tmp_path))
    for name in ("mark-light.svg", "mark-dark.svg", "favicon.svg"):
        assert (tmp_path / name).read_text() == (DOCS / "_static" / name).read_text()
    for name in ("card.png", "cover.png"):
        made, kept = (
            image.imread(io.BytesIO((folder / name).read_bytes()))
            for folder in (tmp_path, DOCS / "_static")
        )
        assert made.shape == kept.shape
        assert np.abs(made - kept).mean() < 0.01
    assert (tmp_path / "latex" / "mark.pdf").read_bytes().startswith(b"%PDF")


def test_no_page_types_a_figure_that_is_not_there() -> None:
    for page in DOCS.rglob("*.md"):
        if "_build" in page.parts:
            continue
        for line in page.read_text("utf-8").splitlines():
            if line.startswith("```{figure}"):
                assert (page.parent / line.split()[-1]).resolve().exists(), (page, line)
