"""The words of the valley, in English and French.

Explained in the chapter "data".  A word is looked up in one of the tables at the end of this file.
What a narrator says about it, the narrator decides; here stands what the word *is*: its plural, its
gender in French, whether it may break, whether a place has a roof.
"""

from dataclasses import dataclass

VOWELS = "aàâeéèêiîoôuûyhœ"  # a French word that begins with one of these is elided before


@dataclass(frozen=True)
class Noun:
    """A noun in two languages.

    Args:
        en: The English singular.
        fr: The French singular.
        gender: ``"m"`` or ``"f"``, in French.
        tags: What it is, such as ``"breakable"``; ``"aspirate"`` for a French h that is not elided.

    Example:
        >>> knife = THINGS["knife"]
        >>> knife.plural, knife.fr, knife.fr_plural, knife.elided
        ('knives', 'couteau', 'couteaux', False)
    """

    en: str
    fr: str
    gender: str
    tags: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.en

    @property
    def plural(self) -> str:
        """The English plural."""
        irregular = {"knife": "knives", "sheep": "sheep", "goose": "geese", "mouse": "mice"}
        irregular |= {
            "wolf": "wolves",
            "loaf": "loaves",
            "potato": "potatoes",
            "tomato": "tomatoes",
        }
        if self.en in irregular:
            return irregular[self.en]
        if self.en.endswith(("s", "x", "sh", "ch")):
            return self.en + "es"
        if self.en.endswith("y") and self.en[-2] not in "aeiou":
            return self.en[:-1] + "ies"
        return self.en + "s"

    @property
    def fr_plural(self) -> str:
        """The French plural."""
        irregular = {"cerf-volant": "cerfs-volants", "bocal": "bocaux", "cheval": "chevaux"}
        irregular |= {"hibou": "hiboux"}
        if self.fr in irregular:
            return irregular[self.fr]
        if self.fr.endswith(("s", "x", "z")):
            return self.fr
        return self.fr + ("x" if self.fr.endswith("eau") else "s")

    @property
    def elided(self) -> bool:
        """Whether ``le`` or ``la`` becomes ``l'`` before the French singular."""
        return self.fr[0] in VOWELS and "aspirate" not in self.tags

    @property
    def article(self) -> str:
        """The English indefinite article."""
        return "an" if self.en[0] in "aeiou" else "a"


@dataclass(frozen=True)
class Adjective:
    """An adjective in two languages.

    Args:
        en: The English word.
        fr: The French forms: masculine and feminine singular, masculine and feminine plural.
        before: Whether it stands in front of a French noun.
        liaison: The masculine singular in front of a vowel, where it differs: ``"vieil"``.

    Example:
        >>> ADJECTIVES["old"].fr
        ('vieux', 'vieille', 'vieux', 'vieilles')
    """

    en: str
    fr: tuple[str, str, str, str]
    before: bool = False
    liaison: str = ""

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True)
class Place:
    """A place of the valley.

    Args:
        en: Its English name.
        at: The English preposition of somebody who is there.
        fr: Its French name.
        gender: ``"m"`` or ``"f"``, in French.
        fr_at: Where somebody is who is there, in French, and where somebody goes: ``"au moulin"``.
        inside: Whether it has a roof.

    Example:
        >>> mill = PLACES["mill"]
        >>> mill.where, mill.fr_at, mill.inside
        ('at the mill', 'au moulin', True)
    """

    en: str
    at: str
    fr: str
    gender: str
    fr_at: str
    inside: bool

    def __str__(self) -> str:
        return self.en

    @property
    def where(self) -> str:
        """Where somebody is who is there."""
        return f"{self.at} the {self.en}"


def _nouns(table: str) -> dict[str, Noun]:
    """Read lines of English, French, gender and tags."""
    rows = [line.split("|") for line in table.strip().splitlines()]
    return {en: Noun(en, fr, gender, frozenset(tags.split())) for en, fr, gender, tags in rows}


def _adjectives(table: str) -> dict[str, Adjective]:
    """Read lines of English, four French forms, and the form in front of a vowel if it differs."""
    found = {}
    for line in table.strip().splitlines():
        en, forms, *more = line.split("|")
        masculine, feminine, masculines, feminines = forms.split()
        found[en] = Adjective(
            en,
            (masculine, feminine, masculines, feminines),
            "before" in more,
            more[-1] if more[1:] else "",
        )
    return found


def _places(table: str) -> dict[str, Place]:
    """Read lines of English, preposition, French, gender, the French phrase, and in or out."""
    found = {}
    for line in table.strip().splitlines():
        en, at, fr, gender, fr_at, roof = line.split("|")
        found[en] = Place(en, at, fr, gender, fr_at, roof == "in")
    return found


def _words(table: str) -> tuple[str, ...]:
    """Read words with spaces between them."""
    return tuple(table.split())


# What somebody can carry.  "breakable" breaks and can be mended, "worn" is put on.
THINGS = _nouns("""
accordion|accordéon|m|
album|album|m|
apron|tablier|m|worn
axe|hache|f|aspirate
bag|sac|m|
ball|ballon|m|toy
basket|panier|m|
bell|cloche|f|
belt|ceinture|f|worn
blanket|couverture|f|
boat|bateau|m|toy breakable
book|livre|m|
bottle|bouteille|f|breakable
bowl|bol|m|breakable
box|boîte|f|
bracelet|bracelet|m|
broom|balai|m|breakable
brush|brosse|f|
bucket|seau|m|
button|bouton|m|
cage|cage|f|
candle|bougie|f|
chain|chaîne|f|
chair|chaise|f|breakable
clock|horloge|f|breakable
coat|manteau|m|worn
comb|peigne|m|breakable
compass|boussole|f|breakable
crown|couronne|f|
cup|tasse|f|breakable
doll|poupée|f|toy
drum|tambour|m|toy breakable
envelope|enveloppe|f|
fan|éventail|m|
feather|plume|f|
flag|drapeau|m|
flute|flûte|f|breakable
glove|gant|m|worn
hammer|marteau|m|
harp|harpe|f|aspirate breakable
hat|chapeau|m|worn
jar|bocal|m|breakable
jug|cruche|f|breakable
kettle|bouilloire|f|
key|clé|f|
kite|cerf-volant|m|toy breakable
knife|couteau|m|
ladder|échelle|f|breakable
lamp|lampe|f|breakable
lantern|lanterne|f|breakable
letter|lettre|f|
lock|cadenas|m|
map|carte|f|
mask|masque|m|
mirror|miroir|m|breakable
necklace|collier|m|
needle|aiguille|f|
net|filet|m|
notebook|cahier|m|
oar|rame|f|breakable
painting|tableau|m|
pencil|crayon|m|
pillow|oreiller|m|
plate|assiette|f|breakable
pot|pot|m|breakable
puppet|marionnette|f|toy
ribbon|ruban|m|
ring|bague|f|
rope|corde|f|
saw|scie|f|
scarf|écharpe|f|worn
shell|coquillage|m|
shirt|chemise|f|worn
shoe|chaussure|f|worn
sled|luge|f|toy breakable
spade|bêche|f|
spoon|cuillère|f|
stamp|timbre|m|
statue|statue|f|breakable
stick|bâton|m|
stone|pierre|f|
stool|tabouret|m|breakable
suitcase|valise|f|
telescope|télescope|m|breakable
ticket|billet|m|
tray|plateau|m|
trumpet|trompette|f|
umbrella|parapluie|m|breakable
vase|vase|m|breakable
violin|violon|m|breakable
wheel|roue|f|breakable
whistle|sifflet|m|toy
""")

# What is counted, shared and eaten.
GOODS = _nouns("""
apple|pomme|f|
berry|baie|f|
carrot|carotte|f|
cherry|cerise|f|
egg|œuf|m|
fig|figue|f|
lemon|citron|m|
mushroom|champignon|m|
nut|noix|f|
onion|oignon|m|
peach|pêche|f|
pear|poire|f|
plum|prune|f|
strawberry|fraise|f|
tomato|tomate|f|
turnip|navet|m|
""")

ANIMALS = _nouns("""
badger|blaireau|m|wild
bear|ours|m|wild
cat|chat|m|
cow|vache|f|
crow|corbeau|m|wild
dog|chien|m|
donkey|âne|m|
duck|canard|m|
fox|renard|m|wild
frog|grenouille|f|wild
goat|chèvre|f|
goose|oie|f|
hare|lièvre|m|wild
hedgehog|hérisson|m|wild aspirate
hen|poule|f|
horse|cheval|m|
magpie|pie|f|wild
mouse|souris|f|wild
otter|loutre|f|wild
owl|hibou|m|wild aspirate
pig|cochon|m|
rabbit|lapin|m|wild
sheep|mouton|m|
squirrel|écureuil|m|wild
wolf|loup|m|wild
""")

ADJECTIVES = _adjectives("""
red|rouge rouge rouges rouges
blue|bleu bleue bleus bleues
green|vert verte verts vertes
yellow|jaune jaune jaunes jaunes
white|blanc blanche blancs blanches
black|noir noire noirs noires
gray|gris grise gris grises
brown|brun brune bruns brunes
purple|violet violette violets violettes
pink|rose rose roses roses
round|rond ronde ronds rondes
heavy|lourd lourde lourds lourdes
light|léger légère légers légères
shiny|brillant brillante brillants brillantes
clean|propre propre propres propres
dusty|poussiéreux poussiéreuse poussiéreux poussiéreuses
strange|étrange étrange étranges étranges
precious|précieux précieuse précieux précieuses
square|carré carrée carrés carrées
big|grand grande grands grandes|before
small|petit petite petits petites|before
pretty|joli jolie jolis jolies|before
old|vieux vieille vieux vieilles|before|vieil
new|nouveau nouvelle nouveaux nouvelles|before|nouvel
beautiful|beau belle beaux belles|before|bel
long|long longue longs longues|before
""")

MOODS = _adjectives("""
happy|heureux heureuse heureux heureuses
sad|triste triste tristes tristes
angry|fâché fâchée fâchés fâchées
scared|effrayé effrayée effrayés effrayées
tired|fatigué fatiguée fatigués fatiguées
proud|fier fière fiers fières
calm|calme calme calmes calmes
worried|inquiet inquiète inquiets inquiètes
surprised|surpris surprise surpris surprises
grateful|reconnaissant reconnaissante reconnaissants reconnaissantes
jealous|jaloux jalouse jaloux jalouses
curious|curieux curieuse curieux curieuses
""")

PLACES = _places("""
attic|in|grenier|m|dans le grenier|in
bakery|in|boulangerie|f|à la boulangerie|in
barn|in|grange|f|dans la grange|in
bridge|on|pont|m|sur le pont|out
castle|at|château|m|au château|in
cave|in|grotte|f|dans la grotte|in
cellar|in|cave|f|dans la cave|in
church|in|église|f|dans l'église|in
field|in|champ|m|dans le champ|out
forest|in|forêt|f|dans la forêt|out
forge|at|forge|f|à la forge|in
garden|in|jardin|m|dans le jardin|out
greenhouse|in|serre|f|dans la serre|in
hill|on|colline|f|sur la colline|out
hut|in|cabane|f|dans la cabane|in
inn|at|auberge|f|à l'auberge|in
kitchen|in|cuisine|f|dans la cuisine|in
lake|by|lac|m|au bord du lac|out
library|in|bibliothèque|f|à la bibliothèque|in
market|at|marché|m|au marché|out
meadow|in|pré|m|dans le pré|out
mill|at|moulin|m|au moulin|in
orchard|in|verger|m|dans le verger|out
path|on|sentier|m|sur le sentier|out
pond|by|étang|m|au bord de l'étang|out
quarry|in|carrière|f|dans la carrière|out
river|by|rivière|f|au bord de la rivière|out
school|at|école|f|à l'école|in
shop|in|boutique|f|dans la boutique|in
square|in|place|f|sur la place|out
stable|in|écurie|f|dans l'écurie|in
station|at|gare|f|à la gare|in
theater|at|théâtre|m|au théâtre|in
tower|in|tour|f|dans la tour|in
vineyard|in|vignoble|m|dans le vignoble|out
well|at|puits|m|au puits|out
workshop|in|atelier|m|dans l'atelier|in
""")

# The weather, by its name; French says it with a verb, which the French narrator knows.
WEATHERS = ("sun", "rain", "wind", "snow", "fog", "storm")
BAD_WEATHERS = ("rain", "snow", "storm")

WOMEN = _words(
    "Alice Anna Clara Ella Emma Eva Flora Greta Hanna Ida Iris Julia Lena Lucy Mary Maya Nora Olga "
    "Paula Rose Ruth Sara Tina Vera Wanda Zoe"
)
MEN = _words(
    "Adam Anton Ben David Emil Felix Henry Hugo Ivan Jack Karl Leo Louis Martin Max Milo Noah Oscar "
    "Otto Paul Peter Sam Simon Theo Tom Victor"
)

# What people do all day: English, French masculine, French feminine.
JOBS = {
    "baker": ("boulanger", "boulangère"),
    "carpenter": ("charpentier", "charpentière"),
    "cook": ("cuisinier", "cuisinière"),
    "doctor": ("médecin", "médecin"),
    "farmer": ("fermier", "fermière"),
    "fisher": ("pêcheur", "pêcheuse"),
    "gardener": ("jardinier", "jardinière"),
    "librarian": ("bibliothécaire", "bibliothécaire"),
    "miller": ("meunier", "meunière"),
    "musician": ("musicien", "musicienne"),
    "painter": ("peintre", "peintre"),
    "shepherd": ("berger", "bergère"),
    "smith": ("forgeron", "forgeronne"),
    "tailor": ("couturier", "couturière"),
    "teacher": ("instituteur", "institutrice"),
    "weaver": ("tisserand", "tisserande"),
}
