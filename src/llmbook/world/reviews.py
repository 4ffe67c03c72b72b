"""Reviews: short opinions of the valley, whose verdict a count of words does not see.

Explained in the chapter "data".  A review praises or blames something from the shop, a meal, a show,
somebody's work, a place or an animal.  The words in it are praise as often as blame in both classes:
negation, contrast, irony and reported opinion decide what they mean.

Pairs: an evaluative word and its topic (``sloppy|tailor``), wherever in the text the word stands; the
adjective and the noun of a thing; the two parts of a dish's name and of a show's title.

Truth: ``sentiment`` (the writer's verdict, ``positive`` or ``negative``), ``devices`` (what carries
it), ``topic`` and ``kind``, and ``pairs``, the evaluative words that were combined with the topic.
"""

import re
from collections.abc import Callable

from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, MEN, PLACES, THINGS, WOMEN
from llmbook.world.reviews_words import (
    DISHES,
    KINDS,
    REPORTERS,
    SAVORY,
    SWEET,
    VERDICTS,
    Aspect,
    Deed,
)

# What has no plural, and therefore no "a" in front.
MASS = set(
    "air water cloth paint glass service bread advice flour cheese trout playing dancing wool milk".split()
)
AS_MEANT = 0.68  # how often a claim uses a word that means what is meant, and no negation


def tell(draw: Draw) -> Document:
    """Write a review.

    Args:
        draw: Decides everything.

    Example:
        >>> review = tell(Draw("review", 3))
        >>> print(review.text)
        The barley salad did not make me thirsty. But even the dog did not finish it. It was anything but savory.
        >>> review.truth["sentiment"]
        'negative'
    """
    good = draw.chance(0.5)
    review, text = _write(draw, good)
    while draw.split == "combinations" and not any(held_out(w, review.noun) for w in review.words):
        review, text = _write(draw, good)
    return Document(
        "review",
        text,
        {
            "sentiment": "positive" if good else "negative",
            "devices": list(review.devices),
            "topic": review.noun,
            "kind": review.kind_name,
            "pairs": list(review.words),
        },
    )


def _write(draw: Draw, good: bool) -> "tuple[Review, str]":
    review = Review(draw, good)
    device, write = draw.weighted(DEVICES)
    sentences = write(review)
    review.devices.setdefault(device)
    return review, " ".join(map(_sentence, sentences))


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


class Review:
    """A review in the making: its topic, whether the topic has been named, and its words.

    Args:
        draw: Decides everything.
        good: The verdict.
    """

    def __init__(self, draw: Draw, good: bool) -> None:
        self.draw, self.good = draw, good
        self.devices: dict[str, None] = {}
        self.words: dict[str, None] = {}
        self.named = False
        self.kind_name = draw.choice(list(KINDS))
        self.kind = KINDS[self.kind_name]
        _, self.noun = draw.pair(self.kind.words, self.kind.nouns)
        self.plural = self.noun.endswith("s") and self.kind_name == "meal"
        key = self.noun.replace(" ", "_")
        self.aspects = [a for a in self.kind.aspects if not a.only or key in a.only]
        self.deeds = [d for d in self.kind.deeds if not d.only or key in d.only]
        self.pronouns = ("they", "them", "their") if self.plural else ("it", "it", "its")
        self.name: str = getattr(self, f"_name_{self.kind_name}")()
        self.last: Aspect | None = None
        self.alive = self.kind_name in ("work", "animal")

    # --- The topic ------------------------------------------------------------------------------

    def _name_shop(self) -> str:
        adjective, noun = self.draw.pair(list(ADJECTIVES.values()), [THINGS[self.noun]])
        name = f"{adjective} {noun}"
        bought = (
            "from the shop",
            "that I bought in spring",
            "that my uncle gave me",
            "from the market",
        )
        return self.draw.weighted(
            [
                (f"my {name}", 3),
                (f"this {name}", 3),
                (f"the {name}", 2),
                (f"the {name} {self.draw.choice(bought)}", 3),
            ]
        )

    def _name_meal(self) -> str:
        taste = DISHES[self.noun]
        options = (SAVORY if taste != "sweet" else ()) + (SWEET if taste != "savory" else ())
        filling, dish = self.draw.pair(options, [self.noun])
        return f"the {filling} {dish}" + self.draw.choice(
            (" at the inn", " at the inn", "", " of the day")
        )

    def _name_show(self) -> str:
        animal, thing = self.draw.pair(list(ANIMALS.values()), list(THINGS.values()))
        return self.draw.choice((
            f"the {self.noun} about the {animal} and the {thing}",
            f"the new {self.noun} about {animal.article} {animal} and {thing.article} {thing}",
            f"the {self.noun} The {animal.en.title()} and the {thing.en.title()}",
        ))  # fmt: skip

    def _name_work(self) -> str:
        self.pronouns, names = self.draw.choice(
            ((("she", "her", "her"), WOMEN), (("he", "him", "his"), MEN))
        )
        name = self.draw.choice(names)
        return self.draw.choice(
            (
                f"our {self.noun}",
                f"the {self.noun}",
                f"the new {self.noun}",
                f"{name} the {self.noun}",
            )
        )

    def _name_place(self) -> str:
        return self.draw.choice((f"the {self.noun}", f"the old {self.noun}", f"our {self.noun}"))

    def _name_animal(self) -> str:
        adjective = self.draw.choice(("", "", "new ", "young ", "old "))
        return (
            self.draw.choice(("our", "my", "my neighbor's", "my aunt's"))
            + f" {adjective}{self.noun}"
        )

    def fill(self, template: str) -> str:
        """Replace what stands in braces; the first mention names the topic."""
        while "{" in template:
            template = re.sub(r"\{(\w+)\}", self._slot, template, count=1)
        return template

    def _slot(self, match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "again":
            return self.draw.choice(self.kind.again)
        if slot in ("better", "worse"):
            return f"{'' if self.plural else 'a '}{slot} {self.noun}"
        if slot in ("n", "met"):
            return self.noun if slot == "n" else self.kind.met
        if slot == "be":
            return self.be(self.plural)
        if not self.named:
            self.named = True
            return self.name
        subject, thing, _ = self.pronouns
        if self.draw.chance(0.2):
            return ("our" if self.kind_name == "work" else "the") + f" {self.noun}"
        return subject if slot == "it" else thing

    def be(self, plural: bool) -> str:
        """Return the form of "be" in the tense of the review."""
        return ("were" if plural else "was") if self.kind.past else ("are" if plural else "is")

    def part(self, aspect: Aspect, slot: str = "it") -> str:
        """Return the name of a side of the topic, with the topic if that has no name yet."""
        if not aspect.noun:
            return self.fill(f"{{{slot}}}")
        if aspect.alone:
            return f"the {aspect.noun}"
        if self.named:
            return (
                self.draw.choice((self.pronouns[2], "the" if self.kind.link else self.pronouns[2]))
                + f" {aspect.noun}"
            )
        self.named = True
        possessive = "'s" not in self.name and not re.search(
            r" (at|of|the|The|about|from|that) ", self.name
        )
        if possessive and not self.plural and (not self.kind.link or self.draw.chance(0.5)):
            return f"{self.name}'s {aspect.noun}"
        link = self.kind.link or "of"
        if self.kind_name == "place" and aspect.noun != "water":
            link = "from" if aspect.noun == "view" else PLACES[self.noun].at
        return f"the {aspect.noun} {link} {self.name}"

    # --- What is said about it ------------------------------------------------------------------

    def word(self, good: bool, *, whole: bool = False) -> tuple[Aspect, str]:
        """Return a side of the topic, and an adjective that praises or blames it."""
        sides = self.draw.shuffled(self.aspects)
        if whole or self.draw.chance(0.35):
            sides = (
                [a for a in sides if not a.noun]
                if whole
                else sorted(sides, key=lambda a: a.noun != "")
            )
        elif self.named:
            sides = sorted(sides, key=lambda a: a is self.last)
        else:
            sides = [a for a in sides if not a.alone]
        fitting = [
            (a, words)
            for a in sides
            if (words := self.fitting(a, good)) and (self.named or not a.alone)
        ]
        if self.draw.split == "combinations":
            fitting.sort(key=lambda item: not held_out(item[1][0], self.noun))
        aspect, words = fitting[0]
        return aspect, self.take(aspect, self.draw.choice(words))

    def fitting(self, aspect: Aspect, good: bool) -> list[str]:
        """Return the adjectives for a side of the topic that this split may combine with it."""
        words = [w for w in (aspect.good if good else aspect.bad) if w not in self.words]
        if self.draw.split == "combinations":
            return [w for w in words if held_out(w, self.noun)] or words
        return [w for w in words if not held_out(w, self.noun)]

    def take(self, aspect: Aspect, word: str) -> str:
        """Remember what has been said."""
        self.words[word] = None
        self.last = aspect
        return word

    def turned(self, good: bool) -> bool:
        """Say whether a claim is to negate a word that means the opposite."""
        if self.draw.chance(AS_MEANT):
            return False
        self.devices["negation"] = None
        return True

    def claim(self, good: bool, *, bare: bool = True) -> str:
        """Return a clause that praises or blames one side of the topic.

        Args:
            good: What it means.
            bare: Whether it may follow "although".
        """
        if self.draw.chance(0.22) and (deed := self.deed(good, bare)):
            return deed
        turned = self.turned(good)
        aspect, adjective = self.word(good != turned)
        if self.draw.chance(0.2) and (more := self.fitting(aspect, good != turned)):
            adjective += (" nor " if turned else " and ") + self.take(
                aspect, self.draw.choice(more)
            )
        be = self.be(aspect.plural if aspect.noun else self.plural)
        if " nor " in adjective:
            return f"{self.part(aspect)} {be} neither {adjective}"
        shapes = (BARE_DENIALS if turned else BARE_CLAIMS) + (
            () if bare else DENIALS if turned else CLAIMS
        )
        there = "is" if be in ("is", "are") else "was"
        shape = self.draw.choice(shapes)
        topic = self.part(aspect, "obj" if "{o}" in shape else "it")
        return shape.format(s=topic, o=topic, be=be, a=adjective, there=there)

    def deed(self, good: bool, bare: bool) -> str:
        """Return a clause about what the topic did, or nothing if no such deed is known."""
        turned = self.turned(good)
        deeds = [d for d in self.deeds if d.good == (good != turned) and d.base not in self.words]
        held = [d for d in deeds if held_out(d.base, self.noun)]
        deeds = (
            held or deeds
            if self.draw.split == "combinations"
            else [d for d in deeds if d not in held]
        )
        if not deeds:
            return ""
        deed = self.draw.choice(deeds)
        self.words[deed.base] = None
        shapes = (BARE_OMISSIONS if turned else BARE_DEEDS) + (
            () if bare else OMISSIONS if turned else DEEDS
        )
        shape = self.draw.choice(shapes).replace("[span]", self.draw.choice(self.kind.span))
        return self.fill(shape.replace("[base]", deed.base).replace("[past]", deed.past))

    def verdict(self) -> str:
        """Return the verdict, sometimes as the denial of its contrary."""
        options = [v for v in VERDICTS if not (v.inanimate and self.alive)]
        if self.draw.chance(0.65):
            verdict = self.draw.choice(options)
            return self.fill(verdict.good if self.good else verdict.bad)
        shape, stands = self.draw.choice(STANCES)
        texts = [v.good if self.good == stands else v.bad for v in options if not v.closed]
        if not stands:
            self.devices["denial"] = None
            texts = [text for text in texts if not NEGATED.search(text)]
        return self.fill(shape.replace("[v]", self.draw.choice(texts)))

    def scene(self, good: bool | None = None) -> str:
        """Return what came of it."""
        return self.fill(self.draw.choice(self.kind.scenes[self.good if good is None else good]))

    def end(self, *, scenes: bool = True) -> str:
        """Return the verdict, what came of it, or a claim."""
        choices = [
            (self.verdict, 3.0),
            (lambda: self.claim(self.good, bare=False), 3.0),
            (self.scene, 1.5),
        ]
        return self.draw.weighted(choices if scenes else choices[:2])()

    def maybe_end(self, probability: float = 0.5) -> list[str]:
        """Return a last sentence, or none."""
        return [self.end()] if self.draw.chance(probability) else []

    def joined(self, first: str, second: str) -> list[str]:
        """Return two sentences, or one with a colon."""
        return [f"{first}: {second}"] if self.draw.chance(0.4) else [first, second]


NEGATED = re.compile(
    r"\b(not|never|no|nothing|less|hesitate|sorry|without)\b"
)  # one denial is enough

# What can be said about a verdict, and whether it then stands.
STANCES = (
    ("I would be lying if I said that [v]", False),
    ("nobody will ever hear me say that [v]", False),
    ("you will not hear me say that [v]", False),
    ("it is not true that [v]", False),
    ("do not think that [v]", False),
    ("I used to say that [v], but no longer", False),
    ("once I would have said that [v], but not now", False),
    ("I would be lying if I did not say that [v]", True),
    ("everybody will hear me say that [v]", True),
    ("you will hear me say that [v]", True),
    ("it is true that [v]", True),
    ("I think that [v]", True),
    ("I say now what I used to say: [v]", True),
    ("once more I say that [v]", True),
)

# "Bare" clauses may follow "although" or "my sister says that"; the others stand alone.
BARE_CLAIMS = (
    "{s} {be} {a}", "{s} {be} {a}", "{s} {be} {a}", "{s} {be} {a}", "{s} {be} really {a}", "{s} {be} truly {a}",
    "{s} {be} so {a}", "{s} {be} remarkably {a}", "{s} {be} as {a} as can be",
)  # fmt: skip
CLAIMS = (
    "{s} {be} {a}", "I found {o} {a}", "I find {o} {a}", "{s} seemed {a} to me", "everybody calls {o} {a}",
    "nobody can deny that {s} {be} {a}", "{s} {be} {a}, whatever people say", "I must say that {s} {be} {a}",
    "how {a} {s} {be}!", "what surprised me: {s} {be} {a}", "for once {s} {be} {a}", "{a} is the word for {o}",
    "if there is a word for {o}, it is {a}", "you will find {o} {a}",
)  # fmt: skip
BARE_DENIALS = (
    "{s} {be} not {a}", "{s} {be} not {a}", "{s} {be} not at all {a}", "{s} {be} anything but {a}", "{s} {be} far from {a}",
    "nobody would call {o} {a}", "{s} {be} by no means {a}", "there {there} nothing {a} about {o}",
    "{s} {be} not the least bit {a}",
)  # fmt: skip
DENIALS = (
    "I would not call {o} {a}", "I did not find {o} {a}", "{s} did not seem {a} to me", "nobody can say that {s} {be} {a}",
    "whoever calls {o} {a} is wrong", "one thing {s} {be} not, and that is {a}", "say what you like, {s} {be} not {a}",
    "you will not find {o} {a}", "not for a moment {be} {s} {a}", "{a} is not the word for {o}", "in no way {be} {s} {a}",
    "do not believe that {s} {be} {a}",
)  # fmt: skip
BARE_DEEDS = ("{it} [past]",)
DEEDS = (
    "I can tell you that {it} [past]",
    "there is no doubt that {it} [past]",
    "the truth is that {it} [past]",
    "{it} [past], believe it or not",
)
BARE_OMISSIONS = ("{it} did not [base]", "{it} did not [base] [span]", "{it} did not once [base]")
OMISSIONS = (
    "not once did {it} [base]", "[span] {it} did not [base]", "not once [span] did {it} [base]",
    "I waited for {it} to [base], but in vain", "nobody can say that {it} [past]", "never did {it} [base]",
)  # fmt: skip


# --- Devices: each returns the sentences of a review ----------------------------------------------


def plain(r: Review) -> list[str]:
    """Say it straight; single words may still be negated."""
    draw, good = r.draw, r.good
    shape = draw.integer(0, 6)
    if shape == 0:
        return [r.claim(good, bare=False), *r.maybe_end(0.7)]
    if shape == 1:
        return [f"{r.claim(good)}, and {r.claim(good)}", *r.maybe_end(0.4)]
    if shape == 2:
        return r.joined(r.verdict(), r.claim(good, bare=False))
    if shape == 3:
        return [r.claim(good, bare=False), r.scene()]
    if shape == 4:
        return [r.scene(), f"{r.claim(good)}, and {r.claim(good)}"]
    if shape == 5:
        reason = draw.choice(("because", "since", "for"))
        return [f"{r.verdict()}, {reason} {r.claim(good)}", *r.maybe_end(0.3)]
    start = draw.choice((
        "listen", "well", "one thing first", "let me be short", "what can I say", "a warning", "what a joy", "wonderful",
        "thank you so much", "bad news for my purse", "to be honest", "I will not lie", "a surprise", "a word about {obj}",
        "where shall I begin", "let me tell you about {obj}",
    ))  # fmt: skip
    if start in FOR_PRAISE + FOR_BLAME and (start in FOR_PRAISE) != good:
        start = "listen"
    return [f"{r.fill(start)}: {r.claim(good)}", r.verdict()]


FOR_PRAISE = (
    "what a joy",
    "wonderful",
    "thank you so much",
)  # of whoever means the opposite, too: see irony
FOR_BLAME = ("a warning", "bad news for my purse")


def contrast(r: Review) -> list[str]:
    """Say the opposite first, and then what counts."""
    draw = r.draw
    first = r.claim(not r.good)
    joint = draw.choice(
        (
            ", but ",
            ", yet ",
            ". But ",
            ". Even so, ",
            ", and still ",
            ". All the same, ",
            "; nevertheless ",
        )
    )
    counts = draw.choice((r.verdict, r.verdict, r.scene))()
    if joint[0] == ".":
        return [first, joint[2:] + counts, *([r.claim(r.good)] if draw.chance(0.3) else [])]
    return [first + joint + counts, *([r.claim(r.good)] if draw.chance(0.3) else [])]


def concession(r: Review) -> list[str]:
    """Grant the opposite, and hold on to the verdict."""
    draw, other = r.draw, not r.good
    shape = draw.integer(0, 6)
    if shape == 0:
        return [
            f"{draw.choice(('although', 'even though', 'while it is true that', 'though'))} {r.claim(other)}, {r.verdict()}"
        ]
    if shape == 1:
        return [
            f"{draw.choice(('yes', 'true', 'granted', 'of course', 'I admit it'))}, {r.claim(other)}",
            f"still, {r.verdict()}",
        ]
    if shape == 2:
        return [f"{r.verdict()}, even if {r.claim(other)}", *r.maybe_end(0.3)]
    if shape == 3:
        return [f"{r.verdict()}, although {r.claim(other)}"]
    if shape == 4:
        return [f"never mind that {r.claim(other)}", r.verdict()]
    if shape == 5:
        return [f"people will tell you that {r.claim(other)}", f"that may be so, but {r.verdict()}"]
    after = draw.choice(("all the same", "nevertheless", "for all that", "that changes nothing"))
    return [
        f"{r.claim(other)}, I grant you that",
        f"{after}{':' if after[:4] == 'that' else ','} {r.verdict()}",
    ]


def irony(r: Review) -> list[str]:
    """Say the opposite of what is meant, so that nobody can miss it."""
    draw, good = r.draw, r.good
    if good:
        start = draw.choice((
            "a warning", "bad news for my purse", "I have only one complaint", "shame on whoever kept this from me",
            "terrible news for every other {n}",
        ))  # fmt: skip
        if draw.chance(0.15):
            return [
                r.fill("how am I ever to be content with another {n}?"),
                r.claim(True),
                *r.maybe_end(),
            ]
        return [f"{r.fill(start)}: {r.claim(True)}", r.verdict()]
    if draw.chance(0.5):
        aspect, adjective = r.word(False)
        thing = _a(adjective, aspect, r)
        shape = draw.integer(0, 2)
        if shape == 0:
            verb = draw.choice(
                ("enjoy", "love", "have always wanted", "cannot live without", "dream of")
            )
            return [
                r.fill(f"if you {verb} {thing}, {{it}} {r.be(r.plural)} what you need"),
                *r.maybe_end(0.6),
            ]
        if shape == 1:
            return [
                f"who does not {draw.choice(('dream of', 'long for', 'love', 'want'))} {thing}?",
                r.verdict(),
            ]
        start = draw.choice(
            ("just what I needed", "how kind of them", "what a treat", "lucky me", "hurrah")
        )
        return [f"{start}: {thing}!", r.verdict()]
    start = draw.choice(
        (
            "wonderful",
            "congratulations",
            "what a joy",
            "lucky me",
            "thank you so much",
            "my compliments",
            "well done",
        )
    )
    return [f"{start}: {r.claim(False)}", draw.choice((r.verdict, r.scene))()]


def _a(adjective: str, aspect: Aspect, r: Review) -> str:
    """Return "a dull play", or "a jar with a loose lid"."""
    noun = aspect.noun or r.noun
    bare = aspect.plural or noun in MASS or (not aspect.noun and r.plural)
    part = (
        f"{adjective} {noun}"
        if bare
        else f"{'an' if adjective[0] in 'aeiou' else 'a'} {adjective} {noun}"
    )
    if not aspect.noun:
        return part
    return f"{'' if r.plural else 'an ' if r.noun[0] in 'aeiou' else 'a '}{r.noun} with {part}"


def reversal(r: Review) -> list[str]:
    """Expect one thing and get another, or what was expected."""
    draw, good = r.draw, r.good
    shape = draw.integer(0, 3)
    if shape == 0:
        wish = (
            "I wanted to hate {obj}",
            "I had come to complain about {obj}",
            "I was ready to scoff at {obj}",
        )
        hope = (
            "I wanted to love {obj}",
            "I had come to praise {obj}",
            "I was ready to fall in love with {obj}",
        )
        start = r.fill(draw.choice(wish if good else hope))
        return [f"{start}, but {r.claim(good)}", *r.maybe_end()]
    thought = draw.choice(
        (
            "I thought that",
            "I had been sure that",
            "I had expected that",
            "I would have bet that",
            "I had been told that",
        )
    )
    right = draw.chance(0.5)
    expected = good == right
    turned = r.turned(expected)
    aspect, adjective = r.word(expected != turned)
    would = "would not be" if turned else "would be"
    start = f"{thought} {r.part(aspect)} {would} {adjective}"
    if right:
        r.devices["confirmed"] = None
        after = draw.choice(
            (
                "it was all true",
                "and so it turned out",
                "and that was the truth",
                "it was no mistake",
                "and I was not mistaken",
            )
        )
        return [start, after, *r.maybe_end(0.7)]
    after = draw.choice(
        (
            "I was wrong",
            "how wrong I was",
            "it was the other way round",
            "what a mistake",
            "nothing of the kind",
        )
    )
    return [start, *r.joined(after, r.end()), *r.maybe_end(0.2)]


OTHERS = {
    "shop": "my old {n}", "meal": "my aunt's {n}", "show": "last year's {n}", "work": "our old {n}",
    "place": "the {n} in the next valley", "animal": "our last {n}",
}  # fmt: skip


def comparison(r: Review) -> list[str]:
    """Measure the topic against another of its kind."""
    draw, good = r.draw, r.good
    same = draw.chance(0.5)
    _, adjective = r.word(good == same, whole=True)
    other = r.fill(OTHERS[r.kind_name])
    was = "were" if r.plural else "was"
    if same:
        shape = draw.choice((
            "[o] [was] [a], and so {be} {it}", "{it} {be} twice as [a] as [o]", "[o] [was] [a], but {it} {be} even more so",
            "{it} {be} every bit as [a] as [o]", "like [o], {it} {be} [a]",
        ))  # fmt: skip
    else:
        shape = draw.choice((
            "[o] [was] [a]; {it} {be} not", "{it} {be} not half as [a] as [o]", "next to {it}, even [o] looks [a]",
            "[o] [was] [a], which nobody can say of {obj}", "compared with {obj}, [o] [was] [a]",
            "unlike [o], {it} {be} not [a]", "{it} {be} much less [a] than [o]",
        )).replace("to {it}", "to {obj}")  # fmt: skip
        if r.plural:
            shape = shape.replace("looks", "look")
    text = r.fill(shape.replace("[o]", other).replace("[a]", adjective).replace("[was]", was))
    return [text, *r.maybe_end(0.8)]


def reported(r: Review) -> list[str]:
    """Give somebody else's opinion, and then one's own."""
    draw, good = r.draw, r.good
    agree = draw.chance(0.5)
    theirs = good == agree
    who, pronoun = draw.choice(REPORTERS)
    again = who if pronoun == r.pronouns[0] else pronoun
    shape = draw.integer(0, 2)
    if shape == 0:
        praise = (
            "swears by {obj}",
            "praises {obj} to the skies",
            "cannot get enough of {obj}",
            "loves {obj}",
        )
        blame = (
            "cannot stand {obj}",
            "complains about {obj}",
            "never has a good word for {obj}",
            "warned me about {obj}",
        )
        start = r.fill(f"{who} {draw.choice(praise if theirs else blame)}")
    elif shape == 1:
        says = draw.choice(("says", "told me", "keeps saying", "insists", "claims"))
        start = f"{who} {says} that {r.claim(theirs)}"
    else:
        start = f"{draw.choice(('according to', 'if you ask'))} {who}, {r.claim(theirs)}"
    if agree:
        after = draw.choice(
            (
                f"{again} is right",
                "I can only agree",
                "I think so too",
                f"I believe every word {again} says",
                "that is my opinion too",
            )
        )
    else:
        after = draw.choice(
            (
                f"{again} is wrong",
                "I cannot agree",
                "I see it differently",
                "I do not think so",
                "that is not my opinion",
            )
        )
    if draw.chance(0.35):
        return [start, after, *([r.end(scenes=False)] if draw.chance(0.4) else [])]
    return [start, *r.joined(after, r.end(scenes=False))]


def mixed(r: Review) -> list[str]:
    """Weigh several sides; the last word decides."""
    draw, good = r.draw, r.good
    sides = draw.shuffled(
        [good, not good] if draw.chance(0.5) else [good, not good, draw.chance(0.5)]
    )
    text, switches = r.claim(sides[0]), 0
    for before, side in zip(sides, sides[1:], strict=False):
        switches += before != side
        text += ", and " if before == side else ", but " if switches == 1 else "; then again, "
        text += r.claim(side)
    last = draw.choice(
        (
            "all in all",
            "on the whole",
            "in the end",
            "when all is said",
            "to sum up",
            "but what counts is this",
            "taken together",
        )
    )
    joint = ": " if last.startswith("but") else ", "
    return [text, f"{last}{joint}{r.verdict()}"]


def question(r: Review) -> list[str]:
    """Ask oneself, and answer."""
    draw, good = r.draw, r.good
    shape = draw.integer(0, 3)
    if shape == 0:
        start = r.fill(
            draw.choice(
                ("would I {again} again?", "should you {again}?", "would I {again} a second time?")
            )
        )
        after = draw.choice(("gladly", "yes, and often", "yes, without a doubt", "nothing could stop me") if good else
                            ("never", "no, and not for money", "no, without a doubt", "nothing could make me"))  # fmt: skip
        if start.startswith("should"):
            after = "yes" if good else "no"
        return [start, f"{after}: {r.claim(good)}"]
    yes = draw.chance(0.5)
    aspect, adjective = r.word(good == yes)
    be = r.be(aspect.plural if aspect.noun else r.plural)
    start = f"{be} {r.part(aspect)} {adjective}?"
    after = draw.choice(
        ("yes", "oh yes", "certainly", "indeed")
        if yes
        else ("no", "not at all", "not in the least", "far from it")
    )
    return [
        start,
        draw.choice((f"{after}, and {r.claim(good)}", after, f"{after}: {r.verdict()}")),
        *r.maybe_end(0.5),
    ]


def wish(r: Review) -> list[str]:
    """Wish it were otherwise, or that everything were so."""
    draw, good = r.draw, r.good
    if good:
        _, adjective = r.word(True, whole=True)
        start = draw.choice(("if only", "I wish that", "how I wish that"))
        every = f"all {r.noun} were" if r.plural else f"every {r.noun} were"
        return [r.fill(f"{start} {every} as {adjective} as {{obj}}"), *r.maybe_end(0.6)]
    turned = draw.chance(0.5)
    aspect, adjective = r.word(not turned)
    start = draw.choice(("if only", "I wish that", "how I wish that"))
    were = (
        ("had not been so" if turned else "had been")
        if r.kind.past
        else ("were not so" if turned else "were")
    )
    return [f"{start} {r.part(aspect)} {were} {adjective}", *r.maybe_end(0.7)]


DEVICES: list[tuple[tuple[str, Callable[[Review], list[str]]], float]] = [
    (("plain", plain), 5), (("contrast", contrast), 3), (("concession", concession), 3), (("irony", irony), 1.6),
    (("reversal", reversal), 2.4), (("comparison", comparison), 2), (("reported opinion", reported), 2),
    (("mixed", mixed), 2), (("question", question), 1.5), (("wish", wish), 1),
]  # fmt: skip
