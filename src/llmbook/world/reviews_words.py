"""What people praise and blame in the valley: the tables of the reviews.

Explained in the chapter "data".  :mod:`llmbook.world.reviews` combines them.  Praise and blame stand
side by side wherever the language allows it, so that both use the same words.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Aspect:
    """A part or a side of what is reviewed.

    Args:
        noun: Its name, empty for the whole.
        plural: Whether the name is a plural.
        alone: Whether it is not a part: a waiter belongs to no soup.
        good: Adjectives that praise it.
        bad: Adjectives that blame it.
        only: The topics that have it; all of them if this is empty.
    """

    noun: str
    plural: bool
    alone: bool
    good: tuple[str, ...]
    bad: tuple[str, ...]
    only: frozenset[str]


@dataclass(frozen=True)
class Deed:
    """What is reviewed does something, for good or ill.

    Args:
        base: The verb and what follows it, as after "did not".
        past: The same in the past tense.
        good: Whether that is praise.
        only: The topics that do it; all of them if this is empty.
    """

    base: str
    past: str
    good: bool
    only: frozenset[str]


@dataclass(frozen=True)
class Kind:
    """What may be said about one kind of topic.

    Args:
        nouns: The topics.
        past: Whether one tells of it in the past tense, as of a meal that is eaten.
        link: The preposition between a part and the whole; empty for "the tailor's".
        again: What one does again with a good one; ``{obj}`` is the topic.
        met: The participle of the same, as after "I have never".
        span: Two lengths of time in which something may show.
        aspects: Its sides, a line each: name, praise, blame.  ``+`` marks a plural, ``!`` what is not
            a part, ``@`` the topics that have it.
        deeds: What it does, a line each: base, past, ``+`` for praise or ``-`` for blame.
        scenes: What came of it, in pairs: praise, blame.
    """

    nouns: tuple[str, ...]
    past: bool
    link: str
    again: tuple[str, ...]
    met: str
    span: tuple[str, ...]
    aspects_table: str
    deeds_table: str
    scenes_table: str

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """The sides of every topic of this kind."""
        return tuple(_aspect(line) for line in self.aspects_table.strip().splitlines())

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """What topics of this kind do."""
        return tuple(_deed(line) for line in self.deeds_table.strip().splitlines())

    @cached_property
    def scenes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What came of it: blame at index 0, praise at index 1."""
        pairs = [line.split("|") for line in self.scenes_table.strip().splitlines()]
        return tuple(bad for _, bad in pairs), tuple(good for good, _ in pairs)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word that praises or blames, as it is combined with a topic."""
        adjectives = [word for aspect in self.aspects for word in (*aspect.good, *aspect.bad)]
        return tuple(dict.fromkeys([*adjectives, *(deed.base for deed in self.deeds)]))


def _aspect(line: str) -> Aspect:
    name, good, bad = line.split("|")
    name, _, only = name.partition("@")
    return Aspect(
        name.rstrip("+!").strip(),
        "+" in name,
        "!" in name,
        _words(good),
        _words(bad),
        frozenset(only.split()),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _deed(line: str) -> Deed:
    base, past, sign = line.split("|")
    sign, _, only = sign.partition("@")
    return Deed(base, past, sign.strip() == "+", frozenset(only.split()))


SHOP = Kind(
    nouns=_words(
        "apron axe bag ball basket bell belt blanket boat book bottle bowl box bracelet broom "
        "brush bucket chair clock coat comb compass cup doll drum flute hammer harp hat jar jug "
        "kettle key kite knife ladder lamp lantern lock map mirror necklace net notebook oar "
        "pencil pillow plate pot puppet ring rope saw scarf shirt shoe sled spade spoon statue "
        "stool suitcase telescope tray trumpet umbrella vase violin whistle"
    ),
    past=False,
    link="of",
    again=("buy {obj}", "choose {obj}"),
    met="owned",
    span=("in a whole year", "all winter", "in three months", "all spring"),
    aspects_table="""
|sturdy useful handsome practical reliable elegant well_made solid|flimsy ugly useless clumsy shabby \
worthless badly_made fragile
price|fair modest reasonable|shocking absurd outrageous
shape|pleasing graceful perfect|awkward odd lopsided
color|lovely warm cheerful|dreary dull gaudy
finish|smooth polished flawless|rough patchy sloppy
lid@box jar jug kettle pot basket suitcase|tight snug|loose warped
handle@axe basket brush broom bucket cup hammer jug kettle knife pot saw spade spoon suitcase umbrella \
tray|comfortable firm|wobbly slippery
blade@axe knife saw spade|sharp keen|blunt rusty
bottom@basket bottle bowl bucket cup jar jug kettle pot vase box|level thick|leaky uneven
seams+@apron bag coat hat pillow scarf shirt shoe blanket doll|neat straight|crooked untidy
cloth@apron bag blanket coat hat scarf shirt umbrella pillow kite|soft fine|scratchy thin
buttons+@coat shirt|pretty strong|cracked cheap
clasp@bracelet necklace belt bag suitcase book|secure delicate|stiff broken
tone@bell drum flute harp trumpet violin whistle|clear sweet rich|shrill harsh dull
strings+@harp violin kite puppet|strong supple|brittle tangled
legs+@chair stool|steady strong|shaky crooked
seat@chair stool sled|comfortable broad|hard narrow
pages+@book notebook|crisp thick|torn blotchy
light@lamp lantern|bright steady|feeble smoky
face@doll puppet clock statue|charming lively|grim creepy
glass@bottle jar lamp lantern mirror telescope vase|clear flawless|cloudy scratched
paint@ball boat bowl chair doll drum kite puppet sled statue stool|bright smooth|sticky flaky""",
    deeds_table="""
break|broke|-
fall apart|fell apart|-
let me down|let me down|-
lose its color|lost its color|-
keep its shape|kept its shape|+
last|lasted|+
serve me well|served me well|+
do its job|did its job|+
please everybody|pleased everybody|+
get in my way|got in my way|-
leak|leaked|-@bottle bowl bucket cup jar jug kettle pot vase boat shoe umbrella
spill a drop|spilled more than a drop|-@jug kettle cup
keep me warm|kept me warm|+@blanket coat hat scarf
squeak|squeaked|-@chair stool
keep its edge|kept its edge|+@axe knife saw
stay in tune|stayed in tune|+@flute harp violin trumpet
run slow|ran slow|-@clock
fly well|flew well|+@kite
crash|crashed|-@kite sled""",
    scenes_table="""
my brother borrowed {obj} and will not give {obj} back|my brother borrowed {obj} and gave {obj} back at once
my neighbor wants one too|my neighbor does not want one
my old {n} is in the attic now|my old {n} is out of the attic again
half the village has admired {obj}|half the village has laughed at {obj}
I use {obj} every day|I have used {obj} once
I had to hide {obj} from my sister|I could not even give {obj} to my sister
I would not take {obj} back to the shop for anything|I took {obj} back to the shop the next day
my grandmother asked where to get one|my grandmother asked who had sold me that
I went back and bought a second one|I went back and asked for my money
{it} goes with me wherever I go|{it} lies in the cellar, where it belongs""",
)

MEALS = Kind(
    nouns=_words("soup stew pie omelet salad tart cake pudding dumplings pancakes porridge"),
    past=True,
    link="of",
    again=("order {obj}", "eat {obj}", "ask for {obj}"),
    met="eaten",
    span=("all evening", "the whole night", "until the next morning"),
    aspects_table="""
|fresh delicious tasty wholesome generous savory|stale bland greasy soggy tasteless sour
price|fair modest reasonable|shocking absurd outrageous
smell|delicious inviting|sour suspicious
helping!|generous decent|tiny stingy
service!|quick friendly|slow rude
waiter!|friendly attentive cheerful|grumpy rude careless
bread!|warm crusty|stale hard
table!|clean cozy|sticky wobbly
plates+!|warm clean|dirty cracked
broth@soup stew|hot hearty clear|watery cold salty
crust@pie tart|crisp golden flaky|burnt soggy tough
filling@pie tart dumplings omelet pancakes|juicy rich|dry cold
sauce@dumplings pudding salad|smooth rich|lumpy thin
top@cake pudding omelet|golden light|burnt sunken
dressing@salad|tangy light|bitter oily""",
    deeds_table="""
warm my heart|warmed my heart|+
fill me up|filled me up|+
taste of soap|tasted of soap|-
upset my stomach|upset my stomach|-
make me thirsty|made me thirsty|-
stick to my teeth|stuck to my teeth|-
taste like home|tasted like home|+
agree with me|agreed with me|+
fall to pieces|fell to pieces|-@pie omelet tart cake dumplings pancakes
get cold|got cold before it came|-@soup stew porridge""",
    scenes_table="""
I asked for a second helping|I asked for the bill
we did not leave a crumb|we left more than we ate
the dog under the table got nothing of mine|the dog under the table got all of mine
my father wiped his plate clean|my father pushed his plate away
my aunt wanted to know how it was made|my aunt wanted to know what it was made of
we stayed until the pot was empty|we went home hungry
even the children finished theirs|even the dog did not finish it
I have dreamed of {obj} since|I drank three glasses of water to forget {obj}
nobody said a word until every plate was empty|nobody said a word, and every plate stayed full""",
)

SHOWS = Kind(
    nouns=_words("play comedy tragedy opera ballet musical puppet_show"),
    past=True,
    link="of",
    again=("see {obj}", "go to {obj}", "watch {obj}"),
    met="seen",
    span=("all evening", "for two hours", "from the first scene to the last"),
    aspects_table="""
|gripping clever touching lively enchanting original|tedious silly shallow lifeless confusing predictable
songs+|catchy sweet stirring|shrill tuneless dreary
costumes+|splendid colorful|shabby ridiculous
ending|satisfying surprising|abrupt predictable
jokes+@comedy puppet_show musical|funny fresh|stale crude
story|gripping clever|confusing thin
dancing@ballet musical opera|graceful nimble|clumsy stiff
actors+!|brilliant lively|wooden feeble
hero!|charming convincing|wooden tiresome
seats+!|soft comfortable|hard narrow
hall!|warm cozy|drafty stuffy
orchestra!|brilliant lively|sleepy tuneless
tickets+!|cheap|overpriced
puppets+@puppet_show|charming lively|creepy shabby""",
    deeds_table="""
make me laugh|made me laugh|+@comedy puppet_show musical
move me to tears|moved me to tears|+
drag|dragged|-
put me to sleep|put me to sleep|-
keep me awake|kept me awake|+
hold my attention|held my attention|+
get on my nerves|got on my nerves|-
make me yawn|made me yawn|-
lose its way|lost its way|-
surprise me|surprised me|+""",
    scenes_table="""
we clapped until our hands hurt|we clapped because it was over
nobody wanted to go home|everybody wanted to go home
half the hall stood up and cheered|half the hall stood up and left
my father forgot to cough|my father snored, and I envied him
I have a ticket for tomorrow too|I have given away my ticket for tomorrow
I did not look at the clock once|I looked at the clock more often than at the stage
the children talked about {obj} for a week|the children asked every minute when {obj} would end
I was humming on the way home|I was grumbling on the way home
the curtain fell far too early|the curtain fell far too late""",
)

WORKERS = Kind(
    nouns=_words(
        "baker carpenter cook doctor farmer fisher gardener librarian miller musician painter "
        "smith tailor teacher weaver"
    ),
    past=False,
    link="",
    again=("go to {obj}", "turn to {obj}", "trust {obj}"),
    met="known",
    span=("in ten years", "all year", "in all this time"),
    aspects_table="""
|careful patient punctual honest skillful polite quick reliable|careless impatient forgetful dishonest \
clumsy rude slow sloppy
prices+@baker carpenter farmer fisher gardener miller painter smith tailor weaver musician|fair modest \
reasonable|shocking absurd outrageous
manners+|pleasant gentle warm|rough cold awful
advice@doctor gardener librarian teacher smith carpenter|sensible wise useful|useless foolish confusing
rolls+@baker|crusty fresh|stale burnt
cakes+@baker cook|light moist|dry heavy
shelves+@carpenter|straight solid|crooked wobbly
doors+@carpenter|smooth sturdy|warped flimsy
sauces+@cook|rich smooth|lumpy bland
cheese@farmer|mild creamy|moldy sour
trout@fisher|fresh firm|smelly bony
hedges+@gardener|neat straight|ragged crooked
roses+@gardener|healthy splendid|sickly limp
flour@miller|fine white|gritty lumpy
playing@musician|lively sweet|dreary tuneless
portraits+@painter|lifelike charming|stiff ugly
hinges+@smith|strong smooth|rusty squeaky
seams+@tailor|neat straight|crooked untidy
coats+@tailor|elegant warm|shapeless thin
lessons+@teacher|lively clear|dull confusing
cloth@weaver|soft dense|scratchy patchy
hands+@doctor|gentle steady|rough shaky""",
    deeds_table="""
keep a promise|kept every promise|+
keep me waiting|kept me waiting|-
lose patience|lost patience|-
forget an order|forgot my order|-@baker carpenter cook farmer fisher miller painter smith tailor weaver
help me|helped me|+
make a mistake|made one mistake after another|-
listen to me|listened to me|+
finish on time|finished on time|+@carpenter gardener painter smith tailor weaver
spoil the work|spoiled the work|-@carpenter gardener painter smith tailor weaver
send a wrong bill|sent a wrong bill|-
take great care|took great care|+""",
    scenes_table="""
my whole family goes to {obj} now|my whole family goes to somebody else now
I have sent all my neighbors to {obj}|I have warned all my neighbors
I came back the next week with a friend|I did not come back the next week
I paid with pleasure|I paid with a sigh
nothing had to be done twice|everything had to be done twice
my mother has already baked a cake for {obj}|my mother has already written an angry letter to {obj}
people walk for hours to see {obj}|people walk for hours to find somebody else
I hope that {it} never retires|I hope that {it} soon retires
the mayor asked me for the address|the mayor asked me what had gone wrong""",
)

SIGHTS = Kind(
    nouns=_words(
        "lake hill forest castle mill market library garden orchard tower station church cave "
        "river bridge pond meadow vineyard square greenhouse inn theater"
    ),
    past=True,
    link="at",
    again=("visit {obj}", "go to {obj}", "walk to {obj}"),
    met="visited",
    span=("all day", "from morning to evening", "the whole afternoon"),
    aspects_table="""
|peaceful lovely enchanting restful tidy cheerful|dreary dull gloomy noisy filthy crowded
air|fresh mild sweet|stuffy foul damp
path@lake hill forest castle garden orchard river meadow vineyard pond|shady easy pretty|muddy steep \
slippery
view@hill lake castle tower bridge river meadow vineyard pond church|splendid wide|disappointing dull
water@lake river pond|clear calm warm|muddy smelly icy
benches+|comfortable clean|wet rotten
people+|friendly polite|rude unfriendly
stairs+@castle tower library church|broad safe|steep rotten
stalls+@market square|colorful tidy|shabby dirty
flowers+@garden meadow greenhouse|splendid fragrant|limp dusty
rooms+@castle inn library mill|bright cozy|dusty drafty
guide!|friendly clever|grumpy sleepy
smell|sweet pleasant|sour horrible
beds+@inn|soft clean|lumpy damp""",
    deeds_table="""
please the children|pleased the children|+
disappoint us|disappointed us|-
bore us|bored us|-
do us good|did us good|+
charm us|charmed us|+
make us sneeze|made us sneeze|-
cheer us up|cheered us up|+
spoil our day|spoiled our day|-
tire us out|tired us out|-
live up to its name|lived up to its name|+""",
    scenes_table="""
we stayed until dark|we left before noon
the children asked when we could go back|the children asked when we could go home
my grandfather painted {obj} twice|my grandfather closed his eyes and waited
next time we bring the whole family|next time we stay at home
we missed the last cart home and did not mind|we took the first cart home
I forgot all my worries there|I had nothing but worries there
I would move there if I could|I would move away if I lived there
the picnic lasted four hours|the picnic lasted four minutes
my little sister cried when we had to go|my little sister cried until we went""",
)

PETS = Kind(
    nouns=_words("cat cow dog donkey duck goat goose hen horse pig rabbit sheep"),
    past=False,
    link="",
    again=("choose {obj}", "bring {obj} home", "take {obj} in"),
    met="had",
    span=("all year", "in five years", "all summer"),
    aspects_table="""
|gentle clever patient faithful brave clean friendly quiet|stubborn lazy greedy noisy moody rude sly dirty
temper|sweet calm steady|nasty foul wild
voice|soft pleasant|shrill piercing
manners+|perfect gentle|dreadful rough
eyes+|gentle bright|cold sly
appetite|modest healthy|alarming endless
coat@cat cow dog donkey goat horse rabbit|silky clean glossy|shaggy smelly filthy
feathers+@duck goose hen|glossy clean|ragged filthy
wool@sheep|soft thick|thin matted
eggs+@duck goose hen|big fresh|tiny rare
milk@cow goat|rich sweet|thin sour""",
    deeds_table="""
bite anybody|bit my uncle|-@cat dog donkey goat goose horse pig rabbit
kick anybody|kicked my uncle|-@cow donkey goat horse
run away|ran away|-
listen to me|listened to me|+
wake the whole street|woke the whole street|-
keep me company|kept me company|+
chew up my shoes|chewed up my shoes|-@dog goat pig rabbit
comfort me|comforted me|+@cat dog donkey horse rabbit
earn its keep|earned its keep|+
get on my nerves|got on my nerves|-
scare the children|scared the children|-
make us laugh|made us laugh|+""",
    scenes_table="""
I was offered two cows for {obj} and said no|I offered {obj} to my neighbor for nothing, and he said no
the children want to see {obj} first thing every morning|the children cross the street when they see {obj}
the whole street loves {obj}|the whole street complains about {obj}
my aunt comes twice a week to stroke {obj}|my aunt does not come anymore because of {obj}
we would not part with {obj} for a sack of gold|we would part with {obj} for a sack of turnips
{it} is welcome in every house|{it} is welcome in no house
even the postman brings {obj} treats|even the postman is afraid of {obj}
my days are brighter since {it} came|my days are longer since {it} came""",
)

KINDS = {
    "shop": SHOP,
    "meal": MEALS,
    "show": SHOWS,
    "work": WORKERS,
    "place": SIGHTS,
    "animal": PETS,
}

# What stands in front of a dish; sweet dishes and savory ones.
DISHES = {
    "soup": "savory", "stew": "savory", "pie": "both", "omelet": "savory", "salad": "savory", "tart": "sweet",
    "cake": "sweet", "pudding": "sweet", "dumplings": "both", "pancakes": "sweet", "porridge": "sweet",
}  # fmt: skip
SAVORY = (
    "barley",
    "bean",
    "carrot",
    "cheese",
    "lentil",
    "mushroom",
    "onion",
    "pea",
    "potato",
    "tomato",
    "turnip",
)
SWEET = (
    "apple",
    "berry",
    "cherry",
    "fig",
    "honey",
    "lemon",
    "nut",
    "peach",
    "pear",
    "plum",
    "strawberry",
)
