import subprocess
import sys
from itertools import islice

import pytest

from llmbook.errors import InputError
from llmbook.world import NARRATORS, documents, tell
from llmbook.world.draw import SPLITS


def test_the_weights_are_parts_of_a_hundred() -> None:
    assert sum(weight for _, weight in NARRATORS.values()) == 100


@pytest.mark.parametrize("narrator", NARRATORS)
def test_the_same_seed_gives_the_same_text_in_another_process(narrator: str) -> None:
    code = (
        f"from llmbook.world import tell; print([tell({narrator!r}, 3, i).text for i in range(12)])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            encoding="utf-8", env={"PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in (1, 2)
    ]  # fmt: skip
    assert runs[0] == runs[1] == str([tell(narrator, 3, i).text for i in range(12)]) + "\n"


@pytest.mark.parametrize("narrator", NARRATORS)
def test_documents_differ_between_seeds_numbers_and_splits(narrator: str) -> None:
    texts = [
        tell(narrator, seed, number, split).text
        for seed in range(3)
        for number in range(20)
        for split in SPLITS
    ]
    assert len(set(texts)) > 0.9 * len(texts)


@pytest.mark.parametrize("narrator", NARRATORS)
def test_a_document_is_clean_text_of_a_length_that_fits(narrator: str) -> None:
    for number in range(60):
        document = tell(narrator, 4, number)
        assert document.narrator == narrator
        assert document.truth
        text = document.text
        assert 15 <= len(text) <= 900
        assert text == text.strip()
        for fault in ("  ", " .", " ,", "{", "None", "\t", " \n"):
            if narrator != "programs":
                assert fault not in text, text


def test_documents_are_mixed_and_end_where_they_should() -> None:
    assert {document.narrator for document in documents(n=150)} == set(NARRATORS)
    assert len(list(documents(n=5))) == 5
    first = [document.text for document in islice(documents(seed=1), 5)]
    assert first == [document.text for document in documents(seed=1, n=5)]
    assert {document.narrator for document in documents(n=9, narrators=["verse"])} == {"verse"}


def test_a_narrator_that_there_is_not() -> None:
    with pytest.raises(InputError, match="no narrator 'poets'"):
        documents(narrators=["poets"])
