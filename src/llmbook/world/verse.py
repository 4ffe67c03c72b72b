"""Verse of the valley: couplets that rhyme and scan because their phrases add up.

Explained in the chapter "creative-writing".  A phrase of :mod:`llmbook.world.verse_grammar` is spelled
out for a stretch of the meter: so many syllables, from a weak or a strong beat on.  A word whose
stresses do not fall on the beats is no candidate, so every line scans.  The last words of a couplet
are chosen first, as a rhyme, and the phrases around them.

Training holds out rhymes, as the pair of two words in the order of the alphabet, and combinations of
an adjective and a noun.  :mod:`llmbook.world.prosody` checks what is written here by a rule of its own.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from llmbook.errors import InputError
from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import WOMEN
from llmbook.world.pronunciations import ARTICLES, GRAMMATICAL, LIGHT, PLAIN, rhyme, stresses
from llmbook.world.verse_grammar import ADJECTIVES, COUPLETS, ENDS, GRAMMAR, KINDS, SUBJECTS

# The meters with the first beat (1 is strong) and the number of syllables, and how often they come.
# A line of a feminine rhyme, such as "river" and "quiver", has one syllable more.
METERS = (
    (("iambic tetrameter", 0, 8), 6),
    (("iambic trimeter", 0, 6), 2),
    (("iambic pentameter", 0, 10), 2),
    (("trochaic tetrameter", 1, 7), 3),
)
FEMININE = 0.15

PRONOUNS = {
    "f": {"he": "she", "his": "her", "him": "her", "brother": "sister", "uncle": "auntie"},
    "m": {"he": "he", "his": "his", "him": "him", "brother": "brother", "uncle": "uncle"},
    "n": {"he": "it", "his": "its", "him": "it"},
}
MARKS = ',.;:!?"'
LAST = 0.3  # how often the last couplet is one that only ends a poem
TRIALS = 20  # how often a couplet is written anew, because it repeats a word of the poem


class Frame(NamedTuple):
    """What every phrase of a poem depends on: its kind, and the stresses of its subject."""

    kind: str
    subject: str


class End(NamedTuple):
    """How a line may end: a group of :data:`ENDS`, and the stresses of a word of it."""

    group: str
    stresses: str


class Stretch(NamedTuple):
    """A stretch of the meter: the first beat (1 is strong) and the number of syllables."""

    beat: int
    length: int


# --- What fits where -------------------------------------------------------------------------------


@cache
def fits(word: str, beat: int) -> int:
    """Return how many syllables a word fills from a beat on, or -1 if its stresses forbid it.

    Example:
        >>> fits("hedgehog", 1), fits("hedgehog", 0), fits("and", 0), fits("the", 1)
        (2, -1, 1, -1)
    """
    word = word.strip(MARKS)
    said = stresses(word) if word else ""
    if said is None:
        raise InputError(f"the table of pronunciations lacks {word!r}")
    scans = all(int(stress) == (beat + place) % 2 for place, stress in enumerate(said))
    return len(said) if scans or word.lower() in LIGHT else -1


@cache
def fitting(group: tuple[str, ...], beat: int, length: int) -> tuple[str, ...]:
    """Return the words that fill a stretch."""
    return tuple(word for word in group if fits(word, beat) == length)


@cache
def ways(name: str, kind: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to say a phrase, each as its items."""
    for key in (name, name.rpartition(".")[0] + "@"):
        if key in GRAMMAR:
            rows = GRAMMAR[key].replace("@", f".{kind}").strip().splitlines()
            return tuple(tuple(row.split()) for row in rows)
    raise InputError(f"the grammar lacks {name!r}")


def parse(item: str) -> tuple[str, str, str]:
    """Return the sign of an item, what it names, and the marks around it as a pattern.

    Example:
        >>> parse("<went@>,"), parse("*by"), parse("sleep.")
        (('<', 'went@', '{},'), ('*', 'by', '{}'), ('', 'sleep.', '{}'))
    """
    bare = item.strip(MARKS)
    if bare[:1] not in ("<", "*", "+", "~", "{"):
        return "", item, "{}"
    return bare[0], bare[1:].rstrip(">}"), item.replace(bare, "{}")


@cache
def sizes(item: str, beat: int, frame: Frame, end: End | None) -> frozenset[int]:
    """Return the numbers of syllables that an item can fill from a beat on.

    Args:
        item: An item of the grammar.
        beat: The first beat: 1 is strong.
        frame: What the poem is about.
        end: How the line ends, if the item is its last.
    """
    sign, name, _ = parse(item)
    if sign == "<":
        return frozenset(
            size for way in ways(name, frame.kind) for size, _ in layouts(way, beat, frame, end)
        )
    if sign == "*" and end:
        fit = _beats(end.stresses, beat) and name == end.group
        return frozenset((len(end.stresses),) if fit else ())
    if end:
        return frozenset()  # a line ends in its rhyme
    if sign == "~":
        return frozenset((len(frame.subject),) if _beats(frame.subject, beat) else ())
    if sign == "{":
        word = PRONOUNS["m"][name]
        return frozenset(size for size in (fits(word, beat),) if size >= 0)
    words = ENDS[name] if sign == "*" else ADJECTIVES[name] if sign == "+" else (name,)
    return frozenset(size for word in words if (size := fits(word, beat)) >= 0)


def _beats(said: str, beat: int) -> bool:
    """Say whether stresses fall on the beats."""
    return all(int(stress) == (beat + place) % 2 for place, stress in enumerate(said))


@cache
def layouts(
    way: tuple[str, ...], beat: int, frame: Frame, end: End | None, longest: int = 11
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return how the items of a way can share syllables: each time the sum and the parts."""
    found: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for place, item in enumerate(way):
        last = end if place == len(way) - 1 else None
        found = [
            (total + size, (*parts, size))
            for total, parts in found
            for size in sorted(sizes(item, (beat + total) % 2, frame, last))
            if total + size <= longest
        ]
    return tuple(found)


@cache
def plans(
    name: str, stretch: Stretch, frame: Frame, end: End | None
) -> tuple[tuple[tuple[str, ...], tuple[tuple[int, ...], ...]], ...]:
    """Return the ways to fill a stretch with a phrase, each with its layouts."""
    found = []
    for way in ways(name, frame.kind):
        layout = layouts(way, stretch.beat, frame, end)
        if fit := tuple(parts for total, parts in layout if total == stretch.length):
            found.append((way, fit))
    return tuple(found)


# --- Rhymes ----------------------------------------------------------------------------------------


@cache
def groups(name: str, kind: str) -> frozenset[str]:
    """Return the groups of words with which a phrase can end."""
    found: set[str] = set()
    for way in ways(name, kind):
        sign, last, _ = parse(way[-1])
        found |= {last} if sign == "*" else groups(last, kind) if sign == "<" else set()
    return frozenset(found)


@cache
def endings(name: str, stretch: Stretch, frame: Frame) -> tuple[tuple[str, End], ...]:
    """Return the words in which a line can end, and how."""
    candidates = {
        (word, End(group, stresses(word) or ""))
        for group in groups(name, frame.kind)
        for word in ENDS[group]
        if rhyme(word)
    }
    return tuple(
        (word, end) for word, end in sorted(candidates) if plans(name, stretch, frame, end)
    )


@cache
def rhymes(
    names: tuple[str, str], stretch: Stretch, frame: Frame, wanted: bool
) -> tuple[tuple[tuple[tuple[str, End], tuple[str, End]], ...], ...]:
    """Return the ways to end the lines of a couplet, by families of rhymes.

    Args:
        names: The phrases of the two lines.
        stretch: The meter's.
        frame: What the poem is about.
        wanted: Whether the rhymes are those held out of training, or the others.
    """
    families: dict[int, list[tuple[tuple[str, End], tuple[str, End]]]] = {}
    seconds = endings(names[1], stretch, frame)
    for first in endings(names[0], stretch, frame):
        for second in seconds:
            (family, onset), (other_family, other_onset) = rhyme(first[0]), rhyme(second[0])  # type: ignore[misc]  # both rhyme
            if (
                family == other_family
                and onset != other_onset
                and held_out(*sorted((first[0], second[0]))) == wanted
            ):
                families.setdefault(family, []).append((first, second))
    return tuple(tuple(pairs) for pairs in families.values())


class HeldOutError(Exception):
    """Every adjective that fits is held out of training with its noun."""


# --- Writing ---------------------------------------------------------------------------------------


class Poet:
    """Writes one poem: about whom, in which meter."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        kind = draw.weighted(KINDS)
        self.subject = draw.choice(SUBJECTS[kind])
        self.frame = Frame(kind, stresses(self.subject) or "")
        gender = "n" if kind != "folk" else "f" if self.subject in WOMEN else "m"
        self.pronouns = PRONOUNS["m"] | PRONOUNS[gender]
        self.meter, self.beat, self.length = draw.weighted(METERS)

    def couplet(self, place: str) -> tuple[str, str, list[str]] | None:
        """Return two lines and their rhyme, or None if the chosen phrases do not go together."""
        names = self.draw.weighted(COUPLETS[self.frame.kind][place])
        names = (f"{names[0]}.{self.frame.kind}", f"{names[1]}.{self.frame.kind}")
        length = self.length + self.draw.chance(FEMININE)
        stretch = Stretch(self.beat, length)
        options = rhymes(names, stretch, self.frame, self.draw.split == "combinations")
        if not options:
            return None
        pairs = self.draw.weighted((pairs, len(pairs) ** 0.5) for pairs in options)
        (one, end), (other, other_end) = self.draw.choice(pairs)
        try:
            first = " ".join(self.phrase(names[0], stretch, end, one))
            second = " ".join(self.phrase(names[1], stretch, other_end, other))
        except HeldOutError:
            return None
        if limps(first, self.beat) or limps(second, self.beat):
            return None
        mark = "" if second[0] not in MARKS[:-1] else second[0]
        second = second[len(mark) :].strip()
        first = first[:-1] + mark + '"' if first.endswith('"') else first + mark
        return first, second + ("" if second.endswith('."') else "."), [one, other]

    def phrase(self, name: str, stretch: Stretch, end: End | None, word: str) -> list[str]:
        """Spell out a phrase for a stretch; ``word`` is the line's last, if this ends the line."""
        way, layout = self.draw.choice(plans(name, stretch, self.frame, end))
        parts = self.draw.choice(layout)
        words: list[str] = []
        for place in reversed(range(len(way))):  # from the right: an adjective looks at its noun
            beat = (stretch.beat + sum(parts[:place])) % 2
            last = end if place == len(way) - 1 else None
            words = self.item(way[place], Stretch(beat, parts[place]), last, word, words) + words
        return words

    def item(
        self, item: str, stretch: Stretch, end: End | None, word: str, right: Sequence[str]
    ) -> list[str]:
        """Spell out an item, to the left of some words."""
        sign, name, marks = parse(item)
        if sign == "<":
            inner = self.phrase(name, stretch, end, word)
            before, _, after = marks.partition("{}")
            inner[0], inner[-1] = before + inner[0], inner[-1] + after
            return inner
        if sign == "~":
            found = self.subject
        elif sign == "{":
            found = self.pronouns[name]
        elif sign == "*":
            found = word if end else self.draw.choice(fitting(tuple(ENDS[name]), *stretch))
        elif sign == "+":
            found = self.adjective(
                fitting(tuple(ADJECTIVES[name]), *stretch), right[0].strip(MARKS)
            )
        else:
            found = name
        return [marks.replace("{}", found)]

    def adjective(self, adjectives: Sequence[str], noun: str) -> str:
        """Return one of the adjectives that this split may combine with a noun."""
        if self.draw.split != "combinations" and all(held_out(word, noun) for word in adjectives):
            raise HeldOutError
        return self.draw.pair(adjectives, [noun])[0]


def tell(draw: Draw) -> Document:
    """Write a poem of one to three couplets.

    The truth is ``meter``, its name, and ``rhymes``, the last words of each couplet's lines.

    Example:
        >>> poem = tell(Draw("verse", 0, 5))
        >>> print(poem.text)
        >>> poem.truth["meter"], poem.truth["rhymes"]
    """
    while True:  # until a subject, a meter and the drawn lines go together
        if document := _poem(Poet(draw), draw.weighted(((1, 3), (2, 4), (3, 3)))):
            return document


def _poem(poet: Poet, couplets: int) -> Document | None:
    """Write so many couplets, or none if no trial of one of them succeeds."""
    lines: list[str] = []
    rhymed: list[list[str]] = []
    used: set[str] = set()
    for number in range(couplets):
        place = "later" if number else "first"
        if number and number == couplets - 1 and poet.draw.chance(LAST):
            place = "last"
        for _ in range(TRIALS):
            if couplet := poet.couplet(place):
                *pair, rhyme_words = couplet
                words = content(" ".join(pair), poet.subject)
                if len(set(words)) == len(words) and not used.intersection(words):
                    break
        else:
            return None
        used.update(words)
        lines += sentences(lines, pair)
        rhymed.append(rhyme_words)
    return Document("verse", "\n".join(lines), {"meter": poet.meter, "rhymes": rhymed})


def limps(line: str, beat: int) -> bool:
    """Say whether a line scans, but only on words that nobody stresses.

    Two strong beats in a row should not both fall on words of grammar; and a plain word on a weak
    beat, such as a verb, asks for a stronger neighbor.

    Example:
        >>> limps("the fox ran down the hill", 0), limps("and there it was in the hall", 0)
        (False, True)
    """
    weights: list[int] = []
    for word in (word.strip(MARKS).lower() for word in line.split()):
        weight = 0 if word in GRAMMATICAL | ARTICLES else 1 if word in PLAIN else 2
        weights += [weight] * len(stresses(word) or "")
    strong = [bool((beat + place) % 2) for place in range(len(weights))]
    beats = [weight for weight, on in zip(weights, strong, strict=True) if on]
    if any(one == other == 0 for one, other in pairwise(beats)):
        return True
    return any(
        weight == 1
        and not on
        and not any([*weights[max(place - 1, 0) : place], *weights[place + 1 : place + 2]])
        for place, (weight, on) in enumerate(zip(weights, strong, strict=True))
    )


def content(text: str, subject: str) -> list[str]:
    """Return the words that a poem should not repeat: neither light ones nor its subject's."""
    words = [word.strip(MARKS).lower() for word in text.split()]
    return [word for word in words if word not in LIGHT | ARTICLES | {subject.lower(), ""}]


def sentences(before: Sequence[str], couplet: Sequence[str]) -> list[str]:
    """Give lines their capitals and the article "an"."""
    done: list[str] = []
    for line in couplet:
        words = line.split(" ")
        for place in range(len(words) - 1):
            if words[place].strip(MARKS) == "a" and words[place + 1].strip(MARKS)[0] in "aeiou":
                words[place] = words[place].replace("a", "an")
        last = (done or before or ["."])[-1].rstrip('"')
        text = " ".join(words)
        if last.endswith((".", "!", "?")):
            start = 1 if text.startswith('"') else 0
            text = text[:start] + text[start].upper() + text[start + 1 :]
        done.append(text)
    return done
