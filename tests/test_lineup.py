"""A line is asked about in words that tell the answer, and both lessons end with it."""

import re

import pytest

from llmbook.lineup import LENGTH, at_once, last_name, lineup, step_by_step
from llmbook.world.draw import Draw


@pytest.mark.parametrize("number", [1, 3, LENGTH])
def test_who_reads_the_question_finds_the_answer(number: int) -> None:
    for seed in range(20):
        asked = lineup(Draw("test", seed), number)
        match = re.fullmatch(r"In line: (.+)\.\nWho is number (\d)\?", asked.question)
        assert match is not None
        names = match[1].split(", ")
        assert len(set(names)) == LENGTH and asked.answer == names[int(match[2]) - 1]
        for lesson in (at_once, step_by_step):
            question, answer = lesson(asked)
            assert question["content"] == asked.question
            assert last_name(answer["content"]) == asked.answer
        assert step_by_step(asked)[1]["content"].split(", ") == [
            f"{place} {name}" for place, name in enumerate(names[:number], 1)
        ]
