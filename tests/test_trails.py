"""A trail leads where its own text says, and both lessons end at the same place."""

import re

import pytest

from llmbook.trails import PEOPLE, at_once, step_by_step, trail
from llmbook.world.draw import Draw


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_who_reads_the_question_arrives_where_the_answer_says(steps: int) -> None:
    for number in range(30):
        followed = trail(Draw("test", number), steps)
        sends = dict(re.findall(r"^(\w+): (\w+)$", followed.question, re.MULTILINE))
        here, times = re.findall(r"Start at (\w+), and go on (\d) times\.", followed.question)[0]
        assert len(sends) == PEOPLE and int(times) == steps
        passed = []
        for _ in range(steps):
            here = sends[here]
            passed.append(here)
        assert passed == followed.names and len({*passed, followed.start}) == steps + 1
        assert at_once(followed)[1]["content"] == passed[-1]
        assert step_by_step(followed)[1]["content"] == ", ".join(passed)
        assert at_once(followed)[0] == step_by_step(followed)[0]


def test_the_order_of_the_lines_tells_nothing() -> None:
    trails = [trail(Draw("test", number), 1) for number in range(50)]
    places = [list(t.sends).index(t.names[0]) - list(t.sends).index(t.start) for t in trails]
    assert len(set(places)) > 6
