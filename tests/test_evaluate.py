import json
from itertools import combinations
from math import sqrt

import pytest

from llmbook import asking, instruct
from llmbook.applications import APPLICATIONS
from llmbook.asking import say
from llmbook.cli import main
from llmbook.contamination import Training
from llmbook.errors import InputError
from llmbook.evaluate import choose, evaluate, table, wilson
from llmbook.hub import LanguageModel, save
from llmbook.instruct import ASSISTANT, TEMPLATE, USER
from llmbook.model import Config, Model
from llmbook.several import pass_at
from llmbook.tasks import TASKS, complete
from llmbook.tokenizer import Tokenizer
from llmbook.world import tell

END = "<|end|>"


def make(context, template=None, special=(END,)):
    texts = [tell(task.narrator, 0, i).text for task in TASKS.values() for i in range(20)]
    tokenizer = Tokenizer.train(texts, 400, special)
    config = Config(
        vocab_size=400, d_model=10, n_layers=2, n_heads=3, n_kv_heads=1, head_dim=4, d_ff=7,
        context=context,
    )  # fmt: skip
    model = Model.random(config, seed=0)
    return LanguageModel(model, tokenizer, template, {"bos_token": END, "eos_token": END}, (0,))


@pytest.fixture(scope="module")
def lm():
    return make(context=300)


@pytest.fixture
def knows(monkeypatch):
    """Let the model say what is right to every second example; return a way to ask it."""
    answers = {}

    def ask(name, example):
        answers[example.prompt] = example.answer
        return example.prompt

    def say(lm, task, prompt, seed, settings=None):
        return answers[prompt] if seed % 2 == 0 else "?"

    monkeypatch.setattr(asking, "say", say)
    return ask


# Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_literature(right, n, low, high):
    assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


def test_the_ends_of_an_interval_are_as_far_away_as_chance_goes():
    for limit in wilson(37, 41):
        assert abs(37 / 41 - limit) == pytest.approx(1.959964 * sqrt(limit * (1 - limit) / 41))
    assert wilson(29, 29)[1] == 1
    assert wilson(4, 41) == pytest.approx(tuple(1 - limit for limit in wilson(37, 41)[::-1]))


@pytest.mark.parametrize(("right", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_there_is_no_interval_without_a_score(right, n):
    with pytest.raises(ValueError, match="there is no such score"):
        wilson(right, n)


def test_a_score_is_the_share_of_what_is_right(lm, knows):
    report = evaluate(lm, n=7, searched=150, ask=knows)
    assert report.keys() == TASKS.keys()
    for task in report.values():
        assert (task["score"], task["n"]) == (4 / 7, 7)
        assert (task["low"], task["high"]) == wilson(4, 7)
        assert task["known"] == task["long"] == 0
        assert 0 <= task["baseline"]["low"] <= task["baseline"]["score"] <= 1
    kinds = report["questions"]["parts"]
    assert sum(part["n"] for part in kinds.values()) == 7
    assert report["verse"]["parts"]["rhyme"]["score"] == 4 / 7
    assert "57.1%   25.0% to 84.2%  7" in table(report, 150).split("\n")[1]


def test_an_assistant_is_examined_on_all_applications_and_given_instructions(monkeypatch):
    lm = make(300, TEMPLATE, (END, USER, ASSISTANT))
    answers = {}
    for name, task in APPLICATIONS.items():
        for i in range(60):
            if example := task.example(tell(task.narrator, 6, i, "combinations"), i):
                messages = instruct.ask(name, example)
                begun = messages[-1]["role"] == "assistant"
                answers[str(messages)] = example.answer if begun else instruct.answer(name, example)

    def say(lm, task, prompt, seed, settings=None):
        assert lm.encode(prompt)
        return answers[str(prompt)] if settings is None or seed % 3 == 0 else "?"

    monkeypatch.setattr(asking, "say", say)
    report = evaluate(lm, n=2, seed=6, searched=150, draws=3)
    assert list(report) == list(APPLICATIONS)
    assert all(task["score"] == 1 for task in report.values()), report
    code = report["code"]["parts"]
    assert (code["pass@1"]["score"], code["pass@3"]["score"]) == (pytest.approx(1 / 3), 1)
    assert "pass@1" not in report["completion"]["parts"]


@pytest.mark.parametrize(
    ("drawn", "right", "k"), [(6, 0, 2), (6, 1, 1), (6, 2, 3), (7, 5, 3), (4, 4, 4)]
)
def test_the_chance_of_several_answers_is_that_of_all_ways_to_choose_them(drawn, right, k):
    marks = [True] * right + [False] * (drawn - right)
    ways = [any(chosen) for chosen in combinations(marks, k)]
    assert pass_at(k, drawn, right) == pytest.approx(sum(ways) / len(ways))


@pytest.mark.parametrize(("drawn", "right", "k"), [(3, 2, 4), (3, 4, 1), (3, -1, 1), (3, 1, 0)])
def test_there_is_no_chance_without_answers(drawn, right, k):
    with pytest.raises(ValueError, match="there is no such chance"):
        pass_at(k, drawn, right)


def test_same_seed_same_score_and_other_seeds_other_examples(lm):
    asked = []

    def ask(name, example):
        asked.append(example.prompt)
        return complete(name, example)

    reports = [evaluate(lm, ["verse"], n=2, searched=40, seed=s, ask=ask) for s in (1, 1, 2)]
    assert reports[0] == reports[1]
    thirds = len(asked) // 3
    assert asked[:thirds] == asked[thirds : 2 * thirds]
    assert not set(asked[:thirds]) & set(asked[2 * thirds :])


def test_a_text_is_begun_by_the_token_that_begins_documents(lm):
    task = TASKS["verse"]
    ids = [0, *lm.tokenizer.encode("The cat\n")]
    tokens = []
    for _ in range(task.max_tokens):
        tokens.append(int(lm.logits(ids + tokens)[-1].argmax()))
    said = lm.tokenizer.decode(tokens).split("\n")[0]
    assert say(lm, task, "The cat\n", seed=0) == said.split(END)[0]


def test_examples_that_the_training_text_has_are_replaced(lm):
    task, training = TASKS["dialogue"], Training({})
    first = choose("dialogue", lm, training, 5, 0, "samples", complete)
    assert first.known == 0
    for number in (0, 1, 3):
        training.add(tell(task.narrator, 0, number, "samples").text)
    others = choose("dialogue", lm, training, 5, 0, "samples", complete)
    assert others.known == 3
    assert not {e.known_by for e in others.examples} & {e.known_by for e in first.examples[:2]}
    assert all(training.has(e.known_by) for e in first.examples[:2])


def test_a_story_is_known_whichever_question_stood_behind_it(lm):
    document = tell("questions", 0, 0, "samples")
    training = Training({})
    training.add(document.truth["story"]["text"] + "\n\nQuestion: Who is it?\nAnswer: not said")
    assert choose("questions", lm, training, 3, 0, "samples", complete).known == 1


def test_training_text_is_found_out(lm):
    training = Training.read(("translation",), 60)
    examples = [
        e for i in range(60) if (e := TASKS["translation"].example(tell("french", 0, i), i))
    ]
    assert sum(training.has(e.known_by) for e in examples) > 3
    assert not any(
        training.has(e.known_by)
        for e in choose("translation", lm, training, 20, 0, "combinations", complete).examples
    )


def test_what_does_not_fit_is_left_out_and_counted(lm):
    short = make(context=90)
    chosen = choose("questions", short, Training({}), 5, 0, "combinations", complete)
    assert chosen.long > 0
    for example in chosen.examples:
        assert 1 + len(short.tokenizer.encode(example.text)) <= 90
    with pytest.raises(InputError, match=r"only 0 of 120 .* do not fit in a context of 9 tokens"):
        choose("questions", make(context=9), Training({}), 1, 0, "combinations", complete)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"names": ["sums"]}, "there is no task 'sums': it has to be one of translation, "),
        ({"n": 0}, "--n has to be at least 1, not 0"),
        ({"searched": 0}, "--documents has to be at least 1, not 0"),
        ({"seed": -1}, "--seed has to be 0 or more, not -1"),
        ({"draws": -1}, "--draws has to be 0 or more, not -1"),
        ({"split": "train"}, "not examined on its training text"),
        ({"split": "half"}, "there is no split 'half'"),
    ],
)
def test_bad_settings_are_refused(lm, settings, message):
    with pytest.raises(InputError, match=message):
        evaluate(lm, **{"names": ["verse"], "n": 1, "searched": 3, **settings})


def test_the_command_prints_json_and_a_table(lm, tmp_path, capsys):
    save(lm, tmp_path / "model")
    command = ["evaluate", str(tmp_path / "model"), "--task", "translation", "--task", "verse"]
    command += ["--n", "2", "--seed", "5", "--documents", "60"]
    assert main([*command, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["model"] == str(tmp_path / "model")
    assert (printed["seed"], list(printed["tasks"])) == (5, ["translation", "verse"])
    assert printed["tasks"] == evaluate(lm, ["translation", "verse"], n=2, seed=5, searched=60)
    assert main(command) == 0
    assert capsys.readouterr().out == table(printed["tasks"], 60) + "\n"
    assert "documents of the training text:" in table(printed["tasks"], 60)
    told = table(printed["tasks"], 60, assistant=True)
    assert "training text, and in 60 that fine-tuning has asked about:" in told
    assert main([*command[:2], "--task", "sums"]) == 2
    assert capsys.readouterr().err.startswith("llmbook: there is no task 'sums'")
