"""A training run: same seed, same weights, whatever stops it on the way."""

import errno
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tokenizers
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file

from llmbook import corpora, pretrain, run_state
from llmbook.cli import main
from llmbook.corpora import Corpus, character_tokenizer, sample
from llmbook.errors import InputError
from llmbook.hub import load
from llmbook.model import Config, Model
from llmbook.packing import Batches, held_out_windows, map_tokens, write_tokens
from llmbook.prepare import END, Prepared, prepare, read_prepared
from llmbook.pretrain import held_out_loss
from llmbook.recipes import Recipe, make
from llmbook.tokenizer import Tokenizer
from llmbook.torch_model import TorchModel
from llmbook.torch_optim import make_optimizers
from llmbook.workers import Workers
from llmbook.world import documents

TEXT = "".join(f"{i} sheep and {i * i % 97} goats go over the bridge.\n" for i in range(60))
TINY = {"chars": True, "layers": 2, "heads": 3, "kv_heads": 1, "width": 12, "context": 10}
STEPS = 4
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}
LINE = r"validation loss \d+\.\d+ nats/token, \d+\.\d+ bits/byte, \d+ steps, \d+\.\d s\n"


class Killed(BaseException):
    """What no handler of errors catches, as no process survives SIGKILL."""


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8", newline="\n")
    return str(path)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Let a small model be small: threads that wait for each other take most of its time."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def recipe(file: str | None, **changes: object) -> Recipe:
    """Return the recipe of a run that takes a moment, and writes a checkpoint after each step."""
    settings = {"text": file, "steps": STEPS, "batch": 4, "checkpoint_seconds": 0.0}
    return Recipe(**{**settings, **TINY, **changes})  # type: ignore[arg-type]


def weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the weights of the run of :func:`recipe`."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "text.txt").write_text(TEXT, "utf-8", newline="\n")
    pretrain.pretrain(recipe(str(folder / "text.txt")), folder / "model")
    return weights(folder / "model")


# --- What a run makes ----------------------------------------------------------------------------


def test_a_run_learns_and_leaves_a_model_and_nothing_else(text: str, tmp_path: Path) -> None:
    out = tmp_path / "model"
    result = pretrain.pretrain(recipe(text, steps=200, checkpoint_seconds=60.0), out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "text.txt"]
    assert result.steps == 200 and result.seconds > 0
    assert result.loss < 3.5 < log(257)  # it knows which letters there are, at least
    lm = load(out)
    assert lm.config.n_layers == 2 and lm.config.context == 10 and lm.config.n_kv_heads == 1
    assert lm.stop_ids == (lm.tokenizer.special[END],)
    assert "200 of 4 × 10 tokens" in (out / "README.md").read_text("utf-8")


def test_the_loss_is_that_of_the_written_model(text: str, tmp_path: Path) -> None:
    result = pretrain.pretrain(recipe(text), tmp_path / "model")
    lm = load(tmp_path / "model")
    held_out = TEXT[len(TEXT) * 9 // 10 :]
    ids = [lm.tokenizer.special[END], *lm.tokenizer.encode(held_out)]
    nats = 0.0
    for start in range(0, len(ids) - 1, 10):
        window = ids[start : start + 11]
        logits = lm.logits(window[:-1]).astype(np.float64)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        nats -= logits[np.arange(len(window) - 1), window[1:]].sum()
    assert result.loss == pytest.approx(nats / len(held_out), abs=1e-5)
    assert result.bits_per_byte == pytest.approx(nats / log(2) / len(held_out.encode()), abs=1e-5)


def test_same_seed_same_weights(text: str, tmp_path: Path, undisturbed: bytes) -> None:
    pretrain.pretrain(recipe(text), tmp_path / "again")
    pretrain.pretrain(recipe(text, seed=1), tmp_path / "other")
    assert weights(tmp_path / "again") == undisturbed
    assert weights(tmp_path / "other") != undisturbed


def test_the_history_is_kept(text: str, tmp_path: Path) -> None:
    result = pretrain.pretrain(recipe(text, steps=20, validations=4), tmp_path / "model")
    assert [row[0] for row in result.history] == [5, 10, 15]
    assert all(0 < row[1] <= result.seconds and row[3] > 0 for row in result.history)


def test_learned_tokens_and_whole_documents(tmp_path: Path, monkeypatch) -> None:
    stories = [f"The {a} goat met the {b} sheep." for a in ("red", "old", "shy") for b in "abcde"]
    corpus = Corpus(training=lambda: stories[:12], validation=lambda: stories[12:])
    monkeypatch.setitem(corpora.CORPORA, "stories", lambda *_: corpus)
    changes = {"corpus": "stories", "chars": False, "vocab_size": 280, "special": ("<|user|>",)}
    result = pretrain.pretrain(recipe(None, **changes), tmp_path / "model")  # type: ignore[arg-type]
    lm = load(tmp_path / "model")
    assert lm.config.vocab_size == lm.tokenizer.vocab_size == 280
    assert lm.tokenizer.special == {END: 0, "<|user|>": 1}
    predicted = sum(len(lm.tokenizer.encode(text)) + 1 for text in stories[12:])
    size = sum(len(text) for text in stories[12:])
    assert result.bits_per_byte == pytest.approx(result.loss / log(2) * predicted / size)


def test_the_standard_library_is_a_corpus() -> None:
    corpus = corpora.stdlib(seed=0, documents=1)
    training, held_out = (
        list(sample(texts(), 10**9)) for texts in (corpus.training, corpus.validation)
    )
    assert 0.05 < len(held_out) / len(training) < 0.2
    assert not set(filter(str.strip, training)) & set(filter(str.strip, held_out))
    assert any("def dumps(" in text for text in training + held_out)
    assert any('The "yield" statement' in text or "yield" in text for text in held_out)


# --- A run that is stopped -----------------------------------------------------------------------


def test_a_run_killed_at_any_moment_ends_with_the_same_weights(
    text: str, tmp_path: Path, monkeypatch, undisturbed: bytes
) -> None:
    fsync = os.fsync
    moments = 0
    for moment in range(1000):
        out = tmp_path / f"model{moment}"
        calls = iter(range(1000))

        def kill(descriptor: int, calls=calls, moment=moment) -> None:
            if next(calls) == moment:
                raise Killed
            fsync(descriptor)

        monkeypatch.setattr(os, "fsync", kill)
        try:
            pretrain.pretrain(recipe(text), out)
        except Killed:
            moments += 1
        else:
            break  # it came to its end without having reached that moment
        finally:
            monkeypatch.setattr(os, "fsync", fsync)
        assert not out.exists() or weights(out) == undisturbed  # whole, or not there
        pretrain.pretrain(recipe(text), out)
        assert weights(out) == undisturbed, moment
        assert not out.with_name(f"{out.name}.checkpoint").exists()
    assert moments > 3 * STEPS


def test_a_killed_process_ends_with_the_same_weights(text: str, tmp_path: Path) -> None:
    settings = [f"--{k.replace('_', '-')}={value}" for k, value in TINY.items() if k != "chars"]
    arguments = [
        *("pretrain", "--text", text, "--chars", *settings, "--batch=4"),
        *("--steps=150", "--checkpoint-seconds=0"),
    ]
    out, folder = tmp_path / "model", tmp_path / "model.checkpoint"
    command = [sys.executable, "-m", "llmbook", *arguments, "--out", str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ONE_THREAD
    ) as process:
        while not list(folder.glob("step-*.safetensors")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    assert not out.exists() and folder.exists()
    assert main([*arguments, "--out", str(out)]) == 0
    assert main([*arguments, "--out", str(tmp_path / "undisturbed")]) == 0
    assert weights(out) == weights(tmp_path / "undisturbed")


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "header"])
def test_a_damaged_checkpoint_is_passed_over(
    damage: str, text: str, tmp_path: Path, monkeypatch, capsys, undisturbed: bytes
) -> None:
    newest, _ = stopped(text, tmp_path, monkeypatch)
    data = bytearray(newest.read_bytes())
    if damage == "cut":
        del data[-100:]
    elif damage == "bit":
        data[-100] ^= 1
    elif damage == "empty":
        data.clear()
    else:
        data[0] ^= 0xFF
    newest.write_bytes(data)
    pretrain.pretrain(recipe(text), tmp_path / "model")
    assert f"{newest} is damaged" in capsys.readouterr().err
    assert weights(tmp_path / "model") == undisturbed


def test_if_all_checkpoints_are_damaged_the_error_says_what_to_delete(
    text: str, tmp_path: Path, monkeypatch
) -> None:
    paths = stopped(text, tmp_path, monkeypatch)
    for path in paths:
        path.write_bytes(b"nothing")
    with pytest.raises(InputError, match=r"no checkpoint in .*model\.checkpoint is whole: delete"):
        pretrain.pretrain(recipe(text), tmp_path / "model")
    assert all(path.exists() for path in paths)


def stopped(text: str, folder: Path, monkeypatch) -> list[Path]:
    """Stop a run at its fourth step, and return its checkpoints, the newest first."""
    with monkeypatch.context() as patch:
        patch.setattr(pretrain, "_gradients", failing(pretrain._gradients, at=3, error=Killed()))
        with pytest.raises(Killed):
            pretrain.pretrain(recipe(text), folder / "model")
    paths = run_state.Checkpoints(folder / "model.checkpoint").paths()
    assert [path.name for path in paths] == [f"step-{n:09}.safetensors" for n in (3, 2)]
    return paths


def failing(function: Any, at: int, error: BaseException) -> Any:
    """Return a function that raises an error when it is called for the n-th time, from 0."""
    calls = iter(range(10**6))

    def fail(*arguments: object, **options: object) -> Any:
        if next(calls) == at:
            raise error
        return function(*arguments, **options)

    return fail


@pytest.mark.parametrize("file", ["training.bin", "run.json", "step-000000003", "written", "model"])
def test_a_full_disk_loses_nothing(
    file: str, text: str, tmp_path: Path, monkeypatch, undisturbed: bytes
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        if file == "training.bin":
            patch.setattr("llmbook.prepare.write_tokens", failing(write_tokens, 0, full))
        else:
            write_bytes = Path.write_bytes

            def write(path: Path, data: bytes) -> int:
                if file in path.name:
                    write_bytes(path, data[: len(data) // 2])
                    raise full
                return write_bytes(path, data)

            patch.setattr(Path, "write_bytes", write)
        with pytest.raises(InputError, match="No space left on device"):
            pretrain.pretrain(recipe(text), tmp_path / "model")
    assert not (tmp_path / "model").exists()
    if file == "step-000000003":
        checkpoints = run_state.Checkpoints(tmp_path / "model.checkpoint").paths()
        assert [path.stem for path in checkpoints] == ["step-000000002", "step-000000001"]
    assert not list((tmp_path).rglob("*.unfinished"))
    pretrain.pretrain(recipe(text), tmp_path / "model")
    assert weights(tmp_path / "model") == undisturbed


def test_a_loss_that_is_not_a_number_stops_the_run(
    text: str, tmp_path: Path, monkeypatch, undisturbed: bytes
) -> None:
    gradients, calls = pretrain._gradients, iter(range(100))

    def poisoned(model, rows):
        loss = gradients(model, rows)
        return loss * float("nan") if next(calls) == 3 else loss

    with monkeypatch.context() as patch:
        patch.setattr(pretrain, "_gradients", poisoned)
        with pytest.raises(
            InputError, match=r"not a number at step 3: .*--learning-rate below 0.02"
        ):
            pretrain.pretrain(recipe(text), tmp_path / "model")
    newest, _ = run_state.Checkpoints(tmp_path / "model.checkpoint").paths()
    assert newest.stem == "step-000000003"
    assert all(np.isfinite(array).all() for array in load_file(newest).values())
    # With a lower rate the run goes on; with the same one and better luck it is as if nothing was.
    pretrain.pretrain(recipe(text), tmp_path / "model")
    assert weights(tmp_path / "model") == undisturbed


def test_a_rate_far_too_high_ends_in_a_clear_line(text: str, tmp_path: Path, capsys) -> None:
    arguments = ["pretrain", "--text", text, "--out", str(tmp_path / "model"), "--steps=20"]
    sizes = ["--width=8", "--heads=2", "--layers=1", "--context=6"]
    assert main([*arguments, *sizes, "--chars", "--learning-rate=1e30"]) == 2
    assert "the loss is not a number" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


# --- Bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "there is no text in it"),
        (b" \n\n", "there is no text in it"),
        (b"One.", "is too short"),
        (b"One line of text, as short as this.", "is too short"),
        (b"na\xefve " * 100, "this is not text in UTF-8, at byte 2"),
        (None, "No such file"),
    ],
)
def test_a_text_that_cannot_be_used(
    data: bytes | None, message: str, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "text.txt"
    if data is not None:
        path.write_bytes(data)
    arguments = ["--context=64", "--width=8", "--heads=2", "--steps=2"]
    status = main(["pretrain", "--text", str(path), "--out", str(tmp_path / "m"), *arguments])
    captured = capsys.readouterr()
    assert status == 2 and captured.out == ""
    assert captured.err.startswith("llmbook: ") and captured.err.count("\n") == 1
    assert message in captured.err
    assert not (tmp_path / "m").exists() and not (tmp_path / "m.checkpoint").exists()


def test_what_is_there_is_never_replaced(text: str, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(InputError, match="exists"):
        pretrain.pretrain(recipe(text), tmp_path / "model")
    assert (tmp_path / "model" / "thesis.txt").read_text("utf-8") == "years of work"
    assert not (tmp_path / "model.checkpoint").exists()


def test_another_run_does_not_go_on_with_a_checkpoint(
    text: str, tmp_path: Path, monkeypatch
) -> None:
    stopped(text, tmp_path, monkeypatch)
    with pytest.raises(InputError, match="belongs to a run with width 12, not 24"):
        pretrain.pretrain(recipe(text, width=24), tmp_path / "model")
    Path(text).write_text(TEXT.replace("goats", "dogs"), "utf-8")
    with pytest.raises(InputError, match="belongs to a run with fingerprint"):
        pretrain.pretrain(recipe(text), tmp_path / "model")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": None}, "either a text or a corpus"),
        ({"text": None, "corpus": "web"}, "there is no corpus 'web'"),
        ({"seconds": 3.0}, "either the steps or the seconds"),
        ({"steps": 0}, "steps has to be at least 1"),
        ({"steps": None, "seconds": float("inf")}, "seconds has to be a positive number"),
        ({"heads": 5}, "heads has to divide the width"),
        ({"heads": 4, "kv_heads": 3}, "n_kv_heads has to divide"),
        ({"learning_rate": float("nan")}, "learning_rate has to be a positive number"),
        ({"seed": -1}, "seed has to be 0 or more"),
    ],
)
def test_a_recipe_that_makes_no_sense(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        recipe("text.txt", **changes)


def test_without_a_limit_a_run_still_ends() -> None:
    assert Recipe(text="text.txt").seconds == 600


@pytest.mark.parametrize("name", ["torch", "tqdm"])
def test_a_missing_extra_is_named(name: str, text: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules[{name!r}] = None\n"
        "from llmbook.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["pretrain", "--text", text, "--out", str(tmp_path / "model")]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == f'llmbook: training needs {name}: pip install "llmbook[torch]"\n'


# --- The command ---------------------------------------------------------------------------------


def test_the_command_prints_one_line(text: str, tmp_path: Path, capsys) -> None:
    arguments = ["--chars", "--layers=1", "--heads=2", "--width=8", "--context=6", "--seed=3"]
    out = tmp_path / "model"
    assert main(["pretrain", "--text", text, "--out", str(out), *arguments, "--seconds=0.3"]) == 0
    printed = capsys.readouterr().out
    assert re.fullmatch(LINE, printed), printed
    assert float(printed.split()[-2]) >= 0.3
    assert load(out).config.d_model == 8


def test_the_help_tells_the_defaults_of_a_recipe(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["pretrain", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    told = dict(re.findall(r"--([\w-]+) [A-Z]+ (?:(?!--)[^(])*\(default: ([\d.]+)\)", text))
    usual = Recipe(text="text.txt", seconds=600)
    assert len(told) == 10
    for name, value in told.items():
        assert float(value) == getattr(usual, name.replace("-", "_")), name


def test_time_before_an_interruption_counts(text: str, tmp_path: Path, monkeypatch) -> None:
    timed = recipe(text, steps=None, seconds=10.0)
    monkeypatch.setattr(pretrain, "perf_counter", map(float, count()).__next__)  # 1 s a step
    with monkeypatch.context() as patch:
        patch.setattr(pretrain, "_gradients", failing(pretrain._gradients, at=3, error=Killed()))
        with pytest.raises(Killed):
            pretrain.pretrain(timed, tmp_path / "model")
    found = run_state.Checkpoints(tmp_path / "model.checkpoint").load()
    assert found is not None and found[1]["steps"] == 3 and found[1]["seconds"] == 3
    monkeypatch.setattr(pretrain, "perf_counter", map(float, count(1000)).__next__)
    result = pretrain.pretrain(timed, tmp_path / "model")
    assert result.steps == 10 and result.seconds == 10


def test_two_processes_learn_what_one_does(text: str, tmp_path: Path) -> None:
    settings = [
        f"--{key.replace('_', '-')}={value}" for key, value in TINY.items() if key != "chars"
    ]
    command = [
        *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"),
        *("-m", "llmbook", "pretrain", "--out", str(tmp_path / "two"), "--text", text, "--chars"),
        *(*settings, "--batch=4", f"--steps={STEPS}"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=ONE_THREAD)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(LINE, done.stdout)
    pretrain.pretrain(recipe(text), tmp_path / "one")
    one, two = (load_file(tmp_path / name / "model.safetensors") for name in ("one", "two"))
    for name, array in one.items():
        np.testing.assert_allclose(two[name], array, atol=2e-3, err_msg=name)


def test_two_processes_need_a_batch_for_both(text: str, tmp_path: Path) -> None:
    tokenizer = character_tokenizer([TEXT], [END])
    prepared = Prepared(tokenizer, np.arange(100), np.arange(20), 19)
    model = TorchModel(recipe(text).config(tokenizer.vocab_size))
    checkpoints, workers = run_state.Checkpoints(tmp_path), Workers(rank=0, size=2)
    with pytest.raises(InputError, match="3 sequences cannot be shared by 2 processes"):
        pretrain.train(recipe(text, batch=3), model, prepared, checkpoints, workers)


# --- The parts -----------------------------------------------------------------------------------


@given(st.text())
def test_character_tokens_lose_nothing(text: str) -> None:
    tokenizer = character_tokenizer([TEXT, "naïve €uro 語 🐑"], [END])
    assert tokenizer.decode(tokenizer.encode(text)) == text


@given(st.text(alphabet="abïñ€語𝔾🐑 \n.1'"))
def test_each_character_is_one_token_here_and_in_the_reference(text: str) -> None:
    tokenizer, reference = character_tokenizers()
    ids = tokenizer.encode(text)
    assert ids == reference.encode(text).ids
    assert [tokenizer.token_bytes(i).decode() for i in ids] == list(text)
    for unknown in ("漢字", "é", "ﬁ", text + "🐐" + text):
        assert tokenizer.encode(unknown) == reference.encode(unknown).ids
        assert tokenizer.decode(tokenizer.encode(unknown)) == unknown


def character_tokenizers(found: list[object] = []) -> tuple[Tokenizer, tokenizers.Tokenizer]:  # noqa: B006
    """Return a tokenizer, and the library's own of the same file."""
    if not found:
        tokenizer = character_tokenizer(["abïñ€語𝔾🐑 \n.1'"], [END])
        document = json.dumps(tokenizer._document)
        found += [tokenizer, tokenizers.Tokenizer.from_str(document)]
    return tuple(found)  # type: ignore[return-value]


def test_documents_are_packed_with_an_end_token_between_them(tmp_path: Path) -> None:
    tokenizer = character_tokenizer(["ab"], ["<|pad|>", END])
    ids = {letter: tokenizer.encode(letter)[0] for letter in "ab€"[:2]}
    path = tmp_path / "tokens.bin"
    assert write_tokens(path, ["ab", "", "b€"], tokenizer, 1) == 6
    packed = map_tokens(path, tokenizer.vocab_size)
    assert packed.dtype == np.uint16
    expected = [1, ids["a"], ids["b"], 1, 1, ids["b"], *tokenizer.encode("€"), 1]
    assert packed.tolist() == expected
    path.unlink()
    write_tokens(path, ["ab"], tokenizer, 1, closed=False)
    assert map_tokens(path, tokenizer.vocab_size).tolist() == [1, ids["a"], ids["b"]]


@pytest.mark.parametrize(("n", "context"), [(101, 7), (64, 9), (30, 29), (11, 10), (50, 1)])
def test_an_epoch_has_each_window_once(n: int, context: int) -> None:
    batches = Batches(np.arange(n), context, batch=1, seed=3)
    starts = [batches[step][0, 0] for step in range(3 * batches.windows)]
    for epoch in range(3):
        chosen = sorted(starts[epoch * batches.windows :][: batches.windows])
        assert all(b - a == context for a, b in pairwise(chosen))
        assert 0 <= chosen[0] < context and chosen[-1] + context < n
    row = batches[1][0]
    assert row.tolist() == list(range(row[0], row[0] + context + 1))


def test_batches_are_a_function_of_seed_and_step() -> None:
    tokens = np.arange(1000, dtype=np.uint16)
    first, again = (Batches(tokens, context=7, batch=5, seed=2) for _ in range(2))
    wanted = [first[step].tolist() for step in range(60)]
    assert [again[step].tolist() for step in reversed(range(60))] == wanted[::-1]
    assert Batches(tokens, context=7, batch=5, seed=3)[0].tolist() != wanted[0]
    # Smaller batches have the same windows in the same order.
    small = Batches(tokens, context=7, batch=1, seed=2)
    assert [small[i][0].tolist() for i in range(300)] == [row for rows in wanted for row in rows]


def test_the_first_epoch_may_keep_the_order() -> None:
    batches = Batches(np.arange(100), context=9, batch=2, seed=1, in_order=True)
    assert batches.windows == 10
    rows = np.concatenate([batches[step] for step in range(10)])
    first, second = rows[:10, 0], rows[10:, 0]
    assert np.diff(first).tolist() == [9] * 9
    assert sorted(np.diff(second).tolist()) != [9] * 9


@pytest.mark.parametrize("n", [2, 7, 8, 9, 64, 71])
def test_each_held_out_token_is_predicted_once(n: int) -> None:
    windows = list(held_out_windows(np.arange(n), context=7, batch=3))
    assert all(rows.shape[0] <= 3 and rows.shape[1] <= 8 for rows in windows)
    assert Counter(i for rows in windows for i in rows[:, 1:].flatten()) == Counter(range(1, n))
    assert all((np.diff(rows, axis=1) == 1).all() for rows in windows)


def test_a_quick_look_reads_few_windows() -> None:
    windows = list(held_out_windows(np.arange(1001), context=10, batch=4, limit=60))
    starts = np.concatenate([rows[:, 0] for rows in windows])
    assert starts.tolist() == [0, 190, 390, 590, 790, 990]


def test_held_out_loss_is_that_of_the_numpy_model() -> None:
    config = Config(
        vocab_size=13, d_model=8, n_layers=1, n_heads=2, n_kv_heads=1, head_dim=6, d_ff=9, context=5
    )
    model = Model.random(config, seed=1)
    tokens = np.random.default_rng(0).integers(13, size=12)
    losses = []
    for start in (0, 5, 10):
        window = tokens[start : start + 6]
        logits = model.forward(window[:-1]).astype(float)
        chosen = logits[np.arange(len(window) - 1), window[1:]]
        losses += list(np.log(np.exp(logits).sum(axis=1)) - chosen)
    found = held_out_loss(TorchModel.from_model(model), tokens)
    assert found == pytest.approx(np.mean(losses), abs=1e-5) and len(losses) == 11


def test_each_weight_has_one_optimizer() -> None:
    config = Config(
        vocab_size=13, d_model=8, n_layers=2, n_heads=2, n_kv_heads=1, head_dim=6, d_ff=9, context=5,
        tied=False,
    )  # fmt: skip
    model = TorchModel(config)
    muon, adam = make_optimizers(model, muon_rate=0.1)
    names = {id(weight): name for name, weight in model.named_parameters()}
    inner, outer = (
        {names[id(w)] for group in optimizer.param_groups for w in group["params"]}
        for optimizer in (muon, adam)
    )
    assert inner | outer == set(names.values()) and not inner & outer
    assert {name for name in inner if "_proj.weight" not in name} == set()
    assert sum("_proj.weight" in name for name in names.values()) == len(inner) == 14
    assert "model.embed_tokens.weight" in outer and "lm_head.weight" in outer
    rates = {names[id(w)]: group["lr"] for group in adam.param_groups for w in group["params"]}
    embedding = rates.pop("model.embed_tokens.weight")
    assert embedding == pytest.approx(0.06)
    assert list(rates.values()) == pytest.approx([0.02] * len(rates))


def test_a_recipe_of_the_book_can_be_changed() -> None:
    changed = make("valley-base", seconds=5.0, seed=2)
    assert (changed.steps, changed.seconds, changed.seed) == (None, 5.0, 2)
    assert changed.corpus == "valley" and changed.dtype == "float16"
    with pytest.raises(InputError, match="there is no recipe 'valley', only valley-base"):
        make("valley")


def test_a_run_may_begin_with_french(tmp_path: Path) -> None:
    recipe = Recipe(corpus="valley", documents=12, french_first=5, context=8, width=8, steps=1)
    prepare(recipe, tmp_path / "run")
    prepared = read_prepared(tmp_path / "run")
    end = prepared.tokenizer.special[END]
    texts = prepared.tokenizer.decode(prepared.training).split(END)
    assert prepared.in_order and prepared.training[0] == end
    wanted = [d.text for d in documents("train", 0, 5, ["french"])]
    wanted += [d.text for d in documents("train", 0, 12)]
    assert texts[1:-1] == wanted
    # Tokens are learned from what most of the text is like.
    plain = prepare_tokenizer(replace(recipe, french_first=0), tmp_path / "plain")
    assert plain.encode(wanted[0]) == prepared.tokenizer.encode(wanted[0])


def prepare_tokenizer(recipe: Recipe, folder: Path) -> Tokenizer:
    prepare(recipe, folder)
    prepared = read_prepared(folder)
    assert not prepared.in_order
    return prepared.tokenizer


def test_only_the_valley_has_french() -> None:
    with pytest.raises(InputError, match="only the valley has French"):
        Recipe(corpus="stdlib", french_first=3)
    with pytest.raises(InputError, match="french_first has to be 0 or more, not -1"):
        Recipe(corpus="valley", french_first=-1)


def test_the_base_model_fits_into_two_megabytes_of_bytes() -> None:
    recipe = make("valley-base")
    assert 1_000_000 < recipe.config(recipe.vocab_size).n_parameters < 2_000_000
