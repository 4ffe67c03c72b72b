"""Errands: how many have several people together?  What a model can be taught to use tools with.

Explained in the chapter "Retrieval and tools" of the part "Applications".  The numbers stand in a
table that the model has never seen; ``look: Anna`` reads one of them, and ``add: 3, 5`` adds.  What
an errand needs is one call for each person, one for the sum, and a copy of the result: so its length
can be chosen, and every step can be checked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from llmbook.agent import Say, Tool
from llmbook.chat import Message
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.world.draw import Draw
from llmbook.world.lexicon import GOODS, MEN, WOMEN


@dataclass(frozen=True)
class Errand:
    """One question, and the numbers that answer it.

    Args:
        goods: What is counted.
        table: How many each of the people has, in the order in which they are named.
    """

    goods: str
    table: Mapping[str, int]

    @property
    def question(self) -> str:
        """What is asked; no number is in it."""
        *others, last = self.table
        if not others:
            return f"How many {self.goods} does {last} have?"
        return f"How many {self.goods} do {', '.join(others)} and {last} have together?"

    @property
    def answer(self) -> str:
        """The number of all."""
        return str(sum(self.table.values()))


def errand(draw: Draw, people: int) -> Errand:
    """Return an errand for some people, each with 2 to 60 things.

    Example:
        >>> asked = errand(Draw("errand", 7), people=2)
        >>> asked.question, dict(asked.table)
        ('How many pears do Peter and Lena have together?', {'Peter': 59, 'Lena': 49})
    """
    names = draw.some([*WOMEN, *MEN], people)
    goods = draw.choice(list(GOODS.values())).plural
    return Errand(goods, {name: draw.integer(2, 60) for name in names})


def tools(table: Mapping[str, int]) -> dict[str, Tool]:
    """Return what an agent may call: a look into the table, and an adding machine.

    Example:
        >>> use = tools({"Anna": 3})
        >>> use["look"]("Anna"), use["add"]("3, 5")
        ('Anna: 3', 'sum: 8')
    """

    def look(name: str) -> str:
        if name not in table:
            raise InputError(f"nobody is called {name}")
        return f"{name}: {table[name]}"

    def add(numbers: str) -> str:
        parts = numbers.split(", ")
        if not all(part.isdecimal() for part in parts):
            raise InputError(f"these are not numbers: {numbers}")
        return f"sum: {sum(map(int, parts))}"

    return {"look": look, "add": add}


def with_tools(asked: Errand) -> list[Message]:
    """Return how an errand is done with tools.

    Example:
        >>> for message in with_tools(Errand("figs", {"Ida": 2, "Ben": 40})):
        ...     print(message["role"], "|", message["content"])
        user | How many figs do Ida and Ben have together?
        assistant | look: Ida
        user | Ida: 2
        assistant | look: Ben
        user | Ben: 40
        assistant | add: 2, 40
        user | sum: 42
        assistant | 42
    """
    use, calls = tools(asked.table), [("look", name) for name in asked.table]
    if len(asked.table) > 1:
        calls.append(("add", ", ".join(map(str, asked.table.values()))))
    talk = [_says("user", asked.question)]
    for name, argument in calls:
        talk += [_says("assistant", f"{name}: {argument}"), _says("user", use[name](argument))]
    return [*talk, _says("assistant", asked.answer)]


def in_the_head(asked: Errand) -> list[Message]:
    """Return an errand whose numbers are told at once, and whose answer follows at once."""
    told = "\n".join(f"{name}: {number}" for name, number in asked.table.items())
    return [_says("user", f"{told}\n{asked.question}"), _says("assistant", asked.answer)]


def _says(role: str, text: str) -> Message:
    return {"role": role, "content": text}


def voice(lm: LanguageModel) -> Say:
    """Return a model as the voice of an agent, which says what is likeliest."""

    def say(messages: Sequence[Message]) -> str:
        return lm.chat(messages, max_tokens=40, temperature=0.0)

    return say
