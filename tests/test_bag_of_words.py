import numpy as np
import pytest

from llmbook.applications import ALL
from llmbook.bag_of_words import logistic, nearest, regression
from llmbook.hub import LanguageModel
from llmbook.model import Config, Model
from llmbook.tasks import Example
from llmbook.tokenizer import Tokenizer

CONFIG = Config(
    vocab_size=257, d_model=10, n_layers=1, n_heads=3, n_kv_heads=1, head_dim=4, d_ff=7, context=12
)
LM = LanguageModel(Model.random(CONFIG, seed=0), Tokenizer.train(["text"], 257))


def learn(baseline, training):
    return baseline(ALL["sentiment"], training, LM)


def review(text, answer=""):
    return Example(f"Review: {text}\nSentiment:", answer, "", "")


def test_the_least_loss_is_found():
    generator = np.random.default_rng(0)
    rows = generator.integers(0, 2, (40, 7)).astype(float)
    signs = np.where(rows[:, 0] + generator.normal(size=40) > 0.5, 1.0, -1.0)
    weights = logistic(rows, signs)

    def loss(w):
        return np.log1p(np.exp(-signs * (rows @ w))).sum() + w @ w / 2

    for _ in range(50):
        assert loss(weights) < loss(weights + 1e-3 * generator.normal(size=7))
    assert weights.argmax() == 0


def test_words_speak_for_an_answer_wherever_they_stand():
    training = [
        review("a fine soup", " positive"),
        review("the soup was fine", " positive"),
        review("a bad soup", " negative"),
        review("the bread was bad", " negative"),
    ]
    answer = learn(regression, training)
    assert answer(review("fine bread"), 0) == " positive"
    assert answer(review("bad, bad soup"), 0) == " negative"
    assert answer(review("the soup was not fine"), 0) == " positive"  # it knows no order


def test_with_one_answer_or_none_there_is_nothing_to_learn():
    assert learn(regression, [review("fine", " positive")])(review("bad"), 0) == " positive"
    assert learn(regression, [])(review("bad"), 0) == ""


def program(signature, says, body, prompt=None):
    start = f'{signature}\n    """{says}"""\n'
    return Example(prompt or start, body, "", "", {"signature": signature, "body": body})


TRAINING = [
    program("def longest(names):", "The longest of the names.", "    return max(names, key=len)"),
    program("def total(hens, n):", "Sum of hens above n.", "    s = n\n    return sum(hens)"),
]


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (program("def sum_figs(figs, k):", "Sum of figs.", ""), "    s = k\n    return sum(figs)"),
        (
            program(
                "def sum_figs(figs, k):", "Sum of figs.", "", 'def f():\n    "Sum."\n    s = 1\n'
            ),
            "    return sum(figs)",
        ),
        (program("def most(words):", "The longest.", ""), "    return max(words, key=len)"),
    ],
)
def test_the_nearest_program_gets_the_names_of_the_arguments(example, said):
    assert learn(nearest, TRAINING)(example, 0) == said
