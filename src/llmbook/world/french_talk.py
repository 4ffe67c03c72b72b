"""Scenes of the French narrator that count, give reasons, add a clause, or let somebody speak.

Explained in the chapter "data".  See :mod:`llmbook.world.french_states`.
"""

from llmbook.world.french_cast import NUMBERS, Cast
from llmbook.world.french_events import ACTION, FUTURE, NEAR, PAST
from llmbook.world.french_grammar import number_word, verb_phrase
from llmbook.world.french_phrases import Line, Phrase, at, both, lower, the, to
from llmbook.world.french_words import (
    DOING,
    EATING,
    GIVING,
    GLAD,
    LATE,
    PAST_MOMENTS,
    SORRY,
    STAYING,
    VERBS,
)
from llmbook.world.lexicon import GOODS


def goods(cast: Cast) -> list[Line]:
    """Anna will gather seven big apples."""
    verb = cast.draw.choice(list(EATING.values()))
    who, noun = cast.who(verb), cast.noun(GOODS, verb=verb)
    tense, moments = cast.draw.choice((PAST, PAST, NEAR, FUTURE))
    words = cast.adjectives(
        noun, int(cast.draw.chance(0.5)), among=("small", "big", "beautiful", "old")
    )
    x = cast.counted(noun, 1 if cast.draw.chance(0.3) else cast.draw.integer(2, 12), words)
    return [cast.timed(both(ACTION, who=who, did=who.does(verb, tense), x=x), moments)]


def shared(cast: Cast) -> list[Line]:
    """Anna bought nine figs. She gave two of them to Ben. She has seven left."""
    draw, verb, give = (
        cast.draw,
        cast.verb("gather, buy", EATING),
        cast.verb("give, sell, bring", GIVING),
    )
    who, noun, many = cast.person(verb), cast.noun(GOODS, verb=verb), draw.integer(3, 12)
    few = draw.integer(1, many - 1)
    words: dict[str, object] = {
        "who": who,
        "line": both(ACTION, who=who, did=who.does(verb, "past"), x=cast.counted(noun, many)),
        "gave": who.does(give, "past", clitics="en"),
        "few": (NUMBERS[few], number_word(few, noun.gender)),
        "left": (NUMBERS[many - few], number_word(many - few, noun.gender)),
        "other": cast.person(),
    }
    if draw.chance(0.4):
        return [
            both(
                "{line} and {gave} {few} of them to {other} | {line} et {gave} {few} {other.to}",
                **words,
            )
        ]
    lines = [
        "{line} | {line}",
        "{who.he} {gave} {few} of them to {other} | {who.il} {gave} {few} {other.to}",
    ]
    if draw.chance(0.6):
        lines.append("{who.he} has {left} left | il lui en reste {left}")
    return [both(line, **words) for line in lines]


def of_hers(cast: Cast) -> list[Line]:
    """Anna shared her six pears with Ben. / Anna ate two of her six pears."""
    draw, verb = cast.draw, cast.verb("eat, sell, wash, share")
    who, noun, many = cast.person(verb), cast.noun(GOODS, verb=verb), draw.integer(3, 12)
    few = draw.integer(1, many - 1)
    x = cast.phrase(who.his, noun, number=many)
    did, other = who.does(verb, draw.choice(("past", "past", "future"))), cast.person()
    if verb.en == "share":
        return [
            both(
                "{who} {did} {x} with {other} | {who} {did} {x} avec {other}",
                who=who,
                did=did,
                x=x,
                other=other,
            )
        ]
    some = NUMBERS[few], number_word(few, noun.gender)
    return [
        both("{who} {did} {few} of {x} | {who} {did} {few} de {x}", who=who, did=did, few=some, x=x)
    ]


def how_many(cast: Cast) -> list[Line]:
    """How many cherries did Anna eat? She ate nine."""
    verb = cast.draw.choice(list(EATING.values()))
    who, noun, number = cast.who(verb), cast.noun(GOODS, verb=verb), cast.draw.integer(1, 12)
    x = cast.phrase("no", noun, plural=True)
    asked = verb.en, verb_phrase(verb.fr, "past", who, preceding=x, inverted=True)
    count = NUMBERS[number], number_word(number, noun.gender)
    many = noun.plural, x.fr
    return [
        both(
            "how many {many} did {who} {asked}? | combien {many} {who} {asked} ?",
            many=many,
            who=who,
            asked=asked,
        ),
        both(
            "{who.he} {did} {n} | {who.il} {did} {n}",
            who=who,
            did=who.does(verb, "past", clitics="en"),
            n=count,
        ),
    ]


def because(cast: Cast) -> list[Line]:
    """Ben was sad because he had lost his red kite."""
    draw, sorry = cast.draw, cast.draw.chance(0.5)
    verb = cast.verb("lose, forget, break" if sorry else "find, mend, buy, choose")
    agent = cast.person(verb)
    own = draw.chance(0.6)
    who = agent if own else cast.person()
    doer = (who.he, who.il) if own else (agent.en, agent.fr)
    past = draw.chance(0.5)
    words: dict[str, object] = {
        "who": who,
        "be": (who.was, who.etait) if past else (who.be, who.est),
        "a": cast.mood(who, SORRY if sorry else GLAD),
        "doer": doer,
        "did": agent.does(verb, "pluperfect" if past else "past"),
        "x": cast.thing(f"the {cast.whose(who, verb)}", verb=verb),
    }
    reason = "because {doer} {did} {x} | parce que {doer} {did} {x}"
    if draw.chance(0.3):
        return [
            both("why {be} {who} {a}? | pourquoi {who} {be}-{who.il} {a} ?", **words),
            both(reason, **words),
        ]
    return [both("{who} {be} {a} {why} | {who} {be} {a} {why}", **words, why=both(reason, **words))]


def relative(cast: Cast) -> list[Line]:
    """The key that Anna found is old."""
    verb = cast.verb("find, lose, buy, take, see, hide, choose, paint, keep, forget, mend")
    who, x = cast.who(verb), cast.thing(verb=verb, adjectives=cast.draw.integer(0, 1))
    did = who.does(verb, "past", preceding=x)
    end = x.said(*cast.said_of(x)) if cast.draw.chance(0.5) else at(cast.place())
    template = "{x} that {who} {did} {x.be} {end} | {x} que {who} {did} {x.est} {end}"
    return [both(template, x=x, who=who, did=did, end=end)]


def aside(cast: Cast) -> list[Line]:
    """Ben, who works at the mill, sold a lamp. / Ben, the miller, sold a lamp."""
    verb = cast.verb("find, lose, buy, sell, paint, borrow")
    who, x, home = cast.person(verb), cast.thing("the a", verb=verb), at(cast.place())
    work, metier = cast.job(who.gender)
    inner = cast.draw.choice((
        (f"who works {home[0]}", f"qui travaille {home[1]}"),
        (f"the {work}", f"{'la' if who.gender == 'f' else 'le'} {metier}"),
    ))  # fmt: skip
    did = who.does(verb, "past")
    return [
        both(
            "{who}, {inner}, {did} {x} | {who}, {inner}, {did} {x}",
            who=who,
            inner=inner,
            did=did,
            x=x,
        )
    ]


def place_where(cast: Cast) -> list[Line]:
    """Ben left the orchard where Anna was singing."""
    verb, place = cast.verb("rest, sing, sleep, work, play, dance", STAYING), cast.place()
    who, other = cast.person(verb), cast.person()
    did = who.does(verb, cast.draw.choice(("past", "present", "imperfect")))
    template = "{other} {went} {place} where {who} {did} | {other} {went} {place} où {who} {did}"
    went = other.does(VERBS["go"], "past")
    went, where = cast.draw.choice(
        ((went, to(place)), (("left", "a quitté"), the(place)), (("knows", "connaît"), the(place)))
    )
    return [both(template, other=other, went=went, place=where, who=who, did=did)]


def when(cast: Cast) -> list[Line]:
    """When did Anna lose the key? She lost it last night."""
    verb = cast.verb("find, lose, buy, sell, take, hide, paint, forget, choose, break")
    who, x = cast.who(verb), cast.thing(verb=verb)
    then = cast.draw.choice([moment for moment in LATE if moment in PAST_MOMENTS])
    asked = verb.en, verb_phrase(verb.fr, "past", who, inverted=True)
    did = who.does(verb, "past", clitics=x.le, preceding=x)
    late = lower(then), lower(PAST_MOMENTS[then])
    return [
        both("when did {who} {asked} {x}? | quand {who} {asked} {x} ?", who=who, asked=asked, x=x),
        both(
            "{who.he} {did} {x.him} {late} | {who.il} {did} {late}",
            who=who,
            did=did,
            x=x,
            late=late,
        ),
    ]


def speech(cast: Cast) -> list[Line]:
    """Anna says that she is not tired."""
    who, verb = cast.person(), cast.verb("find, lose, buy, take, forget, borrow")
    me, you = Phrase(who.gender, person=1), Phrase("m", person=2)
    template = cast.draw.choice((
        "I am {a} | je suis {a}",
        "I am not {a} | je ne suis pas {a}",
        "I {did} {mine} | je {did} {mine}",
        "where {x.be} {x}? | où {x.est} {x} ?",
        "{x} {x.be} {place} | {x} {x.est} {place}",
        "did you {verb} {mine}? | est-ce que tu {you} {mine} ?",
        "I am going to {verb} {mine} | je {near} {mine}",
    ))  # fmt: skip
    words: dict[str, object] = {"a": cast.mood(who), "place": at(cast.place()), "verb": verb}
    if "{mine}" in template:
        my = "the this" if verb.en in ("buy", "borrow") else "my this the"
        words["mine"] = cast.thing("your this" if "you" in template else my, verb=verb)
    elif "{x}" in template:
        words["x"] = cast.thing("my your")
    words["did"] = verb.past, verb_phrase(verb.fr, "past", me)
    words["near"] = verb_phrase(verb.fr, "near", me)
    words["you"] = verb_phrase(verb.fr, "past", you)
    english, french = both(template, **words)
    if english.endswith("?"):
        return [(f'"{english}" asked {who}', f"« {french} » a demandé {who.fr}")]
    return [(f'"{english}," said {who}', f"« {french} », a dit {who.fr}")]


ORDERS = {
    "take": "prends",
    "look for": "cherche",
    "clean": "nettoie",
    "hide": "cache",
    "keep": "garde",
    "look at": "regarde",
    "choose": "choisis",
    "sell": "vends",
    "touch": "touche",
    "forget": "oublie",
}


def order(cast: Cast) -> list[Line]:
    """Here is my shiny map. Look at it, please."""
    draw, word = cast.draw, cast.draw.choice(list(ORDERS))
    x = cast.thing("the this your my", verb=DOING[word])
    do = word, ORDERS[word]
    kind = draw.integer(1, 4)
    if kind == 1 or word in ("touch", "forget"):
        return [both("do not {do} {x}! | ne {do} pas {x} !", do=do, x=x)]
    if kind == 2:
        return [both("{do} {x}! | {do} {x} !", do=do, x=x)]
    if kind == 3:
        please = both("{do} {x.him}, please | {do}-{x.le}, s'il te plaît", do=do, x=x)
        return [both("here {x.be} {x} | voici {x}", x=x), please]
    give = draw.choice(
        (("give", "donne"), ("show", "montre"), ("lend", "prête"), ("bring", "apporte"))
    )
    x, who = cast.thing("the this your my", verb=GIVING[give[0]]), cast.person(job=draw.chance(0.3))
    return [
        both(
            "{give} {x} to {who}, please | {give} {x} {who.to}, s'il te plaît",
            give=give,
            x=x,
            who=who,
        )
    ]


def nobody(cast: Cast) -> list[Line]:
    """Nobody found this lamp."""
    verb, third = cast.verb("find, take, see, buy, clean, forget, touch"), Phrase("m")
    who, x = cast.person(verb), cast.thing("the this", verb=verb)
    template = cast.draw.choice((
        "nobody {did} {x} | personne ne {did} {x}",
        "everybody {did} {x} | tout le monde {did} {x}",
        "somebody {did} {x} {place} | quelqu'un {did} {x} {place}",
        "{who} {did} nothing {place} | {who} {nothing} {place}",
        "{who} never {did} {x} | {who} {never} {x}",
    ))  # fmt: skip
    nothing, never = (
        verb_phrase(verb.fr, "past", who, negation=word) for word in ("rien", "jamais")
    )
    did = third.does(verb, "past")
    return [
        both(template, who=who, did=did, x=x, place=at(cast.place()), nothing=nothing, never=never)
    ]


TALK = (
    goods, shared, of_hers, how_many, because, relative, aside, place_where, when, speech, order, nobody,
)  # fmt: skip
