"""Scenes of the French narrator in which nothing happens: how things are, and whose, and where.

Explained in the chapter "data".  A scene draws its words from a :class:`Cast` and says one meaning in
both languages.  Elision, capitals and stops are left to :mod:`llmbook.world.french`.
"""

from llmbook.world.french_cast import FURS, Cast
from llmbook.world.french_grammar import noun_phrase, number_word, verb_phrase
from llmbook.world.french_phrases import Line, Phrase, at, both, the, to
from llmbook.world.french_words import COLORS, COMPARATIVES, STAYING, SUPERLATIVES, WEATHER
from llmbook.world.lexicon import ANIMALS, MOODS


def description(cast: Cast) -> list[Line]:
    """The old key is small and shiny."""
    x = cast.thing("the this my our")
    a, b = (x.said(word) for word in cast.said_of(x, 2))
    link = cast.draw.choice((("and", "et"), ("but", "mais")))
    be = cast.draw.choice(((x.be, x.est), (x.be, x.est), (x.was, x.etait)))
    return [
        both("{x} {be} {a} {link} {b} | {x} {be} {a} {link} {b}", x=x, be=be, a=a, b=b, link=link)
    ]


def degree(cast: Cast) -> list[Line]:
    """This key is too heavy for Anna."""
    x = cast.thing("this your the")
    (word,) = cast.said_of(x, among=COMPARATIVES)
    how = cast.draw.choice((("very", "très"), ("so", "si"), ("too", "trop"), ("rather", "plutôt")))
    line = both("{x} {x.be} {how} {a} | {x} {x.est} {how} {a}", x=x, how=how, a=x.said(word))
    if how[0] == "too":
        return [both("{line} for {who} | {line} pour {who}", line=line, who=cast.person())]
    return [line]


def not_that_color(cast: Cast) -> list[Line]:
    """Anna's lamp is not red. It is blue."""
    x = cast.thing(owner=cast.person(), adjectives=0)
    (a,) = cast.said_of(x, among=COLORS)
    (b,) = cast.said_of(x, among=[color for color in COLORS if color != a.en])
    return [
        both("{x} {x.be} not {a} | {x} ne {x.est} pas {a}", x=x, a=x.said(a)),
        both("{x.he} {x.be} {b} | {x.il} {x.est} {b}", x=x, b=x.said(b)),
    ]


def there_is(cast: Cast) -> list[Line]:
    """There are some old keys in the attic."""
    draw, place, x = cast.draw, at(cast.place()), cast.thing("a")
    if draw.chance(0.3) and x.noun:
        x = cast.counted(x.noun, draw.integer(2, 12), x.words)
    be = draw.choice(((x.be, "il y a"), (x.was, "il y avait")))
    template = draw.choice(
        ("{place}, there {be} {x} | {place}, {be} {x}", "there {be} {x} {place} | {be} {x} {place}")
    )
    return [both(template, place=place, be=be, x=x)]


def creature(cast: Cast) -> list[Line]:
    """There was an old donkey in the stable. It was sad."""
    draw, noun = cast.draw, cast.noun(ANIMALS)
    words = cast.adjectives(noun, 1, among=FURS)
    it, place = cast.phrase("a", noun, words), at(cast.place())
    is_, was = (it.be, it.est), (it.was, it.etait)
    be = draw.choice((is_, was))
    there = be[0], "il y a" if be == is_ else "il y avait"
    template = draw.choice((
        "{place}, there {there} {it} | {place}, {there} {it}",
        "there {there} {it} {place} | {there} {it} {place}",
        "the {en} {be} {place} | {le} {be} {place}",
        "this {en} {be} {place} | {ce} {be} {place}",
    ))  # fmt: skip
    le, ce = cast.phrase("the", noun, words).fr, cast.phrase("this", noun, words).fr
    line = both(
        template, place=place, there=there, it=it, en=it.en.split(" ", 1)[1], be=be, le=le, ce=ce
    )
    if draw.chance(0.5):
        return [line]
    return [
        line,
        both("{it.he} {be} {mood} | {it.il} {be} {mood}", it=it, be=be, mood=cast.mood(it)),
    ]


def there_is_none(cast: Cast) -> list[Line]:
    """There is no key in the attic."""
    x = cast.thing("no")
    be = cast.draw.choice(((x.be, "a"), (x.was, "avait")))
    template = "there {be} {x} {place} | il n'y {be} pas {x} {place}"
    return [both(template, be=be, x=x, place=at(cast.place()))]


def is_there(cast: Cast) -> list[Line]:
    """Is there a lamp in the attic? No, but there is one in the barn."""
    x = cast.thing("a", plural=False)
    lines = [both("is there {x} {place}? | y a-t-il {x} {place} ?", x=x, place=at(cast.place()))]
    if cast.draw.chance(0.5):
        one, place = ("one", number_word(1, x.gender)), at(cast.place())
        lines.append(
            both(
                "no, but there is {one} {place} | non, mais il y en a {one} {place}",
                one=one,
                place=place,
            )
        )
    return lines


def somewhere(cast: Cast) -> list[Line]:
    """The red kites are still on the hill."""
    x = cast.thing("the my your this")
    be = cast.draw.choice(((x.be, x.est), (x.was, x.etait)))
    still = cast.draw.choice((("", ""), ("", ""), (" still", " encore"), (" always", " toujours")))
    place = at(cast.place())
    return [
        both(
            "{x} {be}{still} {place} | {x} {be}{still} {place}",
            x=x,
            be=be,
            still=still,
            place=place,
        )
    ]


def where_is(cast: Cast) -> list[Line]:
    """Where is the green bottle? It is in the kitchen."""
    owner = cast.person() if cast.draw.chance(0.3) else None
    x = cast.thing("the my your our", owner=owner)
    be = cast.draw.choice(((x.be, x.est), (x.was, x.etait)))
    lines = [both("where {be} {x}? | où {be} {x} ?", be=be, x=x)]
    if cast.draw.chance(0.7):
        lines.append(
            both("{x.he} {be} {place} | {x.il} {be} {place}", x=x, be=be, place=at(cast.place()))
        )
    return lines


def what_color(cast: Cast) -> list[Line]:
    """What color is the lamp? It is green."""
    x = cast.thing(owner=cast.person() if cast.draw.chance(0.5) else None, adjectives=0)
    (color,) = cast.said_of(x, among=COLORS)
    return [
        both("what color {x.be} {x}? | de quelle couleur {x.est} {x} ?", x=x),
        both("{x.he} {x.be} {a} | {x.il} {x.est} {a}", x=x, a=x.said(color)),
    ]


def compared(cast: Cast) -> list[Line]:
    """The red key is heavier than the lock."""
    x = cast.thing(adjectives=1)
    assert x.noun
    if cast.draw.chance(0.5):
        y = cast.phrase("the", x.noun, cast.adjectives(x.noun, 1, without=x.words), plural=x.plural)
    else:
        y = cast.thing(adjectives=0, plural=x.plural)
    (word,) = cast.said_of(
        x, among=[word for word in COMPARATIVES if word not in map(str, y.words)]
    )
    template = cast.draw.choice((
        "{x} {x.be} {more} than {y} | {x} {x.est} plus {a} que {y}",
        "{x} {x.be} as {a} as {y} | {x} {x.est} aussi {a} que {y}",
        "{x} {x.be} less {a} than {y} | {x} {x.est} moins {a} que {y}",
        "{x} {x.be} not as {a} as {y} | {x} ne {x.est} pas aussi {a} que {y}",
    ))  # fmt: skip
    return [both(template, x=x, y=y, a=x.said(word), more=COMPARATIVES[word.en])]


def the_most(cast: Cast) -> list[Line]:
    """Anna has the oldest key."""
    noun = cast.noun()
    (word,) = cast.adjectives(noun, 1, among=COMPARATIVES)
    bare = cast.phrase("the", noun)
    le = "la" if noun.gender == "f" else "le"
    if word.before:  # "le plus bel oreiller"
        french = f"{le} plus {noun_phrase('', noun, (word,), plural=False)}"
    else:
        french = f"{bare.fr} {le} plus {bare.agree(word)}"
    x = (f"the {SUPERLATIVES[word.en]} {noun}", french)
    if cast.draw.chance(0.5):
        return [both("{who} has {x} | {who} a {x}", who=cast.person(), x=x)]
    return [both("{x} is {place} | {x} est {place}", x=x, place=at(cast.place()))]


def has(cast: Cast) -> list[Line]:
    """Anna has two red hats."""
    draw, who, x = cast.draw, cast.who(), cast.thing("a")
    assert x.noun
    kind = draw.integer(1, 3)
    if kind == 1:  # she does not have any
        none = cast.phrase("no", x.noun, x.words, plural=x.plural)
        any_ = x.en.replace("some ", "any ", 1)
        do, avoir = (
            "do" if who.plural else "does",
            verb_phrase("avoir", "present", who, negation="pas"),
        )
        return [
            both(
                "{who} {has} {x} | {who} {has} {x}",
                who=who,
                has=(f"{do} not have", avoir),
                x=(any_, none.fr),
            )
        ]
    if kind == 2:
        x = cast.counted(x.noun, draw.integer(2, 9), x.words)
    now = who.has, verb_phrase("avoir", "present", who)
    then = "had", verb_phrase("avoir", "imperfect", who)
    return [
        both("{who} {has} {x} | {who} {has} {x}", who=who, has=draw.choice((now, now, then)), x=x)
    ]


def belongs(cast: Cast) -> list[Line]:
    """Who does this key belong to? It belongs to Ben."""
    who = cast.person(job=cast.draw.chance(0.4))
    if cast.draw.chance(0.4):
        x = cast.thing("this")
        does, s = ("do", "") if x.plural else ("does", "s")
        return [
            both("who {does} {x} belong to? | à qui {x.est} {x} ?", does=does, x=x),
            both("{x.he} belong{s} to {who} | {x.il} {x.est} {who.to}", x=x, s=s, who=who),
        ]
    x = cast.thing("the this")
    verb = "belong" if x.plural else "belongs", verb_phrase("appartenir", "present", x)
    return [both("{x} {verb} to {who} | {x} {verb} {who.to}", x=x, verb=verb, who=who)]


def trade(cast: Cast) -> list[Line]:
    """Anna is a baker. She works at the mill."""
    who = cast.person()
    work, metier = cast.job(who.gender)
    first = both(
        "{who} is {a} | {who} est {a}",
        who=who,
        a=(f"{'an' if work[0] in 'aeiou' else 'a'} {work}", metier),
    )
    template = cast.draw.choice((
        "{who.he} works {place} | {who.il} travaille {place}",
        "{who.he} has {x} | {who.il} a {x}",
        "{who.he} is {mood} today | {who.il} est {mood} aujourd'hui",
    ))  # fmt: skip
    x = cast.thing("a") if "{x}" in template else None
    return [first, both(template, who=who, place=at(cast.place()), x=x, mood=cast.mood(who))]


def mood(cast: Cast) -> list[Line]:
    """In the stable, the old donkey was sad but calm."""
    draw, who = cast.draw, cast.who(animals=True)
    a, b = (who.said(MOODS[word]) for word in draw.some(MOODS, 2))
    become = "became", verb_phrase("devenir", "past", who)
    template = draw.choice((
        "{who} {who.be} {a} | {who} {who.est} {a}",
        "{who} {who.was} {a} | {who} {who.etait} {a}",
        "{who} {who.be} not {a} | {who} ne {who.est} pas {a}",
        "{who} {who.be} no longer {a} | {who} ne {who.est} plus {a}",
        "{who} {who.was} never {a} | {who} ne {who.etait} jamais {a}",
        "{who} {become} {a} | {who} {become} {a}",
        "{who} {who.be} {a} but {b} | {who} {who.est} {a} mais {b}",
    ))  # fmt: skip
    line = both(template, who=who, a=a, b=b, become=become)
    if draw.chance(0.4):
        line = both("{place}, {line} | {place}, {line}", place=at(cast.place()), line=line)
    elif draw.chance(0.5):
        other = cast.person()
        be = (other.be, other.est) if who.be in line[0].split() else (other.was, other.etait)
        return [line, both("{who} {be} {a} | {who} {be} {a}", who=other, be=be, a=cast.mood(other))]
    return [line]


def weather(cast: Cast) -> list[Line]:
    """It is raining on the hill. Anna is sad."""
    now, then = WEATHER[cast.draw.choice(list(WEATHER))]
    who, place = cast.person(), cast.place(inside=False)
    stayed = who.does(STAYING["stay"], "past")
    templates = cast.draw.choice((
        ("{now} {place} | {now} {place}", "{who} is {mood} | {who} est {mood}"),
        ("{who} {stayed} {place} because {then} | {who} {stayed} {place} parce que {then}",),
        ("{then} when {who} left {the} | {then} quand {who} a quitté {the}",),
        ("when {now}, {who} goes {roof} | quand {now}, {who} va {roof}",),
        ("{who} is {mood} because {now} | {who} est {mood} parce que {now}",),
        ("{then} and {who} was {mood} | {then} et {who} était {mood}",),
    ))  # fmt: skip
    words: dict[str, object] = {"now": now, "then": then, "who": who, "stayed": stayed}
    words |= {"place": at(place), "roof": to(cast.place(outside=False))}
    return [both(template, **words, the=the(place), mood=cast.mood(who)) for template in templates]


def question(cast: Cast) -> list[Line]:
    """Which lamp did Anna buy? The red one."""
    draw = cast.draw
    verb = cast.verb("find, lose, buy, sell, take, see, hide, paint, forget, choose, break")
    who, x = cast.who(verb), cast.thing(verb=verb)
    assert x.noun
    place = at(cast.place())
    words: dict[str, object] = {
        "who": who,
        "x": x,
        "verb": verb.en,
        "did": who.does(verb, "past"),
        "place": place,
    }
    words["asked"] = verb.past, verb_phrase(verb.fr, "past", who, inverted=True)
    words["did_it"] = who.does(verb, "past", clitics=x.le, preceding=x)
    kind = draw.choice(("whether", "where", "who", "which", "what"))
    if kind == "whether":
        return [both("did {who} {verb} {x}? | est-ce que {who} {did} {x} ?", **words)]
    if kind == "where":
        return [
            both("where did {who} {verb} {x}? | où {who} {asked} {x} ?", **words),
            both("{who.he} {did_it} {x.him} {place} | {who.il} {did_it} {place}", **words),
        ]
    if kind == "who":
        one, somebody = cast.person(verb), Phrase("m")
        words |= {
            "one": one,
            "has": somebody.does(verb, "past"),
            "did_it": one.does(verb, "past", clitics=x.le, preceding=x),
        }
        return [
            both("who {has} {x}? | qui {has} {x} ?", **words),
            both("{one} {did_it} {x.him} | {one} {did_it}", **words),
        ]
    if kind == "which":
        which = cast.phrase("which", x.noun, plural=x.plural)
        (color,) = cast.adjectives(x.noun, 1, among=COLORS)
        words |= {
            "which": which,
            "asked": verb_phrase(verb.fr, "past", who, preceding=which, inverted=True),
        }
        one_ = f"the {color} one{'s' * x.plural}", f"{which.le} {which.agree(color)}"
        return [both("{which} did {who} {verb}? | {which} {who} {asked} ?", **words), one_]
    return [
        both("what did {who} {verb}? | qu'est-ce que {who} {did} ?", **words),
        both("{who.he} {did} {x} | {who.il} {did} {x}", **words),
    ]


STATES = (
    description, degree, not_that_color, there_is, creature, creature, there_is_none, is_there, somewhere,
    where_is, what_color, compared, the_most, has, belongs, trade, mood, weather, question, question,
)  # fmt: skip
