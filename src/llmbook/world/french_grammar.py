"""French morphology: articles, agreement, elision, contraction, and the verbs of the valley.

Explained in the chapter "data".  Every function is about French alone; what is said, and its
English, is decided in :mod:`llmbook.world.french`.  Forms that rules do not give stand in tables.
"""

import re
from dataclasses import dataclass
from functools import cache

from llmbook.world.lexicon import ANIMALS, THINGS, VOWELS, Adjective, Noun

_BLOCKED = [noun.fr for noun in (*THINGS.values(), *ANIMALS.values()) if "aspirate" in noun.tags]
_BLOCKED += ["huit", "onze", "oui"]  # nothing is elided before these either
_ELIDED = re.compile(
    rf"(?<![\w-])(le|la|de|que|ne|je|me|te|se|ce)[ ](?!(?:{'|'.join(_BLOCKED)})s?\b)(?=[{VOWELS}])",
    re.IGNORECASE,
)

NUMBERS = str.split("zéro un deux trois quatre cinq six sept huit neuf dix onze douze")
POSSESSIVES = {  # masculine, feminine, plural
    "mon": ("mon", "ma", "mes"),
    "ton": ("ton", "ta", "tes"),
    "son": ("son", "sa", "ses"),
    "notre": ("notre", "notre", "nos"),
    "leur": ("leur", "leur", "leurs"),
}
DETERMINERS = POSSESSIVES | {
    "le": ("le", "la", "les"),
    "un": ("un", "une", "des"),
    "ce": ("ce", "cette", "ces"),
    "quel": ("quel", "quelle", ""),  # its plural has a gender: see noun_phrase
    "de": ("de", "de", "de"),  # after a negation, "combien", "plus"
}


@dataclass(frozen=True)
class Agreement:
    """What other words agree with.

    Args:
        gender: ``"m"`` or ``"f"``.
        plural: Whether it is more than one.
        person: 1, 2 or 3.

    Example:
        >>> keys = Agreement("f", plural=True)
        >>> keys.il, keys.le, keys.lui
        ('elles', 'les', 'leur')
    """

    gender: str
    plural: bool = False
    person: int = 3

    @property
    def il(self) -> str:
        """The pronoun that is the subject."""
        if self.person < 3:
            return ("nous" if self.plural else "je") if self.person == 1 else "tu"
        return ("elle" if self.gender == "f" else "il") + "s" * self.plural

    @property
    def le(self) -> str:
        """The pronoun that is the direct object."""
        return "les" if self.plural else "la" if self.gender == "f" else "le"

    @property
    def lui(self) -> str:
        """The pronoun that is the indirect object."""
        return "leur" if self.plural else "lui"


def elide(text: str) -> str:
    """Drop the vowel of short words in front of a vowel or a mute h.

    Example:
        >>> elide("le enfant que elle ne aime pas"), elide("la hache de Anna")
        ("l'enfant qu'elle n'aime pas", "la hache d'Anna")
        >>> elide("Prends-la avec toi.")
        'Prends-la avec toi.'
    """
    return _ELIDED.sub(lambda match: match[1][:-1] + "'", text).replace("si il", "s'il")


def contracted(preposition: str, phrase: str) -> str:
    """Put ``de`` or ``à`` in front of a phrase, and contract it with the article.

    Example:
        >>> contracted("à", "le moulin"), contracted("de", "les clés"), contracted("de", "la clé")
        ('au moulin', 'des clés', 'de la clé')
    """
    article, _, rest = phrase.partition(" ")
    short = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}
    if (both := f"{preposition} {article}") in short and not elide(phrase).startswith(("l'", "L'")):
        return f"{short[both]} {rest}"
    return f"{preposition} {phrase}"


def agree(adjective: Adjective | str, with_: Agreement) -> str:
    """Return the form of an adjective, or of a participle, that agrees with something.

    Example:
        >>> agree("perdu", Agreement("f", plural=True)), agree("pris", Agreement("m", plural=True))
        ('perdues', 'pris')
    """
    if isinstance(adjective, Adjective):
        return adjective.fr[(with_.gender == "f") + 2 * with_.plural]
    form = adjective + "e" * (with_.gender == "f")
    return form + "s" if with_.plural and not form.endswith("s") else form


def noun_phrase(
    determiner: str, noun: Noun, adjectives: tuple[Adjective, ...], plural: bool
) -> str:
    """Return a noun with its determiner and its adjectives, each in its place.

    Args:
        determiner: A key of :data:`DETERMINERS`, a number in French, or nothing.
        noun: The noun.
        adjectives: Its adjectives, those that stand before it first.
        plural: Whether it is more than one.

    Example:
        >>> from llmbook.world.lexicon import ADJECTIVES, ANIMALS, THINGS
        >>> old, red = ADJECTIVES["old"], ADJECTIVES["red"]
        >>> noun_phrase("ce", ANIMALS["squirrel"], (old, red), plural=False)
        'ce vieil écureuil rouge'
        >>> noun_phrase("ce", ANIMALS["squirrel"], (), plural=False)
        'cet écureuil'
        >>> noun_phrase("un", THINGS["key"], (old,), plural=True)
        'de vieilles clés'
    """
    number = Agreement(noun.gender, plural)
    words = [noun.fr_plural if plural else noun.fr]
    for adjective in reversed(adjectives):
        if adjective.before:
            form = agree(adjective, number)
            if adjective.liaison and (noun.gender, plural) == ("m", False) and _vowel(words[0]):
                form = adjective.liaison
            words.insert(0, form)
    words += [agree(adjective, number) for adjective in adjectives if not adjective.before]
    masculine, feminine, many = DETERMINERS.get(determiner, (determiner,) * 3)
    article = many if plural else feminine if noun.gender == "f" else masculine
    if determiner == "quel" and plural:
        article = "quelles" if noun.gender == "f" else "quels"
    elif determiner == "un" and plural and any(adjective.before for adjective in adjectives):
        article = "de"
    elif determiner == "ce" and article == "ce" and _vowel(words[0]):
        article = "cet"
    elif article in ("ma", "ta", "sa") and _vowel(words[0]):
        article = masculine
    return elide(" ".join([article, *words]).strip())


def number_word(number: int, gender: str) -> str:
    """Return a number up to twelve in letters.

    Example:
        >>> number_word(1, "f"), number_word(7, "f")
        ('une', 'sept')
    """
    return "une" if (number, gender) == (1, "f") else NUMBERS[number]


def _vowel(word: str) -> bool:
    """Say whether ``le`` is elided in front of a word."""
    return "'" in elide(f"le {word}")


# --- Verbs ----------------------------------------------------------------------------------------

WITH_ETRE = frozenset(str.split("aller venir revenir devenir arriver rester tomber partir sortir"))

# The present (je, tu, il, nous, ils), the stem of the future, and the participle.
_IRREGULAR = {
    row.split("|")[0]: row.split("|")[1:]
    for row in """
être|suis es est sommes sont|ser|été
avoir|ai as a avons ont|aur|eu
aller|vais vas va allons vont|ir|allé
acheter|achète achètes achète achetons achètent|achèter|acheté
nettoyer|nettoie nettoies nettoie nettoyons nettoient|nettoier|nettoyé
envoyer|envoie envoies envoie envoyons envoient|enverr|envoyé
manger|mange manges mange mangeons mangent|manger|mangé
partager|partage partages partage partageons partagent|partager|partagé
ranger|range ranges range rangeons rangent|ranger|rangé
prendre|prends prends prend prenons prennent|prendr|pris
promettre|promets promets promet promettons promettent|promettr|promis
suivre|suis suis suit suivons suivent|suivr|suivi
peindre|peins peins peint peignons peignent|peindr|peint
reconnaître|reconnais reconnais reconnaît reconnaissons reconnaissent|reconnaîtr|reconnu
rire|ris ris rit rions rient|rir|ri
vouloir|veux veux veut voulons veulent|voudr|voulu
pouvoir|peux peux peut pouvons peuvent|pourr|pu
devoir|dois dois doit devons doivent|devr|dû
voir|vois vois voit voyons voient|verr|vu
venir|viens viens vient venons viennent|viendr|venu
revenir|reviens reviens revient revenons reviennent|reviendr|revenu
devenir|deviens deviens devient devenons deviennent|deviendr|devenu
appartenir|appartiens appartiens appartient appartenons appartiennent|appartiendr|appartenu
dormir|dors dors dort dormons dorment|dormir|dormi
partir|pars pars part partons partent|partir|parti
sortir|sors sors sort sortons sortent|sortir|sorti
cueillir|cueille cueilles cueille cueillons cueillent|cueiller|cueilli
ouvrir|ouvre ouvres ouvre ouvrons ouvrent|ouvrir|ouvert
courir|cours cours court courons courent|courr|couru
""".strip().splitlines()
}
_ENDINGS = {  # of regular verbs: present, future stem, participle
    "er": ("e es e ons ent", "er", "é"),
    "ir": ("is is it issons issent", "ir", "i"),
    "re": ("s s - ons ent", "r", "u"),
}


@cache
def forms(infinitive: str) -> tuple[list[str], list[str], list[str], str]:
    """Return the present, the imperfect and the future of a verb (je, tu, il, nous, ils), and its participle.

    Example:
        >>> forms("perdre")[0], forms("manger")[1][2], forms("acheter")[2][0], forms("choisir")[3]
        (['perds', 'perds', 'perd', 'perdons', 'perdent'], 'mangeait', 'achèterai', 'choisi')
    """
    if infinitive in _IRREGULAR:
        present_row, future, participle = _IRREGULAR[infinitive]
        present = present_row.split()
    else:
        stem, (row, future, participle) = infinitive[:-2], _ENDINGS[infinitive[-2:]]
        present = [stem + ending.strip("-") for ending in row.split()]
        future, participle = stem + future, stem + participle
    past = "ét" if infinitive == "être" else present[3].removesuffix("ons")
    soft = past.removesuffix("e") if past.endswith("ge") else past  # mangeait, mangions
    imperfect = [past + "ais", past + "ais", past + "ait", soft + "ions", past + "aient"]
    return present, imperfect, [future + end for end in ("ai", "as", "a", "ons", "ont")], participle


def infinitive_phrase(infinitive: str, clitics: str = "", person: int = 3) -> str:
    """Return an infinitive with its pronouns.

    Example:
        >>> infinitive_phrase("se reposer", person=1), elide(infinitive_phrase("ouvrir", "la"))
        ('me reposer', "l'ouvrir")
    """
    verb = infinitive.removeprefix("se ")
    own = "" if verb == infinitive else {1: "me", 2: "te", 3: "se"}[person]
    return " ".join(word for word in (own, clitics, verb) if word)


def verb_phrase(
    infinitive: str,
    tense: str,
    subject: Agreement,
    clitics: str = "",
    negation: str = "",
    preceding: Agreement | None = None,
    inverted: bool = False,
) -> str:
    """Return a verb with all that stands between the subject and the object.

    Args:
        infinitive: The verb, with ``se`` if it is reflexive, with a second infinitive if it has one.
        tense: ``"present"``, ``"past"`` (passé composé), ``"imperfect"``, ``"pluperfect"``,
            ``"future"``, ``"near"`` (aller + infinitive) or ``"progressive"`` (être en train de).
        subject: What the verb agrees with.
        clitics: The pronouns in front of the verb.
        negation: ``"pas"``, ``"jamais"``, ``"plus"`` or ``"rien"``.
        preceding: The direct object, if it stands before a participle with avoir.
        inverted: Whether the pronoun of the subject follows the verb, in a question.

    Example:
        >>> anna = Agreement("f")
        >>> elide(verb_phrase("se reposer", "past", anna, negation="pas"))
        "ne s'est pas reposée"
        >>> elide(verb_phrase("trouver", "past", anna, "les", preceding=Agreement("f", plural=True)))
        'les a trouvées'
        >>> verb_phrase("trouver", "past", anna, inverted=True)
        'a-t-elle trouvé'
    """
    verb = infinitive.removeprefix("se ")
    head, _, rest = verb.partition(" ")  # "laisser tomber"
    reflexive = verb != infinitive
    own = (
        {1: "nous" if subject.plural else "me", 2: "te", 3: "se"}[subject.person]
        if reflexive
        else ""
    )
    person = (
        (3 if subject.plural else 0) if subject.person == 1 else 1 if subject.person == 2 else 2
    )
    person = 4 if subject.plural and subject.person == 3 else person
    if tense in ("near", "progressive"):
        finite = forms("aller" if tense == "near" else "être")[0][person]
        link = "" if tense == "near" else "en train de"
        rest = " ".join(word for word in (link, own, clitics, verb) if word)
        own = clitics = ""
    elif tense in ("past", "pluperfect"):
        with_etre = reflexive or head in WITH_ETRE
        auxiliary = forms("être" if with_etre else "avoir")
        finite = auxiliary[0 if tense == "past" else 1][person]
        agreeing = subject if with_etre else preceding
        participle = forms(head)[3]
        rest = f"{agree(participle, agreeing) if agreeing else participle} {rest}".strip()
    else:
        finite = forms(head)[("present", "imperfect", "future").index(tense)][person]
    if inverted:
        finite += ("-t-" if finite[-1] in "ae" else "-") + subject.il
    words = ("ne" if negation else "", own, clitics, finite, negation, rest)
    return " ".join(word for word in words if word)
