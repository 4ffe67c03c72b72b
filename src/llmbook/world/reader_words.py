"""The words that the reader of stories knows, apart from those of the lexicon.

Explained in the chapter "data".  The reader was made without the writer: it knows verbs and what
they mean, small words that change nothing, and the words of landscapes and greetings.
"""


def _words(text: str) -> list[str]:
    """Split a text into words."""
    return text.split()


# --- Verbs: the forms of each; those that follow the rules need no line of their own ---------------

_IRREGULAR = """
be am is are was were been being
have has had having
do does did done doing
can could
will would
go goes went gone going
come comes came coming
run runs ran running
make makes made making
set sets setting
take takes took taken taking
find finds found finding
put puts putting
lay lays laid laying
lead leads led leading
let lets letting
lose loses lost losing
lend lends lent lending
give gives gave given giving
bring brings brought bringing
steal steals stole stolen stealing
grab grabs grabbed grabbing
beg begs begged begging
say says said saying
shake shakes shook shaken shaking
keep keeps kept keeping
break breaks broke broken breaking
eat eats ate eaten eating
get gets got gotten getting
meet meets met meeting
see sees saw seen seeing
sit sits sat sitting
lie lies lay lain lying
fall falls fell fallen falling
feel feels felt feeling
begin begins began begun beginning
blow blows blew blown blowing
rise rises rose risen rising
leave leaves left leaving
slip slips slipped slipping
spot spots spotted spotting
trot trots trotted trotting
drop drops dropped dropping
dig digs dug digging
hold holds held holding
stand stands stood standing
bend bends bent bending
tell tells told telling
know knows knew known knowing
think thinks thought thinking
creep creeps crept creeping
sleep sleeps slept sleeping
grow grows grew grown growing
hear hears heard hearing
catch catches caught catching
nod nods nodded nodding
stop stops stopped stopping
pat pats patted patting
hum hums hummed humming
shine shines shone shining
write writes wrote written writing
sing sings sang sung singing
ride rides rode ridden riding
speak speaks spoke spoken speaking
hide hides hid hidden hiding
step steps stepped stepping
wrap wraps wrapped wrapping
"""
_REGULAR = """
accept answer arrive ask beam belong bump call carry chase chat clear climb collect count cross cry
dash discover doze dream dress dry enjoy fetch fill fix follow frown gather greet hand happen harvest
head help hope howl hurry join jump knock laugh lift like linger live long look love march mend need
nap notice offer open own part pass pick please present promise pull race rain reach receive refuse
remember repair rest return roll rush search share show sigh smash smell smile snatch snow stamp stare
start stay stretch stroll stumble thank travel tremble turn visit wait walk wander want watch wave
wish work yawn yell shout whisper welcome reply remain close swallow nibble crack shatter
"""


def _forms() -> dict[str, str]:
    """Return the base of each form of a verb."""
    found: dict[str, str] = {}
    for base in _REGULAR.split():
        stem = base[:-1] if base.endswith("e") else base
        soft = base.endswith("y") and base[-2] not in "aeiou"
        past = base[:-1] + "ied" if soft else stem + "ed"
        third = (
            base[:-1] + "ies" if soft else base + ("es" if base.endswith(("s", "h", "x")) else "s")
        )
        third = base + "s" if base.endswith("gh") else third
        found |= dict.fromkeys((base, past, third, stem + "ing"), base)
    for line in _IRREGULAR.strip().splitlines():
        base, *forms = line.split()
        found |= dict.fromkeys((base, *forms), base)
    found["lay"] = "lie"  # "the kite lay there"; with an object, it is "to lay"
    return found


VERB_FORMS = _forms()
PARTICIPLES = {form for form in VERB_FORMS if form.endswith(("ed", "en", "wn", "ne"))} | set(
    _words(
        "come run made set taken found put laid led let lost lent brought begged said kept got met sat lain "
        "felt begun left dug held stood bent told thought crept slept heard caught sung"
    )
)

# --- What a verb tells, if its objects fit ---------------------------------------------------------

GO = set(
    _words(
        "go walk come run hurry wander stroll head cross reach arrive return trot slip climb ride march rush "
        "travel step race dash lead turn make take find start set"
    )
)
SPEAK = set(
    _words("""
ask say answer call cry sigh tell reply shout whisper greet turn shake beg
""")
)
STAND = set(
    _words("""
be sit stand live sleep doze work wait linger stay remain look enjoy lie rest
""")
)
HOLD = {"have", "hold", "carry", "own", "keep"}
HELPERS = {"happen", "begin", "start", "do", "can"}
REST = {"rest", "nap", "sleep"}

# --- Moods and the weather --------------------------------------------------------------------------

MOODS = {
    "happy": "happy|glad|delighted|full of joy|joyful|cheerful|pleased",
    "sad": "sad|unhappy|close to tears|sorrowful|miserable",
    "angry": "angry|cross|furious|mad",
    "scared": "scared|afraid|frightened|terrified",
    "tired": "tired|weary|exhausted|sleepy",
    "proud": "as proud as a king|proud",
    "calm": "calm|at peace|peaceful|relaxed",
    "worried": "worried|anxious|uneasy|nervous",
    "surprised": "surprised|astonished|amazed",
    "grateful": "grateful|thankful",
    "jealous": "jealous|envious",
    "curious": "curious|full of questions|interested",
}
MOOD_OF = {word: mood for mood, listed in MOODS.items() for word in listed.split("|")}
WEATHER_OF = {
    "sun": "sun", "sky": "sun", "clouds": "sun", "rain": "rain", "raining": "rain",
    "wind": "wind", "snow": "snow", "snowing": "snow", "snowflakes": "snow", "fog": "fog",
    "storm": "storm", "thunder": "storm",
}  # fmt: skip

# --- Small words -------------------------------------------------------------------------------------

NUMBERS = {
    word: number
    for number, word in enumerate(
        _words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty"
        )
    )
}
PREPOSITIONS = set(
    _words("""
to into at in on by from with for of over after across behind near inside against through toward
""")
)
# What a word of each list adds to a sentence, the reader may leave out.
FILLERS = set(
    _words("""
than sails great safe pancakes asleep shall never forget morning tomorrow better why said first
thick strong sharp wild cold low still everything else a an the this that these those it its not no
there here then now soon later next before long after while little some time moment again also too
very quite truly so really almost once short search half hidden one another more most all any
nothing something somebody everybody anybody and but or as if when where who which what whose
whether how because since up down off away out back aside along together around close slowly
politely accident mistake careless without noticing somewhere care pleasure lunch supper present way
road direction valley wall ground hands hand head foot eyes mind heart friends sight face hold go
lot bit just even only yet already suddenly finally presently shortly afterward afterwards meanwhile
minutes afternoon noon evening night day fine last end lo behold according witnesses neighbors
report reports learned have reportedly agree believe imagine think tell true well dear my me you
your yours i we us our they their them him his her hers she he himself herself itself myself good of
course wonder loud hard until right whole skillful own self heels asking damage red pale straight
breath deep wide thank thanks least otherwise enough much many few sunset at usual busy alone quiet
home both each every other pieces shining chance luck luckily
""")
)
# The words of landscapes, openings and endings: no being, no thing, no event of the valley is in them.
SCENERY = set(
    _words("""
happened summer hurry days begin like monday friday tuesday thursday rooster crowed began fair
stayed bed bells rang awake breakfast smoke chimneys clock struck nine ten woke long shadows lay
over everybody early today comes quietly nobody was in strikes ordinary let us see happens about
happen shh name want friends call may know people this is story remember hello hi diary again page
from belongs tonight write candlelight letter grandmother aunt cousin uncle grandfather mother
father dearest news asked new hope promised upon times far ago green lived behind seven hills wishes
came years animals could talk born pass listen children old tale song tells always told fire gazette
late reached strange reporter writes yesterday readers ask busy heard never guess closer must sit
psst do window should will oh things hears between school wrote mama once there quiet please begins
are watching open listeners welcome curtain rises dust danced air floor creaked smelled warm bread
oven glowed hay everywhere water gurgled below planks gate stood walls were high cold dripped rock
dark cool dim steps steep still windows many colors tall grass whispered lark sang trees moss
crackled sparks flew bees hummed herbs damp leaves big as soft small burned roof low soup voices
rose fell cooking onions waves lapped shore made sound paper called side crowded crickets chirped
flowers nodded wheel turned flour hung branches wasps buzzed pebbles crunched underfoot narrow reeds
rustled echo rocks sharp current strong chalk squeaked benches empty shelves full coins clinked
fountain splashed footsteps echoed straw train whistled platform down seats stairs went round way
rows straight vines heavy stones mossy shavings covered wood ended supper slept had been moon ends
lamps lit forget think going put light snip snap has not goes say end we known mayor comment did
hear plain truth tea nice what love greetings yours your with looked on another look by that
everyone so my i am me it all you at the and for to of yesterday's one
""")
)
GIVE = set(
    _words("""
give lend hand pass let return bring show offer present
""")
)
GATHER = set(
    _words("""
pick gather collect find dig pull bring harvest get take reach
""")
)
# The words of direct speech.
SPOKEN = set(
    _words("""
may i have could you lend me please would give let can be so glad no need it myself am sorry but
want to keep cannot stays with not today if only had how love there is nothing more than good day
hello what a surprise meet are this for yours now think take better care of here course gladly thank
help yourself enjoy them wait morning evening see like back
""")
)
# Verbs in front of whose subject other words can stand: "off to the mill went Anna".
INVERTED = (GO | STAND | HOLD) - set(_words("find leave take make hold have set start turn"))
