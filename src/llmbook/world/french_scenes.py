"""The scenes of the French narrator: one to three sentences, each in English and in French.

Explained in the chapter "data".  Every scene draws its words from a :class:`Cast` and puts one meaning
into both languages, so that an English sentence has one French one (the conventions stand in
:mod:`llmbook.world.french`).  Elision, and the first capital, are left to that module.
"""

from collections.abc import Callable
from typing import TypeAlias

from llmbook.world.french_cast import NUMBERS, Cast, Phrase
from llmbook.world.french_grammar import (
    agree,
    contracted,
    forms,
    infinitive_phrase,
    number_word,
    verb_phrase,
)
from llmbook.world.french_words import (
    ANIMAL_STAYING,
    BREAKING,
    COLORS,
    COMPARATIVES,
    DOING,
    EATING,
    FUTURE_MOMENTS,
    GIVING,
    GLAD,
    LATE,
    MEETING,
    OTHERS,
    PAST_MOMENTS,
    PRESENT_MOMENTS,
    SNATCHING,
    SORRY,
    STAYING,
    SUPERLATIVES,
    WEATHER,
    Verb,
)
from llmbook.world.lexicon import ADJECTIVES, GOODS, MOODS, PLACES, Place

Line: TypeAlias = tuple[str, str]
Scene: TypeAlias = Callable[[Cast], list[Line]]


def timed(cast: Cast, line: Line, moments: dict[str, str]) -> Line:
    """Say when, before the sentence, after it, or not at all."""
    english, french = line
    when = cast.draw.choice(list(moments))
    moment = moments[when]
    if cast.draw.chance(0.4):
        return f"{when}, {english}", f"{moment}, {french}"
    if when in LATE and cast.draw.chance(0.5):
        return f"{english} {when[0].lower()}{when[1:]}", f"{french} {moment[0].lower()}{moment[1:]}"
    return english, french


def to(place: Place) -> Line:
    """Say where somebody goes."""
    return f"to the {place.en}", place.fr_at


def the(place: Place) -> str:
    """Return the French name of a place, with its article."""
    return f"{'la' if place.gender == 'f' else 'le'} {place.fr}"


def own(cast: Cast, who: Phrase, **parts: object) -> Phrase:
    """Return a thing of somebody's."""
    return cast.thing(who.his, **parts)  # type: ignore[arg-type]  # passed on as they are


# --- What there is --------------------------------------------------------------------------------


def description(cast: Cast) -> list[Line]:
    thing = cast.thing(cast.draw.choice(("the", "this", "my", "our")))
    one, two = cast.said_of(thing, 2)
    tense = cast.draw.chance(0.25)
    be, est = (thing.was, thing.etait) if tense else (thing.be, thing.est)
    link = cast.draw.choice((("and", "et"), ("but", "mais")))
    return [
        (
            f"{thing} {be} {one} {link[0]} {two}",
            f"{thing.fr} {est} {thing.agree(one)} {link[1]} {thing.agree(two)}",
        )
    ]


def degree(cast: Cast) -> list[Line]:
    thing = cast.thing(cast.draw.choice(("this", "your", "the")))
    (word,) = cast.said_of(thing, among=COMPARATIVES)
    how = cast.draw.choice((("very", "très"), ("so", "si"), ("too", "trop"), ("rather", "plutôt")))
    english, french = (
        f"{thing} {thing.be} {how[0]} {word}",
        f"{thing.fr} {thing.est} {how[1]} {thing.agree(word)}",
    )
    if how[0] == "too":
        person = cast.person()
        english, french = f"{english} for {person}", f"{french} pour {person.fr}"
    return [(english, french)]


def not_that_color(cast: Cast) -> list[Line]:
    owner = cast.person()
    thing = cast.thing("the", owner=owner, adjectives=0)
    one, two = (
        cast.adjectives(thing.noun, 1, among=COLORS),
        cast.adjectives(thing.noun, 1, among=COLORS),
    )  # type: ignore[arg-type]
    if one == two:
        two = [ADJECTIVES["clean"]]
        return [(f"{thing} {thing.be} {one[0]}", f"{thing.fr} {thing.est} {thing.agree(one[0])}")]
    return [
        (
            f"{thing} {thing.be} not {one[0]}",
            f"{thing.fr} ne {thing.est} pas {thing.agree(one[0])}",
        ),
        (f"{thing.he} {thing.be} {two[0]}", f"{thing.il} {thing.est} {thing.agree(two[0])}"),
    ]


def there_is(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    number = draw.integer(2, 12) if draw.chance(0.3) else 0
    thing = cast.thing("a", plural=False) if number else cast.thing("a")
    if number:
        assert thing.noun is not None
        thing = cast.phrase("", thing.noun, thing.words, number=number)
    be, was = draw.choice(((thing.be, "il y a"), (thing.was, "il y avait")))
    if draw.chance(0.5):
        return [(f"{place.where}, there {be} {thing}", f"{place.fr_at}, {was} {thing.fr}")]
    return [(f"there {be} {thing} {place.where}", f"{was} {thing.fr} {place.fr_at}")]


def there_is_none(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    thing = cast.thing("no")
    past = draw.chance(0.4)
    be, avoir = (thing.was, "avait") if past else (thing.be, "a")
    return [(f"there {be} {thing} {place.where}", f"il n'y {avoir} pas {thing.fr} {place.fr_at}")]


def is_there(cast: Cast) -> list[Line]:
    place, thing = cast.place(), cast.thing("a", plural=False)
    lines = [(f"is there {thing} {place.where}?", f"y a-t-il {thing.fr} {place.fr_at} ?")]
    if cast.draw.chance(0.5):
        other = cast.place()
        lines.append(
            (
                f"no, but there is one {other.where}",
                f"non, mais il y en a {number_word(1, thing.gender)} {other.fr_at}",
            )
        )
    return lines


def somewhere(cast: Cast) -> list[Line]:
    thing, place = cast.thing(cast.draw.choice(("the", "my", "your", "this"))), cast.place()
    be, est = cast.draw.choice(((thing.be, thing.est), (thing.was, thing.etait)))
    still, encore = cast.draw.choice(
        (("", ""), ("", ""), ("still ", "encore "), ("always ", "toujours "))
    )
    return [(f"{thing} {be} {still}{place.where}", f"{thing.fr} {est} {encore}{place.fr_at}")]


def where_is(cast: Cast) -> list[Line]:
    draw = cast.draw
    owner = cast.person() if draw.chance(0.3) else None
    thing = cast.thing(draw.choice(("the", "my", "your", "our")), owner=owner)
    be, est = draw.choice(((thing.be, thing.est), (thing.was, thing.etait)))
    lines = [(f"where {be} {thing}?", f"où {est} {thing.fr} ?")]
    if draw.chance(0.7):
        place = cast.place()
        lines.append((f"{thing.he} {be} {place.where}", f"{thing.il} {est} {place.fr_at}"))
    return lines


def what_color(cast: Cast) -> list[Line]:
    owner = cast.person() if cast.draw.chance(0.5) else None
    thing = cast.thing("the", owner=owner, adjectives=0)
    (color,) = cast.said_of(thing, among=COLORS)
    lines = [(f"what color {thing.be} {thing}?", f"de quelle couleur {thing.est} {thing.fr} ?")]
    return [
        *lines,
        (f"{thing.he} {thing.be} {color}", f"{thing.il} {thing.est} {thing.agree(color)}"),
    ]


def compared(cast: Cast) -> list[Line]:
    draw = cast.draw
    thing = cast.thing("the", adjectives=1)
    assert thing.noun is not None
    (other_word,) = cast.adjectives(thing.noun, 1, without=thing.words)
    other = cast.phrase("the", thing.noun, [other_word], plural=thing.plural)
    if draw.chance(0.5):
        other = cast.thing("the", adjectives=0, plural=thing.plural)
    (word,) = cast.said_of(thing, among=COMPARATIVES)
    form = thing.agree(word)
    english, french = draw.choice(
        (
            (f"{COMPARATIVES[word.en]} than", f"plus {form} que"),
            (f"as {word} as", f"aussi {form} que"),
            (f"less {word} than", f"moins {form} que"),
            (f"not as {word} as", f"pas aussi {form} que"),
        )
    )
    ne = "ne " if english.startswith("not") else ""
    return [
        (f"{thing} {thing.be} {english} {other}", f"{thing.fr} {ne}{thing.est} {french} {other.fr}")
    ]


def the_most(cast: Cast) -> list[Line]:
    noun = cast.noun()
    (word,) = cast.adjectives(noun, 1, among=COMPARATIVES)
    bare = cast.phrase("the", noun)
    plain = cast.phrase("", noun, number=1)
    article = "la" if noun.gender == "f" else "le"
    name = plain.fr.split(" ", 1)[1]
    french = (
        f"{article} plus {bare.agree(word)} {name}"
        if word.before
        else f"{bare.fr} {article} plus {bare.agree(word)}"
    )
    place = cast.place()
    if cast.draw.chance(0.5):
        person = cast.person()
        return [(f"{person} has the {SUPERLATIVES[word.en]} {noun}", f"{person.fr} a {french}")]
    return [(f"the {SUPERLATIVES[word.en]} {noun} is {place.where}", f"{french} est {place.fr_at}")]


def has(cast: Cast) -> list[Line]:
    draw, who = cast.draw, cast.who()
    number = draw.integer(2, 9) if draw.chance(0.4) else 0
    thing = cast.thing("a", plural=False if number else None)
    assert thing.noun is not None
    if number:
        thing = cast.phrase("", thing.noun, thing.words, number=number)
    if not number and draw.chance(0.3):
        have, avoir = (
            ("do" if who.plural else "does"),
            verb_phrase("avoir", "present", who, negation="pas"),
        )
        bare = cast.phrase("no", thing.noun, thing.words, plural=thing.plural)
        english = (
            thing.en.removeprefix("some ")
            if not thing.plural
            else "any " + thing.en.removeprefix("some ")
        )
        return [(f"{who} {have} not have {english}", f"{who.fr} {avoir} {bare.fr}")]
    had = draw.chance(0.4)
    have = "had" if had else who.has
    return [
        (
            f"{who} {have} {thing}",
            f"{who.fr} {verb_phrase('avoir', 'imperfect' if had else 'present', who)} {thing.fr}",
        )
    ]


def belongs(cast: Cast) -> list[Line]:
    thing, who = (
        cast.thing(cast.draw.choice(("the", "this"))),
        cast.person(job=cast.draw.chance(0.4)),
    )
    if cast.draw.chance(0.4):
        whose = cast.phrase("this", thing.noun, thing.words, plural=thing.plural)  # type: ignore[arg-type]
        return [
            (
                f"who {'do' if whose.plural else 'does'} {whose} belong to?",
                f"à qui {whose.est} {whose.fr} ?",
            ),
            (
                f"{whose.he} belong{'s' * (not whose.plural)} to {who}",
                f"{whose.il} {whose.est} {who.to}",
            ),
        ]
    verb = "belong" if thing.plural else "belongs"
    return [
        (
            f"{thing} {verb} to {who}",
            f"{thing.fr} {verb_phrase('appartenir', 'present', thing)} {who.to}",
        )
    ]


def trade(cast: Cast) -> list[Line]:
    who = cast.person()
    work, metier = cast.job(who.gender)
    article = "an" if work[0] in "aeiou" else "a"
    place = cast.place()
    first = (f"{who} is {article} {work}", f"{who.fr} est {metier}")
    verb = STAYING["work"]
    ways = (
        (f"{who.he} works {place.where}", f"{who.il} travaille {place.fr_at}"),
        (f"{who.he} has {(thing := cast.thing('a'))}", f"{who.il} a {thing.fr}"),
        (
            f"{who.he} is {(mood := MOODS[cast.draw.choice(list(MOODS))])} today",
            f"{who.il} est {who.agree(mood)} aujourd'hui",
        ),
    )
    assert verb
    return [first, cast.draw.choice(ways)]


# --- What happens ---------------------------------------------------------------------------------

TOLD = (
    ("past", PAST_MOMENTS),
    ("near", FUTURE_MOMENTS),
    ("future", FUTURE_MOMENTS),
    ("present", PRESENT_MOMENTS),
)


def deed(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(list((DOING | BREAKING).values()))
    who = cast.who(verb)
    thing = cast.thing(
        draw.choice(("the", "the", "a", who.his, "this")),
        verb=verb,
        tag="breakable" if verb.en in BREAKING else "",
    )
    tense, moments = draw.weighted(
        [(TOLD[0], 0.6), (TOLD[1], 0.15), (TOLD[2], 0.15), (TOLD[3], 0.1)]
    )
    negated = draw.chance(0.2) and thing.en.split()[0] not in ("a", "an", "some")
    english, french = who.does(verb, tense, negated)
    return [timed(cast, (f"{who} {english} {thing}", f"{who.fr} {french} {thing.fr}"), moments)]


def deed_at(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(
        [
            DOING[word]
            for word in (
                "find",
                "lose",
                "hide",
                "see",
                "forget",
                "look for",
                "clean",
                "paint",
                "draw",
                "drop",
            )
        ]
    )
    who = cast.who(verb)
    thing = cast.thing(draw.choice(("the", "a", who.his)), verb=verb)
    english, french = who.does(verb, draw.choice(("past", "past", "progressive", "near")))
    if draw.chance(0.5):
        return [
            (
                f"{place.where}, {who} {english} {thing}",
                f"{place.fr_at}, {who.fr} {french} {thing.fr}",
            )
        ]
    return [
        (f"{who} {english} {thing} {place.where}", f"{who.fr} {french} {thing.fr} {place.fr_at}")
    ]


def gift(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(list(GIVING.values()))
    who, other = cast.who(verb), cast.person(job=draw.chance(0.2))
    thing = cast.thing(draw.choice(("the", "a", who.his)), verb=verb)
    tense, moments = draw.weighted([(TOLD[0], 0.7), (TOLD[1], 0.15), (TOLD[2], 0.15)])
    english, french = who.does(verb, tense)
    line = timed(
        cast,
        (f"{who} {english} {thing} to {other}", f"{who.fr} {french} {thing.fr} {other.to}"),
        moments,
    )
    if tense == "past" and draw.chance(0.4):
        mood = MOODS[draw.choice(("happy", "surprised", "grateful"))]
        return [line, (f"{other} was very {mood}", f"{other.fr} était très {other.agree(mood)}")]
    return [line]


def lost_and_found(cast: Cast) -> list[Line]:
    draw = cast.draw
    one, other = DOING["lose"], DOING["find"]
    who, finder = cast.person(one), cast.person(other)
    thing, place = own(cast, who, verb=one), cast.place()
    lines = [(f"{who} lost {thing}", f"{who.fr} a perdu {thing.fr}")]
    found = verb_phrase("trouver", "past", finder, thing.le, preceding=thing)
    lines.append(
        (f"{finder} found {thing.him} {place.where}", f"{finder.fr} {found} {place.fr_at}")
    )
    if draw.chance(0.4):
        lines[0] = timed(cast, lines[0], PAST_MOMENTS)
    if draw.chance(0.4):
        mood = MOODS[draw.choice(GLAD)]
        lines.append((f"{who} is {mood} now", f"{who.fr} est {who.agree(mood)} maintenant"))
    return lines


def with_pronouns(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice([DOING[word] for word in ("take", "find", "buy", "see", "choose", "paint")])
    who, other = cast.person(verb), cast.person()
    thing = cast.thing(draw.choice(("the", "a", "the")), verb=verb)
    english, french = who.does(verb, "past")
    lines = [(f"{who} {english} {thing}", f"{who.fr} {french} {thing.fr}")]
    after = draw.choice([GIVING[word] for word in ("give", "show", "sell", "lend")])
    negated = draw.chance(0.3)
    did, fr_did = who.does(after, "past", negated, clitics=thing.le, preceding=thing)
    link = (
        ("but ", "mais ")
        if negated
        else draw.choice((("then ", "puis "), ("and ", "et "), ("", "")))
    )
    if link[0] in ("", "then "):
        return [
            *lines,
            (
                f"{link[0]}{who.he} {did} {thing.him} to {other}",
                f"{link[1]}{who.il} {fr_did} {other.to}",
            ),
        ]
    english, french = lines[0]
    return [
        (
            f"{english}, {link[0]}{who.he} {did} {thing.him} to {other}",
            f"{french}, {link[1]}{who.il} {fr_did} {other.to}",
        )
    ]


def mended(cast: Cast) -> list[Line]:
    draw, broke = cast.draw, BREAKING["break"]
    who, other = cast.person(broke), cast.person()
    thing = cast.thing(draw.choice(("the", who.his)), verb=broke, tag="breakable")
    first = (f"{who} broke {thing}", f"{who.fr} a cassé {thing.fr}")
    tense = draw.choice(("past", "near", "future", "progressive"))
    english, french = other.does(BREAKING["mend"], tense, clitics=thing.le, preceding=thing)
    return [first, (f"{other} {english} {thing.him}", f"{other.fr} {french}")]


def theft(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(list(SNATCHING.values()))
    animal = cast.animal(verb, plural=draw.chance(0.25))
    owner = cast.person(job=draw.chance(0.2))
    thing = cast.thing("the", verb=verb, owner=owner)
    english, french = animal.does(verb, "past")
    line = timed(
        cast, (f"{animal} {english} {thing}", f"{animal.fr} {french} {thing.fr}"), PAST_MOMENTS
    )
    if draw.chance(0.5):
        place = cast.place()
        ran, fled = animal.does(STAYING["hide"], "past")
        return [
            line,
            (f"then {animal.he} {ran} {place.where}", f"puis {animal.il} {fled} {place.fr_at}"),
        ]
    return [line]


def journey(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    go, back, leave = OTHERS["go"], OTHERS["come back"], OTHERS["leave"]
    verb = draw.choice((go, go, back, leave))
    who = cast.who(verb, animals=True)
    english, french = who.does(
        verb, draw.choice(("past", "past", "future", "progressive" if verb is back else "past"))
    )
    where, fr_where = {
        "go": to(place),
        "come back": (f"from the {place}", contracted("de", the(place))),
        "leave": (f"the {place}", the(place)),
    }[verb.en]
    line = f"{who} {english} {where}", f"{who.fr} {french} {fr_where}"
    if draw.chance(0.3):
        mood = MOODS[draw.choice(list(MOODS))]
        be = ("are", "were") if who.plural else ("is", "was")
        if who.human:
            return [line, (f"{who.he} {be[1]} {mood}", f"{who.il} {who.etait} {who.agree(mood)}")]
    return [
        timed(
            cast,
            line,
            PAST_MOMENTS
            if "will" not in english
            and "is" not in english.split()
            and "are" not in english.split()
            else FUTURE_MOMENTS,
        )
    ]


def errand(cast: Cast) -> list[Line]:
    draw, place, go = cast.draw, cast.place(), OTHERS["go"]
    verb = draw.choice(
        [DOING[word] for word in ("look for", "buy", "sell", "clean", "hide", "paint")]
        + [BREAKING["mend"]]
    )
    who = cast.person(go, job=draw.chance(0.3))
    thing = cast.thing(
        draw.choice(("the", "a", who.his)), verb=verb, tag="breakable" if verb.en == "mend" else ""
    )
    goes, va = who.does(go, draw.choice(("past", "past", "future")))
    purpose = f"to {verb.en} {thing}", f"pour {verb.fr} {thing.fr}"
    if draw.chance(0.3):
        return [
            (
                f"{purpose[0]}, {who} {goes} to the {place}",
                f"{purpose[1]}, {who.fr} {va} {place.fr_at}",
            )
        ]
    return [
        (f"{who} {goes} to the {place} {purpose[0]}", f"{who.fr} {va} {place.fr_at} {purpose[1]}")
    ]


def stay(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(list(STAYING.values()))
    who = cast.who(verb, animals=verb.en in ANIMAL_STAYING)
    if verb.en == "arrive":
        english, french = who.does(verb, draw.choice(("past", "future")))
        return [
            timed(
                cast,
                (f"{who} {english} at the {place}", f"{who.fr} {french} {place.fr_at}"),
                PAST_MOMENTS if "will" not in english else FUTURE_MOMENTS,
            )
        ]
    tense, moments = draw.choice((*TOLD, ("progressive", {}), ("imperfect", PAST_MOMENTS)))
    if verb.en == "fall" and tense in ("progressive", "imperfect", "present"):
        tense, moments = "past", PAST_MOMENTS
    english, french = who.does(verb, tense, draw.chance(0.15))
    line = f"{who} {english} {place.where}", f"{who.fr} {french} {place.fr_at}"
    if not moments:
        return [line]
    return [timed(cast, line, moments)]


def often(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(
        [verb for verb in STAYING.values() if verb.en not in ("fall", "arrive", "stay", "hide")]
    )
    who = cast.who(verb, animals=verb.en in ANIMAL_STAYING)
    often, souvent = draw.choice(
        (("often", "souvent"), ("never", "jamais"), ("always", "toujours"))
    )
    english, french = who.does(verb, "present")
    if often == "never":
        return [
            (
                f"{who} never {english} {place.where}",
                f"{who.fr} {verb_phrase(verb.fr, 'present', who, negation='jamais')} {place.fr_at}",
            )
        ]
    return [
        (f"{who} {often} {english} {place.where}", f"{who.fr} {french} {souvent} {place.fr_at}")
    ]


def encounter(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(list(MEETING.values()))
    who = cast.who(verb, animals=True)
    other = cast.animal() if draw.chance(0.4) else cast.person(job=draw.chance(0.3))
    tense = draw.choice(("past", "past", "progressive", "near"))
    english, french = who.does(verb, tense)
    where, fr_where = (f" {place.where}", f" {place.fr_at}") if draw.chance(0.6) else ("", "")
    line = f"{who} {english} {other}{where}", f"{who.fr} {french} {other.fr}{fr_where}"
    return [timed(cast, line, PAST_MOMENTS) if tense == "past" else line]


def while_doing(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb, sudden = draw.choice(list(STAYING.values())[:6]), STAYING["arrive"]
    who, other, place = cast.person(verb), cast.person(sudden), cast.place()
    english, french = who.does(verb, "imperfect")
    if draw.chance(0.5):
        return [
            (
                f"{who} {english} {place.where} when {other} arrived",
                f"{who.fr} {french} {place.fr_at} quand {other.fr} {other.does(sudden, 'past')[1]}",
            )
        ]
    return [
        (
            f"when {other} arrived, {who} {english} {place.where}",
            f"quand {other.fr} {other.does(sudden, 'past')[1]}, {who.fr} {french} {place.fr_at}",
        )
    ]


def before_and_without(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb, leave = draw.choice(list(DOING.values())[:8]), OTHERS["leave"]
    who = cast.person(leave)
    thing = cast.thing(draw.choice(("the", who.his)), verb=verb)
    link, lien = draw.choice((("without", "sans"), ("before", "avant de"), ("before", "avant de")))
    first = f"{who} left the {place}", f"{who.fr} a quitté {the(place)}"
    second = f"{link} {verb.ing} {thing}", f"{lien} {verb.fr} {thing.fr}"
    if draw.chance(0.4):
        return [(f"{second[0]}, {first[0]}", f"{second[1]}, {first[1]}")]
    return [(f"{first[0]} {second[0]}", f"{first[1]} {second[1]}")]


def wish(cast: Cast) -> list[Line]:
    draw, want = cast.draw, OTHERS["want"]
    verb = draw.choice(
        [DOING[word] for word in ("take", "buy", "sell", "keep", "paint", "see", "choose")]
    )
    who = cast.who(want)
    thing = cast.thing(draw.choice(("the", "a", "this")), verb=verb)
    past = draw.chance(0.5)
    english = "wanted" if past else "want" if who.plural else "wants"
    tense = "imperfect" if past else "present"
    negated = draw.chance(0.25) and thing.en.split()[0] in ("the", "this", "these")
    veut = verb_phrase("vouloir", tense, who, negation="pas" if negated else "")
    if negated:
        english = "did not want" if past else ("do not want" if who.plural else "does not want")
    if draw.chance(0.4):
        return [(f"{who} {english} {thing}", f"{who.fr} {veut} {thing.fr}")]
    return [(f"{who} {english} to {verb.en} {thing}", f"{who.fr} {veut} {verb.fr} {thing.fr}")]


def duty(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(
        [DOING[word] for word in ("take", "find", "clean", "hide", "sell", "carry")]
        + [BREAKING["mend"]]
    )
    who = cast.who(verb)
    thing = cast.thing(
        draw.choice(("the", who.his, "this")),
        verb=verb,
        tag="breakable" if verb.en == "mend" else "",
    )
    english, infinitive = draw.choice(
        (("can", "pouvoir"), ("cannot", "pouvoir"), ("must", "devoir"), ("must not", "devoir"))
    )
    negation = "pas" if "not" in english else ""
    return [
        (
            f"{who} {english} {verb.en} {thing}",
            f"{who.fr} {verb_phrase(infinitive, 'present', who, negation=negation)} {verb.fr} {thing.fr}",
        )
    ]


def request(cast: Cast) -> list[Line]:
    draw = cast.draw
    who, other = cast.who(), cast.person(job=draw.chance(0.2))
    thing = cast.thing(draw.choice(("the", "a")))
    ask = "asked", verb_phrase("demander", "past", who)
    first = f"{who} {ask[0]} {other} for {thing}", f"{who.fr} {ask[1]} {thing.fr} {other.to}"
    if draw.chance(0.5):
        verb = draw.choice([GIVING[word] for word in ("give", "lend", "sell", "show")])
        pronouns = f"{thing.le} {who.lui}"
        no = verb_phrase("refuser", "past", other)
        return [
            first,
            (
                f"{other} refused to {verb.en} {thing.him} to {who.him}",
                f"{other.fr} {no} de {infinitive_phrase(verb.fr, pronouns)}",
            ),
        ]
    return [timed(cast, first, PAST_MOMENTS)]


def refusal(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice([GIVING[word] for word in ("give", "lend", "sell", "show")])
    refuse = OTHERS["refuse"]
    who, other = cast.who(refuse), cast.person()
    thing = cast.thing(draw.choice(("the", who.his)), verb=verb)
    english, french = who.does(refuse, draw.choice(("past", "present", "pluperfect")))
    return [
        (
            f"{who} {english} to {verb.en} {thing} to {other}",
            f"{who.fr} {french} de {verb.fr} {thing.fr} {other.to}",
        )
    ]


def passive(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(
        [
            DOING[word]
            for word in ("find", "take", "hide", "buy", "sell", "clean", "paint", "forget")
        ]
        + list(BREAKING.values())
    )
    thing = cast.thing(
        draw.choice(("the", "this")), verb=verb, tag="breakable" if verb.en in BREAKING else ""
    )
    participle = agree(forms(verb.fr)[3], thing)
    english, french = (
        f"{thing} {thing.was} {verb.participle}",
        f"{thing.fr} {'ont' if thing.plural else 'a'} été {participle}",
    )
    if draw.chance(0.6):
        who = cast.person(verb, job=draw.chance(0.3))
        return [(f"{english} by {who}", f"{french} par {who.fr}")]
    place = cast.place()
    return [(f"{english} {place.where}", f"{french} {place.fr_at}")]


# --- Goods and numbers ----------------------------------------------------------------------------


def counted(cast: Cast, number: int, noun: object) -> Phrase:
    return cast.phrase("", noun, number=number)  # type: ignore[arg-type]


def goods(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(list(EATING.values()))
    who, noun = cast.who(verb), cast.noun(GOODS, verb=verb)
    english, french = who.does(verb, draw.choice(("past", "past", "near", "future")))
    number = draw.integer(1, 12)
    things = counted(cast, number, noun)
    return [(f"{who} {english} {things}", f"{who.fr} {french} {things.fr}")]


def shared(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice([EATING["gather"], EATING["buy"]])
    give = draw.choice([GIVING[word] for word in ("give", "sell", "bring")])
    who, noun, other = cast.person(verb), cast.noun(GOODS, verb=verb), cast.person()
    many = draw.integer(3, 12)
    few = draw.integer(1, many - 1)
    things = counted(cast, many, noun)
    english, french = who.does(verb, "past")
    gave, donna = who.does(give, "past", clitics="en")
    number = number_word(few, noun.gender)
    if draw.chance(0.5):
        return [
            (
                f"{who} {english} {things} and {gave} {NUMBERS[few]} of them to {other}",
                f"{who.fr} {french} {things.fr} et {donna} {number} {other.to}",
            )
        ]
    left = many - few
    return [
        (f"{who} {english} {things}", f"{who.fr} {french} {things.fr}"),
        (
            f"{who.he} {gave} {NUMBERS[few]} of them to {other}",
            f"{who.il} {donna} {number} {other.to}",
        ),
        (f"{who.he} has {NUMBERS[left]} left", f"il lui en reste {number_word(left, noun.gender)}"),
    ]


def of_hers(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice([EATING["eat"], EATING["sell"], EATING["wash"]])
    who, noun = cast.who(verb), cast.noun(GOODS, verb=verb)
    many = draw.integer(3, 12)
    few = draw.integer(1, many - 1)
    things = cast.phrase(who.his, noun, number=many)
    english, french = who.does(verb, draw.choice(("past", "future")))
    return [
        (
            f"{who} {english} {NUMBERS[few]} of {things}",
            f"{who.fr} {french} {number_word(few, noun.gender)} de {things.fr}",
        )
    ]


def how_many(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(list(EATING.values()))
    who, noun = cast.who(verb), cast.noun(GOODS, verb=verb)
    number = draw.integer(1, 12)
    things = cast.phrase("no", noun, plural=True)
    english, french = who.does(verb, "past", clitics="en")
    asked = verb_phrase(verb.fr, "past", who, preceding=things, inverted=True)
    return [
        (f"how many {noun.plural} did {who} {verb}?", f"combien {things.fr} {who.fr} {asked} ?"),
        (
            f"{who.he} {english} {NUMBERS[number]}",
            f"{who.il} {french} {number_word(number, noun.gender)}",
        ),
    ]


# --- Moods, causes and the weather ----------------------------------------------------------------


def because(cast: Cast) -> list[Line]:
    draw = cast.draw
    who = cast.person()
    sorry = draw.chance(0.5)
    verb = draw.choice(
        [DOING["lose"], DOING["forget"], BREAKING["break"]]
        if sorry
        else [DOING["find"], BREAKING["mend"], DOING["buy"], DOING["choose"]]
    )
    tag = "breakable" if verb.en in BREAKING else ""
    thing = cast.thing(
        draw.choice(("the", who.his)) if sorry or verb.en != "buy" else "a", verb=verb, tag=tag
    )
    mood = MOODS[draw.choice(SORRY if sorry else GLAD)]
    past = draw.chance(0.5)
    be, est = (who.was, who.etait) if past else (who.be, who.est)
    doer, fr_doer, agent = who.he, who.il, who
    if draw.chance(0.4):
        agent = (
            cast.person(verb)
            if draw.chance(0.6) or verb.en not in ("find", "lose")
            else cast.person(verb)
        )
        doer, fr_doer = agent.en, agent.fr
    english, french = agent.does(verb, "pluperfect" if past else "past")
    reason = f"because {doer} {english} {thing}", f"parce que {fr_doer} {french} {thing.fr}"
    if draw.chance(0.3):
        ask = f"why {be} {who} {mood}?", f"pourquoi {who.fr} {est}-{who.il} {who.agree(mood)} ?"
        return [ask, reason]
    return [(f"{who} {be} {mood} {reason[0]}", f"{who.fr} {est} {who.agree(mood)} {reason[1]}")]


def mood(cast: Cast) -> list[Line]:
    draw, who = cast.draw, cast.who(animals=True)
    one, two = (MOODS[word] for word in draw.some(MOODS, 2))
    ways = [
        (f"{who} {who.be} {one}", f"{who.fr} {who.est} {who.agree(one)}"),
        (
            f"{who} {who.was} {one} but {two}",
            f"{who.fr} {who.etait} {who.agree(one)} mais {who.agree(two)}",
        ),
        (f"{who} {who.be} not {one}", f"{who.fr} ne {who.est} pas {who.agree(one)}"),
        (f"{who} {who.be} no longer {one}", f"{who.fr} ne {who.est} plus {who.agree(one)}"),
        (f"{who} became {one}", f"{who.fr} {verb_phrase('devenir', 'past', who)} {who.agree(one)}"),
        (f"{who} {who.was} never {one}", f"{who.fr} ne {who.etait} jamais {who.agree(one)}"),
    ]
    english, french = draw.choice(ways)
    place = cast.place()
    if draw.chance(0.3):
        return [(f"{place.where}, {english}", f"{place.fr_at}, {french}")]
    if draw.chance(0.4):
        other = cast.person()
        third = MOODS[draw.choice(list(MOODS))]
        was = "was" in english.split() or "were" in english.split() or "became" in english
        be, est = (other.was, other.etait) if was else (other.be, other.est)
        return [
            (english, french),
            (f"{other} {be} {third}", f"{other.fr} {est} {other.agree(third)}"),
        ]
    return [(english, french)]


def weather(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    while place.inside:  # it rains on no floor
        place = cast.place()
    (now, fr_now), (then, fr_then) = WEATHER[draw.choice(list(WEATHER))]
    who = cast.person()
    mood = MOODS[draw.choice(list(MOODS))]
    ways: list[tuple[Line, ...]] = [
        (
            (f"{now} {place.where}", f"{fr_now} {place.fr_at}"),
            (f"{who} is {mood}", f"{who.fr} est {who.agree(mood)}"),
        ),
        (
            (
                f"{who} stayed {place.where} because {then}",
                f"{who.fr} {who.does(STAYING['stay'], 'past')[1]} {place.fr_at} parce que {fr_then}",
            ),
        ),
        (
            (
                f"{then} when {who} left the {place}",
                f"{fr_then} quand {who.fr} a quitté {the(place)}",
            ),
        ),
        ((f"when {now}, {who} goes to the {place}", f"quand {fr_now}, {who.fr} va {place.fr_at}"),),
        ((f"{who} is {mood} because {now}", f"{who.fr} est {who.agree(mood)} parce que {fr_now}"),),
        ((f"{then} and {who} was {mood}", f"{fr_then} et {who.fr} était {who.agree(mood)}"),),
    ]
    return list(draw.choice(ways))


# --- Relatives, questions and speech --------------------------------------------------------------


def relative(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(
        [
            DOING[word]
            for word in (
                "find",
                "lose",
                "buy",
                "take",
                "see",
                "hide",
                "choose",
                "paint",
                "keep",
                "forget",
            )
        ]
        + [BREAKING["mend"]]
    )
    who = cast.who(verb)
    thing = cast.thing(
        "the",
        verb=verb,
        tag="breakable" if verb.en == "mend" else "",
        adjectives=draw.integer(0, 1),
    )
    english, french = who.does(verb, "past", preceding=thing)
    clause = f"{thing} that {who} {english}", f"{thing.fr} que {who.fr} {french}"
    if draw.chance(0.5):
        (word,) = cast.said_of(thing)
        return [(f"{clause[0]} {thing.be} {word}", f"{clause[1]} {thing.est} {thing.agree(word)}")]
    place = cast.place()
    return [(f"{clause[0]} {thing.be} {place.where}", f"{clause[1]} {thing.est} {place.fr_at}")]


def who_lives(cast: Cast) -> list[Line]:
    draw, home = cast.draw, cast.place()
    verb = draw.choice([DOING[word] for word in ("find", "lose", "buy", "sell", "paint", "borrow")])
    who, thing = cast.person(verb), cast.thing(draw.choice(("the", "a")), verb=verb)
    english, french = who.does(verb, "past")
    work, metier = cast.job(who.gender)
    article = "la" if who.gender == "f" else "le"
    inner = draw.choice(
        (
            (f"who works {home.where}", f"qui travaille {home.fr_at}"),
            (f"the {work}", f"{article} {metier}"),
        )
    )
    return [(f"{who}, {inner[0]}, {english} {thing}", f"{who.fr}, {inner[1]}, {french} {thing.fr}")]


def place_where(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(
        [STAYING[word] for word in ("rest", "sing", "sleep", "work", "play", "dance")]
    )
    who, other = cast.person(verb), cast.person()
    english, french = who.does(verb, draw.choice(("past", "present", "imperfect")))
    seen, vu = draw.choice((("knows", "connaît"), ("went to", "est allée"), ("left", "a quitté")))
    if seen == "went to":
        vu = f"{other.does(OTHERS['go'], 'past')[1]} {place.fr_at}"
        return [
            (
                f"{other} went to the {place} where {who} {english}",
                f"{other.fr} {vu} où {who.fr} {french}",
            )
        ]
    return [
        (
            f"{other} {seen} the {place} where {who} {english}",
            f"{other.fr} {vu} {the(place)} où {who.fr} {french}",
        )
    ]


def question(cast: Cast) -> list[Line]:
    draw = cast.draw
    verb = draw.choice(
        [
            DOING[word]
            for word in (
                "find",
                "lose",
                "buy",
                "sell",
                "take",
                "see",
                "hide",
                "paint",
                "forget",
                "choose",
            )
        ]
        + [BREAKING["break"]]
    )
    who = cast.who(verb)
    tag = "breakable" if verb.en == "break" else ""
    thing = cast.thing("the", verb=verb, tag=tag)
    assert thing.noun is not None
    kind = draw.choice(("whether", "where", "who", "which", "what", "when"))
    past = verb_phrase(verb.fr, "past", who)
    asked = verb_phrase(verb.fr, "past", who, inverted=True)
    place = cast.place()
    _, pronoun = who.does(verb, "past", clitics=thing.le, preceding=thing)
    answer = f"{who.he} {verb.past} {thing.him} {place.where}", f"{who.il} {pronoun} {place.fr_at}"
    if kind == "whether":
        return [(f"did {who} {verb} {thing}?", f"est-ce que {who.fr} {past} {thing.fr} ?")]
    if kind == "where":
        return [
            (f"where did {who} {verb} {thing}?", f"où {who.fr} {asked} {thing.fr} ?"),
            *([answer] if draw.chance(0.5) else []),
        ]
    if kind == "when":
        when = draw.choice([moment for moment in LATE if moment in PAST_MOMENTS])
        moment = PAST_MOMENTS[when]
        said = (
            f"{who.he} {verb.past} {thing.him} {when[0].lower()}{when[1:]}",
            f"{who.il} {pronoun} {moment[0].lower()}{moment[1:]}",
        )
        return [(f"when did {who} {verb} {thing}?", f"quand {who.fr} {asked} {thing.fr} ?"), said]
    if kind == "who":
        one = cast.person(verb)
        _, did = one.does(verb, "past", clitics=thing.le, preceding=thing)
        return [
            (
                f"who {verb.past} {thing}?",
                f"qui {verb_phrase(verb.fr, 'past', cast.phrase('', thing.noun, number=1))} {thing.fr} ?",
            ),
            (f"{one} {verb.past} {thing.him}", f"{one.fr} {did}"),
        ]
    if kind == "which":
        which = cast.phrase("which", thing.noun, plural=thing.plural)
        agreed = verb_phrase(verb.fr, "past", who, preceding=which, inverted=True)
        (word,) = cast.adjectives(thing.noun, 1, among=COLORS)
        one = cast.phrase("the", thing.noun, [word], plural=thing.plural)
        colored = (
            one.fr.replace(f" {one.fr.split(' ')[1]}", "", 1)
            if " " in one.fr and "'" not in one.fr.split(" ")[0]
            else ""
        )
        lines = [(f"{which} did {who} {verb}?", f"{which.fr} {who.fr} {agreed} ?")]
        if colored:
            lines.append((f"the {word} one{'s' * thing.plural}", colored))
        return lines
    return [
        (f"what did {who} {verb}?", f"qu'est-ce que {who.fr} {past} ?"),
        (f"{who.he} {verb.past} {thing}", f"{who.il} {past} {thing.fr}"),
    ]


def speech(cast: Cast) -> list[Line]:
    draw = cast.draw
    who = cast.person()
    verb = draw.choice(
        [DOING[word] for word in ("find", "lose", "buy", "take", "forget", "borrow")]
    )
    mood = MOODS[draw.choice(list(MOODS))]
    me, you = Phrase(who.gender, person=1), Phrase("m", person=2)
    mine, yours = cast.thing("my", verb=verb), cast.thing("your")
    place = cast.place()
    said, dit = ("said", "a dit")
    ways: tuple[tuple[str, str, bool], ...] = (
        (f"I am {mood}", f"je suis {who.agree(mood)}", False),
        (f"I {verb.past} {mine}", f"je {verb_phrase(verb.fr, 'past', me)} {mine.fr}", False),
        (f"where {mine.be} {mine}?", f"où {mine.est} {mine.fr} ?", True),
        (f"{yours} {yours.be} {place.where}", f"{yours.fr} {yours.est} {place.fr_at}", False),
        (
            f"did you {verb} {yours}?",
            f"est-ce que tu {verb_phrase(verb.fr, 'past', you)} {yours.fr} ?",
            True,
        ),
        (
            f"I am going to {verb} {(thing := cast.thing('this'))}",
            f"je {verb_phrase(verb.fr, 'near', me)} {thing.fr}",
            False,
        ),
        (f"I am not {mood}", f"je ne suis pas {who.agree(mood)}", False),
    )
    english, french, asks = draw.choice(ways)
    if asks:
        said, dit = "asked", "a demandé"
    end = "" if asks else ","
    return [(f'"{english}{end}" {said} {who}', f"« {french} »{end} {dit} {who.fr}")]


def order(cast: Cast) -> list[Line]:
    draw = cast.draw
    word, imperative = draw.choice((
        ("take", "prends"), ("look for", "cherche"), ("clean", "nettoie"), ("hide", "cache"), ("keep", "garde"),
        ("look at", "regarde"), ("choose", "choisis"), ("sell", "vends"), ("touch", "touche"), ("forget", "oublie"),
    ))  # fmt: skip
    verb = DOING[word]
    thing = cast.thing(draw.choice(("the", "this", "your", "my")), verb=verb)
    kind = draw.integer(0, 3) if word not in ("touch", "forget") else 1
    if kind == 0:
        return [(f"{word} {thing}!", f"{imperative} {thing.fr} !")]
    if kind == 1:
        return [(f"do not {word} {thing}!", f"ne {imperative} pas {thing.fr} !")]
    if kind == 2:
        who = cast.person()
        show, montre = draw.choice(
            (("give", "donne"), ("show", "montre"), ("lend", "prête"), ("bring", "apporte"))
        )
        return [
            (f"{show} {thing} to {who}, please", f"{montre} {thing.fr} {who.to}, s'il te plaît")
        ]
    return [
        (f"here {thing.be} {thing}", f"voici {thing.fr}"),
        (f"{word} {thing.him}, please", f"{imperative}-{thing.le}, s'il te plaît"),
    ]


def nobody(cast: Cast) -> list[Line]:
    draw, place = cast.draw, cast.place()
    verb = draw.choice(
        [DOING[word] for word in ("find", "take", "see", "buy", "clean", "forget", "touch")]
    )
    thing = cast.thing(draw.choice(("the", "this")), verb=verb)
    third = Phrase("m")
    english, french = third.does(verb, "past")
    no = verb_phrase(verb.fr, "past", third)
    who = cast.person(verb)
    nothing = verb_phrase(verb.fr, "past", who, negation="rien")
    never = verb_phrase(verb.fr, "past", who, negation="jamais")
    return [draw.choice((
        (f"nobody {english} {thing}", f"personne ne {no} {thing.fr}"),
        (f"everybody {english} {thing}", f"tout le monde {french} {thing.fr}"),
        (f"{who} {english} nothing {place.where}", f"{who.fr} {nothing} {place.fr_at}"),
        (f"{who} never {english} {thing}", f"{who.fr} {never} {thing.fr}"),
        (f"somebody {english} {thing} {place.where}", f"quelqu'un {french} {thing.fr} {place.fr_at}"),
    ))]  # fmt: skip


SCENES: tuple[Scene, ...] = (
    description, degree, not_that_color, there_is, there_is_none, is_there, somewhere, where_is,
    what_color, compared, the_most, has, belongs, trade, deed, deed, deed_at, gift, lost_and_found,
    with_pronouns, mended, theft, journey, errand, stay, often, encounter, while_doing,
    before_and_without, wish, duty, request, refusal, passive, goods, shared, of_hers, how_many,
    because, mood, weather, relative, who_lives, place_where, question, question, speech, order, nobody,
)  # fmt: skip
