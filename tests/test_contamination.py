import pytest

from llmbook.applications import APPLICATIONS
from llmbook.contamination import Training, asked_about
from llmbook.instruct import conversation, source
from llmbook.lessons import read_by
from llmbook.tasks import TASKS
from llmbook.tuning_recipes import CHAT
from llmbook.world import documents, tell


@pytest.fixture
def training():
    found = Training({})
    found.add("English: The cat sleeps.\nFrench: Le chat dort. Il rêve.")
    return found


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("English: The cat sleeps.\nFrench: Le chat dort. Il rêve.", True),
        ("english:  the cat sleeps.\n", True),  # the beginning, but for capitals and spaces
        ("English: The cat", False),
        ("French: Le chat dort. Il rêve.", False),
        ("English: The cats sleep.", False),
    ],
)
def test_a_document_is_known_by_its_beginning(training, text, there):
    assert training.has(text) == there


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Le chat dort.", True),
        ("le chat dort. il rêve.", True),
        ("Il rêve. Le chat dort.", True),  # each of the sentences
        ("French: Le chat dort. Il rêve.", True),
        ("Il rêve. Le chien dort.", False),
        ("chat", False),
        ("", False),
    ],
)
def test_sentences_are_found_wherever_they_stand(training, text, there):
    assert training.says(text) == there


def test_a_function_is_known_behind_a_comment():
    found = Training({})
    found.add('# Twice.\ndef twice(n):\n    """Double it."""\n    return 2 * n')
    assert found.has('def twice(n):\n    """Double it."""\n')
    assert not found.has('"""Double it."""\n')


def test_the_training_text_is_told_again():
    training = Training.read(tuple(TASKS), 150)
    told = list(documents("train", 0, 150))
    assert [document.text for document in told if not training.has(document.text)] == []
    assert not training.has(tell("stories", 0, 0, "samples").text)
    poems = [document.text for document in told if document.narrator == "verse"]
    assert [example.text for example in training.examples["verse"]] == poems
    assert all(len(training.examples[name]) > 2 for name in TASKS)


def test_what_an_assistant_was_asked_about_is_found_too():
    plain, training = Training.read((), 80), Training.read((), 80, assistant=True)
    texts = list(asked_about(80))
    assert len({*texts}) > 60
    assert all(map(training.has, texts))
    assert not any(map(plain.has, texts))


@pytest.mark.parametrize("recipe", CHAT, ids=["first", "second", "third"])
def test_each_run_of_the_assistant_is_searched(recipe):
    read = list(read_by(recipe, 40))
    assert len({task for task, _ in read}) > 4
    texts = {source(task, recipe.seed, number) for task, number in read}
    assert len(texts & {*asked_about(300)}) > 5


@pytest.mark.parametrize("task", APPLICATIONS)
def test_the_source_of_a_conversation_is_what_its_examples_are_known_by(task):
    for number in range(30):
        talk = conversation(task, 0, number)
        if talk is None or task == "dialogue":  # a dialogue is known by its beginning
            continue
        found = Training({})
        found.add(source(task, 0, number))
        if task == "questions":
            assert found.has(source(task, 0, number))
            assert source(task, 0, number) in talk.messages[0]["content"]
        else:
            document = tell(APPLICATIONS[task].narrator, 0, number)
            examples = [APPLICATIONS[task].example(document, i) for i in range(100)]
            assert all(found.has(example.known_by) for example in examples if example)
