"""Words in two languages at once: who and what a sentence is about, and sentences made of them.

Explained in the chapter "data".  A :class:`Phrase` is a subject or an object in English and French;
:func:`both` puts phrases into an English and a French sentence.
"""

from dataclasses import dataclass
from typing import TypeAlias

from llmbook.world.french_grammar import Agreement, agree, contracted, elide, verb_phrase
from llmbook.world.french_words import Verb
from llmbook.world.lexicon import Adjective, Noun, Place

Line: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Phrase(Agreement):
    """Somebody or something, in English and French, with what agrees with it.

    Args:
        en: The English words.
        fr: The French words.
        human: Whether English says he or she of one.
        noun: The noun, if it is one.
        words: The adjectives of the noun.

    Example:
        >>> from llmbook.world.lexicon import ADJECTIVES
        >>> anna = Phrase("f", en="Anna", fr="Anna")
        >>> anna.he, anna.his, anna.il, anna.agree(ADJECTIVES["old"])
        ('she', 'her', 'elle', 'vieille')
    """

    en: str = ""
    fr: str = ""
    human: bool = True
    noun: Noun | None = None
    words: tuple[Adjective, ...] = ()

    def __str__(self) -> str:
        return self.en

    def _pick(self, he: str, she: str, it: str, they: str) -> str:
        return they if self.plural else it if not self.human else she if self.gender == "f" else he

    @property
    def he(self) -> str:
        """The English pronoun that is the subject."""
        return self._pick("he", "she", "it", "they")

    @property
    def him(self) -> str:
        """The English pronoun that is the object."""
        return self._pick("him", "her", "it", "them")

    @property
    def his(self) -> str:
        """The English possessive."""
        return self._pick("his", "her", "its", "their")

    @property
    def be(self) -> str:
        """Is or are."""
        return "are" if self.plural else "is"

    @property
    def was(self) -> str:
        """Was or were."""
        return "were" if self.plural else "was"

    @property
    def has(self) -> str:
        """Has or have."""
        return "have" if self.plural else "has"

    @property
    def est(self) -> str:
        """The French is or are."""
        return "sont" if self.plural else "est"

    @property
    def etait(self) -> str:
        """The French was or were."""
        return "étaient" if self.plural else "était"

    @property
    def to(self) -> str:
        """The French words with ``à``."""
        return contracted("à", self.fr)

    @property
    def of(self) -> str:
        """The French words with ``de``."""
        return contracted("de", self.fr)

    def agree(self, adjective: Adjective) -> str:
        """Return the French form of an adjective that is said of it."""
        return agree(adjective, self)

    def said(self, adjective: Adjective) -> Line:
        """Return an adjective that is said of it, in English and French."""
        return adjective.en, agree(adjective, self)

    def does(
        self, verb: Verb, tense: str, negated: bool = False, **french: object
    ) -> tuple[str, str]:
        """Return a verb of this subject, in English and French.

        Example:
            >>> from llmbook.world.french_words import VERBS
            >>> Phrase("f", en="Anna", fr="Anna").does(VERBS["lose"], "past", negated=True)
            ('did not lose', 'ne a pas perdu')
        """
        no = " not" if negated else ""
        if tense == "present":
            does = f"{'do' if self.plural else 'does'} not {verb.en}"
            english = does if negated else verb.en if self.plural else verb.third
        elif tense == "past":
            english = f"did not {verb.en}" if negated else verb.past
        elif tense == "pluperfect":
            english = f"had{no} {verb.participle}"
        elif tense == "future":
            english = f"will{no} {verb.en}"
        elif tense == "near":
            english = f"{self.be}{no} going to {verb.en}"
        else:
            english = f"{self.was if tense == 'imperfect' else self.be}{no} {verb.ing}"
        negation = "pas" if negated else ""
        return english, verb_phrase(verb.fr, tense, self, negation=negation, **french)  # type: ignore[arg-type]


def both(template: str, **words: object) -> Line:
    """Fill an English and a French sentence, separated by ``|``, with the same words.

    Args:
        template: In both halves ``{x}`` is the word in that language, ``{x.be}`` an attribute of it.
        words: Phrases, verbs, or pairs of an English and a French string.

    Example:
        >>> anna = Phrase("f", en="Anna", fr="Anna")
        >>> both("is {who} {mood}? | {who} {who.est}-elle {mood} ?", who=anna, mood=("sad", "triste"))
        ('is Anna sad?', 'Anna est-elle triste ?')
    """
    english, french = template.split(" | ")
    left = {name: word[0] if isinstance(word, tuple) else word for name, word in words.items()}
    right = {
        name: word[1] if isinstance(word, tuple) else _French(word) if hasattr(word, "fr") else word
        for name, word in words.items()
    }
    return english.format(**left), french.format(**right)


class _French:
    """A word whose text is its French one."""

    def __init__(self, word: object) -> None:
        self._word = word

    def __str__(self) -> str:
        return str(self._word.fr)  # type: ignore[attr-defined]  # both() has looked

    def __format__(self, _: str) -> str:
        return str(self)

    def __getattr__(self, name: str) -> object:
        return getattr(self._word, name)


def lower(text: str) -> str:
    """Begin with a small letter."""
    return text[0].lower() + text[1:]


def moment(table: dict[str, str], when: str, line: Line, *, late: bool) -> Line:
    """Say when, after a sentence or in front of it.

    Example:
        >>> moment({"Soon": "Bientôt"}, "Soon", ("Anna will laugh", "Anna rira"), late=False)
        ('Soon, Anna will laugh', 'Bientôt, Anna rira')
    """
    if late:
        return f"{line[0]} {lower(when)}", f"{line[1]} {lower(table[when])}"
    return f"{when}, {line[0]}", f"{table[when]}, {line[1]}"


def at(place: Place) -> Line:
    """Say where somebody is."""
    return place.where, place.fr_at


def to(place: Place) -> Line:
    """Say where somebody goes."""
    return f"to the {place}", place.fr_at


def the(place: Place) -> Line:
    """Name a place."""
    return f"the {place}", elide(f"{'la' if place.gender == 'f' else 'le'} {place.fr}")


def back_from(place: Place) -> Line:
    """Say where somebody comes from.

    Example:
        >>> from llmbook.world.lexicon import PLACES
        >>> back_from(PLACES["mill"]), back_from(PLACES["pond"])
        (('from the mill', 'du moulin'), ('from the pond', "de l'étang"))
    """
    return f"from the {place}", contracted("de", the(place)[1])
