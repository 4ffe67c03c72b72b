"""A reader of French who did not write it: agreement, elision, contraction, order.

Explained in the chapter "data".  It shares the tables of :mod:`llmbook.world.lexicon` with the
narrator (what a word *is*) and none of its grammar: it takes a text apart again, from left to right,
and compares what stands together.  It knows the valley's French, not all French.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from llmbook.world import lexicon

_TOKEN = re.compile(
    r"[Aa]ujourd'hui|[Qq]uelqu'un|(?:[LlDdNnJjMmTtSsCc]|[Qq]u)'|\w+(?:-\w+)*|[«».,:?!]"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- What a word can be ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Mention:
    """Somebody or something that a text has named.

    Args:
        gender: ``"m"``, ``"f"``, or ``"mf"`` if it does not show.
        number: ``"s"``, ``"p"``, or ``"sp"`` if it does not show.
        kind: ``"thing"``, ``"being"``, ``"place"``, ``"time"`` or ``"job"``.
    """

    gender: str
    number: str
    kind: str = "thing"

    def fits(self, gender: str, number: str) -> bool:
        """Say whether a word of some genders and numbers may stand with it."""
        return bool(set(gender) & set(self.gender)) and bool(set(number) & set(self.number))


def _nouns() -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    tables = (("thing", lexicon.THINGS), ("thing", lexicon.GOODS), ("being", lexicon.ANIMALS))
    for kind, table in tables:
        for noun in table.values():
            found.setdefault(noun.fr, []).append(Mention(noun.gender, "s", kind))
            found.setdefault(noun.fr_plural, []).append(Mention(noun.gender, "p", kind))
    for place in lexicon.PLACES.values():
        found.setdefault(place.fr, []).append(Mention(place.gender, "s", "place"))
    for masculine, feminine in lexicon.JOBS.values():
        both = "mf" if masculine == feminine else ""
        found.setdefault(masculine, []).append(Mention(both or "m", "s", "job"))
        if not both:
            found.setdefault(feminine, []).append(Mention("f", "s", "job"))
    for word in _words("matin soir jour lundi orage soleil vent brouillard monde bord"):
        found.setdefault(word, []).append(Mention("m", "s", "time"))
    for word in ("semaine", "couleur"):
        found.setdefault(word, []).append(Mention("f", "s", "time"))
    return found


def _adjectives() -> dict[str, tuple[str, str, bool, bool]]:
    """Return for each form its genders, its numbers, whether it stands before, whether it is liaison's."""
    found: dict[str, tuple[str, str, bool, bool]] = {}
    for adjective in (*lexicon.ADJECTIVES.values(), *lexicon.MOODS.values()):
        for place, form in enumerate(adjective.fr):
            gender, number, *_ = found.get(form, ("", ""))
            gender += "f" if place % 2 else "m"
            number += "p" if place > 1 else "s"
            found[form] = (gender, number, adjective.before, False)
        if adjective.liaison:
            found[adjective.liaison] = ("m", "s", True, True)
    found |= {"autre": ("mf", "s", True, False)}
    found |= {"dernière": ("f", "s", False, False), "prochaine": ("f", "s", False, False)}
    return found | {"prochain": ("m", "s", False, False)}


_NOUNS, _ADJECTIVES = _nouns(), _adjectives()
_ADJECTIVES_BEFORE_VOWEL = {a.fr[0]: a.liaison for a in lexicon.ADJECTIVES.values() if a.liaison}
_NAMES = dict.fromkeys(lexicon.WOMEN, "f") | dict.fromkeys(lexicon.MEN, "m")
_ASPIRATE = {
    form
    for noun in (*lexicon.THINGS.values(), *lexicon.ANIMALS.values())
    if "aspirate" in noun.tags
    for form in (noun.fr, noun.fr_plural)
} | {"huit", "onze"}
_NUMBERS = _words("deux trois quatre cinq six sept huit neuf dix onze douze")
_DETERMINERS = {  # the genders and the numbers of what may follow; "mon" is looked at more closely
    word: (genders, numbers)
    for genders, numbers, words in (
        ("m", "s", "le au du un ce cet quel"),
        ("f", "s", "la une cette ma ta sa quelle"),
        ("mf", "s", "mon ton son l' notre leur chaque"),
        ("m", "p", "quels"),
        ("f", "p", "quelles"),
        ("mf", "p", "les aux des ces mes tes ses nos leurs"),
        ("mf", "p", " ".join(sorted(_NUMBERS))),
        ("mf", "sp", "de d'"),
    )
    for word in words.split()
}
_PREPOSITIONS = _words("à de d' dans sur par pour avec sans avant après chez que qu'")
_CLITICS = _words("ne n' me m' te t' se s' le la les l' lui leur y en")
_ADVERBS = _words(
    "pas plus jamais rien encore toujours souvent très si trop plutôt aussi moins maintenant aujourd'hui "
    "puis hier demain bientôt soudain enfin parfois non oui voici dimanche et mais tout pourquoi comment "
    "combien parce train midi été hiver merci quand où qui"
)
_AVOIR = {"a": "s", "ont": "p", "avait": "s", "avaient": "p", "ai": "1", "as": "2"}
_ETRE = {"est": "s", "sont": "p", "était": "s", "étaient": "p", "suis": "1", "es": "2"}
_PRONOUNS = {"il": ("m", "s"), "elle": ("f", "s"), "ils": ("m", "p"), "elles": ("f", "p")}
_IMPERSONAL = _words("y pleut pleuvait neige neigeait lui en")


def _vowel(word: str) -> bool:
    return word[0].lower() in "aâàeéèêiîoôœuûhy" and word.lower() not in _ASPIRATE


def _participle(word: str) -> tuple[str, str]:
    """Return the genders and numbers of a participle, by its ending."""
    if word in ("pris", "promis", "surpris"):
        return "m", "sp"
    gender = "f" if re.search(r"es?$", word) else "m"
    return gender, "p" if word.endswith("s") else "s"


# --- Reading --------------------------------------------------------------------------------------


@dataclass
class _Clause:
    """What a clause has shown so far."""

    subject: Mention | None = None
    verb: bool = False
    awaits: str = ""  # the number of a verb whose subject comes after it
    before: Mention | None = None  # the direct object, if it stands before the verb
    reflexive: bool = False
    relative: bool = False


@dataclass
class _Reader:
    words: list[str]
    faults: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    clauses: list[_Clause] = field(default_factory=lambda: [_Clause()])
    speaker: str = "mf"

    def word(self, place: int) -> str:
        """Return a word in lower case, or nothing outside the text; names keep their capital."""
        if not 0 <= place < len(self.words):
            return ""
        return self.words[place] if self.words[place] in _NAMES else self.words[place].lower()

    def blame(self, what: str, place: int) -> None:
        self.faults.append(f"{what}: {' '.join(self.words[max(0, place - 2) : place + 4])}")

    # A noun phrase: its own words must agree, and stand in order.

    def phrase(self, place: int) -> tuple[Mention, int] | None:
        """Read a noun phrase, and return what it names and the place after it; None if there is none."""
        start, determiner = place, self.word(place)
        if determiner in _NAMES:
            return self.names(place)
        if determiner not in _DETERMINERS:
            return None
        place += 1
        if determiner not in _NUMBERS and self.word(place) in _NUMBERS:
            place += 1
        superlative = determiner in ("le", "la", "les", "l'") and self.word(place) == "plus"
        place += superlative
        adjectives: list[int] = []
        while self.word(place) in _ADJECTIVES and not (self.word(place) in _NOUNS and adjectives):
            adjectives.append(place)
            place += 1
        if self.word(place) not in _NOUNS:
            return self.ellipsis(start, adjectives, place)
        options, after = _NOUNS[self.word(place)], place + 1
        gender, number = _DETERMINERS[determiner]
        noun = next((option for option in options if option.fits(gender, number)), options[0])
        if not noun.fits(gender, number):
            self.blame("determiner", start)
        if len(options) > 1 and determiner in ("de", "d'"):
            noun = Mention(noun.gender, "sp", noun.kind)
        number = number if len(number) == 1 else noun.number
        for adjective in adjectives:
            genders, numbers, before, liaison = _ADJECTIVES[self.word(adjective)]
            if not noun.fits(genders, numbers):
                self.blame("adjective", adjective)
            if not before:
                self.blame("order", adjective)
            vowel = _vowel(self.word(adjective + 1))
            if liaison and not vowel:
                self.blame("liaison", adjective)
            if vowel and noun.fits("m", "s") and self.word(adjective) in _ADJECTIVES_BEFORE_VOWEL:
                self.blame("liaison", adjective)
        self.articles(start, noun, bool(adjectives))
        while self.word(after) in _ADJECTIVES:
            genders, numbers, before, _ = _ADJECTIVES[self.word(after)]
            if not noun.fits(genders, numbers):
                self.blame("adjective", after)
            if before:
                self.blame("order", after)
            after += 1
        if self.word(after) in ("le", "la", "les") and self.word(after + 1) == "plus":
            genders, numbers, before, _ = _ADJECTIVES.get(
                self.word(after + 2), ("", "", True, False)
            )
            if (
                before
                or not noun.fits(genders, numbers)
                or not noun.fits(*_DETERMINERS[self.word(after)])
            ):
                self.blame("superlative", after)
            after += 3
        if noun.kind == "job" and self.word(after) in _NAMES:
            gender = _NAMES[self.word(after)]
            if not noun.fits(gender, "s") or gender not in _DETERMINERS[determiner][0]:
                self.blame("job", start)
            return Mention(gender, "s", "being"), after + 1
        return noun, after

    def ellipsis(self, start: int, adjectives: list[int], after: int) -> tuple[Mention, int] | None:
        """Read an article and an adjective without a noun: "La rouge."""
        if not adjectives or self.word(start) not in ("le", "la", "les") or self.word(after) != ".":
            return None
        genders, numbers, *_ = _ADJECTIVES[self.word(adjectives[0])]
        asked = next((seen for seen in reversed(self.mentions) if seen.kind == "thing"), None)
        article = _DETERMINERS[self.word(start)]
        if asked and not (asked.fits(genders, numbers) and asked.fits(*article)):
            self.blame("ellipsis", start)
        return Mention(genders, numbers), after

    def names(self, place: int) -> tuple[Mention, int]:
        """Read one name or two, and what stands beside one: "Anna, la boulangère, "."""
        gender, after = _NAMES[self.word(place)], place + 1
        if self.word(after) == "et" and self.word(after + 1) in _NAMES:
            both = {gender, _NAMES[self.word(after + 1)]}
            return Mention("f" if both == {"f"} else "m", "p", "being"), after + 2
        if self.word(after) == "," and self.word(after + 1) in ("le", "la", "l'"):
            beside = self.phrase(after + 1)
            if beside and beside[0].kind == "job":
                article = self.word(after + 1)
                if not beside[0].fits(gender, "s") or gender not in _DETERMINERS[article][0]:
                    self.blame("job", after + 1)
                after = beside[1] + (self.word(beside[1]) == ",")
        return Mention(gender, "s", "being"), after

    def articles(self, start: int, noun: Mention, preceded: bool) -> None:
        """Check the forms of a determiner that its next word decides."""
        determiner, vowel = self.word(start), _vowel(self.word(start + 1))
        if determiner in ("le", "la", "ce", "ma", "ta", "sa", "au", "du", "de") and vowel:
            self.blame("elision", start)
        if determiner in ("l'", "cet", "d'") and not vowel:
            self.blame("elision", start)
        if determiner in ("mon", "ton", "son") and noun.gender == "f" and not vowel:
            self.blame("possessive", start)
        if determiner == "des" and preceded:
            self.blame("des before an adjective", start)
        if determiner in ("de", "d'"):
            earlier = {self.word(place) for place in range(max(0, start - 9), start)}
            plural = preceded and "p" in noun.number
            if not plural and not earlier & {"pas", "combien"}:
                self.blame("no article", start)

    # A clause: its verb, its participle and its adjectives agree with its subject.

    @property
    def clause(self) -> _Clause:
        return self.clauses[-1]

    def surface(self) -> None:
        """Check elision and contraction between every two words."""
        for place in range(len(self.words) - 1):
            one, two = self.word(place), self.word(place + 1)
            if not two[0].isalpha():
                if one.endswith("'"):
                    self.blame("elision", place)
                continue
            if one in ("le", "la", "de", "que", "ne", "je", "me", "te", "se") and _vowel(two):
                self.blame("elision", place)
            if one.endswith("'") and not _vowel(two):
                self.blame("elision", place)
            if one in ("de", "à") and two in ("le", "les"):
                ahead = self.word(place + 2)
                if ahead in _NOUNS or ahead in _ADJECTIVES or ahead in _NUMBERS:
                    self.blame("contraction", place)

    def read(self) -> list[str]:
        """Read all, and return the faults."""
        self.surface()
        place, prepared = 0, False
        for at, word in enumerate(self.words):
            if word == "»" and at + 3 < len(self.words):
                names = [name for name in self.words[at : at + 6] if name in _NAMES]
                self.speaker = _NAMES[names[0]] if names else "mf"
        while place < len(self.words):
            word = self.word(place)
            pronoun_ahead = word in _CLITICS and self.word(place + 1) not in _NOUNS
            found = self.phrase(place)
            if found and not (word in ("de", "d'") and self.word(place + 1) in _NAMES):
                mention, after = found
                self.named(mention, place, prepared)
                prepared = False
                place = after
                continue
            if word in _NOUNS and not pronoun_ahead:
                self.bare(place)
            prepared = self.step(word, place)
            place += 1
        return self.faults

    def named(self, mention: Mention, place: int, prepared: bool) -> None:
        """Give a noun phrase its part in the clause."""
        word, clause = self.word(place), self.clause
        if mention.kind == "time" and self.word(place + 1) not in (
            "soleil",
            "vent",
            "orage",
            "monde",
        ):
            return  # "ce matin" is no subject
        asked = word.startswith("quel") or self.word(place - 1) == "combien"
        if asked and mention.kind == "thing":
            clause.before = mention
        elif not (
            prepared or word in ("au", "aux", "du") or (word in ("de", "d'") and not clause.verb)
        ):
            if clause.awaits:
                if clause.awaits not in mention.number:
                    self.blame("verb", place)
                clause.subject, clause.awaits = mention, ""
            elif clause.subject is None and not clause.verb:
                clause.subject = mention
        if mention.kind != "time":
            self.mentions.append(mention)

    def bare(self, place: int) -> None:
        """Check a noun without an article: only what somebody is may stand so ("a marché" is a verb)."""
        word, previous = self.word(place), self.word(place - 1)
        noun = _NOUNS[word][0]
        if noun.kind == "job" and previous in _ETRE:
            if self.clause.subject and not self.clause.subject.fits(noun.gender, noun.number):
                self.blame("job", place)
        elif noun.kind != "time" and not (
            word == "marché" and {previous, self.word(place - 2)} & set(_AVOIR)
        ):
            self.blame("no article", place)

    def step(self, word: str, place: int) -> bool:
        """Read a word that is not in a noun phrase; say whether it is a preposition."""
        if word in ".?!«" or word == "»":
            self.clauses = [_Clause()]
        elif word in (",", ":"):
            if self.clause.verb and not self.clause.relative:
                self.clauses = [_Clause()]
        elif word in ("que", "qu'"):
            return self.that(place)
        elif (word in ("qui", "où") and self.mentions and self.clause.subject) or (
            word == "où" and self.clause.verb
        ):
            subject = self.mentions[-1] if word == "qui" else None
            self.clauses.append(_Clause(subject=subject, relative=True))
        elif word == "qui" and self.word(place - 1) != "à":
            self.clause.subject = Mention("m", "s", "being")
        elif word == "quand" and self.clause.verb:
            self.clauses.append(_Clause())
        elif word in _PRONOUNS:
            self.pronoun(word, place)
        elif word in ("je", "j'", "tu"):
            self.clause.subject = Mention(
                self.speaker if word != "tu" else "mf", "1" if word != "tu" else "2"
            )
        elif word in ("personne", "quelqu'un"):
            self.clause.subject = Mention("m", "s", "being")
        elif word.startswith("-"):
            self.inverted(word[1:], place)
        elif word in _CLITICS:
            self.clitic(word, place)
        elif (
            word in ("et", "mais") and self.clause.verb and self.word(place + 1) not in _ADJECTIVES
        ):
            subject = (
                None
                if self.word(place + 1) in {*_PRONOUNS, *_NAMES, *_DETERMINERS}
                else self.clause.subject
            )
            self.clauses = [_Clause(subject=subject)]
        elif word in _PREPOSITIONS:
            return True
        elif (
            word not in _ADVERBS
            and word.isalpha()
            and word not in _NUMBERS
            and word not in ("un", "une")
        ):
            self.verb(word, place)
        return False

    def that(self, place: int) -> bool:
        """Read a "que": of a comparison, of a cause, of a question or of a relative clause."""
        before = [self.word(place - back) for back in (1, 2, 3)]
        if {"plus", "moins", "aussi"} & set(before[1:2]):
            return True
        if before[0] == "parce":
            self.clauses.append(_Clause())
        elif before[0] != "-ce" and self.mentions and self.word(place + 1) not in ("est",):
            self.clauses.append(_Clause(before=self.mentions[-1], relative=True))
        return False

    def pronoun(self, word: str, place: int) -> None:
        """Check that "elle" means something that has been named."""
        gender, number = _PRONOUNS[word]
        ahead = {self.word(place + 1), self.word(place + 2)}
        known = any(mention.fits(gender, number) for mention in self.mentions)
        if not known and not (word == "il" and ahead & _IMPERSONAL):
            self.blame("pronoun", place)
        self.clause.subject = Mention(gender, number, "being")

    def inverted(self, word: str, place: int) -> None:
        """Check the pronoun behind a verb: "a-t-elle", "prends-la"."""
        subject = self.clause.subject
        if word in _PRONOUNS and subject and not subject.fits(*_PRONOUNS[word]):
            self.blame("pronoun", place)
        if word in ("le", "la", "les"):
            self.object(word, place)

    def clitic(self, word: str, place: int) -> None:
        if word in ("se", "s'", "me", "m'"):
            self.clause.reflexive = True
        elif word in ("le", "la", "les", "l'") and not self.clause.verb:
            self.clause.before = self.object(word, place)
        elif word in ("le", "la", "les", "l'"):
            self.object(word, place)

    def object(self, word: str, place: int) -> Mention:
        """Check that "la" means the thing that was named last, and return that."""
        thing = next((seen for seen in reversed(self.mentions) if seen.kind == "thing"), None)
        if thing is None or not thing.fits(*_DETERMINERS[word]):
            self.blame("object", place)
        return thing or Mention(*_DETERMINERS[word])

    def verb(self, word: str, place: int) -> None:
        """Check a finite verb with its subject, and the words that depend on it."""
        if self.clause.verb and len(self.clauses) > 1 and (word in _AVOIR or word in _ETRE):
            self.clauses.pop()  # "la clé qu'Anna a trouvée | est rouge"
        clause = self.clause
        if clause.verb or self.word(place + 1) == "-ce":
            return
        clause.verb = True
        number = (
            _AVOIR.get(word)
            or _ETRE.get(word)
            or ("p" if re.search(r"(?:(?<![vt]i)e|o)nt$", word) else "s")
        )
        subject = clause.subject
        if subject is None:
            clause.awaits = number if word in _ETRE else ""
        elif subject.number in ("1", "2"):
            if (word in _AVOIR or word in _ETRE) and number != subject.number:
                self.blame("verb", place)
        elif number not in subject.number:
            self.blame("verb", place)
        subject = subject and Mention(
            subject.gender, "s" if subject.number in "12" else subject.number, subject.kind
        )
        place += 1
        while (
            self.word(place) in _ADVERBS and self.word(place) not in ("et", "mais")
        ) or self.word(place)[:1] == "-":
            if self.word(place) == "été":  # the passive
                self.agrees(place + 1, subject)
                return
            place += 1
        if word in _AVOIR:
            self.participle(place, clause, subject)
        elif word in _ETRE:
            self.predicate(place, subject)

    def participle(self, place: int, clause: _Clause, subject: Mention | None) -> None:
        """Check a participle with avoir: it agrees with an object that stands before it."""
        word = self.word(place)
        if word == "été":
            self.agrees(place + 1, subject)
        elif re.search(r"(?:é|i|u|is|it|int|ert)e?s?$", word) and word not in _DETERMINERS:
            before = clause.before or Mention("m", "s")
            if not before.fits(*_participle(word)):
                self.blame("participle", place)
        if clause.reflexive:
            self.blame("auxiliary", place)

    def predicate(self, place: int, subject: Mention | None) -> None:
        """Check what follows être: adjectives, one or two, or a participle."""
        while subject and self.agrees(place, subject):
            place += 1
            if self.word(place) in ("et", "mais"):
                place += 1
            elif not self.word(place - 1).startswith("devenu"):
                break

    def agrees(self, place: int, subject: Mention | None) -> bool:
        """Say whether a word is an adjective or a participle, after checking it."""
        word = self.word(place)
        if word in _PREPOSITIONS or word in _DETERMINERS:
            return False
        if word in _ADJECTIVES:
            form = _ADJECTIVES[word][:2]
            if _ADJECTIVES[word][3]:
                self.blame("liaison", place)
        elif (
            re.fullmatch(r"\w+(?:é|[^aeo]i|u|[pm]is|[aeu]int|ert)e?s?", word) and word not in _NOUNS
        ):
            form = _participle(word)
        else:
            return False
        if subject and not subject.fits(*form):
            self.blame("predicate", place)
        return True


def _split(words: Iterable[str]) -> list[str]:
    """Split the pronoun from the verb before it: a-t-elle, prends-la."""
    found = []
    for word in words:
        if "-" in word and word.lower() not in _NOUNS:
            first, *_, last = word.split("-")
            found += [first, "-" + last]
        else:
            found.append(word)
    return found


def faults(french: str) -> list[str]:
    """Return what is wrong with a French text of the valley, one line each.

    Example:
        >>> faults("La vieille clé est petite et brillante.")
        []
        >>> faults("Le vieille clé est petit.")
        ['determiner: Le vieille clé est', 'predicate: clé est petit .']
        >>> faults("Anna a trouvé cet beau écureuil à le moulin.")[0]
        'contraction: beau écureuil à le moulin .'
    """
    return _Reader(_split(_TOKEN.findall(french.replace("s'il te plaît", "merci")))).read()
