"""The voices that tell the stories: their first and last sentences, and their turns of phrase.

Explained in the chapter "data".  In a sentence of a voice, ``{X}`` is the main person, ``{I}`` the
one who tells, ``{job}`` "the baker" and ``{a job}`` "a baker".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """Somebody's way of telling a story.

    Args:
        name: What the voice is called.
        weight: How often it speaks.
        openings: Sentences to begin with.
        links: Words in front of a sentence, between two events.
        asides: Words in front of a clause that color it.
        endings: Sentences to end with.
        tense: ``"past"`` or ``"present"``.
        first: Whether one of the people tells.
        opens: How likely an opening is.
    """

    name: str
    weight: float
    openings: tuple[str, ...]
    links: tuple[str, ...]
    asides: tuple[str, ...]
    endings: tuple[str, ...]
    tense: str = "past"
    first: bool = False
    opens: float = 0.6


def _list(text: str) -> tuple[str, ...]:
    """Split a text at its lines and bars."""
    return tuple(text.strip().replace("\n", "|").split("|"))


_LINKS = _list("""
then|after that|soon|a little later|before long|next|later|soon afterward|not long after
after a while|in a little while|some time later|presently|by and by
""")
_NOW = _list("""
now|then|next|a moment later|soon|after that|and now
""")

VOICES = (
    Voice(
        "plain",
        3.0,
        openings=_list("""
It was early morning in the valley.|The day began quietly.|This happened last summer.
Nobody in the valley was in a hurry.|Some days begin like any other.|One Monday it happened.
A rooster crowed, and the day began.|It was a day like any other.|Much can happen in a day.
On the day of the fair, nobody stayed in bed.|Before the bells rang, the valley was awake.
Breakfast was over.|Smoke rose from the chimneys.|It was nine in the morning.
The valley woke slowly.|Here is what happened on Tuesday.|Long shadows lay over the valley.
"""),
        links=_LINKS,
        asides=(),
        endings=_list("""
So the day ended.|And that was all.|Then evening came.|Soon it was dark.|The bells rang for supper.
Nothing more happened that day.|That night, the valley slept well.|It had been quite a day.
The moon rose over the valley.
"""),
        opens=0.35,
    ),
    Voice(
        "present",
        2.0,
        openings=_list("""
It is a quiet day in the valley.|The valley is awake.|Look at the valley on this fine day!
Morning comes to the valley.|Everybody is up early today.|It is ten in the morning.
Today is no ordinary day.|Let us see what happens today.|Shh, something is about to happen.
"""),
        links=_NOW,
        asides=(),
        endings=_list("""
And so the day ends.|Evening comes.|That is all for today.|Now it is quiet again.
The lamps are lit in the valley.
"""),
        tense="present",
        opens=0.4,
    ),
    Voice(
        "I",
        1.6,
        openings=_list("""
My name is {I}, and I want to tell you what happened to me.|I am {I}, {job}.
I, {I}, still remember that day.|My friends call me {I}.|You may know me: I am {I}, {job}.
People call me {I}.|I, {I}, saw it all.|They call me {I}, {job}.
This is my story, and {I} is my name.|Let me tell you how it was; I am {I}.|Hello, I am {I}!
{I} is my name, and this is how it went.
"""),
        links=_LINKS,
        asides=(),
        endings=_list("""
That is my story.|I shall never forget that day.|That is how it was.|I still think of it.
Believe me or not, it is true.
"""),
        first=True,
        opens=1.0,
    ),
    Voice(
        "diary",
        1.2,
        openings=_list("""
Dear diary, this is {I} again.|From the diary of {I}.|{I}'s diary, Monday.|Diary of {I}, a Friday.
Tuesday. This is {I}'s diary.|A page from {I}'s diary.|This diary belongs to {I}.
Tonight I, {I}, write by candlelight.
"""),
        links=(*_LINKS, "in the afternoon", "around noon"),
        asides=(),
        endings=_list("""
Now I am going to bed.|Enough for today.|More tomorrow.|Good night, dear diary.
I must put out the light.
"""),
        first=True,
        opens=1.0,
    ),
    Voice(
        "letter",
        1.2,
        openings=_list("""
Dear Grandmother, here is my news.|My dear aunt, how are you?|Dear cousin, you asked what is new.
Dear uncle, let me tell you about my day.|Dearest Grandfather, I hope you are well.
Dear Mother, I promised to write.
"""),
        links=_LINKS,
        asides=(),
        endings=_list("""
Your {I}.|Love, {I}.|Yours, {I}.|Write soon! Your {I}.|With love from {I}.|Many greetings, {I}.
"""),
        first=True,
        opens=1.0,
    ),
    Voice(
        "fairy",
        1.6,
        openings=_list("""
Once upon a time, there lived {a job} named {X}.
Long, long ago, in a green valley, there lived {a job} called {X}.
There was once {a job} whose name was {X}.
In a valley behind seven hills, there lived {a job} named {X}.
When wishes still came true, there lived {a job} called {X}.
Far away and long ago, {a job} named {X} lived in a valley.
Many years ago, when animals could still talk, there lived {a job} named {X}.
Long before you were born, this came to pass.|Listen, children, to an old tale.
An old song tells of {X}, {job}.|Grandmother always told this tale by the fire.
"""),
        links=(*_LINKS, "one fine day", "at last", "lo and behold"),
        asides=(),
        endings=_list("""
And if it has not ended, it goes on still.|Snip, snap, my tale is told.
And that is the end of the tale.|So the old people tell it.
And that is why people still tell this story.|The end.
"""),
        opens=0.95,
    ),
    Voice(
        "reporter",
        1.3,
        openings=_list("""
News from the valley.|The Valley Gazette reports.|Late news has reached us.
A strange day in the valley!|Our reporter writes from the valley.|Here is the news of the day.
Valley, Thursday.|Readers ask us what happened yesterday.|Yesterday was a busy day.
"""),
        links=(*_LINKS, "shortly afterward", "minutes later"),
        asides=_list("""
according to witnesses|as neighbors report|it is said that|witnesses agree that|as we have learned
reportedly
"""),
        endings=_list("""
We will report again.|No more is known so far.|This is all that we know.|The mayor had no comment.
"""),
        opens=0.8,
    ),
    Voice(
        "gossip",
        1.4,
        openings=_list("""
Have you heard the news?|You will never guess what happened!|Come closer, I must tell you something.
Well, my dear, sit down and listen.|Psst, do you know {X}, {job}?|Do you remember {X}, {job}?
Guess what I heard at the window!|I should not tell you this, but I will.|Oh, the things one hears!
Between you and me, it was a strange day.
"""),
        links=_list("""
well, then|and then|so then|after that|and what do you think|and soon
"""),
        asides=_list("""
believe it or not|imagine|just think|mind you|I tell you|as true as I stand here|my dear
"""),
        endings=_list("""
But you did not hear it from me.|Well, that is how it goes.|Do not tell anybody!|Now, more tea?
And that is the plain truth.
"""),
        opens=0.9,
    ),
    Voice(
        "child",
        0.9,
        openings=_list("""
Do you want to hear a story?|I know a story.|Today in school I wrote this.|This story is true.
Once there was {X}.|My story is about {X}.|Mama, listen!|So there was this one day.
"""),
        links=_list("""
and then|then|and after that|and so|suddenly
"""),
        asides=(),
        endings=_list("""
And that was the end.|That is my whole story.|It was so nice.|Now you tell one.
"""),
        opens=0.7,
    ),
    Voice(
        "live",
        0.8,
        openings=_list("""
Quiet, please, it begins.|Are you watching?|Look over there!|Dear listeners, welcome to the valley.
Open your eyes wide!|The curtain rises on the valley.
"""),
        links=_NOW,
        asides=_list("""
look|as you can see|believe it or not|you see
"""),
        endings=_list("""
And there we stop.|Thank you for watching.|What a day!
"""),
        tense="present",
        opens=0.7,
    ),
)
