"""Verse of the valley: couplets that rhyme and scan because their phrases add up.

Explained in the chapter "creative-writing".  A phrase of :mod:`llmbook.world.verse_grammar` is spelled
out for a stretch of the meter: so many syllables, from a weak or a strong beat on.  A word whose
stresses do not fall on the beats is no candidate, so every line scans.  The last words of a couplet
are chosen first, as a rhyme, and the phrases around them.

No couplet repeats a word of its poem (:func:`beginning`), and none limps (:func:`limps`).

Training holds out rhymes, as the pair of two words in the order of the alphabet, and combinations of
an adjective and a noun.  :mod:`llmbook.world.prosody` checks what is written here by a rule of its own.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import WOMEN
from llmbook.world.pronunciations import ARTICLES, GRAMMATICAL, LIGHT, PLAIN, stresses
from llmbook.world.verse_fit import (
    MARKS,
    End,
    Stretch,
    fitting,
    lines,
    names_subject,
    parse,
    plans,
    rhymes,
)
from llmbook.world.verse_grammar import ADJECTIVES, COUPLETS, ENDS, PLOTS, PRONOUNS, SUBJECTS

# The meters with the first beat (1 is strong) and the number of syllables, and how often they come.
# A line of a feminine rhyme, such as "river" and "quiver", has one syllable more.
METERS = (
    (("iambic tetrameter", 0, 8), 6),
    (("iambic trimeter", 0, 6), 2),
    (("iambic pentameter", 0, 10), 2),
    (("trochaic tetrameter", 1, 7), 3),
)
FEMININE = 0.15  # how often a couplet tries one
LAST = 0.3  # how often the last couplet is one that only ends a poem
TRIALS = 40  # how often a couplet is written anew, because it repeats a word of the poem


class HeldOutError(Exception):
    """Every adjective that fits is held out of training with its noun."""


class Poet:
    """Writes one poem: about whom, in which meter."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        kind, self.plot = draw.weighted(PLOTS)
        self.subject = draw.choice(SUBJECTS[kind])
        self.kind, self.stresses = kind, stresses(self.subject) or ""
        gender = "few" if kind == "few" else "n"
        if kind == "folk":
            gender = "f" if self.subject in WOMEN else "m"
        self.pronouns = PRONOUNS["m"] | PRONOUNS[gender]
        self.meter, self.beat, self.length = draw.weighted(METERS)
        self.used = {beginning(self.subject)} - {""}  # the fox should meet no other fox

    def couplet(self, place: str) -> tuple[str, str, list[str]] | None:
        """Return two lines and their rhyme, or None if the chosen phrases do not go together."""
        chosen = self.draw.weighted(COUPLETS[self.plot][place])
        stretch = Stretch(self.beat, self.length + self.draw.chance(FEMININE))
        rows = [lines(f"{name}.{self.kind}", stretch, self.stresses) for name in chosen]
        if not all(rows):
            return None
        names = (self.draw.choice(rows[0]), self.draw.choice(rows[1]))
        options = rhymes(*names, stretch, self.stresses, self.draw.split == "combinations")
        if not options:
            return None
        # A family first: otherwise the large ones would rhyme in every other couplet.
        (one, end), (other, other_end) = self.draw.choice(self.draw.choice(options))
        if beginning(one) in self.used or beginning(other) in self.used:
            return None
        try:
            first = " ".join(self.phrase(names[0], stretch, end, one))
            second = " ".join(self.phrase(names[1], stretch, other_end, other))
        except HeldOutError:
            return None
        if limps(first, self.beat) or limps(second, self.beat):
            return None
        mark = second[0] if second[0] in ",.?" else ""  # it belongs to the first line's end
        first = first[:-1] + mark + '"' if first.endswith('"') else first + mark
        second = second[len(mark) :].strip()
        stop = "" if second.rstrip('"').endswith((".", "?", "!")) else "."
        return first, second + stop, [one, other]

    def phrase(self, name: str, stretch: Stretch, end: End | None, word: str) -> list[str]:
        """Spell out a phrase for a stretch; ``word`` is the line's last, if this ends the line."""
        subject = self.stresses if names_subject(name) else ""
        way, layout = self.draw.choice(plans(name, stretch, subject, end))
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
            found = word if end else self.draw.choice(fitting(ENDS[name], *stretch))
        elif sign == "+":
            found = self.adjective(fitting(ADJECTIVES[name], *stretch), right[0].strip(MARKS))
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
        >>> poem = tell(Draw("verse", 0, 10))
        >>> print(poem.text)
        There was a sparrow in the park,
        and it had never heard the lark.
        The frogs were singing by the coast.
        It thought about a bit of toast.
        But when it drifted past the rose,
        the friendly mouse came out to doze.
        >>> poem.truth["meter"], poem.truth["rhymes"]
        ('iambic tetrameter', [['park', 'lark'], ['coast', 'toast'], ['rose', 'doze']])
    """
    while True:  # until a subject, a meter and the drawn lines go together
        if document := _poem(Poet(draw), draw.weighted(((1, 3), (2, 4), (3, 3)))):
            return document


def _poem(poet: Poet, couplets: int) -> Document | None:
    """Write so many couplets, or none if no trial of one of them succeeds."""
    text: list[str] = []
    rhymed: list[list[str]] = []
    for number in range(couplets):
        place = "later" if number else "first"
        if number and number == couplets - 1 and poet.draw.chance(LAST):
            place = "last"
        for _ in range(TRIALS):
            if couplet := poet.couplet(place):
                *pair, rhyme_words = couplet
                said = [beginning(word) for line in pair for word in line.split()]
                said = [start for start in said if start and start != beginning(poet.subject)]
                if len(set(said)) == len(said) and poet.used.isdisjoint(said):
                    break
        else:
            return None
        poet.used.update(said)
        text += sentences(text, pair)
        rhymed.append(rhyme_words)
    return Document("verse", "\n".join(text), {"meter": poet.meter, "rhymes": rhymed})


@cache
def beginning(word: str) -> str:
    """Return what a poem should not repeat of a word: four letters, or none of a light word.

    Example:
        >>> beginning("waiting,"), beginning("waited"), beginning("and")
        ('wait', 'wait', '')
    """
    word = word.strip(MARKS).lower()
    return "" if word in LIGHT or word in ARTICLES else word[:4]


@cache
def weights(word: str) -> tuple[int, ...]:
    """Return how much each syllable of a word says: 0 for grammar, 1 for a plain word, else 2."""
    word = word.strip(MARKS).lower()
    weight = 0 if word in GRAMMATICAL or word in ARTICLES else 1 if word in PLAIN else 2
    return (weight,) * len(stresses(word) or "")


def limps(line: str, beat: int) -> bool:
    """Say whether a line scans, but only on words that nobody stresses.

    Two strong beats in a row should not both fall on words of grammar; and a plain word on a weak
    beat, such as a verb, asks for a stronger neighbor.

    Example:
        >>> limps("the fox ran down the hill", 0), limps("and there it was in the hall", 0)
        (False, True)
    """
    spoken = [0, *(weight for word in line.split() for weight in weights(word)), 0]
    if any(one == other == 0 for one, other in pairwise(spoken[2 - beat : -1 : 2])):
        return True
    weak = range(1 + beat, len(spoken) - 1, 2)
    return any(spoken[place] == 1 and not spoken[place - 1] + spoken[place + 1] for place in weak)


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
