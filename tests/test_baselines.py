import pytest

from llmbook.applications import ALL
from llmbook.baselines import BASELINES, counted
from llmbook.hub import LanguageModel
from llmbook.model import Config, Model
from llmbook.tasks import TASKS, Example
from llmbook.tokenizer import Tokenizer

POEMS = [
    "The owl was in the tree,\nas happy as can be.",
    "The rain fell on the hill,\nand all the world was still.",
]
CONFIG = Config(
    vocab_size=290, d_model=10, n_layers=1, n_heads=3, n_kv_heads=1, head_dim=4, d_ff=7, context=120
)


@pytest.fixture(scope="module")
def lm():
    return LanguageModel(Model.random(CONFIG, seed=0), Tokenizer.train(POEMS, 290))


def learned(task, training, lm):
    return BASELINES[task][1](TASKS[task], training, lm)


def translation(english, french=""):
    return Example("", french, "", "", {"english": english, "french": french})


def question(text, answer=""):
    return Example("", answer, "", "", {"question": text})


def reply(prompt, slot="", value=""):
    return Example(prompt, value, "", "", {"slot": slot, "value": value})


def test_every_task_has_a_baseline():
    assert BASELINES.keys() == ALL.keys()


def test_a_dictionary_is_found_in_whole_texts(lm):
    pairs = [
        ("The cat sleeps.", "Le chat dort."),
        ("The dog sleeps.", "Le chien dort."),
        ("The cat sings.", "Le chat chante."),
        ("A dog sings.", "Un chien chante."),
    ]
    answer = learned("translation", [translation(*pair) for pair in pairs], lm)
    assert (
        answer(translation("A cat sleeps, the zorp sings."), 0) == "Un chat dort, the zorp chante."
    )


def test_the_usual_answer_depends_on_the_first_word(lm):
    training = [question("Where is Ben?", " here")] + [question("Who is it?", " Ben")] * 2
    answer = learned("questions", training, lm)
    asked = ("Where is it?", "Who is there?", "Why?")
    assert [answer(question(text), 0) for text in asked] == [" here", " Ben", " Ben"]


def test_the_last_value_of_the_kind_that_is_wanted_is_repeated(lm):
    training = [
        reply("A: Come on", "day", "Monday"),
        reply("A: Come on", "day", "Friday"),
        reply("A: The", "look", "red"),
    ]
    answer = learned("dialogue", training, lm)
    said = "Ida: On Monday or Friday, the red one.\nTom: "
    assert answer(reply(f"{said}Come on"), 0) == "Friday"
    assert answer(reply(f"{said}So it is the"), 0) == "Friday"  # "the" was only seen in "The"
    assert answer(reply(f"{said}The"), 0) == "red"
    assert answer(reply("Ida: Hello.\nTom: Come on"), 0) == "monday"  # nothing was named


def test_counting_continues_what_it_has_read(lm):
    training = [Example(poem, "", "", "") for poem in POEMS]
    answer = counted(TASKS["verse"], training, lm, order=8)
    for poem in POEMS:
        first, last = poem.split("\n")
        assert answer(Example(f"{first}\n", last, "", ""), 0) == last


def test_counting_stops_where_the_model_would(lm):
    training = [Example(poem, "", "", "") for poem in POEMS]
    answer = counted(TASKS["verse"], training, lm, order=8)
    assert answer(Example("The owl", "", "", ""), 0) == " was in the tree,"
    drawn = counted(TASKS["stories"], training, lm, order=8)
    said = [drawn(Example("", "", "", ""), seed) for seed in (*range(9), 0)]
    assert said[0] == said[-1]
    assert len(set(said)) > 2
