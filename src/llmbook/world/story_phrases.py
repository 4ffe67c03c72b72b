"""The words of the stories: how English says each kind of event, in several voices.

Explained in the chapter "data".  A phrase is a template.  ``<go>`` is a verb, whose form depends on
the subject and on the tense of the voice; ``<go:it>`` has a subject of its own: ``it``, ``they`` or
``B``, the other being.  ``{A}`` is the actor, ``{A's}`` the possessive, ``{A-}`` the object form;
``{B}`` the other being, as an object; ``{T}`` the thing; ``{T~up}`` the thing with a particle, "up
the kite" or "it up"; ``{BT}`` both, "Ben the kite" or "the kite to Ben"; ``{P}`` the place of
the event, ``{at}`` where the actor is; ``{N}`` the goods with their number; ``{W}`` the mood.
"""

# Base, past, participle, -ing, where the rules of English do not give them.
_FORMS_TABLE = """
be was been being
have had had having
can could could being
will would would being
would would would being
go went gone going
come came come coming
run ran run running
make made made making
set set set setting
take took taken taking
find found found finding
put put put putting
lay laid laid laying
lead led led leading
let let let letting
lose lost lost losing
lend lent lent lending
give gave given giving
bring brought brought bringing
steal stole stolen stealing
grab grabbed grabbed grabbing
beg begged begged begging
say said said saying
shake shook shaken shaking
keep kept kept keeping
break broke broken breaking
eat ate eaten eating
get got got getting
meet met met meeting
see saw seen seeing
sit sat sat sitting
lie lay lain lying
fall fell fallen falling
feel felt felt feeling
begin began begun beginning
blow blew blown blowing
rise rose risen rising
leave left left leaving
slip slipped slipped slipping
spot spotted spotted spotting
trot trotted trotted trotting
drop dropped dropped dropping
dig dug dug digging
hurry hurried hurried hurrying
carry carried carried carrying
hold held held holding
cry cried cried crying
shine shone shone shining
hide hid hidden hiding
stand stood stood standing
stroll strolled strolled strolling
bend bent bent bending
tell told told telling
know knew known knowing
think thought thought thinking
swap swapped swapped swapping
creep crept crept creeping
sleep slept slept sleeping
grow grew grown growing
hear heard heard hearing
catch caught caught catching
wrap wrapped wrapped wrapping
sweep swept swept sweeping
nod nodded nodded nodding
stop stopped stopped stopping
"""
IRREGULAR = {line.split()[0]: line.split()[1:] for line in _FORMS_TABLE.strip().splitlines()}


def past(verb: str) -> str:
    """Return the simple past of a verb.

    Example:
        >>> past("go"), past("arrive"), past("walk")
        ('went', 'arrived', 'walked')
    """
    return IRREGULAR[verb][0] if verb in IRREGULAR else verb + ("d" if verb[-1] == "e" else "ed")


def participle(verb: str) -> str:
    """Return the past participle of a verb.

    Example:
        >>> participle("break"), participle("mend")
        ('broken', 'mended')
    """
    return IRREGULAR[verb][1] if verb in IRREGULAR else past(verb)


def gerund(verb: str) -> str:
    """Return the form of a verb that ends in -ing.

    Example:
        >>> gerund("run"), gerund("arrive")
        ('running', 'arriving')
    """
    if verb in IRREGULAR:
        return IRREGULAR[verb][2]
    return (verb[:-1] if verb[-1] == "e" and verb[-2] != "e" else verb) + "ing"


def present(verb: str) -> str:
    """Return the third person singular of a verb.

    Example:
        >>> present("go"), present("carry"), present("can"), present("catch")
        ('goes', 'carries', 'can', 'catches')
    """
    if verb in ("can", "will", "would"):
        return verb
    if verb in ("be", "have"):
        return "is" if verb == "be" else "has"
    if verb.endswith(("ss", "sh", "ch", "x", "go")):
        return verb + "es"
    return verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb + "s"


# --- Events ---------------------------------------------------------------------------------------
# Predicates, to which the actor is the subject.  The first ones of each kind, up to the "/", are
# so plain that a story can also mention them again afterwards: "because Ben had taken the kite".

_PREDICATES = """
go|<go> to {P}|<walk> to {P}|<come> to {P}|/|<make> {A's} way to {P}|<hurry> to {P}|<run> to {P}
go|<wander> over to {P}|<stroll> to {P}|<set> off and soon <reach> {P}|<cross> the valley to {P}
go|<head> over to {P}|<take> the road to {P}|<arrive> {to}|<turn> up {to}
go-animal|<go> to {P}|<run> to {P}|/|<trot> to {P}|<wander> over to {P}|<make> its way to {P}
go-animal|<slip> away to {P}|<run> off to {P}|<turn> up {to}|<find> its way to {P}
go-back|<go> back to {P}|<return> to {P}|<walk> back to {P}|/|<come> back to {P}|<hurry> back to {P}
take|<take> {T}|<pick> {T~up}|/|<take> {T~along}|<get> hold of {T}|<collect> {T}|<grab> {T}
take|<help> {A-self} to {T}|<bend> down and <pick> {T~up}|<lift> {T~up}
find|<find> {T}|<discover> {T}|/|<come> across {T}|<find> {T} after a short search
find|<spot> {T} and <pick> it up
find|<find> {T} almost at once|<find> {T}, half hidden|<look> around and <find> {T}
drop|<put> {T~down}|<leave> {T} {at}|/|<lay> {T~down}|<set> {T~down}|<leave> {T} there|<put> {T} aside
drop-animal|<drop> {T}|<let> {T} fall|/|<let> go of {T}|<leave> {T} {at}|<drop> {T} on the ground
lose|<lose> {T}|<lose> {T} {at}|/|<lose> {T} without noticing|<lose> {T} somewhere {at}|<happen> to lose {T}
lend|<lend> {BT}|<hand> {BT}|/|<pass> {BT}|<let> {B} have {T}|<hand> {T~over} to {B}
lend-broken|<hand> {BT}|<bring> {BT}|/|<pass> {BT}|<show> {B} the damage and <hand> {T~over}
lend-back|<give> {T} back to {B}|<return> {T} to {B}|/|<hand> {T} back to {B}|<let> {B} have {T} back
give|<give> {BT}|<give> {BT} as a present|/|<make> {B} a present of {T}|<present> {B} with {T}
give|<give> {BT} to keep
give-back|<give> {T} back to {B}|<return> {T} to {B}|/|<bring> {T} back to {B}|<hand> {T} back to {B}
give-back|<let> {B} have {T} back
steal|<steal> {T} from {B}|<snatch> {T} from {B}|/|<snatch> {T} away from {B}|<grab> {T} out of {B's} hands
steal|<steal> {T} right out of {B's} hands|<take> {T} from {B} without asking
steal|<creep> up to {B} and <steal> {T}
ask|<ask> {B} for {T}|<ask> {B} to hand {T~over}|/|<beg> {B} for {T}|<ask> {B} very politely for {T}
ask|<turn> to {B} and <ask> for {T}
ask|<ask> whether {B+} <would:B> hand {T~over}
refuse|<refuse> to give {BT}|<will> not give {BT}|/|<will> not part with {T}
refuse|<shake> {A's} head and <keep> {T}
refuse|<say> no and <keep> {T}|<want> to keep {T} and <say> so|<hold> on to {T} and <say> no
refuse|<tell> {B} that {T} <be:it> not to be had
want|<want> {T}|<want> to have {T}|/|<wish> for {T}|<long> for {T}|<dream> of having {T}|<need> {T}
want|<want> nothing so much as {T!}|<think> of nothing but {T!}|<have> set {A's} heart on {T}
break|<break> {T}|/|<break> {T} by accident|<drop> {T}, and it <break:it>|<stumble> and <break> {T}
break|<knock> {T} against the wall, and it <break:it>|<be> careless for a moment and <break> {T}
mend|<mend> {T}|<repair> {T}|/|<fix> {T}|<put> {T} back together|<make> {T} whole again
mend|<set> to work and <mend> {T}
mend|<sit> down and <repair> {T}|<mend> {T} with great care
gather|<gather> {N}|<collect> {N}|/|<find> {N}|<look> around and <find> {N}|<bring> together {N}
gather-tree|<pick> {N}|<gather> {N}|/|<collect> {N}|<pick> {N}, one by one|<reach> up and <pick> {N}
gather-earth|<dig> up {N}|<pull> up {N}|/|<gather> {N}|<collect> {N}|<pull> {N} out of the ground
share|<give> {B} {N}|<hand> {B} {N}|/|<let> {B} have {N}|<pass> {N} to {B}
share|<offer> {B} {N}, which {B+} <accept:B>
share|<count> out {N} for {B}|<give> {N} to {B}
eat|<eat> {N}|/|<have> {N} for lunch|<sit> down and <eat> {N}|<eat> {N} with pleasure|<enjoy> {N}
eat|<eat> {N}, slowly
meet|<meet> {B}|<run> into {B}|/|<greet> {B}|<bump> into {B}|<come> face to face with {B}
meet|<see> {B} and <wave>
meet|<happen> to meet {B}|<stop> for a chat with {B}|<catch> sight of {B} and <wave>
meet-animal|<meet> {B}|<come> upon {B}|/|<catch> sight of {B}|<make> friends with {B}
meet-animal|<come> face to face with {B}|<stop> to pat {B}
follow|<follow> {B}|<follow> {B} to {Q}|/|<go> after {B}|<walk> after {B} to {Q}|<follow> close behind {B}
follow|<hurry> after {B}
follow-animal|<follow> {B}|<follow> {B} to {Q}|/|<trot> after {B} to {Q}|<follow> at {B's} heels
follow-animal|<run> after {B}
rest|<rest>|<rest> for a while|/|<sit> down to rest|<lie> down and <rest>|<take> a nap|<have> a good rest
rest|<fall> asleep
rest|<close> {A's} eyes for a while|<stretch> out and <rest>|<rest> until evening
feel|<be> {W}|<feel> {W}|/|<be> very {w}|<be> quite {w}|<feel> truly {w}|<be> so {w}|<look> {W}
"""


def _table(text: str) -> dict[str, list[str]]:
    """Gather the lines of a table by their first field."""
    found: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        kind, *phrases = line.split("|")
        found.setdefault(kind, []).extend(phrases)
    return found


_ALL = _table(_PREDICATES)
PREDICATES = {kind: [p for p in phrases if p != "/"] for kind, phrases in _ALL.items()}
SIMPLE = {kind: phrases[: phrases.index("/")] for kind, phrases in _ALL.items()}

# Whole clauses, which begin with something other than the actor.
CLAUSES = _table("""
go|off {A} <go> to {P}|off to {P} <go> {A!}|{A's} way <lead:it> to {P}
go-back|back {A} <go> to {P}|back to {P} <go> {A!}
go-animal|off {A} <run> to {P}|away <go> {A!} to {P}
find|there <lie:it> {T!}, and {A} <pick> it up
break|{T} <slip:it> from {A's} hands and <break:it>|{T} <break:it> in {A's} hands
break|with a loud crack, {T} <break:it> in {A's} hands
lend|{B+} <get:B> {T} from {A-}
lend-back|{B+} <get:B> {T} back from {A-}|{T} <go:it> back to {B} from {A-}
give|{B+} <get:B> {T} from {A-} as a present|{T} <be:it> a present from {A-} to {B}
give-back|{B+} <get:B> {T} back from {A-}
steal|{T} <be:it> stolen from {B} by {A-}|{T} <be:it> snatched from {B's} hands by {A-}
want|what {A} <want> most <be:it> {T!}|there <be:it> nothing {A} <want> more than {T!}
want|{T!} <be:it> all that {A} <want>
meet|{A!} and {B} <meet:they>|{A!} and {B} <meet:they> {at}
meet-animal|{A!} and {B} <meet:they>
mend|in {A's} skillful hands, {T} <be:it> soon mended
""")

# Direct speech; it is never in the past.  In it, {t} is the thing, without a pronoun.
SPEECH = _table("""
ask|"May I have {t}?" {A} <ask> {B}.|"Could you lend me {t}, please?" {A} <say> to {B}.
ask|{A} <turn> to {B}. "Would you give me {t}?"
ask|"Please let me have {t}," {A} <say> to {B}.|{A} <ask> {B}, "Can I have {t}?"
ask|"I would be so glad to have {t}. May I?" {A} <ask> {B}.
refuse|"No," {A} <say> to {B}. "I need it myself."|"I am sorry," {A} <tell> {B}, "but I want to keep {t}."
refuse|{A} <shake> {A's} head. "No, you cannot have {t}."
refuse|"No, {t} stays with me," {A} <answer>.|"Not today," {A} <say>, and <keep> {t}.
refuse|"You cannot have {t}," {A} <say>.
want|"I need {t}," {A} <say>.|"If only I had {t}!" {A} <sigh>.|"How I would love to have {t}!" {A} <say>.
want|{A} <say>, "I want {t}."
want|"There is nothing I want more than {t}," {A} <say>.
meet|"Good day, {b}!" {A} <call>.|"Hello, {b}!" {A} <say>.|"What a surprise to meet you, {b}!" {A} <cry>.
meet|{A} <greet> {B}. "How are you?"
give|"This is for you," {A} <say>, and <give> {BT}.|{A} <give> {BT}. "It is yours now."
give-back|"I think this is yours," {A} <say>, and <give> {T} back to {B}.
give-back|{A} <give> {T} back to {B}. "Take better care of it!"
lend|"Here you are," {A} <say>, and <hand> {BT}.|"Of course," {A} <answer>, and <hand> {BT}.
lend|"Gladly," {A} <say>, and <lend> {BT}.
lend-back|"Thank you," {A} <say>, and <give> {T} back to {B}.
share|"Help yourself!" {A} <say>, and <give> {B} {N}.|{A} <give> {B} {N}. "Enjoy them!"
follow|"Wait for me!" {A} <call>, and <follow> {B}.
""")

WEATHER = _table("""
sun|the sun <come:it> out|the sun <begin:it> to shine|the clouds <part:they> and the sun <come:it> out
sun|the sky <clear:it>, and the sun <shine:it>
rain|it <begin:it> to rain|rain <begin:it> to fall|a cold rain <set:it> in
rain|the first drops <fall:they>, and soon it <rain:it> hard
wind|the wind <rise:it>|a strong wind <begin:it> to blow|the wind <begin:it> to howl
wind|a sharp wind <come:it> up
snow|it <begin:it> to snow|snow <begin:it> to fall|thick snow <come:it> down
snow|the first snowflakes <fall:they>
fog|fog <come:it> down|a thick fog <roll:it> in|fog <begin:it> to fill the valley
fog|fog <rise:it> and <hide:it> everything
storm|a storm <break:it>|a storm <come:it> up|there <be:it> thunder, and a storm <break:it>
storm|a wild storm <begin:it>
""")
BECAUSE_WEATHER = _table("""
rain|because of the rain|because it <be:it> raining|to get out of the rain|to stay dry
snow|because of the snow|because it <be:it> snowing|to get out of the snow|to warm up
storm|because of the storm|because the storm <be:it> so wild|to be safe from the storm
storm|to get out of the storm
""")
MOOD_WORDS = _table("""
happy|happy|happy|glad|delighted|full of joy
sad|sad|sad|unhappy|close to tears
angry|angry|angry|cross|furious
scared|scared|scared|afraid|frightened
tired|tired|tired|weary
proud|proud|proud|proud|as proud as a king
calm|calm|calm|calm|at peace
worried|worried|worried|anxious|uneasy
surprised|surprised|surprised|surprised|astonished|amazed
grateful|grateful|grateful|thankful
jealous|jealous|jealous|envious
curious|curious|curious|curious|full of questions
""")
# What a mood shows in; said of people, after the mood.
MOOD_SIGNS = _table("""
happy|<smile>|<laugh> out loud|<begin> to hum
sad|<sigh>|<look> at the ground|<have> nothing to say
angry|<stamp> {A's} foot|<frown>|<grow> red in the face
scared|<tremble>|<turn> pale
tired|<yawn>
proud|<stand> up very straight|<beam>
calm|<take> a deep breath|<smile>
worried|<frown>|<sigh>
surprised|<stare>|<open> {A's} eyes wide
grateful|<say> thank you|<smile>
jealous|<frown>|<look> away
curious|<look> closer
""")

# --- Before an event: what has to be known --------------------------------------------------------

AT = (
    "{X} <be:X> {at}", "{at}, {X} <be:X> busy", "{X} <sit:X> {at}", "{X} <stand:X> {at}", "{at} <be:X> {X!}",
    "{X} <be:X> {at} as usual", "{X} <happen:X> to be {at}", "{at} <sit:X> {X!}",
    "you <can:they> find {X-} {at}",
    "{X} <work:X> {at}", "{X} <wait:X> {at}", "{X} <linger:X> {at}", "{at}, {X} <look:X> around",
    "{X} <enjoy:X> the quiet {at}",
)  # fmt: skip
AT_ANIMAL = (
    "{X} <be:X> {at}", "there <be:X> {X!} {at}", "{at} <sit:X> {X!}", "{at}, there <be:X> {X!}",
    "{X} <live:X> {at}", "{X} <sleep:X> {at}", "{X} <doze:X> {at}", "{at} <be:X> {X!}",
)  # fmt: skip
AT_BOTH = (
    "{X} and {Y} <be:they> {at}", "{X} <be:X> {at} with {Y-}", "{at}, {X} <sit:X> with {Y-}",
    "{X} and {Y} <be:they> both {at}", "{at} <be:they> {X} and {Y}", "{X} and {Y} <sit:they> together {at}",
)  # fmt: skip
HOLDS = (
    "{X} <have:X> {T}", "{X} <carry:X> {T}", "{X} <have:X> {T} at hand", "{X} <hold:X> {T}",
    "in {X's} hands <be:it> {T}", "{X} <own:X> {T}",
)  # fmt: skip
LIES = (
    "{T} <lie:it> {tat}", "there <be:it> {T} {tat}", "{tat} <lie:it> {T}", "{tat}, there <be:it> {T}",
    "somebody <have:it> left {T} {tat}", "{tat} <be:it> {T}",
)  # fmt: skip

# After the last event: how things stand.
RECALL_PERSON = (
    "in the end, {X} <be:X> {at}", "{X} <stay:X> {at}", "when evening <come:it>, {X} <be:X> {at}",
    "{X} <be:X> still {at} at sunset",
)  # fmt: skip
RECALL_THING = (
    "in the end, {T} <be:it> in {X's} hands", "{T} <stay:it> with {X-}", "{X} still <have:X> {T}",
    "{X} <keep:X> {T}",
)  # fmt: skip
RECALL_GOODS = (
    "{X} <have:X> {N} left",
    "that <leave:it> {X-} with {N}",
    "{N} <be:they> left for {X-}",
)

# What a place is like: small details that contradict nothing.
DETAILS = _table("""
attic|Dust danced in the air.|The floor creaked.
bakery|It smelled of warm bread.|The oven glowed.
barn|It smelled of hay.|Hay lay everywhere.
bridge|The water gurgled below.|The old planks creaked.
castle|The great gate stood open.|The walls were high and cold.
cave|Water dripped from the rock.|It was dark and cool.
cellar|It was cool and dim.|The steps were steep.
church|It was very still.|The windows glowed in many colors.
field|The tall grass whispered.|A lark sang.
forest|The trees whispered.|It smelled of moss.
forge|The fire crackled.|Sparks flew.
garden|Bees hummed.|It smelled of herbs.
greenhouse|The air was warm and damp.|The leaves were as big as hands.
hill|One could see the whole valley.|The grass was short and soft.
hut|A small fire burned.|The roof was low.
inn|It smelled of soup.|Voices rose and fell.
kitchen|Something good was cooking.|It smelled of pancakes.
lake|Small waves lapped at the shore.|The water was dark and deep.
library|Nobody made a sound.|It smelled of paper.
market|Voices called from every side.|It was crowded.
meadow|Crickets chirped.|The flowers nodded.
mill|The great sails turned.|Flour hung in the air.
orchard|The branches hung low.|Wasps buzzed.
path|Pebbles crunched underfoot.|It was narrow.
pond|The reeds rustled.|The water was still.
quarry|Every sound came back as an echo.|The rocks were sharp.
river|The current was strong.|The water sang.
school|Chalk squeaked.|The benches were empty.
shop|The shelves were full.|Coins clinked.
square|The fountain splashed.|Footsteps echoed.
stable|It smelled of straw.|It was warm.
station|A train whistled far away.|The platform was empty.
theater|The curtain was down.|The seats were empty.
tower|The stairs went round and round.|It was a long way up.
vineyard|The rows were long and straight.|The vines were heavy.
well|The water was far down.|The stones were mossy.
workshop|Shavings covered the floor.|It smelled of wood.
""")
