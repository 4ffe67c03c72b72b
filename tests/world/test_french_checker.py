"""The checker finds what is wrong with a French text, and nothing in what is right."""

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest

from llmbook.world.draw import Draw
from llmbook.world.french import tell
from llmbook.world.french_checker import faults
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MOODS, THINGS

RIGHT = [
    "Ce hérisson est fier.",
    "Cet écureuil est étrange.",
    "La hache que Tom a prise est lourde.",
    "Il y a de vieilles clés dans le grenier.",
    "Il n'y a pas de clé dans la boîte.",
    "Mon échelle est plus longue que ta corde.",
    "Combien de pommes Anna a-t-elle mangées ? Elle en a mangé deux.",
    "Anna et Eva sont allées à l'école.",
    "Anna et Ben sont allés au moulin.",
    "« Je suis fatiguée », a dit Anna.",
    "Le tablier le plus étrange est à l'auberge.",
]
WRONG = [
    "Le clé est vieille.",
    "La clé est vieux.",
    "La clé vieille est rouge.",
    "La rouge clé est vieille.",
    "Anna a un vieux horloge.",
    "Anna a un vieux oreiller rouge.",
    "Anna a un nouvel bol.",
    "Ce écureuil est fier.",
    "Cet hérisson est fier.",
    "L'hache est lourde.",
    "La assiette est propre.",
    "Anna est allée à le moulin.",
    "Anna est allée au école.",
    "Anna est allé au moulin.",
    "Anna et Ben sont allées au moulin.",
    "Anna et Ben est allés au moulin.",
    "C'est le livre de le boulanger Ben.",
    "Il y a des vieilles clés dans le grenier.",
    "Il y a de clés dans le grenier.",
    "La clé que Anna a trouvée est vieille.",
    "La clé qu'Anna a trouvé est vieille.",
    "Anna a trouvée la clé.",
    "Anna a perdu la clé. Ben l'a trouvé.",
    "Combien de pommes Anna a-t-elle mangé ?",
    "Combien de pommes Anna a-t-il mangées ?",
    "Ma échelle est longue.",
    "Ta seau est long.",
    "La boulanger Anna est fière.",
    "Anna, le boulanger, a vendu un seau.",
    "Anna est boulanger.",
    "« Je suis fatigué », a dit Anna.",
    "Anna a perdu clé.",
    "La lampe est verte. Il est au moulin.",
    "Le tablier le plus étranges est dans la cave.",
]

# --- Ways to spoil a text; each returns None where it cannot -------------------------------------

ARTICLES = {
    "le": "la", "la": "le", "un": "une", "une": "un", "Le": "La", "La": "Le", "du": "de la", "au": "à la",
    "ce": "cette", "cette": "ce", "cet": "cette", "Ce": "Cette", "Cette": "Ce", "mon": "ma", "ma": "mon",
    "ton": "ta", "ta": "ton", "sa": "son", "les": "la", "Les": "Le", "des": "un", "ces": "ce", "mes": "mon",
    "ses": "sa", "nos": "notre", "quelle": "quel", "Quelle": "Quel",
}  # fmt: skip
NOUNS = [noun for table in (THINGS, GOODS, ANIMALS) for noun in table.values()]
FORMS = [adjective.fr for adjective in (*ADJECTIVES.values(), *MOODS.values())]
NOUN = "|".join(
    sorted({form for noun in NOUNS for form in (noun.fr, noun.fr_plural)}, key=len, reverse=True)
)
AFTER = "|".join(form for a in ADJECTIVES.values() if not a.before for form in a.fr)
BEFORE = "|".join(form for a in ADJECTIVES.values() if a.before for form in a.fr)


def _sub(
    pattern: str, new: Callable[[re.Match[str]], str], text: str, choose: random.Random
) -> str | None:
    """Replace one place of those that fit."""
    places = list(re.finditer(pattern, text))
    if not places:
        return None
    place = choose.choice(places)
    return text[: place.start()] + new(place) + text[place.end() :]


def article(text: str, choose: random.Random) -> str | None:
    pattern = rf"\b({'|'.join(ARTICLES)}) (?=(?:(?:{BEFORE}) )?(?:{NOUN})\b)"
    return _sub(pattern, lambda match: ARTICLES[match[1]] + " ", text, choose)


def adjective(text: str, choose: random.Random) -> str | None:
    words = [(row, form) for row in FORMS for form in set(row) if re.search(rf"\b{form}\b", text)]
    if not words:
        return None
    row, form = choose.choice(sorted(words))
    others = sorted({other for other in row if other != form})
    return _sub(rf"\b{form}\b", lambda _: choose.choice(others), text, choose)


def elision(text: str, choose: random.Random) -> str | None:
    full = {"l": "le", "d": "de", "n": "ne", "j": "je", "qu": "que", "m": "me", "s": "se"}
    pattern = r"\b(l|d|n|j|qu|m|s)'(?!il te)"
    return _sub(pattern, lambda match: full[match[1]] + " ", text, choose)


def order(text: str, choose: random.Random) -> str | None:
    pattern = rf"\b({NOUN}) ({AFTER})\b|\b({BEFORE}) ({NOUN})\b"
    swap = lambda match: f"{match[2]} {match[1]}" if match[1] else f"{match[4]} {match[3]}"  # noqa: E731
    return _sub(pattern, swap, text, choose)


def contraction(text: str, choose: random.Random) -> str | None:
    full = {"au": "à le", "du": "de le", "Au": "À le"}
    return _sub(r"\b(au|du|Au) (?!brouillard)", lambda match: full[match[1]] + " ", text, choose)


def number(text: str, choose: random.Random) -> str | None:
    other = {
        "est": "sont",
        "sont": "est",
        "a": "ont",
        "ont": "a",
        "était": "étaient",
        "étaient": "était",
    }
    pattern = rf"(?<!y )(?<!')\b({'|'.join(other)}) (?!dit|demandé)"
    return _sub(pattern, lambda match: other[match[1]] + " ", text, choose)


def participle(text: str, choose: random.Random) -> str | None:
    pattern = r"\b(a|ont|est|sont) (\w+é)(e?s?)\b(?! [àd]e? ?rester)"
    if "dans le pré" in text:
        return None
    ends = {"": "e", "e": "", "s": "es", "es": "s"}
    return _sub(pattern, lambda match: f"{match[1]} {match[2]}{ends[match[3]]}", text, choose)


def liaison(text: str, choose: random.Random) -> str | None:
    other = {"bel": "beau", "nouvel": "nouveau", "vieil": "vieux", "cet": "ce"}
    return _sub(r"\b(bel|nouvel|vieil|cet)\b", lambda match: other[match[1]], text, choose)


def partitive(text: str, choose: random.Random) -> str | None:
    return _sub(rf"\bde (?=(?:{BEFORE}) (?:{NOUN})\b)", lambda _: "des ", text, choose)


WAYS = (article, adjective, elision, order, contraction, number, participle, liaison, partitive)


def test_right_texts_have_no_fault() -> None:
    assert [text for text in RIGHT if faults(text)] == []


@pytest.mark.parametrize("text", WRONG)
def test_wrong_texts_have_faults(text: str) -> None:
    assert faults(text)


def test_nothing_that_is_told_has_a_fault() -> None:
    for split in ("train", "samples", "combinations"):
        texts = [
            tell(Draw("checker", number, split=split)).truth["french"] for number in range(300)
        ]
        assert [(text, found) for text in texts if (found := faults(text))] == []


def test_nearly_every_spoiled_text_is_caught() -> None:
    choose = random.Random(5)
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for count in range(700):
        text = tell(Draw("spoiled", count)).truth["french"]
        for way in WAYS:
            spoiled = way(text, choose)
            if spoiled is not None and spoiled != text:
                tried[way.__name__] += 1
                caught[way.__name__] += bool(faults(spoiled))
    assert {name for name in (way.__name__ for way in WAYS) if tried[name] < 3} == set()
    shares = {name: round(caught[name] / tried[name], 3) for name in tried}
    assert {name: share for name, share in shares.items() if share < 0.95} == {}
