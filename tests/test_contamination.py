import pytest

from llmbook.contamination import Training
from llmbook.tasks import TASKS
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


def test_the_training_text_is_told_again():
    training = Training.read(tuple(TASKS), 150)
    told = list(documents("train", 0, 150))
    assert [document.text for document in told if not training.has(document.text)] == []
    assert not training.has(tell("stories", 0, 0, "samples").text)
    poems = [document.text for document in told if document.narrator == "verse"]
    assert [example.text for example in training.examples["verse"]] == poems
    assert all(len(training.examples[name]) > 2 for name in TASKS)
