import gzip

import numpy as np
import pytest

from llmbook.compress import bits_per_byte, compressed, ngram_bits_per_byte, surprisals
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.model import Config, Model
from llmbook.ngram import NGram
from llmbook.sampling import probabilities
from llmbook.tokenizer import Tokenizer

TEXTS = ["the cat sat on the mat", "the naïve rat"]
CONFIG = Config(
    vocab_size=263, d_model=10, n_layers=2, n_heads=3, n_kv_heads=1, head_dim=4, d_ff=7, context=8
)


@pytest.fixture(scope="module")
def lm():
    tokenizer = Tokenizer.train(TEXTS, 263, ["<|end|>"])
    model = Model.random(CONFIG, seed=0)
    model.embedding[:] *= 40  # else all tokens would be about equally likely
    return LanguageModel(model, tokenizer, stop_ids=(0,))


def test_a_token_costs_what_the_model_says(lm):
    ids = [0, 17, 201, 5, 17]
    logits = lm.logits(ids)
    expected = [-np.log2(probabilities(logits[i])[ids[i + 1]]) for i in range(4)]
    assert surprisals(lm, ids) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(("overlap", "step"), [(0, 8), (0.5, 4), (0.75, 2), (0.99, 1)])
def test_each_token_is_predicted_once_and_from_enough(lm, overlap, step):
    ids = np.random.default_rng(0).integers(263, size=30).tolist()
    found = surprisals(lm, ids, overlap)
    assert len(found) == 29
    for i in range(29):
        # The window in which token i + 1 is predicted ends with it, or a few tokens later.
        stop = 8 if i < 8 else min(29, 8 + step * -(-(i + 1 - 8) // step))
        start = max(0, stop - 8) if overlap or stop < 29 else 24
        if not overlap:
            continue  # the last window is longer than the step; see the next test
        p = probabilities(lm.logits(ids[start : i + 1])[-1])[ids[i + 1]]
        assert found[i] == pytest.approx(-np.log2(p), rel=1e-3)


def test_more_of_the_text_is_read_with_more_overlap(lm):
    ids = [0, *([7, 200, 45] * 12)]
    exact = [
        -np.log2(probabilities(lm.logits(ids[max(0, i - 7) : i + 1])[-1])[ids[i + 1]])
        for i in range(36)
    ]
    errors = [np.abs(surprisals(lm, ids, overlap) - exact).max() for overlap in (0, 0.99)]
    assert errors[1] < 1e-3 < errors[0]


def test_texts_are_read_apart_and_their_ends_are_paid_for(lm):
    bits = [surprisals(lm, [0, *lm.tokenizer.encode(text), 0]).sum() for text in TEXTS]
    size = sum(len(text.encode()) for text in TEXTS)
    assert bits_per_byte(lm, TEXTS) == pytest.approx(sum(bits) / size, rel=1e-5)


def test_a_model_that_knows_nothing_pays_for_every_choice(lm):
    model = Model(CONFIG, {name: np.zeros(shape) for name, shape in CONFIG.shapes.items()})
    blank = LanguageModel(model, lm.tokenizer)
    n = len(lm.tokenizer.encode(TEXTS[0])) - 1  # without an end token, the first is given
    assert bits_per_byte(blank, TEXTS[:1]) == pytest.approx(n * np.log2(263) / len(TEXTS[0]))


def test_a_primer_is_read_and_not_paid_for():
    data = b"".join(text.encode() + b"\0" for text in TEXTS)
    size = sum(len(text.encode()) for text in TEXTS)
    assert compressed("gzip", TEXTS) == 8 * (len(gzip.compress(data, 9, mtime=0)) - 20) / size
    for name in ("gzip", "xz"):
        assert compressed(name, TEXTS, primer=TEXTS) < 0.6 * compressed(name, TEXTS)


def test_gzip_forgets_and_xz_remembers():
    noise = np.random.default_rng(0).integers(33, 127, size=(2, 50_000)).astype(np.uint8)
    one, other = (row.tobytes().decode() for row in noise)
    assert compressed("xz", [one], primer=[one, other]) < 0.1
    assert compressed("gzip", [one], primer=[one, other]) > 6


def test_an_ngram_model_is_asked_the_same(lm):
    end = lm.tokenizer.vocab_size
    primer, text = ([end, *lm.tokenizer.encode(text), end] for text in TEXTS)
    model = NGram(order=3).fit(primer, vocabulary=range(end + 1))
    bits = sum(model.surprisals(text)[1:])
    found = ngram_bits_per_byte(TEXTS[1:], TEXTS[:1], lm.tokenizer, order=3)
    assert found == pytest.approx(bits / len(TEXTS[1].encode()))


@pytest.mark.parametrize("texts", [[], [""]])
def test_there_has_to_be_a_text(lm, texts):
    for measure in (
        lambda: bits_per_byte(lm, texts),
        lambda: compressed("xz", texts),
        lambda: ngram_bits_per_byte(texts, TEXTS, lm.tokenizer),
    ):
        with pytest.raises(InputError, match="no text"):
            measure()


def test_windows_have_to_move_on(lm):
    with pytest.raises(InputError, match="not 1"):
        surprisals(lm, [0, 1, 2], overlap=1)
