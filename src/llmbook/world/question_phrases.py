"""The words of the questions: how one asks for a fact, and why people say that they did something.

Explained in the chapter "data".  ``{x}`` and ``{y}`` are beings, ``{t}`` is a thing, ``{g}`` are goods,
``{p}`` is where somebody is, such as "at the mill", ``{w}`` a mood, ``{v}`` what somebody did.
"""

from llmbook.world.tables import phrases

ASK = phrases("""
where:
    Where is {x} now?
    Where is {x}?
    Where is {x} at the end?
    At the end, where is {x}?
    Where did {x} end up?
    Where can one find {x} now?
    Where would you look for {x}?
    In which place is {x} now?
    Where was {x} at the end of the story?
    When the story ends, where is {x}?
where did:
    Where is the one who {v}?
    Where can one find whoever {v}?
    In which place is the one who {v}?
    Where did the one who {v} end up?
before:
    Where was {x} before going {to}?
    Where had {x} been before going {to}?
    Before {x} went {to}, where was {x}?
nobody has:
    Who has {t} now?
    Who has {t} at the end?
    Who is holding {t} when the story ends?
    Who has {t}?
    Who holds {t} now?
where that:
    Where is the thing that {v}?
    Where is the thing now that {v}?
    Where did the thing that {v} end up?
    In which place is the thing that {v}?
    Where would you look for what {v}?
who has that:
    Who has the thing that {v}?
    Who holds now what {v}?
    With whom is the thing that {v}?
    Who ended up with the thing that {v}?
feel has:
    How does the one who has {t} feel?
    How does whoever has {t} now feel?
    In what mood is the one who holds {t}?
who has:
    Who has {t} now?
    Who has {t}?
    Who has {t} at the end?
    Who holds {t} now?
    In whose hands is {t}?
    With whom is {t} now?
    Who is holding {t} when the story ends?
    Who ended up with {t}?
gave:
    Who gave {x} {t}?
    Who gave {t} to {x}?
    From whom did {x} get {t}?
    Who handed {t} to {x}?
    Who let {x} have {t}?
asked:
    Who asked {x} for {t}?
    Who asked for {t}?
    By whom was {x} asked for {t}?
    Who wanted {x} to hand over {t}?
refused:
    Who would not hand over {t}?
    Who said no when asked for {t}?
    Who kept {t} instead of giving it to {x}?
broke:
    Who broke {t}?
    By whom was {t} broken?
    Who was holding {t} when it broke?
    Who did some damage to {t}?
mended:
    Who mended {t}?
    Who made {t} whole again?
    By whom was {t} mended?
    Who repaired {t}?
found:
    Who found {t}?
    By whom was {t} found?
    Who came upon {t}?
    Who discovered {t}?
lost:
    Who lost {t}?
    By whom was {t} lost?
    To whom did it happen that {t} got lost?
    Who could not find {t} anymore?
stole:
    Who stole {t}?
    By whom was {t} stolen?
    Who was the thief of {t}?
    Who took {t} away from {x}?
wanted:
    Who wanted {t}?
    Who wished for {t}?
    By whom was {t} wanted?
    Who would have liked to have {t}?
ate:
    Who ate {g}?
    Who had {g} to eat?
picked:
    Who picked {g}?
    By whom were {g} picked?
    Who gathered {g}?
followed:
    Who followed {x}?
    By whom was {x} followed?
    Who went after {x}?
met:
    Whom did {x} meet?
    Who was met by {x}?
    Whom did {x} come across?
made:
    Who made {t}?
    Who once sold {t}?
    By whom was {t} made?
    Who painted {t}?
what gave:
    What did {x} give to {y}?
    What did {x} give {y}?
    What did {y} get from {x}?
    What was given to {y} by {x}?
    Which thing did {x} hand to {y}?
what wants:
    What did {x} want?
    What did {x} wish for?
    What was it that {x} wanted?
    Which thing did {x} want to have?
what lost:
    What did {x} lose?
    What was lost by {x}?
    Which thing did {x} lose?
    What could {x} not find anymore?
what broke:
    What did {x} break?
    What was broken by {x}?
    Which thing did {x} break?
    What broke in the hands of {x}?
what found:
    What did {x} find?
    What was found by {x}?
    Which thing did {x} find?
    What did {x} discover?
what stole:
    What did {x} steal?
    What was stolen by {x}?
    Which thing did {x} steal?
    What did {x} take from {y}?
what asked:
    What did {x} ask {y} for?
    What did {x} ask for?
    Which thing did {x} ask for?
    What did {y} hear {x} ask for?
what picked:
    What did {x} pick?
    What did {x} gather?
    What was gathered by {x}?
have:
    How many {g} does {x} have now?
    How many {g} does {x} have at the end?
    How many {g} are left for {x}?
    How many {g} has {x} got now?
    When the story ends, how many {g} does {x} have?
    Count the {g} of {x}: how many are there?
picked number:
    How many {g} did {x} pick in all?
    How many {g} did {x} gather?
    What is the number of {g} that {x} picked?
ate number:
    How many {g} did {x} eat?
    How many of the {g} were eaten by {x}?
gave number:
    How many {g} did {x} give away?
    How many {g} did {y} get from {x}?
    How many {g} did {x} share with {y}?
together:
    How many {g} do {x} and {y} have together?
    If {x} and {y} count their {g} together, how many are there?
    Together, how many {g} have {x} and {y} got?
more:
    How many more {g} does {x} have than {y}?
    By how many {g} does {x} beat {y}?
feel:
    How does {x} feel?
    How does {x} feel at the end?
    How did {x} feel?
    In what mood is {x}?
    What is {x}'s mood at the end?
    How is {x} feeling now?
feel did:
    How does the one who {v} feel?
    How did the one who {v} feel at the end?
    In what mood is the one who {v}?
feel when:
    How did {x} feel when {c}?
    What did {x} feel when {c}?
    When {k}, how did {x} feel?
weather:
    What is the weather like?
    How is the weather?
    What was the weather like at the end?
    What kind of weather is it?
    How was the weather in the end?
    What does the sky look like?
why:
    Why {c}?
    For what reason {c}?
    What is the reason: why {c}?
    Can you say why {d}?
    Tell me why {d}.
still:
    Does {x} still have {t}?
    Is {t} still with {x}?
    Does {x} still hold {t}?
    Has {x} still got {t}?
    At the end, does {x} still have {t}?
at:
    Is {x} {p} now?
    Is {x} {p}?
    At the end, is {x} {p}?
    Can one find {x} {p} now?
    Was {x} {p} when the story ended?
did:
    Did {x} {v}?
    Was it {x} who {vd}?
    Is it true that {x} {vd}?
    Does the story say that {x} {vd}?
broken:
    Is {t} broken now?
    Is {t} broken?
    At the end, is {t} broken?
    Is there any damage to {t} now?
feels:
    Is {x} {w}?
    Is {x} {w} at the end?
    Does {x} feel {w}?
    Would you say that {x} is {w} now?
sky:
    Is it {w} now?
    Is it {w}?
    Is the weather {w} at the end?
richer:
    Does {x} have more {g} than {y}?
    Has {x} got more {g} than {y}?
    Are there more {g} with {x} than with {y}?
""")

# What an event did, after "the one who" and "did".
DID = {
    "find": ("found {t}", "find {t}"),
    "lose": ("lost {t}", "lose {t}"),
    "break": ("broke {t}", "break {t}"),
    "mend": ("mended {t}", "mend {t}"),
    "steal": ("stole {t}", "steal {t}"),
    "want": ("wanted {t}", "want {t}"),
    "ask": ("asked {y} for {t}", "ask {y} for {t}"),
    "give": ("gave {t} to {y}", "give {t} to {y}"),
    "lend": ("gave {t} to {y}", "give {t} to {y}"),
    "refuse": ("would not give {t} to {y}", ""),
    "share": ("gave {n} to {y}", "give {n} to {y}"),
    "gather": ("picked {n}", "pick {n}"),
    "eat": ("ate {n}", "eat {n}"),
    "meet": ("met {y}", "meet {y}"),
    "follow": ("followed {y}", "follow {y}"),
    "take": ("took {t}", "take {t}"),
    "drop": ("put down {t}", "put down {t}"),
    "go": ("went {to}", "go {to}"),
}

# What happened, after "because" and "when".
WEATHER_CLAUSES = {
    "sun": "the sun came out",
    "rain": "it rained",
    "wind": "the wind blew",
    "snow": "it snowed",
    "fog": "there was fog",
    "storm": "there was a storm",
}
WEATHER_ADJECTIVES = {
    "sun": ("sunny", "sun", "the sun is shining", "fine"),
    "rain": ("rainy", "rain", "it is raining", "wet"),
    "wind": ("windy", "wind", "it is windy"),
    "snow": ("snowy", "snow", "it is snowing"),
    "fog": ("foggy", "fog", "there is fog"),
    "storm": ("stormy", "storm", "there is a storm"),
}
MOOD_VARIANTS = {
    "happy": ("glad", "delighted", "full of joy"),
    "sad": ("unhappy", "close to tears"),
    "angry": ("cross", "furious"),
    "scared": ("afraid", "frightened"),
    "tired": ("weary",),
    "proud": ("as proud as a king",),
    "calm": ("at peace",),
    "worried": ("anxious", "uneasy"),
    "surprised": ("astonished", "amazed"),
    "grateful": ("thankful",),
    "jealous": ("envious",),
    "curious": ("full of questions",),
}

# What somebody in a mood is surely not.
OPPOSITES = {
    "happy": "sad", "sad": "happy", "angry": "happy", "scared": "calm", "proud": "sad", "calm": "angry",
    "worried": "calm", "grateful": "angry", "jealous": "happy",
}  # fmt: skip

# Reasons that the events do not hold.  {he}, {his} and {him} are the one who acts.
REASONS = phrases("""
want:
    {his} own was too old
    {he} had seen one like it in a dream
    it was somebody's birthday soon
    {he} had always liked such things
    {his} grandmother had owned one
    winter was near
    {he} wanted to draw a picture of it
break:
    {he} was in too much of a hurry
    {he} held it with one hand only
    {he} stumbled over a root
    somebody called {him} at the wrong moment
    it was old and worn
    {he} was thinking of something else
lose:
    there was a hole in {his} pocket
    {he} was thinking of something else
    {he} was talking all the time
    {he} had not tied it well
    {he} was looking at the clouds
refuse:
    it was a present from an aunt
    {he} still needed it
    {he} had promised it to somebody else
    {he} had waited for it for years
    {he} did not lend anything to anybody
""")
# How a plain story may begin, in front of its first sentence.
MORNINGS = tuple(
    opening + " "
    for opening in """
One morning,
That morning,
It was an ordinary day.
On Monday,
On Tuesday,
On Friday,
Early in the day,
At noon,
It was market day.
One day,
On Sunday,
Before breakfast,
After lunch,
In the afternoon,
One evening,
It was the first day of spring.
In autumn,
This happened last year.
Once,
Not long ago,
At first,
Here is what happened.
The bells had rung.
Late in summer,
On a quiet day,
The day before the fair,
Yesterday,
Listen to this.
It was early.
It was late.
Nobody was in a hurry.
At ten o'clock,
""".strip().splitlines()
)
