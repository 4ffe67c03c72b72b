"""Reviews: short opinions of the valley, whose verdict a count of words does not see.

Explained in the chapter "data".  A review praises or blames something from the shop, a meal, a show,
somebody's work, a place or an animal.  The words in it are praise and blame in both classes: negation,
contrast, irony and reported opinion decide what they mean.

Pairs: an evaluative word and its topic (``sloppy|tailor``), wherever in the text the word stands; the
adjective and the noun of a thing; the two parts of a dish's name and of a show's title.

Truth: ``sentiment`` (the writer's verdict, ``positive`` or ``negative``), ``devices`` (what carries
it), ``topic`` and ``kind``, and ``pairs``, the evaluative words that were combined with the topic.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.reviews_phrases import OTHERS, REPORTERS
from llmbook.world.reviews_writer import Review


def tell(draw: Draw) -> Document:
    """Write a review.

    Args:
        draw: Decides everything.

    Example:
        >>> review = tell(Draw("review", 3))
        >>> print(review.text)
        The barley salad tasted like home. Even so, even the dog did not finish it. It was sour.
        >>> review.truth["sentiment"]
        'negative'
    """
    good = draw.chance(0.5)
    while True:
        review = Review(draw, good)
        device, write = draw.weighted(DEVICES)
        sentences = write(review)
        if sentences[0].startswith("the ") and ":" not in sentences[0] and draw.chance(0.35):
            sentences[0] = f"{review.say('introduce')}: {sentences[0]}"
        text = _sentences(sentences)
        combined = any(held_out(word, review.noun) for word in review.words)
        if combined or draw.split != "combinations":
            break
    truth = {
        "sentiment": "positive" if good else "negative",
        "devices": list(dict.fromkeys((device, *review.devices))),
        "topic": review.noun,
        "kind": review.topic,
        "pairs": list(review.words),
    }
    return Document("reviews", text, truth)


def _sentences(parts: list[str]) -> str:
    text = " ".join(part if part[-1] in ".!?" else part + "." for part in parts)
    return re.sub(r"(?:^|(?<=[.!?] ))[a-z]", lambda found: found[0].upper(), text)


# --- Devices: each returns the sentences of a review ----------------------------------------------


def plain(r: Review) -> list[str]:
    """Say it straight; single words may still be negated."""
    good = r.good
    shape = r.draw.integer(0, 6)
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
        return [r.say("because", c=lambda: r.claim(good), v=r.verdict), *r.maybe_end(0.3)]
    key = "open" if r.draw.chance(0.6) else "open praise" if good else "open blame"
    return [f"{r.say(key)}: {r.claim(good)}", r.verdict()]


def contrast(r: Review) -> list[str]:
    """Say the opposite first, and then what counts."""
    end = r.scene if r.draw.chance(0.33) else r.verdict
    text = r.say("but", c=lambda: r.claim(not r.good), end=end)
    return [text, *([r.claim(r.good)] if r.draw.chance(0.3) else [])]


def concession(r: Review) -> list[str]:
    """Grant the opposite, and hold on to the verdict."""
    text = r.say("although", c=lambda: r.claim(not r.good), v=r.verdict)
    return [text, *r.maybe_end(0.15)]


def irony(r: Review) -> list[str]:
    """Say the opposite of what is meant, so that nobody can miss it."""
    if r.good:
        if r.draw.chance(0.15) and not r.plural:
            return [
                r.fill("how am I ever to be content with another {n}?"),
                r.claim(True),
                r.verdict(),
            ]
        return [f"{r.say('praise as blame')}: {r.claim(True)}", r.verdict()]
    shape = r.draw.integer(0, 5)
    if shape == 0:
        return [r.say("whoever likes", thing=r.example), *r.maybe_end(0.6)]
    if shape == 1:
        return [r.say("who does not like", thing=r.example), r.verdict()]
    if shape == 2:
        return [f"{r.say('treat')}: {r.example()}!", r.verdict()]
    return [f"{r.say('blame as praise')}: {r.claim(False)}", r.end()]


def reversal(r: Review) -> list[str]:
    """Expect one thing and get another, or get what was expected."""
    draw, good = r.draw, r.good
    if draw.chance(0.25):
        start = r.say("wanted to hate" if good else "wanted to love")
        return [f"{start}, but {r.claim(good)}", *r.maybe_end()]
    right = draw.chance(0.5)
    turned = r.turned()
    aspect, adjective = r.word((good == right) != turned)
    would = "would not be" if turned else "would be"
    start = f"{r.say('thought')} {r.part(aspect)} {would} {adjective}"
    if right:
        r.devices["confirmed"] = None
        return [start, r.say("rightly"), *r.maybe_end(0.7)]
    return [start, *r.joined(r.say("wrongly"), r.end()), *r.maybe_end(0.2)]


def comparison(r: Review) -> list[str]:
    """Measure the topic against another of its kind."""
    same = r.draw.chance(0.5)
    _, adjective = r.word(r.good == same, whole=True)
    text = r.say("as much" if same else "less", other=r.fill(OTHERS[r.topic]), a=adjective)
    return [text, *r.maybe_end(0.8)]


def reported(r: Review) -> list[str]:
    """Give somebody else's opinion, and then one's own."""
    draw = r.draw
    agree = draw.chance(0.5)
    theirs = r.good == agree
    who, pronoun = draw.choice(REPORTERS)
    if draw.chance(0.35):
        start = r.say("praise" if theirs else "blame", who=who)
    else:
        start = r.say("report", who=who, c=lambda: r.claim(theirs))
    after = r.say(
        "agree" if agree else "disagree", who=who if pronoun == r.pronouns[0] else pronoun
    )
    if draw.chance(0.35):
        return [start, after, *([r.end(scenes=False)] if draw.chance(0.4) else [])]
    return [start, *r.joined(after, r.end(scenes=False))]


def mixed(r: Review) -> list[str]:
    """Weigh several sides; the last word decides."""
    draw, good = r.draw, r.good
    sides = draw.shuffled([good, not good, *([draw.chance(0.5)] if draw.chance(0.5) else [])])
    text, switches = r.claim(sides[0]), 0
    for before, side in pairwise(sides):
        switches += before != side
        text += ", and " if before == side else ", but " if switches == 1 else "; then again, "
        text += r.claim(side)
    return [text, r.say("sum", v=r.verdict)]


def question(r: Review) -> list[str]:
    """Ask oneself, and answer."""
    draw, good = r.draw, r.good
    if draw.chance(0.25):
        return [r.say("would I"), f"{r.say('gladly' if good else 'never')}: {r.claim(good)}"]
    yes = draw.chance(0.5)
    aspect, adjective = r.word(good == yes)
    start = f"{r.verb(aspect)} {r.part(aspect)} {adjective}?"
    after = r.say("yes" if yes else "no")
    shape = draw.integer(0, 2)
    if shape == 0:
        return [start, f"{after}, and {r.claim(good)}", *r.maybe_end()]
    return [start, *(r.joined(after, r.verdict()) if shape == 1 else [after]), *r.maybe_end()]


def wish(r: Review) -> list[str]:
    """Wish it were otherwise, or that everything were so."""
    if r.good:
        _, adjective = r.word(True, whole=True)
        every = f"all {r.noun}" if r.plural else f"every {r.noun}"
        this = "this one" if r.name == f"the {r.noun}" else "{obj}"
        text = f"{r.say('wish')} {every} were as {adjective} as {this}"
        return [r.fill(text), *r.maybe_end(0.6)]
    too = r.draw.chance(0.5)  # it is too much of something bad, or it lacks something good
    aspect, adjective = r.word(not too)
    were = (
        ("had not been so" if too else "had been")
        if r.kind.past
        else "were not so"
        if too
        else "were"
    )
    return [f"{r.say('wish')} {r.part(aspect)} {were} {adjective}", *r.maybe_end(0.7)]


# The devices, each with how often it is used.
DEVICES: list[tuple[tuple[str, Callable[[Review], list[str]]], float]] = [
    (("plain", plain), 5),
    (("contrast", contrast), 3),
    (("concession", concession), 3),
    (("irony", irony), 1.6),
    (("reversal", reversal), 2.4),
    (("comparison", comparison), 2),
    (("reported opinion", reported), 2),
    (("mixed", mixed), 2),
    (("question", question), 1.5),
    (("wish", wish), 1),
]
