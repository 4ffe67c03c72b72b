"""Who and what a bilingual text is about, chosen so that a split's words may stand together.

Explained in the chapter "data".  A :class:`Cast` draws phrases.  Every adjective with its noun, every
verb with its object and every subject with its verb is a pair of :func:`llmbook.world.draw.held_out`.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from llmbook.world.draw import Draw, held_out
from llmbook.world.french_grammar import DETERMINERS, noun_phrase, number_word
from llmbook.world.french_phrases import Line, Phrase, moment
from llmbook.world.french_words import ALIKE, BREAKING, COLORS, LATE, VERBS, Verb
from llmbook.world.lexicon import (
    ADJECTIVES,
    ANIMALS,
    JOBS,
    MEN,
    MOODS,
    PLACES,
    THINGS,
    WOMEN,
    Adjective,
    Noun,
    Place,
)

T = TypeVar("T")

NUMBERS = str.split("zero one two three four five six seven eight nine ten eleven twelve")
# The old and the beautiful come more often: their French has one form more.
FURS = str.split("old old old beautiful beautiful small big pretty white black gray brown strange")
OWNERS = {
    "my": "mon",
    "your": "ton",
    "our": "notre",
    "his": "son",
    "her": "son",
    "its": "son",
    "their": "leur",
}


class Cast:
    """Draws who and what a text is about.

    Args:
        draw: Decides everything.

    Example:
        >>> cast = Cast(Draw("cast", 0))
        >>> str(cast.person()), str(cast.thing("the", plural=False))
        ('Sara', 'the small puppet')
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
        """Return a noun after ``the``, ``a``, ``this``, ``which``, ``no``, ``my``, a number or an owner."""
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

    def verb(self, words: str, table: dict[str, Verb] = VERBS) -> Verb:
        """Return one of some verbs, given in English with commas between them."""
        return table[self.draw.choice(words.split(", "))]

    def thing(
        self,
        determiners: str = "the",
        *,
        verb: Verb | None = None,
        plural: bool | None = None,
        adjectives: int | None = None,
        owner: Phrase | None = None,
    ) -> Phrase:
        """Return a thing, with none, one or two adjectives, in the singular or in the plural.

        Args:
            determiners: What it may begin with; see :meth:`phrase`.
            verb: The verb whose object it is.
            plural: Whether it is more than one; by chance, if this is not given.
            adjectives: How many it has; by chance, if this is not given.
            owner: Whose it is.
        """
        draw = self.draw
        count = adjectives
        if count is None:
            count = draw.weighted([(0, 0.2), (1, 0.65), (2, 0.15)])
        tag = "breakable" if verb is not None and verb.en in BREAKING else ""
        if verb is None and count:
            nouns = [noun for noun in THINGS.values() if noun.en not in self._used]
            adjective, noun = draw.pair(list(ADJECTIVES.values()), nouns)
            self.pairs.append((adjective.en, noun.en))
            self._used.append(noun.en)
            words = [adjective]
        else:
            noun = self.noun(tag=tag, verb=verb)
            words = self.adjectives(noun, min(count, 1))
        if count > 1 and words[0].before:  # "the old red kite"
            words += self.adjectives(noun, 1, without=words, among=COLORS)
        many = draw.chance(0.3) if plural is None else plural
        determiner = draw.choice(determiners.split())
        return self.phrase(determiner, noun, words, plural=many, owner=owner)

    def whose(self, who: Phrase, verb: Verb) -> str:
        """Return ``his`` or ``her``, or ``a`` where one's own thing makes no sense."""
        return "a" if verb.en in ("buy", "borrow", "choose", "steal") else who.his

    def counted(self, noun: Noun, number: int, words: Iterable[Adjective] = ()) -> Phrase:
        """Return a number of things."""
        return self.phrase("", noun, words, number=number)

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
            [("one", 0.6), ("job", 0.1), ("two", 0.12), ("animal", 0.3 * animals)]
        )
        if kind == "animal":
            return self.animal(verb, plural=self.draw.chance(0.3))
        return self.two(verb) if kind == "two" else self.person(verb, job=kind == "job")

    def place(self, *, inside: bool = True, outside: bool = True) -> Place:
        """Return a place that no other phrase of the text has, with a roof or without."""
        place = self.match(
            place for place in PLACES.values() if (inside if place.inside else outside)
        )
        self._used.append(place.en)
        return place

    def mood(self, who: Phrase, among: Iterable[str] = MOODS) -> Line:
        """Return how somebody may feel, in English and French."""
        return who.said(MOODS[self.draw.choice(list(among))])

    def timed(self, line: Line, table: dict[str, str]) -> Line:
        """Say when, before a sentence, after it, or not at all."""
        when = self.draw.choice(list(table))
        late = when in LATE and self.draw.chance(0.5)
        return moment(table, when, line, late=late) if late or self.draw.chance(0.4) else line
