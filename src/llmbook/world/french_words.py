"""The verbs, moments and comparisons that the French narrator uses, in English and French.

Explained in the chapter "data".  The rows pair what has one translation only: "carried" is always
``a porté``, "was carrying" never is.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """A verb in two languages.

    Args:
        en: The English infinitive, followed by what always follows it: ``"look for"``.
        past: The simple past, with the same follower.
        participle: The past participle, with the same follower.
        fr: The French infinitive.

    Example:
        >>> VERBS["look for"].third, VERBS["look for"].ing, VERBS["carry"].third, VERBS["lose"].ing
        ('looks for', 'looking for', 'carries', 'losing')
    """

    en: str
    past: str
    participle: str
    fr: str

    def __str__(self) -> str:
        return self.en

    @property
    def third(self) -> str:
        """What he or she does."""
        head, _, rest = self.en.partition(" ")
        if head.endswith(("sh", "ch", "ss", "go")):
            head += "es"
        elif head.endswith("y") and head[-2] not in "aeiou":
            head = head[:-1] + "ies"
        else:
            head += "s"
        return f"{head} {rest}".strip()

    @property
    def ing(self) -> str:
        """What somebody is doing."""
        head, _, rest = self.en.partition(" ")
        if head.endswith("e") and not head.endswith("ee"):
            head = head[:-1]
        elif head in ("drop", "sit", "run", "get"):
            head += head[-1]
        return f"{head}ing {rest}".strip()


def _verbs(table: str) -> dict[str, Verb]:
    rows = [line.split("|") for line in table.strip().splitlines()]
    return {row[0]: Verb(*row) for row in rows}


# What people do with things.
DOING = _verbs("""
take|took|taken|prendre
find|found|found|trouver
lose|lost|lost|perdre
drop|dropped|dropped|laisser tomber
see|saw|seen|voir
look for|looked for|looked for|chercher
carry|carried|carried|porter
clean|cleaned|cleaned|nettoyer
hide|hid|hidden|cacher
buy|bought|bought|acheter
sell|sold|sold|vendre
keep|kept|kept|garder
forget|forgot|forgotten|oublier
paint|painted|painted|peindre
draw|drew|drawn|dessiner
touch|touched|touched|toucher
admire|admired|admired|admirer
choose|chose|chosen|choisir
borrow|borrowed|borrowed|emprunter
put away|put away|put away|ranger
recognize|recognized|recognized|reconnaître
look at|looked at|looked at|regarder
""")
# What happens to things that break.
BREAKING = _verbs("""
break|broke|broken|casser
mend|mended|mended|réparer
""")
# What one gives to somebody.
GIVING = _verbs("""
give|gave|given|donner
lend|lent|lent|prêter
show|showed|shown|montrer
sell|sold|sold|vendre
bring|brought|brought|apporter
promise|promised|promised|promettre
send|sent|sent|envoyer
give back|gave back|given back|rendre
""")
# What animals do with things.
SNATCHING = _verbs("""
steal|stole|stolen|voler
find|found|found|trouver
see|saw|seen|voir
hide|hid|hidden|cacher
take|took|taken|prendre
look at|looked at|looked at|regarder
""")
# What one does to a being.
MEETING = _verbs("""
meet|met|met|rencontrer
wait for|waited for|waited for|attendre
follow|followed|followed|suivre
see|saw|seen|voir
look for|looked for|looked for|chercher
wake|woke|woken|réveiller
greet|greeted|greeted|saluer
find|found|found|trouver
watch|watched|watched|observer
""")
# What one does at a place.
STAYING = _verbs("""
rest|rested|rested|se reposer
sing|sang|sung|chanter
sleep|slept|slept|dormir
work|worked|worked|travailler
play|played|played|jouer
dance|danced|danced|danser
stay|stayed|stayed|rester
walk|walked|walked|marcher
hide|hid|hidden|se cacher
fall|fell|fallen|tomber
laugh|laughed|laughed|rire
arrive|arrived|arrived|arriver
""")
# What one does with goods.
EATING = _verbs("""
gather|gathered|gathered|ramasser
eat|ate|eaten|manger
buy|bought|bought|acheter
sell|sold|sold|vendre
count|counted|counted|compter
wash|washed|washed|laver
""")
OTHERS = _verbs("""
go|went|gone|aller
come back|came back|come back|revenir
leave|left|left|quitter
become|became|become|devenir
want|wanted|wanted|vouloir
share|shared|shared|partager
refuse|refused|refused|refuser
be|was|been|être
""")
VERBS = STAYING | SNATCHING | MEETING | EATING | GIVING | OTHERS | BREAKING | DOING

# When: of what is told in the past, of what is told in the present, of what will be.
PAST_MOMENTS = {
    "Yesterday": "Hier",
    "One day": "Un jour",
    "This morning": "Ce matin",
    "Last night": "Hier soir",
    "On Sunday": "Dimanche",
    "Last week": "La semaine dernière",
    "One evening": "Un soir",
    "After the storm": "Après l'orage",
    "At noon": "À midi",
    "The other day": "L'autre jour",
}
PRESENT_MOMENTS = {
    "Every morning": "Chaque matin",
    "Every evening": "Chaque soir",
    "In summer": "En été",
    "In winter": "En hiver",
    "On Mondays": "Le lundi",
    "Sometimes": "Parfois",
}
FUTURE_MOMENTS = {
    "Tomorrow": "Demain",
    "Tonight": "Ce soir",
    "Next week": "La semaine prochaine",
    "Soon": "Bientôt",
    "One day soon": "Un jour prochain",
}

# What can be compared; the colors and what is square or new cannot.
COMPARATIVES = {
    "big": "bigger",
    "small": "smaller",
    "pretty": "prettier",
    "old": "older",
    "long": "longer",
    "heavy": "heavier",
    "light": "lighter",
    "shiny": "shinier",
    "clean": "cleaner",
    "dusty": "dustier",
    "strange": "stranger",
    "beautiful": "more beautiful",
    "precious": "more precious",
}
SUPERLATIVES = {
    word: f"most {word}" if more.startswith("more") else more[:-1] + "st"
    for word, more in COMPARATIVES.items()
}

# Adjectives of one line are not said of one thing at once.
ALIKE = [
    row.split()
    for row in """
red blue green yellow white black gray brown purple pink
big small long light heavy
pretty beautiful
clean dusty shiny
old new
round square
""".strip().splitlines()
]
COLORS = ALIKE[0]

# The weather as it is, as it was, and as it turned.
WEATHER = {
    "sun": (
        ("the sun is shining", "le soleil brille"),
        ("the sun was shining", "le soleil brillait"),
    ),
    "rain": (("it is raining", "il pleut"), ("it was raining", "il pleuvait")),
    "wind": (
        ("the wind is blowing", "le vent souffle"),
        ("the wind was blowing", "le vent soufflait"),
    ),
    "snow": (("it is snowing", "il neige"), ("it was snowing", "il neigeait")),
    "fog": (("it is foggy", "il y a du brouillard"), ("it was foggy", "il y avait du brouillard")),
    "storm": (
        ("a storm is coming", "un orage arrive"),
        ("a storm was coming", "un orage arrivait"),
    ),
}


# The moments that may also end a sentence.
LATE = (
    "Yesterday",
    "This morning",
    "Last night",
    "On Sunday",
    "Last week",
    "Tomorrow",
    "Tonight",
    "Next week",
)
# What animals do at a place, as people do.
ANIMAL_STAYING = ("rest", "sleep", "play", "stay", "hide", "fall", "arrive")
# Why people feel what they feel, in terms of what they did or somebody did to them.
GLAD, SORRY = ("happy", "proud", "calm"), ("sad", "angry", "worried")
