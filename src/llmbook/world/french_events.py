"""Scenes of the French narrator in which something happens.

Explained in the chapter "data".  See :mod:`llmbook.world.french_states`.
"""

from llmbook.world.french_cast import Cast
from llmbook.world.french_grammar import agree, forms, infinitive_phrase, verb_phrase
from llmbook.world.french_phrases import Line, at, back_from, both, the, to
from llmbook.world.french_words import (
    ANIMAL_STAYING,
    BREAKING,
    DOING,
    FUTURE_MOMENTS,
    GIVING,
    MEETING,
    PAST_MOMENTS,
    PRESENT_MOMENTS,
    SNATCHING,
    STAYING,
    VERBS,
)

PAST, NEAR, FUTURE = ("past", PAST_MOMENTS), ("near", FUTURE_MOMENTS), ("future", FUTURE_MOMENTS)
PRESENT = ("present", PRESENT_MOMENTS)
ACTION = "{who} {did} {x} | {who} {did} {x}"


def deed(cast: Cast) -> list[Line]:
    """Yesterday, Anna found a small key."""
    draw = cast.draw
    verb = draw.choice([*DOING.values(), *BREAKING.values()])
    who = cast.who(verb)
    x = cast.thing(f"the the a {cast.whose(who, verb)} this", verb=verb)
    again = verb.en in (
        "carry",
        "clean",
        "look for",
        "paint",
        "draw",
        "admire",
        "look at",
        "put away",
    )
    tense, moments = draw.choice((PAST, PAST, PAST, NEAR, FUTURE, PRESENT if again else PAST))
    negated = draw.chance(0.2) and not x.en.startswith(("a ", "an ", "some "))
    return [cast.timed(both(ACTION, who=who, did=who.does(verb, tense, negated), x=x), moments)]


def deed_at(cast: Cast) -> list[Line]:
    """In the cave, Anna lost her ring."""
    verb = cast.verb("find, lose, hide, see, forget, look for, clean, paint, draw, drop")
    who = cast.who(verb)
    x = cast.thing(f"the a {cast.whose(who, verb)}", verb=verb)
    lasts = verb.en in ("hide", "look for", "clean", "paint", "draw")
    did = who.does(
        verb, cast.draw.choice(("past", "past", "progressive" if lasts else "past", "near"))
    )
    template = cast.draw.choice((
        "{place}, {who} {did} {x} | {place}, {who} {did} {x}",
        "{who} {did} {x} {place} | {who} {did} {x} {place}",
    ))  # fmt: skip
    return [both(template, who=who, did=did, x=x, place=at(cast.place()))]


def gift(cast: Cast) -> list[Line]:
    """Anna gave her old map to Ben. Ben was very grateful."""
    verb = cast.draw.choice(list(GIVING.values()))
    who, other = cast.who(verb), cast.person(job=cast.draw.chance(0.2))
    x = cast.thing(f"the a {cast.whose(who, verb)}", verb=verb)
    tense, moments = cast.draw.choice((PAST, PAST, PAST, NEAR, FUTURE))
    line = both(
        "{who} {did} {x} to {other} | {who} {did} {x} {other.to}",
        who=who, did=who.does(verb, tense), x=x, other=other,
    )  # fmt: skip
    if tense == "past" and cast.draw.chance(0.4):
        mood = cast.mood(other, ("happy", "surprised", "grateful"))
        return [line, both("{who} was very {mood} | {who} était très {mood}", who=other, mood=mood)]
    return [cast.timed(line, moments)]


def lost_and_found(cast: Cast) -> list[Line]:
    """Anna lost her key. Ben found it in the barn."""
    lose, find = DOING["lose"], DOING["find"]
    who, finder = cast.person(lose), cast.person(find)
    x = cast.thing(who.his, verb=lose)
    found = finder.does(find, "past", clitics=x.le, preceding=x)
    lines = [
        cast.timed(both(ACTION, who=who, did=who.does(lose, "past"), x=x), PAST_MOMENTS),
        both(
            "{finder} {found} {x.him} {place} | {finder} {found} {place}",
            finder=finder, found=found, x=x, place=at(cast.place()),
        ),
    ]  # fmt: skip
    if cast.draw.chance(0.4):
        lines.append(
            both(
                "{who} is {a} now | {who} est {a} maintenant",
                who=who,
                a=cast.mood(who, ("happy", "calm", "grateful")),
            )
        )
    return lines


def passed_on(cast: Cast) -> list[Line]:
    """Anna bought a lamp, but she did not give it to Ben."""
    verb, after = (
        cast.verb("take, find, buy, see, choose, paint"),
        cast.verb("give, show, sell, lend", GIVING),
    )
    who, x = cast.person(verb), cast.thing("the a", verb=verb)
    negated = cast.draw.chance(0.3)
    gave = who.does(after, "past", negated, clitics=x.le, preceding=x)
    line = both(ACTION, who=who, did=who.does(verb, "past"), x=x)
    then = cast.draw.choice((("then ", "puis "), ("", ""), None)) if not negated else None
    second = both(
        "{who.he} {gave} {x.him} to {b} | {who.il} {gave} {b.to}",
        who=who,
        gave=gave,
        x=x,
        b=cast.person(),
    )
    if then is not None:
        return [line, (then[0] + second[0], then[1] + second[1])]
    link = ("but", "mais") if negated else ("and", "et")
    return [both("{a}, {link} {b} | {a}, {link} {b}", a=line, link=link, b=second)]


def mended(cast: Cast) -> list[Line]:
    """Anna broke the clock. Ben is going to mend it."""
    who, other = cast.person(BREAKING["break"]), cast.person(BREAKING["mend"])
    x = cast.thing(f"the {who.his}", verb=BREAKING["break"])
    tense = cast.draw.choice(("past", "near", "future", "progressive"))
    mends = other.does(BREAKING["mend"], tense, clitics=x.le, preceding=x)
    return [
        both(ACTION, who=who, did=who.does(BREAKING["break"], "past"), x=x),
        both("{who} {mends} {x.him} | {who} {mends}", who=other, mends=mends, x=x),
    ]


def theft(cast: Cast) -> list[Line]:
    """The magpie stole Anna's ring. Then it hid in the tower."""
    verb = cast.draw.choice(list(SNATCHING.values()))
    who = cast.animal(verb, plural=cast.draw.chance(0.25))
    x = cast.thing(verb=verb, owner=cast.person(job=cast.draw.chance(0.2)))
    line = cast.timed(both(ACTION, who=who, did=who.does(verb, "past"), x=x), PAST_MOMENTS)
    if cast.draw.chance(0.5):
        return [line]
    hid = who.does(STAYING["hide"], "past")
    return [
        line,
        both(
            "then {who.he} {hid} {p} | puis {who.il} {hid} {p}",
            who=who,
            hid=hid,
            p=at(cast.place()),
        ),
    ]


def journey(cast: Cast) -> list[Line]:
    """Anna and Clara came back from the mill."""
    verb, place = cast.verb("go, come back, leave"), cast.place()
    who = cast.who(verb, animals=True)
    where = {"go": to, "come back": back_from, "leave": the}[verb.en](place)
    tense, moments = cast.draw.choice((PAST, PAST, FUTURE))
    line = both(
        "{who} {went} {where} | {who} {went} {where}",
        who=who,
        went=who.does(verb, tense),
        where=where,
    )
    if who.human and tense == "past" and cast.draw.chance(0.3):
        return [
            line,
            both("{who.he} {who.was} {a} | {who.il} {who.etait} {a}", who=who, a=cast.mood(who)),
        ]
    return [cast.timed(line, moments)]


def errand(cast: Cast) -> list[Line]:
    """Anna went to the market to sell a harp."""
    verb = cast.verb("look for, buy, sell, clean, hide, paint, mend")
    who = cast.person(verb, job=cast.draw.chance(0.3))
    x = cast.thing(f"the a {cast.whose(who, verb)}", verb=verb)
    went = who.does(VERBS["go"], cast.draw.choice(("past", "past", "future")))
    template = cast.draw.choice((
        "{who} {went} {place} to {verb} {x} | {who} {went} {place} pour {verb} {x}",
        "to {verb} {x}, {who} {went} {place} | pour {verb} {x}, {who} {went} {place}",
    ))  # fmt: skip
    return [both(template, who=who, went=went, place=to(cast.place()), verb=verb, x=x)]


def stay(cast: Cast) -> list[Line]:
    """The hedgehogs were sleeping in the garden."""
    draw, verb, place = cast.draw, cast.draw.choice(list(STAYING.values())), cast.place()
    who = cast.who(verb, animals=verb.en in ANIMAL_STAYING)
    if verb.en in ("arrive", "fall"):  # these do not last
        tense, moments = draw.choice((PAST, FUTURE))
    else:
        tense, moments = draw.choice(
            (PAST, NEAR, FUTURE, PRESENT, ("progressive", {}), ("imperfect", PAST_MOMENTS))
        )
    where = (f"at the {place}", place.fr_at) if verb.en == "arrive" else at(place)
    did = who.does(verb, tense, draw.chance(0.15))
    line = both("{who} {did} {where} | {who} {did} {where}", who=who, did=did, where=where)
    return [cast.timed(line, moments) if moments else line]


def often(cast: Cast) -> list[Line]:
    """Anna never dances at the mill."""
    verb = cast.verb("rest, sing, sleep, work, play, dance, walk, laugh", STAYING)
    who = cast.who(verb, animals=verb.en in ANIMAL_STAYING)
    does = who.does(verb, "present")
    how = cast.draw.choice((("often", "souvent"), ("always", "toujours"), ("never", "jamais")))
    if how[0] == "never":
        does, how = (
            (does[0], verb_phrase(verb.fr, "present", who, negation="jamais")),
            ("never ", ""),
        )
    else:
        how = how[0] + " ", " " + how[1]
    template = "{who} {how}{does} {place} | {who} {does}{how} {place}"
    return [both(template, who=who, how=how, does=does, place=at(cast.place()))]


def encounter(cast: Cast) -> list[Line]:
    """At noon, Anna met the baker Ben on the bridge."""
    verb = cast.draw.choice(list(MEETING.values()))
    who = cast.who(verb, animals=True)
    x = cast.animal() if cast.draw.chance(0.4) else cast.person(job=cast.draw.chance(0.3))
    lasts = verb.en in ("follow", "look for", "wait for", "watch", "wake")
    tense = cast.draw.choice(("past", "past", "progressive" if lasts else "past", "near"))
    line = both(ACTION, who=who, did=who.does(verb, tense), x=x)
    if cast.draw.chance(0.6):
        line = both("{line} {place} | {line} {place}", line=line, place=at(cast.place()))
    return [cast.timed(line, PAST_MOMENTS) if tense == "past" else line]


def meanwhile(cast: Cast) -> list[Line]:
    """When Ben arrived, Anna was sleeping in the barn."""
    verb = cast.verb("rest, sing, sleep, work, play, dance", STAYING)
    who, other = cast.person(verb), cast.person(STAYING["arrive"])
    template = cast.draw.choice((
        "{who} {was} {place} when {other} {came} | {who} {was} {place} quand {other} {came}",
        "when {other} {came}, {who} {was} {place} | quand {other} {came}, {who} {was} {place}",
    ))  # fmt: skip
    was, came = who.does(verb, "imperfect"), other.does(STAYING["arrive"], "past")
    return [both(template, who=who, other=other, was=was, came=came, place=at(cast.place()))]


def without(cast: Cast) -> list[Line]:
    """Anna left the shop without seeing the mirror."""
    verb = cast.verb("take, find, see, carry, clean, hide, buy, touch")
    who = cast.person(verb)
    how = cast.draw.choice((("without", "sans"), ("before", "avant de"), ("before", "avant de")))
    template = cast.draw.choice((
        "{who} left {place} {how} {doing} {x} | {who} a quitté {place} {how} {doing} {x}",
        "{how} {doing} {x}, {who} left {place} | {how} {doing} {x}, {who} a quitté {place}",
    ))  # fmt: skip
    x, doing = cast.thing(f"the {cast.whose(who, verb)}", verb=verb), (verb.ing, verb.fr)
    return [both(template, who=who, place=the(cast.place()), how=how, doing=doing, x=x)]


def wish(cast: Cast) -> list[Line]:
    """The baker Anna did not want to sell this lamp."""
    draw, verb = cast.draw, cast.verb("take, buy, sell, keep, paint, see, choose")
    who = cast.who(verb)
    x = cast.thing("the the a this", verb=verb)
    tense, negated = (
        draw.choice(("present", "imperfect")),
        draw.chance(0.25) and x.en.startswith("th"),
    )
    french = who.does(VERBS["want"], tense, negated)[1]
    english = who.does(VERBS["want"], "past" if tense == "imperfect" else tense, negated)[0]
    template = draw.choice((ACTION, "{who} {did} to {verb} {x} | {who} {did} {verb} {x}"))
    return [both(template, who=who, did=(english, french), verb=verb, x=x)]


def duty(cast: Cast) -> list[Line]:
    """Anna must not touch her mirror."""
    verb = cast.verb("take, clean, hide, sell, carry, touch, mend")
    who = cast.who(verb)
    x = cast.thing(f"the {who.his} this", verb=verb)
    english = cast.draw.choice(("can", "cannot", "must", "must not"))
    infinitive, negation = (
        "devoir" if "must" in english else "pouvoir",
        "pas" if "not" in english else "",
    )
    can = english, verb_phrase(infinitive, "present", who, negation=negation)
    return [
        both("{who} {can} {verb} {x} | {who} {can} {verb} {x}", who=who, can=can, verb=verb, x=x)
    ]


def request(cast: Cast) -> list[Line]:
    """Ben asked Anna for the rope. Anna refused to lend it to him."""
    who, other, x = cast.person(), cast.person(job=cast.draw.chance(0.2)), cast.thing("the a")
    asked = "asked", verb_phrase("demander", "past", who)
    words = {"who": who, "other": other, "x": x, "asked": asked}
    line = both("{who} {asked} {other} for {x} | {who} {asked} {x} {other.to}", **words)
    if cast.draw.chance(0.4):
        return [cast.timed(line, PAST_MOMENTS)]
    verb = cast.verb("give, lend, sell, show", GIVING)
    refused = "refused to", verb_phrase("refuser", "past", other) + " de"
    it = verb.en, infinitive_phrase(verb.fr, f"{x.le} {who.lui}")
    template = "{other} {refused} {it} {x.him} to {who.him} | {other} {refused} {it}"
    return [line, both(template, **words, refused=refused, it=it)]


def refusal(cast: Cast) -> list[Line]:
    """Anna and Ben refuse to sell their boat to Clara."""
    verb = cast.verb("give, lend, sell, show", GIVING)
    who = cast.who(verb)
    x = cast.thing(f"the {cast.whose(who, verb)}", verb=verb)
    did = who.does(VERBS["refuse"], cast.draw.choice(("past", "present", "pluperfect")))
    template = "{who} {did} to {verb} {x} to {other} | {who} {did} de {verb} {x} {other.to}"
    return [both(template, who=who, did=did, verb=verb, x=x, other=cast.person())]


def passive(cast: Cast) -> list[Line]:
    """The lamp was broken by Ben."""
    verb = cast.verb("find, take, hide, buy, sell, clean, paint, forget, break, mend")
    x = cast.thing("the this", verb=verb)
    was = (
        f"{x.was} {verb.participle}",
        f"{'ont' if x.plural else 'a'} été {agree(forms(verb.fr)[3], x)}",
    )
    if cast.draw.chance(0.4):
        return [both("{x} {was} {place} | {x} {was} {place}", x=x, was=was, place=at(cast.place()))]
    who = cast.person(verb, job=cast.draw.chance(0.3))
    return [
        cast.timed(
            both("{x} {was} by {who} | {x} {was} par {who}", x=x, was=was, who=who), PAST_MOMENTS
        )
    ]


EVENTS = (
    deed, deed, deed_at, gift, lost_and_found, passed_on, mended, theft, journey, errand, stay, often,
    encounter, meanwhile, without, wish, duty, request, refusal, passive,
)  # fmt: skip
