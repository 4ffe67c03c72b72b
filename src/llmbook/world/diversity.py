"""How varied a corpus is: its openings, its templates, and what held-out text shares with training.

Explained in the chapter "data".  An *abstracted* text has a mark in the place of every word that
could be another one of its kind: ``<name>``, ``<noun>``, ``<adjective>``, ``<number>``.  What is left
is the template that a reader recognizes.  The kinds are those of :mod:`llmbook.world.lexicon`; a
narrator whose words are its own gives them as further ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from llmbook.world import lexicon

WORD = re.compile(r"\d+|<\w+>|\w+(?:['’-]\w+)*|[^\w\s]")
SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’»]))\s+|\n+")
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
OPENING = 3  # how many words an opening has


@cache
def kinds() -> Mapping[str, str]:
    """Return the mark of each word that the lexicon knows.

    Example:
        >>> [kinds().get(word) for word in ("geese", "anna", "blue", "market", "of")]
        ['<noun>', '<name>', '<adjective>', '<noun>', None]
    """
    found = dict.fromkeys(NUMBERS, "<number>")
    for table in (lexicon.THINGS, lexicon.GOODS, lexicon.ANIMALS):
        found |= {form: "<noun>" for noun in table.values() for form in (noun.en, noun.plural)}
    found |= dict.fromkeys((*lexicon.PLACES, *lexicon.JOBS), "<noun>")
    found |= dict.fromkeys((*lexicon.ADJECTIVES, *lexicon.MOODS), "<adjective>")
    found |= {name.lower(): "<name>" for name in (*lexicon.WOMEN, *lexicon.MEN)}
    del found["saw"]  # far more often the verb
    return found


def abstracted(text: str, more: Mapping[str, str] | None = None) -> list[str]:
    """Return the words and marks of a text, in lower case, those of a kind by their kind.

    Args:
        text: Any text.
        more: Marks of further words.

    Example:
        >>> " ".join(abstracted("Anna found 3 red apples and an old egg."))
        '<name> found <number> <adjective> <noun> and a <adjective> <noun> .'
    """
    known = {**kinds(), **(more or {})}
    words = ["a" if word == "an" else word for word in WORD.findall(text.lower())]
    return ["<number>" if word.isdigit() else known.get(word, word) for word in words]


def openings(texts: Iterable[str], more: Mapping[str, str] | None = None) -> Counter[str]:
    """Count how texts begin: their first words, abstracted.

    Example:
        >>> openings(["Anna ran home.", "Ben ran home.", "It rained."]).most_common(1)
        [('<name> ran home', 2)]
    """
    words = (
        [word for word in abstracted(text, more) if word[0].isalnum() or word[0] == "<"]
        for text in texts
    )
    return Counter(" ".join(beginning[:OPENING]) for beginning in words)


def templates(texts: Iterable[str], more: Mapping[str, str] | None = None) -> Counter[str]:
    """Count the sentences of texts, abstracted; a new line ends a sentence, too.

    Example:
        >>> counted = templates(["Ben saw a hat. Ben saw an owl.", "It rained."])
        >>> sorted(counted.items())
        [('<name> saw a <noun> .', 2), ('it rained .', 1)]
    """
    sentences = (sentence for text in texts for sentence in SENTENCE.split(text) if sentence)
    return Counter(" ".join(abstracted(sentence, more)) for sentence in sentences)


def share(counted: Counter[str], n: int = 1) -> float:
    """Return the share of the ``n`` most frequent.

    Example:
        >>> share(Counter("aaab")), share(Counter("aaab"), 2), share(Counter())
        (0.75, 1.0, 0.0)
    """
    return sum(times for _, times in counted.most_common(n)) / max(counted.total(), 1)


def ngrams(text: str, n: int) -> Iterator[tuple[str, ...]]:
    """Yield the sequences of ``n`` words of a text, in lower case, without its marks.

    Example:
        >>> list(ngrams("The cat sat.", 2))
        [('the', 'cat'), ('cat', 'sat')]
    """
    words = [word for word in WORD.findall(text.lower()) if word[0].isalnum()]
    return zip(*(words[start:] for start in range(n)), strict=False)


def overlap(train: Iterable[str], held_out: Iterable[str], n: int) -> float:
    """Return the share of the held-out texts' n-grams that training has, each as often as it occurs.

    Example:
        >>> overlap(["the cat sat on the mat"], ["the cat sat on a chair"], 2)
        0.6
    """
    seen = {ngram for text in train for ngram in ngrams(text, n)}
    found = [ngram in seen for text in held_out for ngram in ngrams(text, n)]
    return sum(found) / max(len(found), 1)
