"""What a sentence of a story is about: the reader's first step, from letters to items.

Explained in the chapter "data".  An item is a being, a thing, a place, goods, a mood, a verb or
another word.  The listener remembers who has been mentioned, and so whom "she" and "the baker" mean.
"""

import re
from dataclasses import dataclass, replace

from llmbook.world import reader_words as words
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, JOBS, MEN, PLACES, THINGS, WOMEN

GENDER = dict.fromkeys(WOMEN, "f") | dict.fromkeys(MEN, "m")
GOODS_OF = {form: noun.en for noun in GOODS.values() for form in (noun.en, noun.plural)}
PRONOUNS = {"she": "f", "her": "f", "hers": "f", "he": "m", "him": "m", "his": "m", "its": "n"}
POSSESSIVES = {"her", "his", "its", "my", "your"}
BODY = {
    "hands",
    "hand",
    "head",
    "way",
    "heart",
    "eyes",
    "heels",
    "foot",
    "diary",
    "arm",
    "mind",
    "side",
}
ARTICLES = {"the", "a", "an", "another"} | POSSESSIVES
MOOD_PHRASES = sorted((mood.split() for mood in words.MOOD_OF), key=len, reverse=True)


@dataclass(frozen=True)
class Item:
    """A part of a sentence.

    Args:
        kind: ``B`` being, ``T`` thing, ``P`` place, ``G`` goods, ``M`` mood, ``V`` verb, ``Q`` quote,
            ``it``, ``,`` or ``w`` for another word.
        value: Which being, thing, place, mood, base of a verb, or word.
        before: The preposition in front of it.
        form: The form of a verb, the noun behind a possessive, or how goods are counted.
        number: How many.
    """

    kind: str
    value: str
    before: str = ""
    form: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Claim:
    """Something that a text says: an event, or a fact: ``at``, ``holds``, ``owns``, ``has``.

    Args:
        kind: The kind of event or fact.
        actor: The being it is about, such as ``"Anna"`` or ``"the fox"``; ``""`` if it is not named.
        thing: Such as ``"the red kite"``.
        other: The second being; of ``at``, the one who comes there, if one does.
        place: Such as ``"mill"``.
        goods: Such as ``"plum"``.
        number: How many of the goods.
        word: The mood or the weather, or how goods are counted: ``"all"``, ``"of"``, ``"more"``.
        again: Whether it mentions what has been told: "because she had lost the kite".
    """

    kind: str
    actor: str = ""
    thing: str = ""
    other: str = ""
    place: str = ""
    goods: str = ""
    number: int | None = None
    word: str = ""
    again: bool = False


class Listener:
    """Finds the items of sentences, one after another, and remembers who has been mentioned.

    Args:
        text: The whole text, in which the one who says "I" may be named anywhere.
    """

    def __init__(self, text: str) -> None:
        self.narrator = narrator(text)
        self.jobs: dict[str, str] = {}
        self.beings: list[str] = []  # as they were mentioned, the latest last
        self.things: list[str] = []
        self.goods = ""
        self.subject = ""  # of the latest clause
        self.unknown: list[str] = []  # the words of the sentence that mean nothing to the reader
        self.hearer = ""  # who was spoken to
        self.asker = ""
        self.asked = ""  # for what
        self.place = ""  # the latest place
        self.begin(quoted=False)

    def begin(self, *, quoted: bool) -> None:
        """Get ready for a sentence, with direct speech in it or without."""
        self.unknown = []
        self.quoted = quoted
        self.begun = False  # whether the sentence has had a verb
        self.moved = ""  # the thing that is the subject of the clause
        self.hands = ""  # whose hands the sentence has mentioned
        self.other = ""  # the second being of the clause before
        self.waiting: list[Claim] = []  # facts about a subject that is still to come

    def items(self, sentence: str) -> list[Item]:
        """Find the beings, things, verbs and other words of a sentence."""
        tokens = re.findall(r"[A-Za-z]+(?:'s)?|[,;:]|\d+", sentence)
        found: list[Item] = []
        place = 0
        while place < len(tokens):
            item, place = self.item(tokens, place, found)
            if item is not None:
                last = next((i.value for i in reversed(found) if i.value not in ("the", "a")), "")
                before = last if last in words.PREPOSITIONS else ""
                item = replace(item, before=before)
                found.append(item)
                if item.kind == "B" and item.value:
                    self.beings.append(item.value)
                if item.kind == "T":
                    self.things.append(item.value)
        return found

    def item(self, tokens: list[str], place: int, found: list[Item]) -> tuple[Item | None, int]:
        """Find the item that begins at a token, and the place behind it."""
        token = tokens[place]
        low, after = token.lower(), [t.lower() for t in tokens[place + 1 : place + 5]] + [""] * 4
        bare = token.removesuffix("'s")
        if bare in GENDER:
            return self.name(tokens, place, bare, token != bare)
        if low == "i" and self.narrator and (after[0] != "tell" or after[1] != "you"):
            if after[0] == "," and after[1].capitalize() == self.narrator and after[2] == ",":
                return Item("B", self.narrator), place + 4
            return Item("B", self.narrator), place + 1
        if low == "me" and self.narrator:
            return Item("B", self.narrator), place + 1
        if low == "my" and self.narrator:
            skip = 1 if after[1] in BODY and after[0] in words.FILLERS else 0
            if after[skip] in BODY:
                return Item("B", self.narrator, form=after[skip]), place + skip + 2
        if (
            low.endswith("'s")
            and found
            and found[-1].value == "the"
            and low[:-2] in {**JOBS, **ANIMALS}
        ):
            return None, place + 1
        if low in ARTICLES and (noun := self.noun(tokens, place, found)):
            return noun
        counts = low in ("all", "both", "one") or low in words.NUMBERS or low.isdigit()
        if counts and (goods := self.counted(tokens, place)):
            return goods
        if low in GOODS_OF and low != GOODS_OF[low]:
            self.goods = GOODS_OF[low]
            return Item("G", GOODS_OF[low]), place + 1
        if low in PRONOUNS:
            skip = 1 if low in POSSESSIVES and after[1] in BODY and after[0] in words.FILLERS else 0
            body = after[skip] if low in POSSESSIVES and after[skip] in BODY else ""
            length = skip + 2 if body else 1
            near = [i.value for i in found if i.kind == "B" and i.value != self.narrator]
            near = [who for who in near if GENDER.get(who, "n") == PRONOUNS[low]]
            who = near[-1 if body else 0] if near else self.meant(PRONOUNS[low])
            return Item("B", who, form=body), place + length
        if low == "it":
            return Item("it", "it"), place + 1
        for phrase in MOOD_PHRASES:
            if [low, *after][: len(phrase)] == phrase:
                return Item("M", words.MOOD_OF[" ".join(phrase)]), place + len(phrase)
        if low in (",", ";", ":"):
            return Item(",", low), place + 1
        if low in words.WEATHER_OF:
            return Item("W", words.WEATHER_OF[low], form=low), place + 1
        if low in words.VERB_FORMS and not (
            low in ("like", "own") and found and found[-1].kind == "V"
        ):
            base = words.VERB_FORMS[low]
            return Item("V", base, form=low), place + 1
        if low not in words.FILLERS and low not in words.SCENERY and low not in words.PREPOSITIONS:
            self.unknown.append(token)
        return Item("w", low), place + 1

    def name(self, tokens: list[str], place: int, name: str, owns: bool) -> tuple[Item, int]:
        """Read a name, with what stands behind it: "Anna the baker", "Anna's red kite"."""
        after = [t.lower() for t in tokens[place + 1 : place + 5]] + [""] * 4
        if owns:
            full = self.full(after)
            if full:
                self.beings.append(name)
                thing, length = full
                return Item("T", thing, form=name), place + 1 + length
            skip = 1 if after[1] in BODY and after[0] in words.FILLERS else 0
            body = after[skip] if after[skip] in BODY else ""
            return Item("B", name, form=body), place + (skip + 2 if body else 1)
        comma = 1 if after[0] == "," else 0
        if after[comma] == "the" and after[comma + 1] in JOBS:
            closed = after[3] if comma else ","
            if closed in (",", "", ";") or not comma:
                self.jobs[after[comma + 1]] = name
                return Item("B", name), place + 3 + comma + (1 if comma and closed == "," else 0)
        return Item("B", name), place + 1

    def full(self, after: list[str]) -> tuple[str, int] | None:
        """Read a thing without its article: its adjective and noun, or its noun alone."""
        first, second = after[0], after[1]
        if first in ADJECTIVES and second.removesuffix("'s") in THINGS:
            return f"the {first} {second}", 2
        if first in THINGS:
            return self.thing(first), 1
        return None

    def thing(self, noun: str) -> str:
        """Return the full name of a thing that has been mentioned, or ``"the kite"``."""
        for known in reversed(self.things):
            if known.split()[-1] == noun:
                return known
        self.unknown.append(noun)  # which kite?
        return f"the {noun}"

    def noun(self, tokens: list[str], place: int, found: list[Item]) -> tuple[Item, int] | None:
        """Read what begins with an article or a possessive."""
        first = tokens[place].lower()
        after = [t.lower() for t in tokens[place + 1 : place + 6]] + [""] * 5
        if after[0] == "square" and after[1] not in THINGS:
            return Item("P", "square"), place + 2
        if full := self.full(after):
            return Item("T", full[0]), place + 1 + full[1]
        if after[0] in ADJECTIVES and after[1]:  # "the old baker"
            shorter = self.noun(tokens[: place + 1] + tokens[place + 2 :], place, found)
            return (shorter[0], shorter[1] + 1) if shorter else None
        bare = after[0].removesuffix("'s")
        owns = bare != after[0]
        if bare in JOBS and first in ("the", "a", "an"):
            return self.job(tokens, place, bare, owns, after)
        if bare in ANIMALS:
            body = after[1] if owns and after[1] in BODY else ""
            if owns and (full := self.full(after[1:])):
                self.beings.append(f"the {bare}")
                return Item("T", full[0], form=f"the {bare}"), place + 2 + full[1]
            return Item("B", f"the {bare}", form=body), place + (3 if body else 2)
        if after[0] in PLACES and not (after[0] == "well" and found and found[-1].kind == ","):
            return Item("P", after[0]), place + 2
        if after[0] in GOODS_OF:
            self.goods = GOODS_OF[after[0]]
            return Item("G", self.goods, number=1 if first != "the" else None), place + 2
        if first == "another" and after[0] in GOODS_OF:
            return Item("G", GOODS_OF[after[0]], number=1), place + 2
        return None

    def job(
        self, tokens: list[str], place: int, job: str, owns: bool, after: list[str]
    ) -> tuple[Item, int]:
        """Read "the baker", "the baker Anna", "a baker named Anna", "the baker's red kite"."""
        place += 2
        for skip in ([], ["whose", "name", "was"], ["named"], ["called"]):
            here = [t.lower() for t in tokens[place : place + len(skip)]]
            if here == skip and place + len(skip) < len(tokens) and not owns:
                name = tokens[place + len(skip)].removesuffix("'s")
                if name in GENDER:
                    self.jobs[job] = name
                    return Item("B", name), place + len(skip) + 1
        who = self.jobs.get(job, "")
        if not who:
            self.unknown.append(job)
        if owns and (full := self.full(after[1:])):
            self.beings.append(who)
            return Item("T", full[0], form=who), place + full[1]
        body = after[1] if owns and after[1] in BODY else ""
        return Item("B", who, form=body), place + (1 if body else 0)

    def counted(self, tokens: list[str], place: int) -> tuple[Item, int] | None:
        """Read a number of goods: "three plums", "two of them", "all five", "both pears"."""
        low = [t.lower() for t in tokens[place : place + 6]] + [""] * 6
        how = low[0] if low[0] in ("all", "both") else ""
        skip = 1 if how == "all" and (low[1] in words.NUMBERS) else 0
        number = words.NUMBERS.get(low[skip], 2 if how == "both" else None)
        if low[0].isdigit():
            number = int(low[0])
        at = skip + 1
        if low[at] == "more":
            how, at = "more", at + 1
        if low[at] == "of" and low[at + 1] in ("them", "the"):
            how = how or "of"
            at += 1 if low[at + 1] == "the" and low[at + 2] in GOODS_OF else 0
            if low[at + 1] == "them" and self.goods:
                return Item("G", self.goods, form=how, number=number), place + at + 2
            at += 1
        if low[at] in GOODS_OF:
            self.goods = GOODS_OF[low[at]]
            return Item("G", self.goods, form=how, number=number), place + at + 1
        if how in ("all", "both") and self.goods and low[at] not in ("in", "at", "on", "by"):
            return Item("G", self.goods, form=how, number=number), place + at
        return None

    def meant(self, gender: str) -> str:
        """Return whom a pronoun means: the latest subject if it fits, or the latest that does."""
        recent = self.beings[-8:]
        fitting = [
            who for who in recent
            if who != self.narrator and GENDER.get(who, "n") == gender
        ]  # fmt: skip
        if self.subject in fitting:
            return self.subject
        return fitting[-1] if fitting else ""


def narrator(text: str) -> str:
    """Return the name of the one who says "I", or ``""`` if the text does not give it.

    Example:
        >>> narrator("I went home. Write soon! Your Anna.")
        'Anna'
    """
    names = "|".join(GENDER)
    if "I " not in text and " me" not in text and "my" not in text:
        return ""
    patterns = (
        rf"\b(?:[Mm]y name is|I am|call me|[Tt]his is|[Dd]iary of|belongs to) ({names})\b",
        rf"\bI, ({names}),",
        rf"\b({names})'s diary\b",
        rf"\b({names}) is my name\b",
        rf"(?:Yours?|Love|greetings|[Ll]ove from),? ({names})\.$",
    )
    for pattern in patterns:
        if found := re.search(pattern, text):
            return found[1]
    return ""
