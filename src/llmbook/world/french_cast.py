"""Who and what a bilingual text is about, chosen so that a split's words may stand together.

Explained in the chapter "data".  A :class:`Phrase` is a subject or an object in both languages.  A
:class:`Cast` draws them: every adjective with its noun, every verb with its object and every subject
with its verb is a pair of :func:`llmbook.world.draw.held_out`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from llmbook.world.draw import Draw, held_out
from llmbook.world.french_grammar import (
    DETERMINERS,
    Agreement,
    contracted,
    noun_phrase,
    number_word,
    verb_phrase,
)
from llmbook.world.french_words import ALIKE, COLORS, Verb
from llmbook.world.lexicon import (
    ADJECTIVES,
    ANIMALS,
    JOBS,
    MEN,
    PLACES,
    THINGS,
    WOMEN,
    Adjective,
    Noun,
    Place,
)

T = TypeVar("T")

NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
FURS = ("old", "small", "big", "beautiful", "pretty", "white", "black", "gray", "brown", "clean", "strange")
OWNERS = {
    "my": "mon",
    "your": "ton",
    "our": "notre",
    "his": "son",
    "her": "son",
    "its": "son",
    "their": "leur",
}


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
        return adjective.fr[(self.gender == "f") + 2 * self.plural]

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
        do, be = ("do" if self.plural else "does"), self.be
        english = {
            "present": f"{do} not {verb.en}" if negated else verb.en if self.plural else verb.third,
            "past": f"did not {verb.en}" if negated else verb.past,
            "imperfect": f"{self.was}{no} {verb.ing}",
            "pluperfect": f"had{no} {verb.participle}",
            "future": f"will{no} {verb.en}",
            "near": f"{be}{no} going to {verb.en}",
            "progressive": f"{be}{no} {verb.ing}",
        }
        negation = "pas" if negated else ""
        return english[tense], verb_phrase(verb.fr, tense, self, negation=negation, **french)  # type: ignore[arg-type]


class Cast:
    """Draws who and what a text is about.

    Args:
        draw: Decides everything.

    Example:
        >>> cast = Cast(Draw("cast", 0))
        >>> str(cast.person()), str(cast.thing("the", plural=False))
        ('Zoe', 'the small slate')
    """

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.pairs: list[tuple[str, str]] = []
        self._used: list[str] = []

    def match(
        self, options: Iterable[T], left: Sequence[object] = (), right: Sequence[object] = ()
    ) -> T:
        """Return an option that may stand with all of these words, and remember the pairs."""
        fresh = [option for option in options if str(option) not in self._used]
        wanted = self.draw.split == "combinations"

        def out(option: T) -> list[bool]:
            return [held_out(word, option) for word in left] + [
                held_out(option, word) for word in right
            ]

        if left or right:
            fitting = [
                option for option in fresh if (any(out(option)) if wanted else not any(out(option)))
            ]
            found = self.draw.choice(fitting or fresh if wanted else fitting)
        else:
            found = self.draw.choice(fresh)
        self.pairs += [(str(word), str(found)) for word in left] + [
            (str(found), str(word)) for word in right
        ]
        return found

    def adjectives(
        self,
        noun: Noun,
        count: int = 1,
        without: Iterable[Adjective] = (),
        among: Iterable[str] = ADJECTIVES,
    ) -> list[Adjective]:
        """Return adjectives that may all be said of a noun, none like another."""
        found: list[Adjective] = []
        for _ in range(count):
            said = {str(adjective) for adjective in (*without, *found)}
            barred = {word for row in ALIKE if said & set(row) for word in row} | said
            found.append(
                self.match([ADJECTIVES[word] for word in among if word not in barred], right=[noun])
            )
        return found

    def said_of(
        self, phrase: Phrase, count: int = 1, among: Iterable[str] = ADJECTIVES
    ) -> list[Adjective]:
        """Return adjectives that a sentence may say of something, besides those it has."""
        assert phrase.noun is not None
        fitting = [word for word in among if word != "new"]  # French would have to ask in what way
        return self.adjectives(phrase.noun, count, phrase.words, fitting)

    def noun(
        self, nouns: dict[str, Noun] = THINGS, tag: str = "", verb: Verb | None = None
    ) -> Noun:
        """Return a noun that no other phrase of the text has."""
        fitting = [noun for noun in nouns.values() if not tag or tag in noun.tags]
        noun = self.match(fitting, left=[verb] if verb else [])
        self._used.append(noun.en)
        return noun

    def phrase(
        self,
        determiner: str,
        noun: Noun,
        adjectives: Iterable[Adjective] = (),
        *,
        plural: bool = False,
        owner: Phrase | None = None,
        number: int = 0,
    ) -> Phrase:
        """Return a noun with its words: ``the``, ``a``, ``this``, ``which``, ``my``, a number, or an owner."""
        before = [adjective for adjective in adjectives if adjective.before]
        ordered = (*before, *(adjective for adjective in adjectives if not adjective.before))
        plural = plural or number > 1
        english = " ".join([*map(str, ordered), noun.plural if plural else noun.en])
        fr_determiner = OWNERS.get(
            determiner,
            {"the": "le", "a": "un", "this": "ce", "which": "quel", "no": "de"}.get(
                determiner, "le"
            ),
        )
        if number:
            determiner = f"{determiner} {NUMBERS[number]}".strip()
            french = number_word(number, noun.gender)
            if " " in determiner:  # "her three lemons"
                french = DETERMINERS[fr_determiner][2] + " " + french
            french = noun_phrase(french, noun, ordered, plural)
        elif owner is not None:
            determiner = owner.en + "'s"
            french = noun_phrase("le", noun, ordered, plural) + " " + owner.of
        else:
            french = noun_phrase(fr_determiner, noun, ordered, plural)
            if determiner == "a":
                determiner = "some" if plural else "an" if english[0] in "aeiou" else "a"
            elif determiner == "this" and plural:
                determiner = "these"
        return Phrase(
            noun.gender,
            plural,
            en=f"{determiner} {english}",
            fr=french,
            human=False,
            noun=noun,
            words=ordered,
        )

    def thing(
        self,
        determiner: str = "the",
        *,
        verb: Verb | None = None,
        tag: str = "",
        plural: bool | None = None,
        adjectives: int | None = None,
        owner: Phrase | None = None,
    ) -> Phrase:
        """Return a thing, with none, one or two adjectives, in the singular or in the plural."""
        draw = self.draw
        count = (
            draw.weighted([(0, 0.2), (1, 0.65), (2, 0.15)]) if adjectives is None else adjectives
        )
        if verb is None and not tag and count:
            adjective, noun = draw.pair(
                list(ADJECTIVES.values()), [n for n in THINGS.values() if n.en not in self._used]
            )
            self.pairs.append((adjective.en, noun.en))
            self._used.append(noun.en)
            words = [adjective]
        else:
            noun = self.noun(tag=tag, verb=verb)
            words = self.adjectives(noun, min(count, 1))
        if count > 1 and words[0].before:  # "the old red kite"
            words += self.adjectives(noun, 1, without=words, among=COLORS)
        many = draw.chance(0.3) if plural is None else plural
        return self.phrase(determiner, noun, words, plural=many, owner=owner)

    def person(self, verb: Verb | None = None, *, job: bool = False) -> Phrase:
        """Return somebody, perhaps with what he or she does: ``the baker Anna``."""
        name = self.match([*WOMEN, *MEN], right=[verb] if verb else [])
        self._used.append(name)
        gender = "f" if name in WOMEN else "m"
        if not job:
            return Phrase(gender, en=name, fr=name)
        work, trade = self.job(gender)
        article = "la" if gender == "f" else "le"
        return Phrase(gender, en=f"the {work} {name}", fr=f"{article} {trade} {name}")

    def job(self, gender: str) -> tuple[str, str]:
        """Return what somebody does, in English and French."""
        work = self.draw.choice(
            [job for job in JOBS if (job, gender) != ("doctor", "f")]
        )  # usage is divided
        return work, JOBS[work][gender == "f"]

    def two(self, verb: Verb | None = None) -> Phrase:
        """Return two people."""
        one, other = self.person(verb), self.person(verb)
        gender = "f" if one.gender == other.gender == "f" else "m"
        return Phrase(gender, True, en=f"{one} and {other}", fr=f"{one.fr} et {other.fr}")

    def animal(self, verb: Verb | None = None, plural: bool = False) -> Phrase:
        """Return an animal, or some of its kind."""
        kinds = [
            noun for noun in ANIMALS.values() if noun.plural != noun.en or not plural
        ]  # one sheep
        noun = self.match(kinds, right=[verb] if verb else [])
        self._used.append(noun.en)
        words = self.adjectives(noun, int(self.draw.chance(0.5)), among=FURS)
        return self.phrase("this" if self.draw.chance(0.2) else "the", noun, words, plural=plural)

    def who(self, verb: Verb | None = None, *, animals: bool = False) -> Phrase:
        """Return a subject: somebody, two people, or perhaps animals."""
        kind = self.draw.weighted(
            [("one", 0.5), ("job", 0.2), ("two", 0.15), ("animal", 0.3 * animals)]
        )
        if kind == "animal":
            return self.animal(verb, plural=self.draw.chance(0.3))
        return self.two(verb) if kind == "two" else self.person(verb, job=kind == "job")

    def place(self) -> Place:
        """Return a place that no other phrase of the text has."""
        place = self.match(PLACES.values())
        self._used.append(place.en)
        return place
