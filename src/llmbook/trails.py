"""Trails: who sends you to whom, and where you are after some steps.

Explained in the chapter "Prompting" of the part "Applications".  Each of a few people names another
one.  To follow them is the same easy step over and over: find a name, read the one beside it.  So
a model can be taught to say where a trail ends, at once or by way of all its steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from llmbook.chat import Message
from llmbook.world.draw import Draw
from llmbook.world.lexicon import MEN, WOMEN

PEOPLE = 7


@dataclass(frozen=True)
class Trail:
    """One question about where a trail leads.

    Args:
        sends: Whom each of the people names.
        start: Where the trail begins.
        steps: How many steps to follow it.
    """

    sends: Mapping[str, str]
    start: str
    steps: int

    @property
    def question(self) -> str:
        """All that is known, and what is asked."""
        known = "\n".join(f"{one}: {other}" for one, other in self.sends.items())
        return f"{known}\nStart at {self.start}, and go on {self.steps} times."

    @property
    def names(self) -> list[str]:
        """The people at which one arrives, the last of whom is the answer."""
        found = [self.start]
        for _ in range(self.steps):
            found.append(self.sends[found[-1]])
        return found[1:]


def trail(draw: Draw, steps: int) -> Trail:
    """Return a trail that visits nobody twice, among people who are named in any order.

    Example:
        >>> followed = trail(Draw("trail", 0), steps=2)
        >>> print(followed.question)
        Maya: Emma
        Tom: Maya
        Zoe: Tom
        Emma: Clara
        Noah: Vera
        Vera: Zoe
        Clara: Noah
        Start at Zoe, and go on 2 times.
        >>> followed.names
        ['Tom', 'Maya']
    """
    names = draw.some([*WOMEN, *MEN], PEOPLE)
    ring = dict(zip(names, [*names[1:], names[0]], strict=True))
    order = draw.shuffled(names)
    return Trail({name: ring[name] for name in order}, draw.choice(order), steps)


def at_once(followed: Trail) -> list[Message]:
    """Return a trail as a conversation in which only its end is said."""
    return _talk(followed, followed.names[-1])


def step_by_step(followed: Trail) -> list[Message]:
    """Return a trail as a conversation in which everybody on the way is named."""
    return _talk(followed, ", ".join(followed.names))


def _talk(followed: Trail, answer: str) -> list[Message]:
    return [
        {"role": "user", "content": followed.question},
        {"role": "assistant", "content": answer},
    ]
