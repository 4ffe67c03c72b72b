from itertools import pairwise

import pytest

from llmbook.tasks import TASKS, Example, complete
from llmbook.tokenizer import Tokenizer
from llmbook.world import tell
from llmbook.world.document import Document


def examples(name, n=60, split="combinations", seed=3):
    task = TASKS[name]
    made = (task.example(tell(task.narrator, seed, i, split), i) for i in range(n))
    return [example for example in made if example]


@pytest.fixture(scope="module", params=TASKS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def some(name):
    return examples(name)


def grade(name, example, said):
    return TASKS[name].grade(example, said)


@pytest.mark.parametrize("split", ["samples", "combinations"])
def test_what_the_document_says_is_right_in_every_way(name, split):
    found = examples(name, 40, split)
    assert len(found) > 30
    for example in found:
        assert all(grade(name, example, example.answer).values()), example


def test_to_say_nothing_is_wrong(name, some):
    assert not any(grade(name, example, "")["right"] for example in some)


def test_the_answer_to_something_else_is_mostly_wrong(name, some):
    right = [grade(name, example, other.answer)["right"] for example, other in pairwise(some)]
    assert sum(right) < 0.35 * len(right)


def test_prompt_and_answer_are_the_document(name, some):
    task = TASKS[name]
    texts = [tell(task.narrator, 3, i, "combinations").text.rstrip("\n") for i in range(60)]
    if name == "questions":  # one question stands right behind the story
        pairs = {example.known_by: example.text for example in some}
        assert all(any(text.startswith(story) for text in texts) for story in pairs)
    else:
        starts = {text[: len(example.text)] for example in some for text in texts}
        assert all(example.text in starts for example in some)


def test_tokens_of_the_prompt_begin_those_of_the_whole(name, some):
    tokenizer = Tokenizer.train((example.text for example in some), 500)
    for example in some:
        ids = tokenizer.encode(example.prompt)
        assert tokenizer.encode(example.text)[: len(ids)] == ids


def test_the_answer_does_not_stand_in_the_prompt_line(name, some):
    stop = TASKS[name].stop
    assert not any(mark in example.answer for example in some for mark in stop)


def test_a_model_that_continues_gets_the_prompt():
    example = Example("Once", " upon a time.", "Once upon a time.", "Once upon a time.")
    assert complete("stories", example) == "Once"


# --- One by one -----------------------------------------------------------------------------------

QUESTIONS = {
    "story": {"text": "Ben had a kite. He went to the mill."},
    "questions": [
        {"question": "Where is the kite?", "answer": "at the mill", "hops": 2,
         "answers": ["at the mill", "the mill"]},
        {"question": "Why did Ben go?", "answer": "not said", "hops": 1, "answers": ["not said"]},
    ],
}  # fmt: skip


@pytest.mark.parametrize("said", [" at the mill", "The mill.", " At the mill"])
def test_an_answer_has_several_right_forms(said):
    example = TASKS["questions"].example(Document("question", "", QUESTIONS), 0)
    assert grade("questions", example, said) == {"right": True, "2 facts": True}


def test_what_is_not_said_is_counted_apart():
    example = TASKS["questions"].example(Document("question", "", QUESTIONS), 1)
    assert example.prompt.endswith("the mill.\n\nQuestion: Why did Ben go?\nAnswer:")
    marks = grade("questions", example, " because of the mill")
    assert marks == {"right": False, "not said": False}


TALK = {
    "turns": [
        {"speaker": "Tom", "text": "How much are the figs?", "slot": None, "value": None},
        {"speaker": "Ida", "text": "Two coins each.", "slot": None, "value": None},
        {"speaker": "Tom", "text": "Six figs, please.", "slot": None, "value": None},
        {"speaker": "Ida", "text": "That makes twelve coins.", "slot": "total", "value": "twelve"},
    ]
}


def test_a_reply_has_to_have_the_value_and_no_contradiction():
    example = TASKS["dialogue"].example(Document("dialogue", "", TALK), 5)
    assert (example.prompt[-15:], example.answer) == ("Ida: That makes", " twelve coins.")
    assert grade("dialogue", example, " TWELVE coins.")["right"]
    assert grade("dialogue", example, " ten coins.") == {"right": False, "no contradiction": False}
    assert not grade("dialogue", example, " twelvefold profit.")["right"]


def test_a_talk_in_which_nothing_is_needed_is_no_example():
    assert (
        TASKS["dialogue"].example(Document("dialogue", "", {"turns": TALK["turns"][:3]}), 0) is None
    )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (" Ben broke the kite.", {"no contradiction"}),
        (" She zorped the floobs. She went to the mill.", {"understood"}),
        ("", {"goes on"}),
        (" Ben went to the mill.", {"goes on"}),
    ],
)
def test_a_story_goes_wrong_in_three_ways(said, wrong):
    example = Example("Anna had a red kite.", "", "", "")
    marks = grade("stories", example, said)
    assert {mark for mark, right in marks.items() if not right} == wrong | {"right"}


def test_a_story_may_go_on_in_any_way_that_fits():
    example = Example("Anna had a red kite.", "", "", "")
    assert grade("stories", example, " She went to the mill. Ben stole the kite.")["right"]


@pytest.mark.parametrize(
    ("said", "rhyme", "meter"),
    [
        ("and all the world was dark and still.", True, True),
        ("and all the world was in the tree.", False, True),
        ("and all was dark and still.", True, False),
        ("and all the world was on the hill.", False, True),  # the same word is no rhyme
        ("and all the zorps were on the hill.", False, False),
    ],
)
def test_a_line_rhymes_and_scans(said, rhyme, meter):
    example = Example("The rain came down upon the hill,\n", "", "", "")
    marks = grade("verse", example, said)
    assert marks == {"right": rhyme and meter, "rhyme": rhyme, "meter": meter}
