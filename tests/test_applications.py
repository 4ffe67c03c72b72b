"""What an assistant is asked to do: what the valley says is right, and what is not is wrong."""

from dataclasses import replace
from itertools import count, islice, pairwise

import pytest

from llmbook.applications import ALL, APPLICATIONS
from llmbook.hub import load
from llmbook.instruct import answer
from llmbook.tasks import TASKS, Example
from llmbook.world import tell
from llmbook.world.document import Document

NEW = [name for name in APPLICATIONS if name not in TASKS]


def examples(name, n, split="combinations", seed=3):
    task = ALL[name]
    made = (task.example(tell(task.narrator, seed, i, split), i) for i in count())
    return list(islice((example for example in made if example), n))


@pytest.fixture(scope="module", params=NEW)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def some(name):
    return examples(name, 12)


def grade(name, example, said):
    return ALL[name].grade(example, said)


def test_the_five_tasks_are_asked_of_an_assistant_too():
    for name, task in TASKS.items():
        assert replace(APPLICATIONS[name], settings=task.settings) == task
        assert ALL[name] is task  # as a text to continue
    assert ALL.keys() == APPLICATIONS.keys()


def test_what_the_document_says_is_right_in_every_way(name, some):
    for example in some:
        assert all(grade(name, example, example.answer).values()), example


@pytest.mark.parametrize("name", ALL)
def test_there_is_room_for_the_right_answer(name):
    tokenizer = load("valley-base").tokenizer
    for example in examples(name, 12):
        said = tokenizer.encode(answer(name, example))
        assert len(said) + 1 <= ALL[name].max_tokens, example  # and for the token that ends it


def test_to_say_nothing_is_wrong(name, some):
    assert not any(grade(name, example, "")["right"] for example in some[:4])


def test_the_answer_to_something_else_is_mostly_wrong(name, some):
    pairs = list(pairwise(examples("sentiment", 60) if name == "sentiment" else some))
    right = sum(grade(name, example, other.answer)["right"] for example, other in pairs)
    assert right <= (0.65 if name == "sentiment" else 0.35) * len(pairs)


def test_a_document_is_known_by_its_beginning(name):
    task = ALL[name]
    for i in range(30):
        document = tell(task.narrator, 3, i, "samples")
        example = task.example(document, i)
        if example and not document.text.startswith(
            "#"
        ):  # a comment may stand in front of a program
            assert document.text.startswith(example.known_by.rstrip("\n"))


# --- One by one -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "right"), [(" Negative.", True), ("positive", False)])
def test_a_verdict_is_counted_by_what_carries_it(said, right):
    truth = {"sentiment": "negative", "devices": ["irony", "negation"]}
    example = ALL["sentiment"].example(Document("reviews", "Whoever likes rain.", truth), 0)
    assert grade("sentiment", example, said) == {"right": right, "irony": right}


STORY = "Ben the smith was at the mill. Anna came to the mill and gave him three of her five figs."
TRUTH = {
    "start": {"Ben": "mill", "Anna": "hut"},
    "events": ["go Anna mill", "share Anna Ben 3 fig"],
    "facts": {"at": {"Ben": "mill", "Anna": "mill"}},
}


@pytest.fixture
def report():
    return ALL["content"].example(Document("stories", STORY, TRUTH), 0)


def test_facts_are_all_that_the_text_says(report):
    notes = ["Ben: smith", "Ben: mill", "go: Anna, mill", "share: Anna, Ben, 3 fig"]
    assert report.facts["notes"] == notes


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Ben the smith was at the mill. Anna came to the mill.", "nothing omitted"),
        ("Ben was at the mill. Anna came to the mill. She gave him three figs.", "nothing omitted"),
        (STORY.replace("the smith", "the baker"), "nothing invented"),
        (f"{STORY} Ben was happy.", "nothing invented"),
        (f"{STORY} The zorps floobed.", "nothing invented"),
        (STORY.replace("was at the mill", "was in the hut"), "nothing invented"),
        ("- " + "\n- ".join(["Ben: smith", "go: Anna, mill"]), "nothing omitted"),  # no text at all
    ],
)
def test_a_text_omits_and_invents(report, said, wrong):
    marks = grade("content", report, said)
    assert not marks["right"] and not marks[wrong]


@pytest.mark.parametrize(
    "text",
    ["I met Ben.", "Ben met the smith.", "Dear uncle, Ben met Anna."],
)
def test_what_no_note_could_say_is_no_example(text):
    truth = {"start": {}, "events": ["meet Ben Anna", "feel Ben sad"], "facts": {}}
    assert ALL["content"].example(Document("stories", text, truth), 0) is None


PROGRAM = {
    "signature": "def add(n):",
    "docstring": "Return n plus 3.",
    "says": ["Return n plus 3.", "Add 3 to n."],
    "body": "    n = n + 3\n    return n",
    "tests": ["assert add(4) == 7", "assert add(0) == 3"],
}
DOCUMENT = Document("programs", "", PROGRAM)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("    return n + 3", True),
        ("def add(n):\n    return 3 + n", True),
        ("    return n + 4", False),
        ("    return 7", False),
        ("    return n +", False),
        ("    open('x', 'w')\n    return n + 3", False),
    ],
)
def test_a_program_is_run(said, right):
    assert grade("code", ALL["code"].example(DOCUMENT, 0), said) == {"right": right}


def test_a_function_that_has_begun():
    example = ALL["completion"].example(DOCUMENT, 5)
    assert example.prompt == 'def add(n):\n    """Return n plus 3."""\n    n = n + 3\n'
    assert example.answer == "    return n"
    assert grade("completion", example, "    return (n)") == {"right": True}
    one_line = Document("programs", "", PROGRAM | {"body": "    return n + 3"})
    assert ALL["completion"].example(one_line, 0) is None


def test_each_docstring_of_a_specification_is_right_and_no_other():
    example = ALL["documentation"].example(DOCUMENT, 0)
    assert "plus 3" not in example.prompt
    assert grade("documentation", example, "Add 3 to n.")["right"]
    assert not grade("documentation", example, "Add 4 to n.")["right"]


RAIN = "The rain came down upon the hill,\nand all the world was dark and still."


def test_a_couplet_is_on_a_theme_or_has_a_rhyme():
    theme, rhyme = (
        ALL["couplets"].example(Document("verse", f"{RAIN}\nIt", {}), i) for i in (0, 1)
    )
    assert (theme.prompt, rhyme.prompt) == ("Theme: rain\n", "Rhyme: hill\n")
    assert theme.answer == RAIN == rhyme.known_by


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (RAIN.replace("rain", "snow"), {"as asked"}),
        (RAIN.replace("still", "gray"), {"rhyme"}),
        (RAIN.replace("the world ", ""), {"meter"}),
        (RAIN.partition("\n")[0], {"rhyme", "meter"}),
        (f"{RAIN}\n{RAIN}", {"rhyme", "meter"}),
    ],
)
def test_a_couplet_goes_wrong_in_three_ways(said, wrong):
    example = Example("", RAIN, "", "", {"kind": "theme", "word": "rain"})
    assert all(grade("couplets", example, RAIN).values())
    marks = grade("couplets", example, said)
    assert {mark for mark, right in marks.items() if not right} == wrong | {"right"}
