"""People in a line: who is number five?  One answer at once, or by way of all who stand before.

Explained in the chapter "Prompting" of the part "Applications".  To count along a line is the same
easy step over and over: take the next name and the next number.  To know at once who is the fifth
is one hard step.  So a model can be taught both ways, and what written steps are worth can be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from llmbook.chat import Message
from llmbook.world.draw import Draw
from llmbook.world.lexicon import MEN, WOMEN

LENGTH = 8  # people


@dataclass(frozen=True)
class Lineup:
    """One question about a line.

    Args:
        names: Who stands in it, from the first to the last.
        number: Who is asked for; the first is number 1.
    """

    names: Sequence[str]
    number: int

    @property
    def question(self) -> str:
        """All that is known, and what is asked."""
        return f"In line: {', '.join(self.names)}.\nWho is number {self.number}?"

    @property
    def answer(self) -> str:
        """The name that is asked for."""
        return self.names[self.number - 1]


def lineup(draw: Draw, number: int) -> Lineup:
    """Return a line of :data:`LENGTH` people, and ask for one of them.

    Example:
        >>> lineup(Draw("line", 0), number=2).answer
        'Noah'
    """
    return Lineup(draw.some([*WOMEN, *MEN], LENGTH), number)


def at_once(asked: Lineup) -> list[Message]:
    """Return a conversation in which the answer is all that is said."""
    return _talk(asked, asked.answer)


def step_by_step(asked: Lineup) -> list[Message]:
    """Return a conversation in which all up to the answer are counted.

    Example:
        >>> step_by_step(Lineup(["Ida", "Ben", "Olga"], 2))[1]["content"]
        '1 Ida, 2 Ben'
    """
    counted = (f"{i} {name}" for i, name in enumerate(asked.names[: asked.number], start=1))
    return _talk(asked, ", ".join(counted))


def last_name(said: str) -> str:
    """Return the name that an answer of either kind ends with.

    Example:
        >>> last_name("1 Ida, 2 Ben"), last_name("Ben"), last_name("")
        ('Ben', 'Ben', '')
    """
    return said.rpartition(" ")[2]


def _talk(asked: Lineup, answer: str) -> list[Message]:
    return [
        {"role": "user", "content": asked.question},
        {"role": "assistant", "content": answer},
    ]
