"""Fine-tuning: what is learned, what a batch holds, and that a stopped run goes on as if it had not."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from llmbook import classify, tune_assistant, tune_classifier
from llmbook import rows as rows_module
from llmbook import tuning as tuning_module
from llmbook.applications import APPLICATIONS
from llmbook.checkpoint import read_model
from llmbook.cli import main
from llmbook.errors import InputError
from llmbook.finetune import finetune
from llmbook.hub import LanguageModel, load, save
from llmbook.instruct import ASSISTANT, END, TEMPLATE, USER, Conversation, conversation, encode
from llmbook.lessons import begin, drawn
from llmbook.lora import LoraLinear
from llmbook.model import EMBEDDING, Config
from llmbook.rows import Rows, stack
from llmbook.sampling import generate
from llmbook.tokenizer import Tokenizer
from llmbook.torch_model import TorchModel
from llmbook.tune_assistant import answer_loss, right_answers
from llmbook.tuning import Progress, optimizers_for
from llmbook.tuning_recipes import CHAT, LESSONS, TUNINGS, Lesson, Tuning, tuning
from llmbook.world import tell
from llmbook.world.draw import Draw

COLORS = ("red", "blue", "green", "gray", "white")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def make_base(folder: Path, special=(END, USER, ASSISTANT), **sizes: int) -> Path:
    texts = [f"{color} was the kite" for color in COLORS] + [
        tell("reviews", 0, i).text for i in range(30)
    ]
    tokenizer = Tokenizer.train(texts, 330, special)
    settings = {"n_layers": 2, "n_heads": 3, "n_kv_heads": 1, "head_dim": 6, "context": 40} | sizes
    config = Config(vocab_size=330, d_model=24, d_ff=26, **settings)
    model = TorchModel(config).initialize(torch.Generator().manual_seed(1)).to_model()
    save(LanguageModel(model, tokenizer, names={"bos_token": END}, stop_ids=(0,)), folder)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return make_base(tmp_path_factory.mktemp("base") / "model")


def about_a_kite(task, seed, number, split="train"):
    """A conversation that is learned in seconds: which color is the kite?"""
    color = Draw("kite", seed, number, split=split).choice(COLORS)
    said = [
        {"role": "user", "content": f"{color} was the kite"},
        {"role": "assistant", "content": color},
    ]
    return Conversation(task, said)


@pytest.fixture
def easy(monkeypatch):
    for module in (rows_module, tune_assistant):
        monkeypatch.setattr(module, "conversation", about_a_kite)


def recipe(base, **changes: Any) -> Tuning:
    lessons = (Lesson("translation", 1),)
    settings = {"lessons": lessons, "steps": 4, "batch": 3, "checkpoint_seconds": 0.0}
    return Tuning(base=str(base), **{**settings, **changes})


def weights(folder: Path) -> bytes:
    return (folder / "model.safetensors").read_bytes()


# --- An assistant ---------------------------------------------------------------------------------


def test_a_model_learns_to_answer_and_to_stop(easy, base, tmp_path):
    settings = recipe(base, steps=60, learning_rate=0.05, checkpoint_seconds=60.0)
    result = finetune(settings, tmp_path / "chat")
    assert [path.name for path in tmp_path.iterdir()] == ["chat"]
    assert result.seen["right"] == result.seen["translation"] == 1
    assert result.seen["loss"] < 0.1
    lm = load(tmp_path / "chat")
    for color in COLORS:
        asked = [{"role": "user", "content": f"{color} was the kite"}]
        assert lm.chat(asked, temperature=0, max_tokens=9) == color
    assert lm.chat_template == TEMPLATE
    card = (tmp_path / "chat" / "README.md").read_text("utf-8")
    assert "60 of 3 rows" in card and "word for word: translation | 100.0%" in card


def test_the_history_shows_each_task(easy, base, tmp_path):
    lessons = (Lesson("translation", 1), Lesson("sentiment", 2))
    result = finetune(recipe(base, lessons=lessons, steps=6, validations=3), tmp_path / "chat")
    history = result.progress.history
    assert [row["steps"] for row in history] == [2, 4, 6]
    assert all({"loss", "batch_loss", "translation", "sentiment"} <= row.keys() for row in history)
    assert str(result).startswith(f"held-out loss {history[-1]['loss']:.4f} nats, ")


def test_same_seed_same_weights(easy, base, tmp_path):
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        finetune(recipe(base, seed=seed), tmp_path / name)
    assert weights(tmp_path / "a") == weights(tmp_path / "b") != weights(tmp_path / "c")


class Killed(BaseException):
    """What no handler of errors catches, as no process survives SIGKILL."""


@pytest.mark.parametrize("lora", [None, 2])
@pytest.mark.parametrize("classifier", [False, True])
def test_a_run_that_was_killed_goes_on_with_the_same_weights(
    easy, base, tmp_path, monkeypatch, lora, classifier
):
    base = make_base(tmp_path / "base", context=170) if classifier else base
    monkeypatch.setattr(tune_classifier, "HELD_OUT", 5)
    settings = recipe(base, lora=lora, **({"lessons": ()} if classifier else {}))
    finetune(settings, tmp_path / "whole")
    module = tune_classifier if classifier else tune_assistant
    name = "_reviews" if classifier else "answer_loss"
    real, calls = getattr(module, name), []

    def dies(*arguments):
        calls.append(arguments)
        if len(calls) == (4 if classifier else 3):
            raise Killed
        return real(*arguments)

    monkeypatch.setattr(module, name, dies)
    with pytest.raises(Killed):
        finetune(settings, tmp_path / "model")
    assert not (tmp_path / "model").exists()
    finetune(settings, tmp_path / "model")
    assert weights(tmp_path / "model") == weights(tmp_path / "whole")
    assert not (tmp_path / "model.checkpoint").exists()


def test_the_bar_of_a_run_that_goes_on_begins_where_it_was_killed(
    easy, base, tmp_path, monkeypatch
):
    begun, bar, real, calls = [], tuning_module.tqdm, tune_assistant.answer_loss, []

    def dies(*arguments):
        calls.append(arguments)
        if len(calls) == 4:
            raise Killed
        return real(*arguments)

    def shown(**settings):
        begun.append(settings["initial"])
        return bar(**settings)

    monkeypatch.setattr(tune_assistant, "answer_loss", dies)
    monkeypatch.setattr(tuning_module, "tqdm", shown)
    settings = recipe(base, steps=8, validations=1)
    with pytest.raises(Killed):
        finetune(settings, tmp_path / "chat")
    finetune(settings, tmp_path / "chat")
    assert begun == [0, 3 / 8]


def test_a_model_whose_cleaning_up_was_killed_is_accepted(easy, base, tmp_path, monkeypatch):
    from llmbook import finetune as module

    def dies(*arguments, **settings):
        raise Killed

    monkeypatch.setattr(module, "rmtree", dies)
    with pytest.raises(Killed):
        finetune(recipe(base), tmp_path / "chat")
    before = weights(tmp_path / "chat")
    monkeypatch.undo()
    for changed in (rows_module, tune_assistant):
        monkeypatch.setattr(changed, "conversation", about_a_kite)
    finetune(recipe(base), tmp_path / "chat")
    assert weights(tmp_path / "chat") == before
    assert not (tmp_path / "chat.checkpoint").exists()


def test_another_run_does_not_go_on_with_it(easy, base, tmp_path, monkeypatch):
    def dies(*arguments):
        raise Killed

    monkeypatch.setattr(tune_assistant, "look", dies)
    with pytest.raises(Killed):
        finetune(recipe(base), tmp_path / "chat")
    for changes in ({"batch": 5}, {"seed": 2}, {"lora": 1}):
        with pytest.raises(InputError, match=f"a run with other {next(iter(changes))}"):
            finetune(recipe(base, **changes), tmp_path / "chat")
    other = make_base(tmp_path / "other", n_layers=1)
    with pytest.raises(InputError, match="a run with other weights"):
        finetune(recipe(other), tmp_path / "chat")


def test_nothing_is_overwritten(base, tmp_path):
    (tmp_path / "chat").mkdir()
    with pytest.raises(InputError, match="exists: delete it"):
        finetune(recipe(base), tmp_path / "chat")
    assert [path.name for path in tmp_path.iterdir()] == ["chat"]


def test_the_corrections_of_a_higher_rank_are_no_stronger(base):
    for rank in (2, 8):
        model = TorchModel.from_model(load(base).model)
        optimizers_for(recipe(base, lora=rank), model)
        scales = {part.settings.scale for part in model.modules() if isinstance(part, LoraLinear)}
        assert scales == {16 / rank}


def test_the_rate_rises_and_falls_in_each_round(easy, base, tmp_path, monkeypatch):
    rates: list[float] = []
    real = tuning_module.set_rates

    def noted(optimizers, share):
        rates.append(share)
        real(optimizers, share)

    monkeypatch.setattr(tuning_module, "set_rates", noted)
    settings = {"steps": 10, "warmup": 0.5, "decay": 0.5, "validations": 1}
    finetune(recipe(base, rounds=2, cooling=0.3, **settings), tmp_path / "twice")
    assert rates[:5] == pytest.approx([1 / 3, 2 / 3, 1, 2 / 3, 1 / 3])
    assert rates[5:] == pytest.approx([0.1, 0.2, 0.3, 0.2, 0.1])
    limited = Tuning(base="base", seconds=8.0, rounds=2)
    shares = [tuning_module._now(limited, Progress(seconds=s)) for s in (0.0, 3.0, 4.0, 7.0, 8.1)]
    assert shares == [(0, 0), (0, 0.75), (1, 0), (1, 0.75), (1, 1)]


def test_a_loss_that_is_no_number_ends_the_run(easy, base, tmp_path, monkeypatch):
    monkeypatch.setattr(
        tune_assistant, "answer_loss", lambda *_: torch.tensor(torch.nan, requires_grad=True)
    )
    with pytest.raises(InputError, match=r"not a number at step 0: .* --learning-rate below 0.005"):
        finetune(recipe(base), tmp_path / "chat")
    assert not (tmp_path / "chat").exists()


def test_a_base_that_cannot_converse(tmp_path):
    silent = make_base(tmp_path / "base", (END,))
    with pytest.raises(InputError, match=r"has no token <\|user\|>"):
        finetune(recipe(silent), tmp_path / "chat")
    short = make_base(tmp_path / "short", context=6)
    with pytest.raises(InputError, match="fits into a context of 6"):
        finetune(recipe(short), tmp_path / "chat2")


def test_corrections_change_the_matrices_alone(easy, base, tmp_path):
    finetune(recipe(base, lora=3, steps=6), tmp_path / "chat")
    before, after = read_model(base).weights, read_model(tmp_path / "chat").weights
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert changed == {name for name in before if name.endswith("_proj.weight")}
    name = "model.layers.1.self_attn.q_proj.weight"
    assert np.linalg.matrix_rank(after[name] - before[name], tol=1e-5) == 3
    np.testing.assert_array_equal(before[EMBEDDING], after[EMBEDDING])


# --- Loss and batches -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lm(base):
    return load(base)


def test_the_loss_is_that_of_the_answers_alone(lm):
    model = TorchModel.from_model(lm.model)
    talks = [encode(lm.tokenizer, about_a_kite("translation", 0, i).messages) for i in (0, 1)]
    batch = stack([talks[0], (talks[1][0], [False] * len(talks[1][0]))], 30)
    ids, learned = talks[0]
    logits = lm.logits(ids).astype(np.float64)
    logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    wanted = [logs[i - 1, ids[i]] for i in range(len(ids)) if learned[i]]
    assert answer_loss(model, batch).item() == pytest.approx(-np.mean(wanted), abs=1e-5)
    assert 0 < len(wanted) < len(ids) - 4


def test_a_short_answer_may_count_as_much_as_a_long_one(lm):
    model = TorchModel.from_model(lm.model)
    ids = list(range(40, 52))
    marks = [False, True, True, True, False, False, True, False, True, True, False, False]
    batch = stack([(ids, marks), (ids[::-1], [False] * 6 + [True] * 6)], 14)
    alone = {}
    for row, places in ((0, (1, 2, 3)), (0, (6,)), (0, (8, 9)), (1, tuple(range(6, 12)))):
        only = [place in places for place in range(12)]
        single = stack([(batch.ids[row, :12].tolist(), only)], 14)
        alone[row, places] = answer_loss(model, single).item(), len(places)
    losses = np.array(list(alone.values()))
    for balance in (0.0, 0.5, 1.0):
        weights = losses[:, 1] ** (1 - balance)
        wanted = (losses[:, 0] * weights).sum() / weights.sum()
        assert answer_loss(model, batch, balance).item() == pytest.approx(wanted, abs=1e-5)


def test_an_answer_is_right_if_the_model_would_say_it(lm):
    model = TorchModel.from_model(lm.model)
    prompt = [0, 1, 40, 41, 2]
    said = list(generate(lm.model, prompt, max_tokens=4, temperature=0.0))
    marks = [False] * 5 + [True] * 4
    wrong = [*said[:3], said[3] ^ 1]
    batch = stack([([*prompt, *said], marks), ([*prompt, *wrong], marks)], 12)
    assert right_answers(model, batch) == [True, False]
    twice = stack([([*prompt, *wrong], [*marks[:7], False, True])], 9)  # two answers in one row
    assert right_answers(model, twice) == [True, False]


@pytest.fixture(scope="module")
def real():
    """Rows of real conversations, with a tokenizer that makes them fit."""
    texts = [
        m["content"]
        for t in ("code", "dialogue")
        for i in range(8)
        for m in conversation(t, 0, i).messages
    ]
    tokenizer = Tokenizer.train(texts, 600, [END, USER, ASSISTANT])
    return Rows(tokenizer, LESSONS, context=300, batch=4, seed=2)


def test_a_batch_is_a_function_of_seed_and_step(real):
    other = Rows(real.tokenizer, LESSONS, 300, 4, 2)
    first = real.at(5)
    assert torch.equal(first.ids, other.at(5).ids) and torch.equal(
        first.answered, other.at(5).answered
    )
    assert not torch.equal(first.ids, real.at(6).ids)
    assert not torch.equal(first.ids, Rows(real.tokenizer, LESSONS, 300, 4, 3).at(5).ids)
    assert not torch.equal(first.ids, Rows(real.tokenizer, LESSONS, 300, 4, 2, "samples").at(5).ids)


def test_rows_hold_whole_conversations_and_little_else(real):
    batch = real.at(1)
    assert batch.ids.shape == batch.answered.shape == (4, 301)
    assert 0.8 < real.filled(2) <= 1
    for ids, learned in zip(batch.ids.tolist(), batch.answered.tolist(), strict=True):
        while ids and ids[-1] == 0 and not learned[-1]:  # what fills the row up
            del ids[-1], learned[-1]
        text = real.tokenizer.decode(ids)
        for talk in f"{END}{text}".split(f"{END}{END}")[1:]:
            assert talk.startswith(USER) and ASSISTANT in talk
        said = real.tokenizer.decode([i for i, mark in zip(ids, learned, strict=True) if mark])
        assert USER not in said and ASSISTANT not in said
        assert said.count(END) == text.count(ASSISTANT)


def test_what_is_hard_comes_later(monkeypatch, real):
    asked = []

    def remembers(task, *rest):
        asked.append(task)
        return conversation("sentiment", *rest)

    monkeypatch.setattr(rows_module, "conversation", remembers)
    lessons = (Lesson("sentiment", 1), Lesson("code", 3, begins=0.5))
    rows = Rows(real.tokenizer, lessons, 300, 4, 0)
    rows.at(0, 0.49)
    assert set(asked) == {"sentiment"}
    asked.clear()
    for step in range(4):
        rows.at(step, 0.5)
    assert 0.6 < asked.count("code") / len(asked) < 0.9


# --- A classifier ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return make_base(tmp_path_factory.mktemp("reader") / "model", context=170)


def test_a_classifier_learns_and_equals_transformers(reader, tmp_path, monkeypatch):
    from transformers import AutoModelForSequenceClassification, pipeline

    told = tell

    def loud(narrator, seed, number, split="train"):
        """A review whose verdict can be seen in a word: what is learned in a second."""
        document = told(narrator, seed, number, split)
        word = "wonderful" if document.truth["sentiment"] == "positive" else "terrible"
        return type(document)(narrator, f"{document.text} {word}!", document.truth)

    monkeypatch.setattr(tune_classifier, "tell", loud)
    monkeypatch.setattr(tune_classifier, "HELD_OUT", 40)
    settings = recipe(
        reader, lessons=(), steps=40, batch=16, learning_rate=0.05, validations=2, dtype="float16"
    )
    result = finetune(settings, tmp_path / "sentiment")
    assert result.seen["right"] > 0.9
    classifier = classify.load(tmp_path / "sentiment")
    assert classifier.labels == ("negative", "positive")
    texts = [loud("reviews", 9, i).text for i in range(6)] + ["Yes."]
    wanted = [loud("reviews", 9, i).truth["sentiment"] for i in range(6)]
    assert [classifier.label(text) for text in texts[:6]] == wanted
    theirs = AutoModelForSequenceClassification.from_pretrained(
        tmp_path / "sentiment", dtype=torch.float32
    )
    for text in texts:
        ids = torch.tensor([classifier.tokenizer.encode(text)])
        with torch.no_grad():
            logits = theirs(ids).logits[0].numpy()
        np.testing.assert_allclose(classifier.logits(text), logits, atol=1e-4)
    found = pipeline("text-classification", str(tmp_path / "sentiment"), dtype=torch.float32)
    for text, said in zip(
        texts, found(texts, batch_size=3), strict=True
    ):  # filled up to one length
        assert said["label"] == classifier.label(text)
        assert said["score"] == pytest.approx(
            classifier.probabilities(text)[said["label"]], abs=1e-4
        )


def test_a_classifier_with_corrections(reader, tmp_path, monkeypatch):
    monkeypatch.setattr(tune_classifier, "HELD_OUT", 5)
    finetune(recipe(reader, lessons=(), lora=2, steps=3), tmp_path / "sentiment")
    classifier = classify.load(tmp_path / "sentiment")
    with pytest.raises(
        InputError, match=r"holds a classifier, which llmbook\.classify\.load reads"
    ):
        load(tmp_path / "sentiment")
    assert np.abs(classifier.score).max() > 0  # the head is new, and is trained as a whole
    np.testing.assert_array_equal(
        classifier.model.weights[EMBEDDING], load(reader).model.weights[EMBEDDING]
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"architectures": ["LlamaForCausalLM"]}, "holds no LlamaForSequenceClassification"),
        ({"id2label": None}, "id2label has to name the classes"),
        ({"id2label": {"0": "a", "2": "b"}}, "id2label has to number the classes"),
        (
            {"id2label": {"0": "a", "1": "b", "2": "c"}},
            r"has the shape \(2, 24\) instead of \(3, 24\)",
        ),
        ({"hidden_size": 23}, "has the shape"),
    ],
)
def test_a_folder_that_holds_no_classifier(reader, tmp_path, monkeypatch, change, message):
    monkeypatch.setattr(tune_classifier, "HELD_OUT", 5)
    finetune(recipe(reader, lessons=(), steps=1), tmp_path / "sentiment")
    path = tmp_path / "sentiment" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(InputError, match=message):
        classify.load(tmp_path / "sentiment")


def test_a_language_model_is_no_classifier(reader):
    with pytest.raises(InputError, match="holds no LlamaForSequenceClassification"):
        classify.load(reader)
    with pytest.raises(InputError, match="No such file"):
        classify.load("nowhere")


# --- Recipes and the command ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": None}, "either the steps or the seconds"),
        ({"seconds": 5.0}, "either the steps or the seconds"),
        ({"steps": 0}, "steps has to be at least 1"),
        ({"steps": 9, "rounds": 2}, "9 steps are not 2 rounds"),
        ({"rounds": 0}, "rounds has to be at least 1"),
        ({"cooling": 0.0}, "cooling has to be a positive number"),
        ({"batch": 0}, "batch has to be at least 1"),
        ({"balance": 1.5}, "balance has to be from 0 to 1"),
        ({"lora": 0}, "lora has to be at least 1"),
        ({"learning_rate": float("nan")}, "learning_rate has to be a positive number"),
        ({"seed": -1}, "seed has to be 0 or more"),
        ({"lessons": (Lesson("verse", 1, 0.5),)}, "there would be no lesson"),
    ],
)
def test_recipes_that_make_no_sense(changes, message):
    with pytest.raises(InputError, match=message):
        recipe("base", **changes)


@pytest.mark.parametrize(
    "lesson", [("sums", 1.0), ("verse", 0.0), ("verse", 1.0, 1.0), ("verse", 1.0, 0.5, 0.5)]
)
def test_lessons_that_make_no_sense(lesson):
    with pytest.raises(InputError, match=r"there is no task|makes no sense"):
        Lesson(*lesson)


def test_a_lesson_is_taught_while_it_lasts():
    lessons = (Lesson("verse", 1), Lesson("code", 1, 0.25, 0.5), Lesson("code", 1, 0.75))
    taught = {
        share: {task for task, _ in islice(drawn(begin(0, 3), lessons, 4, 3, share), 99)}
        for share in (0.0, 0.24, 0.25, 0.49, 0.5, 0.75, 1.0)
    }
    assert [share for share, tasks in taught.items() if "code" in tasks] == [0.25, 0.49, 0.75, 1.0]
    assert all("verse" in tasks for tasks in taught.values())


def test_the_books_models_have_recipes():
    assert {lesson.task for lesson in TUNINGS["chat"].lessons} == set(APPLICATIONS)
    for recipe in CHAT[1:]:  # each goes on with new conversations, more gently
        assert {lesson.task for lesson in recipe.lessons} == set(APPLICATIONS)
        assert recipe.rate < CHAT[0].rate
    assert len({recipe.seed for recipe in CHAT}) == len(CHAT)
    assert not TUNINGS["sentiment"].lessons
    assert tuning("sentiment", lora=4).rate < tuning("sentiment").rate == 0.005


def test_the_command(reader, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tune_classifier, "HELD_OUT", 5)
    command = ["finetune", "--model", str(reader), "--task", "sentiment", "--steps", "2"]
    assert main([*command, "--batch", "2", "--out", str(tmp_path / "s")]) == 0
    assert capsys.readouterr().out.startswith("held-out loss 0.")
    assert "2 of 2 reviews" in (tmp_path / "s" / "README.md").read_text("utf-8")
    assert main([*command, "--out", str(tmp_path / "s")]) == 2
    assert "exists: delete it" in capsys.readouterr().err
    command[4] = "sums"
    assert main([*command, "--out", str(tmp_path / "t")]) == 2
    assert "there is no task 'sums' to tune for" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["s"]
