"""What fits where in verse: phrases that fill a stretch of the meter, and lines that can rhyme.

Explained in the chapter "creative-writing".  A stretch is so many syllables from a weak or a strong
beat on.  A word fits if its stresses fall on the beats, a phrase if its items can share the syllables.
Nothing here is drawn: :mod:`llmbook.world.verse` chooses among what fits.
"""

from functools import cache
from typing import NamedTuple, TypeAlias

from llmbook.errors import InputError
from llmbook.world.draw import held_out
from llmbook.world.pronunciations import LIGHT, rhyme, stresses
from llmbook.world.verse_grammar import ADJECTIVES, ENDS, GRAMMAR, PRONOUNS

MARKS = ',.;:!?"'


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
    return len(said) if _beats(said, beat) or word.lower() in LIGHT else -1


def _beats(said: str, beat: int) -> bool:
    """Say whether stresses fall on the beats."""
    return all(int(stress) == (beat + place) % 2 for place, stress in enumerate(said))


@cache
def fitting(group: tuple[str, ...], beat: int, length: int) -> tuple[str, ...]:
    """Return the words that fill a stretch.

    Example:
        >>> fitting(("fox", "hedgehog", "beside"), 0, 2)
        ('beside',)
    """
    return tuple(word for word in group if fits(word, beat) == length)


@cache
def ways(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to say a phrase, each as its items; ``goes.bird#3`` is the fourth alone.

    Example:
        >>> ways("early"), ways("buckets#0"), ways("do.me")
        ((('early',), ('late',)), (('buckets',),), (('*do.me',),))
    """
    name, _, row = name.partition("#")
    if row:
        return (ways(name)[int(row)],)
    stem, _, kind = name.rpartition(".")
    for key in (name, stem + "@"):
        if key in GRAMMAR:
            rows = GRAMMAR[key].replace("@", f".{kind}").strip().splitlines()
            return tuple(tuple(row.split()) for row in rows)
    raise InputError(f"the grammar lacks {name!r}")


@cache
def names_subject(name: str) -> bool:
    """Say whether a phrase may name the one whom the poem is about."""
    items = [parse(item) for way in ways(name) for item in way]
    return any(sign == "~" or (sign == "<" and names_subject(inner)) for sign, inner, _ in items)


@cache
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
def sizes(item: str, beat: int, subject: str, end: End | None) -> frozenset[int]:
    """Return the numbers of syllables that an item can fill from a beat on.

    Args:
        item: An item of the grammar.
        beat: The first beat: 1 is strong.
        subject: The stresses of the one whom the poem is about.
        end: How the line ends, if the item is its last.
    """
    sign, name, _ = parse(item)
    if sign == "<":
        return phrase_sizes(name, beat, subject if names_subject(name) else "", end)
    if sign == "*" and end:
        fit = _beats(end.stresses, beat) and name == end.group
        return frozenset((len(end.stresses),) if fit else ())
    if end:
        return frozenset()  # a line ends in its rhyme
    if sign == "~":
        return frozenset((len(subject),) if _beats(subject, beat) else ())
    if sign == "{":
        word = PRONOUNS["m"][name]  # as long as the others
        return frozenset(size for size in (fits(word, beat),) if size >= 0)
    words = ENDS[name] if sign == "*" else ADJECTIVES[name] if sign == "+" else (name,)
    return frozenset(size for word in words if (size := fits(word, beat)) >= 0)


@cache
def phrase_sizes(name: str, beat: int, subject: str, end: End | None) -> frozenset[int]:
    """Return the numbers of syllables that a phrase can fill from a beat on."""
    return frozenset(size for way in ways(name) for size, _ in layouts(way, beat, subject, end))


@cache
def layouts(
    way: tuple[str, ...], beat: int, subject: str, end: End | None, longest: int = 11
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return how the items of a way can share syllables: each time the sum and the parts."""
    found: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for place, item in enumerate(way):
        last = end if place == len(way) - 1 else None
        found = [
            (total + size, (*parts, size))
            for total, parts in found
            for size in sorted(sizes(item, (beat + total) % 2, subject, last))
            if total + size <= longest
        ]
    return tuple(found)


@cache
def plans(
    name: str, stretch: Stretch, subject: str, end: End | None
) -> tuple[tuple[tuple[str, ...], tuple[tuple[int, ...], ...]], ...]:
    """Return the ways to fill a stretch with a phrase, each with its layouts."""
    found = []
    for way in ways(name):
        layout = layouts(way, stretch.beat, subject, end)
        if fit := tuple(parts for total, parts in layout if total == stretch.length):
            found.append((way, fit))
    return tuple(found)


# --- Rhymes ----------------------------------------------------------------------------------------


@cache
def groups(name: str) -> frozenset[str]:
    """Return the groups of words with which a phrase can end."""
    found: set[str] = set()
    for way in ways(name):
        sign, last, _ = parse(way[-1])
        found |= {last} if sign == "*" else groups(last) if sign == "<" else set()
    return frozenset(found)


@cache
def rhyming(group: str) -> tuple[tuple[End, dict[int, list[str]]], ...]:
    """Return the words of a group that rhyme, by their stresses and their families."""
    found: dict[End, dict[int, list[str]]] = {}
    for word in ENDS[group]:
        if rhyme(word):
            families = found.setdefault(End(group, stresses(word) or ""), {})
            families.setdefault(_sound(word)[0], []).append(word)
    return tuple(found.items())


@cache
def endings(name: str, stretch: Stretch, subject: str) -> dict[int, list[tuple[str, End]]]:
    """Return the words in which a line can end, and how, by their families of rhymes."""
    found: dict[int, list[tuple[str, End]]] = {}
    for group in sorted(groups(name)):
        for end, families in rhyming(group):
            if plans(name, stretch, subject, end):
                for family, words in families.items():
                    found.setdefault(family, []).extend((word, end) for word in words)
    return found


@cache
def lines(name: str, stretch: Stretch, subject: str) -> tuple[str, ...]:
    """Return the ways to say a line that fit a stretch, as names of their own."""
    rows = (f"{name}#{row}" for row in range(len(ways(name))))
    return tuple(
        row for row in rows if endings(row, stretch, subject if names_subject(row) else "")
    )


Rhyme: TypeAlias = tuple[tuple[str, End], tuple[str, End]]


@cache
def rhymes(
    one: str, other: str, stretch: Stretch, subject: str, wanted: bool
) -> tuple[tuple[Rhyme, ...], ...]:
    """Return the ways to end the lines of a couplet, by families of rhymes.

    Args:
        one: The phrase of the first line.
        other: The phrase of the second line.
        stretch: The meter's.
        subject: The stresses of the one whom the poem is about.
        wanted: Whether the rhymes are those held out of training, or the others.
    """
    seconds = endings(other, stretch, subject if names_subject(other) else "")
    found = []
    for family, firsts in endings(one, stretch, subject if names_subject(one) else "").items():
        pairs = [
            (first, second)
            for first in firsts
            for second in seconds.get(family, ())
            if _sound(first[0])[1] != _sound(second[0])[1]
            and held_out(*sorted((first[0], second[0]))) == wanted
        ]
        if pairs:
            found.append(tuple(pairs))
    return tuple(found)


@cache
def _sound(word: str) -> tuple[int, int]:
    """Return the family and the onset of a word that rhymes."""
    found = rhyme(word)
    assert found is not None, word
    return found
