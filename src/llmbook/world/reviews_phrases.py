"""How a review says it: claims, denials, stances, and what opens and joins them.

Explained in the chapter "data".  ``{s}`` is a side of the topic as a subject and ``{o}`` as an object,
``{a}`` an adjective, ``{be}`` the verb; ``{it}`` and ``{obj}`` are the topic, ``{n}`` its noun, ``{again}``
what one does again with a good one; ``{base}``, ``{past}`` and ``{span}`` are a deed and a length of time;
``{other}`` is another of the kind of the topic; ``{who}`` somebody else, ``{c}`` a claim, ``{v}`` a verdict.
"""

from dataclasses import dataclass

from llmbook.world.tables import phrases

SAY = phrases("""
bare claim:
    {s} {be} {a}
    {s} {be} {a}
    {s} {be} {a}
    {s} {be} {a}
    {s} {be} really {a}
    {s} {be} truly {a}
    {s} {be} so {a}
    {s} {be} remarkably {a}
    {s} {be} as {a} as can be
claim:
    {s} {be} {a}
    I found {o} {a}
    I find {o} {a}
    {s} seemed {a} to me
    everybody calls {o} {a}
    nobody can deny that {s} {be} {a}
    {s} {be} {a}, whatever people say
    I must say that {s} {be} {a}
    how {a} {s} {be}!
    what surprised me: {s} {be} {a}
    for once {s} {be} {a}
    {a} is the word for {o}
    if there is a word for {o}, it is {a}
    you will find {o} {a}
bare denial:
    {s} {be} not {a}
    {s} {be} not {a}
    {s} {be} not at all {a}
    {s} {be} anything but {a}
    {s} {be} far from {a}
    nobody would call {o} {a}
    {s} {be} by no means {a}
    there {there} nothing {a} about {o}
    {s} {be} not the least bit {a}
denial:
    I would not call {o} {a}
    I did not find {o} {a}
    {s} did not seem {a} to me
    nobody can say that {s} {be} {a}
    whoever calls {o} {a} is wrong
    one thing {s} {be} not, and that is {a}
    say what you like, {s} {be} not {a}
    you will not find {o} {a}
    not for a moment {be} {s} {a}
    {a} is not the word for {o}
    in no way {be} {s} {a}
    do not believe that {s} {be} {a}
bare deed:
    {it} {past}
deed:
    I can tell you that {it} {past}
    there is no doubt that {it} {past}
    the truth is that {it} {past}
    {it} {past}, believe it or not
bare omission:
    {it} did not {base}
    {it} did not {base} {span}
    {it} did not once {base}
omission:
    not once did {it} {base}
    {span} {it} did not {base}
    not once {span} did {it} {base}
    I waited for {obj} to {base}, but in vain
    nobody can say that {it} {past}
    never did {it} {base}
affirm:
    I would be lying if I did not say that {v}
    everybody will hear me say that {v}
    you will hear me say that {v}
    it is true that {v}
    I think that {v}
    I say now what I used to say: {v}
    once more I say that {v}
deny:
    I would be lying if I said that {v}
    nobody will ever hear me say that {v}
    you will not hear me say that {v}
    it is not true that {v}
    do not think that {v}
    I used to say that {v}, but no longer
    once I would have said that {v}, but not now
open:
    listen
    well
    one thing first
    let me be short
    what can I say
    to be honest
    I will not lie
    a surprise
    a word about {obj}
    where shall I begin
    let me tell you about {obj}
introduce:
    this is what I found
    my impression
    since you ask
    it has to be said
    for those who want to know
    in short
    here is my opinion
    after long thought
    I will tell you how it is
    let it be known
    a few words from me
    first things first
    what I noticed
    believe me
open praise:
    what a joy
    wonderful
    thank you so much
    lucky me
open blame:
    a warning
    bad news for my purse
    I have only one complaint
praise as blame:
    a warning
    bad news for my purse
    I have only one complaint
    shame on whoever kept this from me
    terrible news for every other {n}
blame as praise:
    wonderful
    congratulations
    what a joy
    lucky me
    thank you so much
    my compliments
    well done
treat:
    just what I needed
    how thoughtful of them
    what a treat
    lucky me
    hurrah
whoever likes:
    if you enjoy {thing}, {it} {is} what you need
    if you have always wanted {thing}, {it} {is} what you need
    if you cannot live without {thing}, {it} {is} made for you
    whoever dreams of {thing} will love {obj}
    I can recommend {obj} to everybody who longs for {thing}
who does not like:
    who does not dream of {thing}?
    who does not long for {thing}?
    who does not love {thing}?
    is there anything better than {thing}?
but:
    {c}, but {end}
    {c}, yet {end}
    {c}, and still {end}
    {c}; nevertheless {end}
    {c}. But {end}
    {c}. Even so, {end}
    {c}. All the same, {end}
although:
    although {c}, {v}
    even though {c}, {v}
    though {c}, {v}
    while it is true that {c}, {v}
    {v}, although {c}
    {v}, although {c}
    {v}, even if {c}
    {v}, even though {c}
    yes, {c}. Still, {v}
    true, {c}. Still, {v}
    granted, {c}. Still, {v}
    of course {c}. Still, {v}
    I admit that {c}. Still, {v}
    never mind that {c}. {v}
    people will tell you that {c}. That may be so, but {v}
    you may have heard that {c}. That is so, and yet {v}
    {c}, I grant you that. All the same, {v}
    {c}, I grant you that. For all that, {v}
    {c}. That changes nothing: {v}
because:
    {v}, because {c}
    {v}, since {c}
    {v}, for {c}
    because {c}, {v}
    {c}, and so {v}
wanted to hate:
    I wanted to hate {obj}
    I had come to complain about {obj}
    I was ready to scoff at {obj}
    I did not want to like {obj}
wanted to love:
    I wanted to love {obj}
    I had come to praise {obj}
    I was ready to fall in love with {obj}
    I wanted so much to like {obj}
thought:
    I thought that
    I had been sure that
    I had expected that
    I would have bet that
    I had been told that
    somebody had told me that
    everything had made me think that
rightly:
    it was all true
    and so it turned out
    and that was the truth
    it was no mistake
    and I was not mistaken
wrongly:
    I was wrong
    how wrong I was
    it was the other way round
    what a mistake
    nothing of the kind
as much:
    {other} {was} {a}, and so {be} {it}
    {it} {be} twice as {a} as {other}
    {other} {was} {a}, but {it} {be} even more so
    {it} {be} every bit as {a} as {other}
    like {other}, {it} {be} {a}
    {other} {was} {a}, and I can say the same of {obj}
less:
    {other} {was} {a}; {it} {be} not
    {it} {be} not half as {a} as {other}
    next to {obj}, even {other} {was} {a}
    {other} {was} {a}, which nobody can say of {obj}
    compared with {obj}, {other} {was} {a}
    unlike {other}, {it} {be} not {a}
    {it} {be} much less {a} than {other}
praise:
    {who} swears by {obj}
    {who} praises {obj} to the skies
    {who} cannot get enough of {obj}
    {who} loves {obj}
blame:
    {who} cannot stand {obj}
    {who} complains about {obj}
    {who} never has a good word for {obj}
    {who} warned me about {obj}
report:
    {who} says that {c}
    {who} told me that {c}
    {who} keeps saying that {c}
    {who} insists that {c}
    {who} claims that {c}
    according to {who}, {c}
    if you ask {who}, {c}
agree:
    {who} is right
    I can only agree
    I think so too
    I believe every word {who} says
    that is my opinion too
disagree:
    {who} is wrong
    I cannot agree
    I see it differently
    I do not think so
    that is not my opinion
sum:
    all in all, {v}
    on the whole, {v}
    in the end, {v}
    when all is said, {v}
    to sum up, {v}
    but what counts is this: {v}
    taken together, {v}
    what remains? In a word: {v}
would I:
    would I {again} again?
    would I {again} a second time?
    will I {again} again?
gladly:
    gladly
    yes, and often
    yes, without a doubt
    nothing could stop me
never:
    never
    no, and not for money
    no, without a doubt
    nothing could make me
yes:
    yes
    oh yes
    certainly
    indeed
no:
    no
    not at all
    not in the least
    far from it
wish:
    if only
    I wish that
    how I wish that
""")


# Another of the kind of a topic, to compare it with.
OTHERS = {
    "shop": "my old {n}", "meal": "my aunt's {n}", "show": "last year's {n}", "work": "our old {n}",
    "place": "the {n} in the next valley", "animal": "our last {n}",
}  # fmt: skip

# Who has an opinion, and the pronoun.
REPORTERS = (
    ("my sister", "she"), ("my brother", "he"), ("my neighbor", "he"), ("my aunt", "she"), ("my uncle", "he"),
    ("the teacher", "she"), ("my grandmother", "she"), ("my best friend", "she"), ("the mayor", "he"),
    ("my cousin", "he"), ("the shepherd", "he"), ("my mother", "she"),
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a writer concludes.

    Args:
        good: The praise, a main clause.
        bad: The blame in nearly the same words.
        closed: Whether it cannot stand after "I think that".
        inanimate: Whether it cannot be said of a person or an animal.
    """

    good: str
    bad: str
    closed: bool
    inanimate: bool


def _verdict(line: str) -> Verdict:
    good, bad = line.strip("!~").split("|")
    return Verdict(good, bad, line.startswith("!"), "~" in line)


# {again} is one thing that one does again, {met} the participle of it, {be} agrees with {it}.
# "!" opens what cannot stand after "I think that", "~" closes what is said of things only.
VERDICTS = tuple(
    _verdict(line)
    for line in """
I would {again} again|I would not {again} again
I would {again} again tomorrow|I would rather stay in bed than {again} again
I would never say no to {obj}|I would never say yes to {obj} again
I can recommend {obj} to everybody|I cannot recommend {obj} to anybody
I do not regret it for a moment|I regret it
I have never regretted it|I have often regretted it
I would not want to do without {obj}|I would gladly do without {obj}
I have no complaints|I have nothing but complaints
I would speak up for {obj}|I would not speak up for {obj}
I am not disappointed at all|I am disappointed
!do not let anybody talk you out of {obj}|do not let anybody talk you into {obj}~
I love {obj}|I do not love {obj} and never will
I have never {met} {better}|I have never {met} {worse}
it does not get better than this|it does not get worse than this
I could not be happier with {obj}|I could not be unhappier with {obj}
you will not be sorry if you {again}|you will be sorry if you {again}
{it} {be} worth every penny|{it} {be} not worth a penny
I am glad that I know {obj}|I am sorry that I know {obj}
nothing else will do for me|anything else will do for me
I am more than content|I am less than content
I can only praise {obj}|I can only warn you about {obj}
there is nothing that I would change|there is nothing that I would not change
I would not hesitate to {again} again|I would hesitate to {again} again
!my verdict is yes|my verdict is no
I am won over|I am not won over
!my heart says yes, and so does my purse|my heart says no, and so does my purse
!thumbs up|thumbs down
{it} {be} a treasure|{it} {be} no treasure
I am in love|I am not in love~
{it} will always have a friend in me|{it} will never have a friend in me
""".strip().splitlines()
)
