"""What a scene is played with: two speakers, their manners, and what has been said so far.

Explained in the chapter "data".
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from llmbook.world import dialogue_words as words
from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, MEN, WOMEN, Noun

T = TypeVar("T")
U = TypeVar("U")


class Talk:
    """A conversation in the making: who speaks, in which manner, and what has been said."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        women = draw.chance(0.5), draw.chance(0.5), draw.chance(0.5)
        names: list[str] = []
        for woman in women:
            names.append(
                draw.choice([name for name in (WOMEN if woman else MEN) if name not in names])
            )
        self.a, self.b, _ = names
        self.about(names[2], women[2])
        self.manner = {name: draw.choice(words.MANNERS) for name in names}
        self.slots: dict[str, str] = {}
        self.turns: list[dict[str, str | None]] = []
        self.pairs: list[tuple[str, str]] = []
        self.said: list[str] = []

    def about(self, name: str, woman: bool) -> None:
        """Say who is spoken of."""
        self.third, self.he = name, "she" if woman else "he"
        self.his, self.him = ("her", "her") if woman else ("his", "him")

    def pair(self, lefts: Sequence[T], rights: Sequence[U]) -> tuple[T, U]:
        """Draw a pair and remember it."""
        left, right = self.draw.pair(lefts, rights)
        self.pairs.append((str(left), str(right)))
        return left, right

    def besides(self, left: T, lefts: Sequence[T], right: object) -> T:
        """Return another one of ``lefts`` that may stand with ``right``: what is misheard."""
        return self.draw.choice(
            [other for other in lefts if other != left and not held_out(other, right)]
        )

    def beyond(self, left: object, right: T, rights: Sequence[T]) -> T:
        """Return another one of ``rights`` that may stand with ``left``."""
        return self.draw.choice(
            [other for other in rights if other != right and not held_out(left, other)]
        )

    def other(self, value: T, values: Sequence[T]) -> T:
        """Return another one of some values."""
        return self.draw.choice([option for option in values if option != value])

    def thing(self, nouns: Sequence[Noun]) -> tuple[str, str, str]:
        """Return the adjective of a thing, its noun, and another adjective, of one kind."""
        colors = list(ADJECTIVES.values())[:10]
        looks = colors if self.draw.chance(0.6) else list(ADJECTIVES.values())
        adjective, noun = self.pair(looks, nouns)
        kind = (
            colors if adjective in colors else [a for a in ADJECTIVES.values() if a not in colors]
        )
        return adjective.en, noun.en, self.besides(adjective, kind, noun).en

    def maybe(self, probability: float) -> bool:
        """Return True as often as the probability says."""
        return self.draw.chance(probability)

    def pick(self, options: str, **fields: str) -> str:
        """Return one of some alternatives, not one that was said before, with its fields filled."""
        fresh = [option for option in options.split("|") if option not in self.said]
        option = self.draw.choice(fresh or options.split("|"))
        self.said.append(option)
        fields |= {"third": self.third, "he": self.he, "his": self.his, "him": self.him}
        fields |= {"He": self.he.capitalize()}
        return option.format(**fields)

    def act(self, who: str, table: dict[str, str], probability: float = 1.0, **fields: str) -> str:
        """Return what somebody says in the own manner, or nothing, as often as not."""
        if not self.maybe(probability):
            return ""
        if "it" in fields:
            fields["It"] = capital(fields["it"])
        return self.pick(table[self.manner[who]], you=self.b if who == self.a else self.a, **fields)

    def hello(self, who: str, probability: float = 0.6) -> str:
        """Return a greeting, or nothing."""
        return self.act(who, words.HELLO, probability) if not self.turns else ""

    def chat(self) -> None:
        """Let the two speak of the weather before they come to the point."""
        remark, replies = self.draw.choice(words.REMARKS)
        self.say(self.a, self.hello(self.a), remark)
        self.say(
            self.b, self.act(self.b, words.GREET_BACK, 0.2) if self.maybe(0.5) else "", replies
        )

    def agree(self, who: str, probability: float = 1.0) -> str:
        """Return a yes, if the other has just asked for something that is granted with a yes."""
        if re.search(
            r"\b(Could|can|Can|[Ww]ould|[Ww]ill|May|Might|[Pp]lease|Shall|Is|Are|Do|Let)\b",
            self.last,
        ):
            return self.act(who, words.SURELY, probability)
        return ""

    @property
    def last(self) -> str:
        """What has been said last."""
        return str(self.turns[-1]["text"]) if self.turns else ""

    def say(self, who: str, *parts: str, slot: str | None = None, **fields: str) -> None:
        """Let somebody say some parts, each of them alternatives between ``|``."""
        you = self.b if who == self.a else self.a
        pieces = [self.pick(part, you=you, **fields) for part in parts if part]
        text = " ".join(capital(piece) for piece in pieces if piece)
        text = re.sub(r"[.!?] \"?[a-z]", lambda found: found[0].upper(), text)
        if (again := text.find(f", {you}", text.find(you) + 1)) >= 0:  # a name once a turn
            text = text[:again] + text[again + len(you) + 2 :]
        if self.manner[who] == "formal":
            for short, long in words.LONG:
                text = text.replace(short, long)
        value = self.slots[slot] if slot else None
        self.turns.append({"speaker": who, "text": text, "slot": slot, "value": value})

    def correct(self, who: str, it: str) -> None:
        """Let somebody put a mistake right."""
        self.say(who, self.act(who, words.CORRECT, it=it))


def capital(text: str) -> str:
    """Return a text with a capital letter at its start.

    Example:
        >>> capital("the red one")
        'The red one'
    """
    start = 1 if text[:1] in "\"'" else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def an(text: str) -> str:
    """Return a text with the indefinite article before it.

    Example:
        >>> an("old map")
        'an old map'
    """
    return f"{'an' if text[0] in 'aeiou' else 'a'} {text}"
