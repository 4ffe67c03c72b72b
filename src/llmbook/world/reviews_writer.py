"""The writer of a review: names the topic, praises and blames its sides, and comes to a verdict.

Explained in the chapter "data".  :mod:`llmbook.world.reviews` decides what is said in which order;
here it is put into words.  What is said may mean the opposite of the word it uses: that is a denial.
"""

import re
from collections.abc import Callable

from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, MEN, PLACES, THINGS, WOMEN
from llmbook.world.reviews_phrases import SAY, VERDICTS
from llmbook.world.reviews_words import DISHES, KINDS, SAVORY, SWEET, Aspect, Deed

# What has no plural, and therefore no "a" in front.
MASS = frozenset(
    "advice air bread cheese cloth dancing flour glass milk paint playing service trout water wool".split()  # noqa: SIM905
)
AS_MEANT = 0.68  # how often a claim uses a word that means what is meant, and no negation
PLAIN_VERDICT = (
    0.65  # how often a verdict stands alone, and not after "I would be lying if I said that"
)
NEGATED = re.compile(r"\b(not|cannot|never|no|nothing|less|hesitate|sorry|without|rather)\b")
TRAILING = re.compile(r"'s | (?:at|of|the|The|about|from|that) ")  # after which "'s" would mislead


class Review:
    """A review in the making.

    Args:
        draw: Decides everything.
        good: The verdict.

    Attributes:
        noun: The topic.
        named: Whether the text has named the topic.
        words: The evaluative words so far, in order.
        devices: What carries the verdict so far, in order.

    Example:
        >>> review = Review(Draw("review", 0), good=True)
        >>> review.claim(good=True), review.named
        ('my beautiful lantern is not at all ugly', True)
    """

    def __init__(self, draw: Draw, good: bool) -> None:
        self.draw, self.good = draw, good
        self.devices: dict[str, None] = {}
        self.words: dict[str, None] = {}
        self.said: dict[str, None] = {}  # verdicts and scenes so far
        self.named = False
        self.topic = draw.choice(list(KINDS))
        self.kind = KINDS[self.topic]
        _, self.noun = draw.pair(self.kind.words, self.kind.nouns)
        self.plural = self.topic == "meal" and self.noun.endswith("s")
        self.alive = self.topic in ("work", "animal")
        key = self.noun.replace(" ", "_")
        self.aspects = [a for a in self.kind.aspects if not a.only or key in a.only]
        self.deeds = [d for d in self.kind.deeds if not d.only or key in d.only]
        self.pronouns = ("they", "them", "their") if self.plural else ("it", "it", "its")
        self.last: Aspect | None = None
        naming: dict[str, Callable[[], str]] = {
            "shop": self._ware,
            "meal": self._dish,
            "show": self._show,
            "work": self._worker,
            "place": self._sight,
            "animal": self._pet,
        }
        self.name = naming[self.topic]()

    # --- The topic ------------------------------------------------------------------------------

    def _ware(self) -> str:
        adjective, noun = self.draw.pair(list(ADJECTIVES.values()), [THINGS[self.noun]])
        phrase = self.draw.weighted([("my {}", 3), ("this {}", 3), ("the {}", 2), *_BOUGHT])
        return phrase.format(f"{adjective} {noun}")

    def _dish(self) -> str:
        taste = DISHES[self.noun]
        fillings = (SAVORY if taste != "sweet" else ()) + (SWEET if taste != "savory" else ())
        filling, dish = self.draw.pair(fillings, [self.noun])
        return f"the {filling} {dish}" + self.draw.choice(
            (" at the inn", " at the inn", "", " of the day")
        )

    def _show(self) -> str:
        animal, thing = self.draw.pair(list(ANIMALS.values()), list(THINGS.values()))
        about = f"{animal.article} {animal} and {thing.article} {thing}"
        title = f"The {animal.en.title()} and the {thing.en.title()}"
        options = (f"the new {self.noun} about {about}", f"the {self.noun} {title}")
        return self.draw.choice((f"the {self.noun} about the {animal} and the {thing}", *options))

    def _worker(self) -> str:
        woman = self.draw.chance(0.5)
        self.pronouns = ("she", "her", "her") if woman else ("he", "him", "his")
        name = self.draw.choice(WOMEN if woman else MEN)
        return self.draw.choice(("our", "the", "the new", f"{name} the")) + f" {self.noun}"

    def _sight(self) -> str:
        return self.draw.choice(("the", "the old", "our")) + f" {self.noun}"

    def _pet(self) -> str:
        adjective = self.draw.choice(("", "", "new ", "young ", "old "))
        return (
            self.draw.choice(("our", "my", "my neighbor's", "my aunt's"))
            + f" {adjective}{self.noun}"
        )

    def say(self, key: str, **slots: str | Callable[[], str]) -> str:
        """Return one of the phrases of a key, filled."""
        return self.fill(self.draw.choice(SAY[key]), **slots)

    def fill(self, phrase: str, **slots: str | Callable[[], str]) -> str:
        """Replace what stands in braces from left to right: so the first mention names the topic."""
        while found := re.search(r"\{(\w+)\}", phrase):
            value = slots.get(found[1]) or self._slot(found[1])
            text = value if isinstance(value, str) else value()
            phrase = phrase[: found.start()] + text + phrase[found.end() :]
        return phrase

    def _slot(self, slot: str) -> str:
        if slot == "again":
            return self.draw.choice(self.kind.again)
        if slot in ("better", "worse"):
            return f"{'' if self.plural else 'a '}{slot} {self.noun}"
        if slot in ("n", "met"):
            return self.noun if slot == "n" else self.kind.met
        if slot in ("be", "was"):
            return self.be(self.plural) if slot == "be" else "were" if self.plural else "was"
        if slot == "is":
            return "are" if self.plural else "is"
        if not self.named:
            self.named = True
            return self.name
        if self.draw.chance(0.2):
            return ("our" if self.topic == "work" else "the") + f" {self.noun}"
        return self.pronouns[0] if slot == "it" else self.pronouns[1]

    def be(self, plural: bool) -> str:
        """Return the form of "be" in the tense of the review."""
        return ("were" if plural else "was") if self.kind.past else ("are" if plural else "is")

    def verb(self, aspect: Aspect) -> str:
        """Return the form of "be" of a side of the topic."""
        return self.be(aspect.plural if aspect.noun else self.plural)

    def part(self, aspect: Aspect, slot: str = "it") -> str:
        """Return a side of the topic, with the topic if that has no name yet."""
        if not aspect.noun:
            return self.fill(f"{{{slot}}}")
        if aspect.alone:
            return f"the {aspect.noun}"
        own, link = self.pronouns[2], self.kind.link
        if self.named:
            return self.draw.choice((own, "the" if link else own)) + f" {aspect.noun}"
        self.named = True
        if (
            not TRAILING.search(self.name)
            and not self.plural
            and (not link or self.draw.chance(0.5))
        ):
            return f"{self.name}'s {aspect.noun}"
        if self.topic == "place" and aspect.noun != "water":
            link = "from" if aspect.noun == "view" else PLACES[self.noun].at
        return f"the {aspect.noun} {link or 'of'} {self.name}"

    def example(self) -> str:
        """Return what one might long for: "a dull play", or "a jar with a loose lid"."""
        aspect, adjective = self.word(False)
        noun = aspect.noun or self.noun
        bare = aspect.plural or noun in MASS or (not aspect.noun and self.plural)
        part = f"{adjective} {noun}" if bare else _a(f"{adjective} {noun}")
        whole = self.noun if self.plural else _a(self.noun)
        return f"{whole} with {part}" if aspect.noun else part

    # --- What is said about it ------------------------------------------------------------------

    def word(self, good: bool, *, whole: bool = False) -> tuple[Aspect, str]:
        """Return a side of the topic, and an adjective that praises or blames it."""
        sides = self.draw.shuffled(self.aspects)
        if whole:
            sides = [a for a in sides if not a.noun]
        elif self.draw.chance(0.35):
            sides.sort(key=lambda a: a.noun != "")
        else:
            sides.sort(key=lambda a: a is self.last)
        fitting = [
            (a, w) for a in sides if (w := self.fitting(a, good)) and (self.named or not a.alone)
        ]
        if self.draw.split == "combinations":
            fitting.sort(key=lambda item: not held_out(item[1][0], self.noun))
        aspect, words = fitting[0]
        return aspect, self.take(aspect, self.draw.choice(words))

    def fitting(self, aspect: Aspect, good: bool) -> list[str]:
        """Return the adjectives for a side of the topic that this split may combine with it."""
        return self._allowed(
            [w for w in (aspect.good if good else aspect.bad) if w not in self.words]
        )

    def _allowed(self, words: list[str]) -> list[str]:
        held = [word for word in words if held_out(word, self.noun)]
        if self.draw.split == "combinations":
            return held or words
        return [word for word in words if word not in held]

    def take(self, aspect: Aspect, word: str) -> str:
        """Remember what has been said."""
        self.words[word] = None
        self.last = aspect
        return word

    def turned(self) -> bool:
        """Say whether a claim is to deny a word that means the opposite."""
        return not self.draw.chance(AS_MEANT)

    def claim(self, good: bool, *, bare: bool = True) -> str:
        """Return a clause that praises or blames one side of the topic.

        Args:
            good: What it means.
            bare: Whether it may follow "although".
        """
        turned = self.turned()
        if self.draw.chance(0.22) and (deed := self.deed(good != turned)):
            return self._told("omission" if turned else "deed", bare, deed=deed)
        aspect, adjective = self.word(good != turned)
        if self.draw.chance(0.2) and (more := self.fitting(aspect, good != turned)):
            joint = " nor " if turned else " and "
            adjective += joint + self.take(aspect, self.draw.choice(more))
            if turned:
                self.devices["negation"] = None
                return f"{self.part(aspect)} {self.verb(aspect)} neither {adjective}"
        return self._told("denial" if turned else "claim", bare, aspect=aspect, adjective=adjective)

    def _told(
        self,
        key: str,
        bare: bool,
        *,
        deed: Deed | None = None,
        aspect: Aspect | None = None,
        adjective: str = "",
    ) -> str:
        if key in ("denial", "omission"):
            self.devices["negation"] = None
        phrase = self.draw.choice(SAY[f"bare {key}"] + (() if bare else SAY[key]))
        if deed is not None:
            span = self.draw.choice(self.kind.span)
            return self.fill(phrase, base=deed.base, past=deed.past, span=span)
        assert aspect is not None
        be = self.verb(aspect)
        there = "is" if be in ("is", "are") else "was"
        subject, thing = (lambda: self.part(aspect)), (lambda: self.part(aspect, "obj"))
        return self.fill(phrase, s=subject, o=thing, be=be, a=adjective, there=there)

    def deed(self, good: bool) -> Deed | None:
        """Return something that the topic does, if there is more to tell."""
        deeds = {d.base: d for d in self.deeds if d.good == good and d.base not in self.words}
        allowed = self._allowed(list(deeds))
        if not allowed:
            return None
        base = self.draw.choice(allowed)
        self.words[base] = None
        return deeds[base]

    def verdict(self) -> str:
        """Return the verdict, sometimes as the denial of its contrary."""
        options = [
            v for v in VERDICTS if not (v.inanimate and self.alive) and v.good not in self.said
        ]
        if self.draw.chance(PLAIN_VERDICT):
            verdict = self.draw.choice(options)
            self.said[verdict.good] = None
            return self.fill(verdict.good if self.good else verdict.bad)
        denied = self.draw.chance(0.5)
        texts = [v.bad if self.good == denied else v.good for v in options if not v.closed]
        if denied:
            self.devices["denial"] = None
            texts = [text for text in texts if not NEGATED.search(text)]  # one denial is enough
        return self.say("deny" if denied else "affirm", v=self.draw.choice(texts))

    def scene(self) -> str:
        """Return what came of it."""
        scene = self.draw.choice([s for s in self.kind.scenes[self.good] if s not in self.said])
        self.said[scene] = None
        return self.fill(scene)

    def end(self, *, scenes: bool = True) -> str:
        """Return the verdict, a claim, or what came of it."""
        shape = self.draw.weighted([("verdict", 3), ("claim", 3), ("scene", 1.5 if scenes else 0)])
        if shape == "claim":
            return self.claim(self.good, bare=False)
        return self.verdict() if shape == "verdict" else self.scene()

    def maybe_end(self, probability: float = 0.5) -> list[str]:
        """Return a last sentence, or none."""
        return [self.end()] if self.draw.chance(probability) else []

    def joined(self, first: str, second: str) -> list[str]:
        """Return two sentences, or one with a colon."""
        return [f"{first}: {second}"] if self.draw.chance(0.4) else [first, second]


_BOUGHT = (
    ("the {} from the shop", 0.75),
    ("the {} that I bought in spring", 0.75),
    ("the {} that my godfather gave me", 0.75),
    ("the {} from the market", 0.75),
)


def _a(phrase: str) -> str:
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"
