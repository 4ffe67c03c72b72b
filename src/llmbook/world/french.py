"""French: the same meaning in English and in French.

Explained in the chapter "data".  A text is one to three sentences that go together.  Translation is
scored by comparing strings, so an English text has exactly one French one:

- The simple past is the passé composé; "was" and "had", "wanted" and "was looking" are the imparfait;
  "had lost" is the plus-que-parfait.
- "Loses" is the present, "is losing" is "est en train de perdre", "is going to lose" is "va perdre",
  and "will lose" is the future.
- "You" is "tu".  What somebody says agrees with the person who says it.
- "It", "they" and "the red one" agree with the last thing or being named that they can mean, so the unit
  of translation is the text and not the sentence.
- A question with yes or no begins with "est-ce que"; the others repeat the subject behind the verb.
- "Some" is "des", and "de" in front of an adjective.  "This" is "ce"; "that" is not used.
- A word whose French depends on what English does not say, such as "friend" or "sheep" in the plural,
  is not used.
- A space stands in front of ? ! and inside the guillemets, and the apostrophe is straight.

An adjective and its noun, a verb and its object, a subject and its verb: these are the pairs that the
splits keep apart.
"""

import re

from llmbook.world.document import Document
from llmbook.world.draw import Draw, held_out
from llmbook.world.french_cast import Cast
from llmbook.world.french_events import EVENTS
from llmbook.world.french_grammar import elide
from llmbook.world.french_phrases import Line
from llmbook.world.french_states import STATES
from llmbook.world.french_talk import TALK

SCENES = (*STATES, *EVENTS, *TALK)

# What a French sentence shows of the language, by what its letters show.
FEATURES = {
    "feminine": r"\b(?:la|une|cette|ma|ta|sa|elle)\b",
    "plural": r"\b(?:les|des|ces|mes|tes|ses|nos|leurs|aux|ils|elles)\b",
    "object pronoun": r"(?:\b(?:les?|la|en)|l') ?(?:l(?:ui|eur) )?(?:a|ont|va|vont)\b|-(?:le|la|les)\b",
    "elision": r"\b(?:[ldnjmtsc]|qu)'",
    "contraction": r"\b(?:au|aux|du)\b",
    "question": r"\?",
    "negation": r"\b(?:ne|n')\b.*\b(?:pas|plus|jamais|rien)\b|[Pp]ersonne ne?\b",
    "demonstrative": r"\b(?:ce|cet|cette|ces)\b",
    "possessive": r"\b(?:mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|leurs?) ",
    "comparison": r"\b(?:plus|moins|aussi) \w+ que?\b|\b(?:le|la) plus\b",
    "relative": r"\b(?:qui|où|dont)\b.*[^?]$",
    "cause": r"\bparce qu",
    "être as auxiliary": r"\b(?:est|sont|suis) (?:pas )?(?:all|arriv|rest|tomb|reven|deven|parti|sorti)",
    "liaison form": r"\b(?:bel|nouvel|vieil|cet) ",
    "de before an adjective": r"\bde (?:vieux|vieilles|petite?s|grande?s|jolie?s|be\w+|nouve\w+|longue?s) ",
}  # fmt: skip
_FOUND = {feature: re.compile(pattern) for feature, pattern in FEATURES.items()}


def finished(line: Line) -> Line:
    """Give a sentence its elisions, its capital and its stop.

    Example:
        >>> finished(("where is Anna's key?", "où est la clé de Anna ?"))
        ("Where is Anna's key?", "Où est la clé d'Anna ?")
    """
    english, french = line[0], elide(line[1])
    return _capital(english), _capital(french)


def _capital(text: str) -> str:
    """Begin with a capital and end with a stop."""
    start = next(place for place, letter in enumerate(text) if letter.isalpha())
    text = text[:start] + text[start].upper() + text[start + 1 :]
    return text if text.endswith(("?", "!")) else text + "."


def tell(draw: Draw) -> Document:
    """Say the same in English and in French.

    Returns:
        The text of both, and as truth the texts alone (``"english"``, ``"french"``), what the French
        one shows (``"features"``: keys of :data:`FEATURES`) and the pairs of words of
        :mod:`llmbook.world.draw` (``"pairs"``).

    Example:
        >>> print(tell(Draw("french", 10)).text)
        English: Mary bought five strawberries. She sold four of them to Zoe.
        French: Mary a acheté cinq fraises. Elle en a vendu quatre à Zoe.
    """
    while True:
        cast = Cast(draw)
        lines = [finished(line) for line in draw.choice(SCENES)(cast)]
        if draw.split != "combinations" or any(held_out(*pair) for pair in cast.pairs):
            break  # a text of this split has something new
    english, french = (" ".join(sentences) for sentences in zip(*lines, strict=True))
    truth = {
        "english": english,
        "french": french,
        "features": [feature for feature, found in _FOUND.items() if found.search(french)],
        "pairs": [list(pair) for pair in cast.pairs],
    }
    return Document("french", f"English: {english}\nFrench: {french}", truth)
