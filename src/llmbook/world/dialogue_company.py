# ruff: noqa: E501  (alternatives of one line stay together)
"""Scenes between neighbors: the way, an invitation, news, something borrowed, lost or taught.

Explained in the chapter "data".  Each scene is played by a :class:`~llmbook.world.dialogue_talk.Talk`.
"""

from llmbook.world import dialogue_words as words
from llmbook.world import plots
from llmbook.world.dialogue_talk import Talk, an
from llmbook.world.dialogue_trade import SMALL
from llmbook.world.draw import held_out
from llmbook.world.lexicon import GOODS, PLACES, Noun
from llmbook.world.meaning import Event, Person, State

# What is told of the valley's events: the past and the infinitive.
TOLD = {
    "lose": ("lost", "lose", "lose it"),
    "find": ("found", "find", "find it"),
    "break": ("broke", "break", "break it"),
    "mend": ("mended", "mend", "mend it"),
    "take": ("picked up", "pick up", "pick it up"),
    "drop": ("left", "leave", "leave it"),
}
# And what the other says to it.
SAID = {
    "lose": "Poor {third}!|{third} must be sad.|Can we help {third}?|I'll go and see {third} tonight.|Let's cheer {third} up.",
    "break": "Poor {third}!|{third} must be sad.|Can we help {third}?|That can happen to anybody, not only to {third}.|Let's cheer {third} up.",
    "find": "Lucky {third}!|How glad {third} must be!|I wish I were as lucky as {third}.|Good for {third}!",
    "mend": "Well done, {third} has clever hands.|I didn't know that {third} could do that.|How proud {third} must be!|I should ask {third} to help me, too.",
    "take": "Lucky {third}!|Good for {third}!|I wonder what {third} wants with it.|{third} sees everything that lies about.",
    "drop": "That's just like {third}.|I wonder why {third} did that.|I hope {third} remembers.|Somebody should remind {third}.",
}  # fmt: skip
PLOTS = (plots.loss, plots.accident, plots.quest, plots.theft)


def ask_way(talk: Talk) -> None:
    """Somebody asks the way, and says it once more."""
    a, b = talk.a, talk.b
    where = [
        place
        for place in PLACES.values()
        if place.en not in ("attic", "cellar", "kitchen", "path", "cave")
    ]
    goal, near = talk.draw.some(where, 2)
    marks = [p for p in where if p not in (goal, near)]
    first, one = talk.pair(("left", "right"), marks)
    second, two = talk.pair(("left", "right"), [p for p in marks if p is not one])
    behind = talk.draw.choice(("behind", "opposite", "next to", "just past", "near"))
    f = {
        "goal": goal.en,
        "near": near.en,
        "one": one.en,
        "two": two.en,
        "first": first,
        "second": second,
        "side": behind,
    }
    talk.slots |= {
        "goal": goal.en,
        "first": first,
        "one": one.en,
        "second": second,
        "two": two.en,
        "near": near.en,
    }
    talk.say(
        a,
        talk.hello(a, 0.5),
        "How do I get to the {goal}?|Could you tell me the way to the {goal}?|I'm looking for the {goal}. Am I far from it?|Which way is the {goal}?|I have lost my way. I want to go to the {goal}.|Is this the road to the {goal}?|Somebody is waiting for me, and I don't know the way to the {goal}.|You know this part of the valley. How do I find the {goal}?|Do you know a short way to the {goal}?",
        **f,
    )
    talk.say(
        b, talk.agree(b, 0.35),
        "Go {first} at the {one}, then {second} at the {two}.|First you turn {first} at the {one}, and after that you keep {second} at the {two}.|Walk straight on, turn {first} at the {one}, and go {second} at the {two}.|It isn't far: {first} at the {one} and {second} at the {two}.",
        "The {goal} is {side} the {near}.|You will see the {goal} {side} the {near}.|Then the {goal} is {side} the {near}.", **f,
    )  # fmt: skip
    turned = {"left": "right", "right": "left"}
    if talk.maybe(0.4) and not held_out(turned[first], one):
        talk.say(
            a,
            "So {first} at the {one}?|That's {first} at the {one}, you say?|First I go {first} at the {one}?",
            **(f | {"first": turned[first]}),
        )
        talk.correct(b, f"{first} at the {one.en}")
        talk.slots["turn"] = first
        talk.say(
            a,
            talk.act(a, words.SORRY, 0.5),
            "So {first} at the {one}, and then?|{first} at the {one}, I see. And after that?|{first} at the {one}. What comes then?",
            slot="turn",
            **f,
        )
        talk.say(
            b,
            "{second} at the {two}, as I told you.|Then {second} at the {two}.|After that, {second} at the {two}.",
            slot="second",
            **f,
        )
    elif talk.maybe(0.5):
        talk.say(
            a,
            "{first} at the {one}, and what comes then?|I go {first} at the {one}, and after that?",
            slot="first",
            **f,
        )
        talk.say(
            b,
            "Then {second} at the {two}.|{second} at the {two}.|You go {second} at the {two}, and you are nearly there.",
            slot="second",
            **f,
        )
    if talk.maybe(0.5):
        talk.say(
            a,
            "{first} at the {one}, {second} at the {two}, and it's {side} the {near}.|Let me repeat: {first} at the {one} and {second} at the {two}.|So I go {first} at the {one} and {second} at the {two}.",
            talk.act(a, words.THANKS),
            slot="second",
            **f,
        )
    else:
        talk.say(
            a,
            "And the {goal} is {side} the {near}.|Then I look for the {near}.|So the {near} tells me that I am there.",
            talk.act(a, words.THANKS),
            slot="near",
            **f,
        )
    if talk.maybe(0.6):
        talk.say(
            b,
            talk.act(b, words.BYE)
            if talk.maybe(0.5)
            else "Good luck!|You can't miss it.|Mind the dogs on the road.|It's a pretty walk.|Yes, exactly.",
        )


def invite(talk: Talk) -> None:
    """Somebody invites another; they settle the day and the hour."""
    a, b = talk.a, talk.b
    what, fitting = talk.draw.choice(words.PASTIMES)
    day, place = talk.pair(words.DAYS, [PLACES[p] for p in fitting.split(" ")])
    hour = talk.draw.choice(words.TIMES)
    early = talk.besides(day, words.DAYS, place)
    wrong_hour = talk.other(hour, words.TIMES)
    f = {
        "day": day,
        "at": f"at {hour}",
        "where": place.where,
        "what": what,
        "chore": talk.draw.choice(words.CHORES),
    }
    talk.slots |= {"day": day, "hour": hour, "place": place.en}
    move, shift = talk.maybe(0.5), talk.maybe(0.4)
    asked = f | {"day": early if move else day, "at": f"at {wrong_hour if shift else hour}"}
    talk.say(
        a,
        talk.hello(a, 0.55),
        "Would you like to {what} {where} on {day}?|Shall we {what} {where} on {day}?|Will you come along on {day}? We want to {what} {where}.|On {day} some of us {what} {where}. Won't you join us?|I'd love to {what} {where} on {day}. Are you free?|What are you doing on {day}? We could {what} {where}.|Have you time on {day}? I thought we might {what} {where}.|Let's {what} {where} on {day}!|If the weather is good on {day}, we could {what} {where}.",
        **asked,
    )
    if move:
        talk.say(
            b,
            "On {day} I can't. I have to {chore}.|Not on {day}, I'm afraid: I must {chore}.|{day} is bad, as I have to {chore}.|I can't come on {day}, because I promised to {chore}.",
            **asked,
        )
        asked["day"] = day
        talk.say(
            a,
            "Then what about {day}?|Would {day} suit you better?|That's a pity. And on {day}?|We could also go on {day}.",
            **asked,
        )
        talk.say(
            b,
            talk.agree(b, 0.5),
            "{day} is fine. When?|On {day} I'm free. At what time?|Yes, {day} is good. When do we meet?|{day} will do. When shall I come?",
            slot="day",
            **f,
        )
    else:
        talk.say(
            b,
            talk.agree(b, 0.6),
            "On {day} I'm free. When?|{day} is good. At what time?|I'd like to. When on {day}?|When shall I come on {day}?",
            slot="day",
            **f,
        )
    talk.say(
        a,
        "Let's meet {at}.|{at}, if that suits you.|What about {at}?|Could you come {at}?|Shall we say {at}?",
        **asked,
    )
    if shift:
        talk.say(
            b,
            "I can't come {was}. Rather {at}.|Could we meet {at} instead?|Make it {at}, that's better for me.|That's no good for me. {at} would be better.",
            was=asked["at"],
            **f,
        )
        talk.say(
            a,
            talk.agree(a, 0.6),
            "{at}, then.|So we meet {at}.|I'll be there {at}.",
            slot="hour",
            **f,
        )
        closer = b
    else:
        closer = b
    talk.say(
        closer,
        "{day} {at}, {where}.|I'll see you {where} on {day} {at}.|So, on {day} {at}, {where}.|{where}, on {day} {at}: I'll be there.|Then until {day} {at}, {where}!|I'll write it down: {day} {at}, {where}.",
        slot=talk.draw.choice(("day", "hour", "place")),
        **f,
    )
    if talk.maybe(0.6):
        talk.say(
            a,
            "Until {day}, then!|I'm looking forward to {day}.|Don't forget: {day}!|See you on {day}, {you}.|Good. {day} can't come soon enough.|I'll count the hours until {day}.",
            slot="day",
            **f,
        )


def _event(talk: Talk) -> tuple[Event, State]:
    """Let something happen in the valley to somebody who is not here, and return how things stood then."""
    while True:
        stage = plots.Stage(talk.draw)
        talk.draw.choice(PLOTS)(stage)
        state, told = stage.start, []
        for event in stage.events:
            if (
                event.kind in TOLD
                and isinstance(event.actor, Person)
                and event.actor.name not in (talk.a, talk.b)
            ):
                told.append((event, state.copy()))
            state.apply(event)
        if told:
            return talk.draw.choice(told)


def ask_news(talk: Talk) -> None:
    """Somebody asks about what has happened to a third person."""
    a, b = talk.a, talk.b
    event, state = _event(talk)
    assert isinstance(event.actor, Person) and event.thing is not None
    talk.about(event.actor.name, event.actor.gender == "f")
    place, kind, noun, look = (
        state.at[event.actor],
        event.kind,
        event.thing.noun.en,
        event.thing.adjective.en,
    )
    talk.pairs.append((look, noun))
    did, do, do_it = TOLD[kind]
    mine = state.owner.get(event.thing) == event.actor
    own = f"{talk.his} {look} {noun}" if mine else an(f"{look} {noun}")
    f = {
        "did": did,
        "do": do,
        "do_it": do_it,
        "look": look,
        "noun": noun,
        "own": own,
        "where": place.where,
        "any": an(noun),
    }
    talk.slots |= {"who": talk.third, "look": look, "thing": noun, "place": place.en}
    asks = {"who": talk.maybe(0.3), "what": talk.maybe(0.6), "where": True}
    name = ""
    if asks["who"]:
        talk.say(
            a,
            talk.hello(a, 0.5),
            "Who {did} something yesterday? Everybody talks about it.|What's all the talk about? Who {did} what?|I heard that somebody {did} something. Who was it?|They say somebody {did} something. Do you know who?",
            **f,
        )
        name = talk.pick(
            "It was {third}.|{third}, of all people.|I know: {third}.|You mean {third}."
        )
    else:
        talk.say(
            a,
            talk.hello(a, 0.5),
            "Why does everybody speak of {third} today?|Did you see {third}? What happened?|What's the news of {third}?|Is it true what they say about {third}?|Have you heard about {third}?|Tell me about {third}: something happened, didn't it?|I met {third}, and {he} hardly spoke. What's the matter?|Why did {third} run past my window?|{third} was so quiet this morning. Do you know why?",
            **f,
        )
    if asks["what"]:
        talk.say(
            b,
            name,
            "{He} {did} something {where}."
            if name
            else "{third} {did} something {where}.|{He} {did} something {where}, that's what happened.|It happened {where}: {third} {did} something.|All I know is that {he} {did} something {where}.",
            **f,
        )
        talk.say(
            a,
            "What did {he} {do}?|And what was it that {he} {did}?|What, exactly?|Do you know what it was?",
            **f,
        )
        talk.say(b, "{own}.|It was {own}.|{own}, I believe.|I saw it: {own}.", **f)
    else:
        talk.say(
            b,
            name,
            "{He} {did} {own} {where}."
            if name
            else "{third} {did} {own} {where}.|{He} {did} {own} {where}, that's all.|As far as I know, {he} {did} {own} {where}.|Well, {where} {third} {did} {own}.",
            **f,
        )
    if talk.maybe(0.5):
        talk.say(
            a,
            "Wait, where did {third} {do_it}?|And where was that again?|I wasn't listening. Where did it happen?|Where, did you say?",
            **f,
        )
        talk.say(
            b,
            "{where}.|It happened {where}.|It was {where}, as I told you.|Just {where}.|{third} was {where}.",
            slot="place",
            **f,
        )
    elif talk.maybe(0.6):
        talk.say(
            a,
            "What did you say the {noun} looked like?|Which {noun} was it, again?|I did not catch that: which {noun}?|Sorry, what kind of {noun} was it?",
            **f,
        )
        talk.say(
            b,
            "The {look} one.|The {look} {noun}, you know it.|It was the {look} one.|I told you: the {look} {noun}.",
            slot="look",
            **f,
        )
    else:
        talk.say(
            a, "Who was it, once more?|Forgive me, who was that?|I didn't hear the name. Who?", **f
        )
        talk.say(
            b,
            "{third}.|It was {third}, as I said.|{third}, our neighbor.|I speak of {third}.",
            slot="who",
            **f,
        )
    talk.say(a, SAID[kind], slot="who", **f)
    if talk.maybe(0.5):
        if kind in ("lose", "break"):
            end = "I think so too.|Yes, let's go together.|So it goes. One day it's {any}, the next day it's something else."
        else:
            end = "I think so too.|Yes, I'll tell {third} that we spoke.|Who knows?|I'll ask {third} about it."
        talk.say(b, end, **f)


def borrow(talk: Talk) -> None:
    """Somebody borrows a thing and promises a day."""
    a, b = talk.a, talk.b
    look, noun, wrong = talk.thing(SMALL)
    day = talk.draw.choice(words.DAYS)
    f = {"look": look, "noun": noun, "day": day, "wrong": wrong}
    talk.slots |= {"look": look, "thing": noun, "day": day}
    talk.say(
        a,
        talk.hello(a, 0.55),
        "May I borrow your {look} {noun}?|Would you lend me your {look} {noun}?|Could I have your {look} {noun} for a while?|I need {it}. Would you lend me yours?|Could you spare your {look} {noun} this week?|Is your {look} {noun} free? I'd like to borrow it.|Mine is broken. Could you lend me your {look} {noun}?|You have such a good {look} {noun}. May I use it?",
        it=an(f"{look} {noun}"),
        **f,
    )
    if talk.maybe(0.35):
        talk.say(b, "The {wrong} one?|My {wrong} {noun}?|You mean the {wrong} {noun}?", **f)
        talk.correct(a, f"the {look} one")
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.4),
            "Ah, the {look} one.|The {look} {noun}, I see.|So the {look} one.",
            "When do I get it back?|Until when?|How long do you need it?",
            slot="look",
            **f,
        )
    else:
        talk.say(
            b,
            talk.agree(b, 0.5),
            "When will you bring it back?|Until when do you need it?|But when do I get it back?|What for? And for how long?|If you are careful with it. How long will you keep it?",
            **f,
        )
    talk.say(
        a,
        "Until {day}.|You have it back on {day}.|I'll return it on {day}.|Only until {day}, I promise.|On {day} I'm done with it.",
        **f,
    )
    if talk.maybe(0.35):
        talk.say(
            b, "On {other}?|Until {other}?|{other}, you say?", other=talk.other(day, words.DAYS)
        )
        talk.correct(a, day)
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.4),
            "{day}, then. Take the {look} {noun}.|On {day}, very well. It hangs behind the door.|{day} is fine.",
            slot="day",
            **f,
        )
    else:
        talk.say(
            b,
            "{day} is fine. Here's the {look} {noun}.|Take the {look} {noun}, then. But on {day} I need it myself.|Until {day} you may keep the {look} {noun}.|On {day}, then. Wait, I'll fetch the {look} {noun}.".replace(
                "Wait, ", ""
            ),
            slot=talk.draw.choice(("look", "day")),
            **f,
        )
    talk.say(
        a,
        talk.act(a, words.THANKS),
        "I'll take good care of the {look} {noun}.|On {day} it's back on your shelf.|You see me again on {day}.|The {look} {noun} is in good hands.",
        slot=None,
        **f,
    )
    last = talk.turns[-1]
    last["slot"], last["value"] = next(
        (s, talk.slots[s]) for s in ("day", "look") if talk.slots[s] in str(last["text"])
    )
    if talk.maybe(0.4):
        talk.say(b, talk.act(b, words.BYE))


def lost_thing(talk: Talk) -> None:
    """Somebody reports a thing that is lost."""
    a, b = talk.a, talk.b
    look, noun, wrong = talk.thing(SMALL)
    place = talk.draw.choice([p for p in PLACES.values() if p.en != "path"])
    near = talk.draw.choice([p for p in PLACES.values() if p is not place and p.en != "path"])
    f = {"look": look, "noun": noun, "where": place.where}
    talk.slots |= {"look": look, "thing": noun, "place": place.en}
    talk.say(
        a,
        talk.hello(a, 0.5),
        "I have lost my {noun}.|My {noun} is gone!|Has anybody brought you a {noun}?|You haven't found a {noun}, have you?|I can't find my {noun} anywhere.|Somebody must have taken my {noun}, or I lost it.|Since yesterday I have been looking for my {noun}.|Please help me, I have lost my {noun}.|Do people bring you what they find? My {noun} is missing.".replace(
            "a {noun}", an(noun)
        ),
        **f,
    )
    talk.say(
        b,
        talk.act(b, words.GREET_BACK, 0.2),
        "What does it look like?|What sort of {noun} is it?|Tell me how it looks.|We have many here. How would I know yours?|Can you describe the {noun}?",
        **f,
    )
    talk.say(
        a,
        "It's {look}.|It's a {look} one.|A {look} one, my mother gave it to me.|You would know it at once: it's {look}.|It's {look}, and I'd know it anywhere.".replace(
            "a {look}", an(look)
        ).replace("A {look}", an(look).capitalize()),
        **f,
    )
    if talk.maybe(0.35):
        talk.say(
            b,
            "A {wrong} {noun}?|{wrong}, you say?".replace("A {wrong}", an(wrong).capitalize()),
            wrong=wrong,
            **f,
        )
        talk.correct(a, look)
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.4),
            "I see, {look}.|{it}, then.|I'll write that down: {it}.",
            "Where did you see it last?|Where did you lose it?|And where was it last?",
            slot="look",
            it=an(f"{look} {noun}"),
            **f,
        )
    else:
        talk.say(
            b,
            "Where did you see the {look} {noun} last?|And where did you lose it?|Where did you have it last?|Do you remember where you lost it?",
            **f,
        )
    if talk.maybe(0.3):
        talk.say(
            a,
            "{near}, I think. No, wait: {where}.|I believed {near}, but no, it was {where}.|First I thought {near}. No, I had it {where}.",
            near=near.where,
            **f,
        )
    else:
        talk.say(
            a,
            "{where}, I believe.|It was {where}.|I had it {where}.|I put it down {where}, and then it was gone.|Only {where}, nowhere else.",
            **f,
        )
    talk.say(
        b,
        "So: {it}, lost {where}.|I'll write: {it}, {where}.|I'll ask around {where} for {it}.|{it}, last seen {where}. I'll tell everybody.",
        slot=talk.draw.choice(("look", "place")),
        it=an(f"{look} {noun}"),
        **f,
    )
    if talk.maybe(0.3):
        talk.say(
            b if talk.turns[-1]["speaker"] == a else a,
            talk.act(a, words.THANKS),
            talk.act(a, words.BYE, 0.6),
        )
    else:
        talk.say(
            a,
            talk.act(a, words.THANKS, 0.7),
            "It's the only {noun} I have.|I hope it turns up.|I'll come by again tomorrow.|I'd give a lot to have the {look} {noun} back.",
            **f,
        )
        talk.say(
            b,
            "If anybody brings the {look} one, I'll send for you.|When I find the {look} {noun}, you will be the first to know, {you}.|Don't worry, {you}. The {look} {noun} can't be far.",
            slot="look",
            **f,
        )


def teach(talk: Talk) -> None:
    """Somebody teaches another a French word."""
    a, b = talk.a, talk.b
    nouns = [n for table in (SMALL, GOODS.values()) for n in table if not n.elided]
    noun, second = talk.draw.some(nouns, 2)

    def french(n: Noun) -> str:
        return f'"{"la" if n.gender == "f" else "le"} {n.fr}"'

    def false(n: Noun) -> str:
        return f'"{"le" if n.gender == "f" else "la"} {n.fr}"'

    f = {
        "en": noun.en,
        "fr": french(noun),
        "no": false(noun),
        "en2": second.en,
        "fr2": french(second),
    }
    talk.slots |= {"word": noun.en, "french": french(noun)}
    talk.say(
        a,
        talk.hello(a, 0.5),
        'What do the French call a {en}?|How do you say "the {en}" in French?|You speak French. What\'s "the {en}"?|I\'m learning French. What\'s the word for "{en}"?|Please teach me a French word. What\'s "the {en}"?|Do you know the French for "the {en}"?|For my French lesson I need the word for "{en}".|My cousin writes in French. How do I say "the {en}"?'.replace(
            "a {en}", an(noun.en)
        ),
        **f,
    )
    talk.say(
        b,
        talk.agree(b, 0.4),
        "It's {fr}.|They say {fr}.|That's {fr}.|The French say {fr}.|We always said {fr} at home.",
        **f,
    )
    if talk.maybe(0.55):
        talk.say(a, "So it's {no}?|{no}?|Did you say {no}?|I see, {no}.", **f)
        talk.correct(b, french(noun))
        talk.say(
            a,
            talk.act(a, words.SORRY, 0.4),
            "{fr}. Now I have it.|{fr}, {fr}. I'll remember.|{fr}: I see.|Then it's {fr}.",
            slot="french",
            **f,
        )
    else:
        talk.say(
            a,
            "{fr}. That sounds pretty.|{fr}. I'll write it down.|{fr}, {fr}. Is that right?|Let me try: {fr}.",
            slot="french",
            **f,
        )
    if talk.maybe(0.6):
        talk.slots |= {"second": french(second)}
        talk.say(
            b,
            "",
            'And "the {en2}" is {fr2}.|Here\'s one more: {fr2} is "the {en2}".|Next comes "the {en2}": {fr2}.',
            **f,
        )
        if talk.maybe(0.5):
            talk.say(
                a,
                'So "the {en}" is {fr}, and "the {en2}" is {fr2}.|{fr2} for "the {en2}", and {fr} for "the {en}".',
                slot=talk.draw.choice(("french", "second")),
                **f,
            )
        else:
            talk.say(
                a,
                'So "the {en2}" is {fr2}.|{fr2}. That\'s easy.|{fr2}, like that?',
                slot="second",
                **f,
            )
            talk.say(
                b,
                'Very good. And what was "the {en}"?|Yes. Do you still know "the {en}"?|Well done. Now say "the {en}" again.',
                **f,
            )
            talk.say(a, "{fr}.|That was {fr}.|I know: {fr}.|{fr}, of course.", slot="french", **f)
        talk.say(
            b,
            "You learn fast, {you}.|Right, {you}!|Very good, {you}.|Bravo, {you}!|You will soon speak like a Frenchman.".replace(
                "|You will soon speak like a Frenchman.", ""
            ),
        )
    else:
        talk.say(b, "Very good, {you}.|Like that, yes.|That's right: {fr}.|Bravo! {fr} it is.", **f)


def message(talk: Talk) -> None:
    """Somebody sends a message to a third person."""
    a, b = talk.a, talk.b
    what, hour = talk.pair(words.APPOINTMENTS, words.TIMES)
    f = {"what": what, "at": f"at {hour}"}
    talk.slots |= {"who": talk.third, "hour": hour}
    talk.say(
        a,
        talk.hello(a, 0.5),
        "Please tell {third} that {what} {at}.|Will you see {third} today? Tell {him} that {what} {at}.|Could you take a message to {third}? Say that {what} {at}.|I can't find {third}. Please let {him} know that {what} {at}.|You live next door to {third}. Would you say that {what} {at}?|{third} must know that {what} {at}. Can you tell {him}?|A message for {third}, please: {what} {at}.|When you meet {third}, say that {what} {at}.|It's about {third}. {He} doesn't know yet that {what} {at}.",
        **f,
    )
    how = talk.draw.integer(0, 3)
    if how == 0:
        talk.say(
            b,
            talk.agree(b, 0.3),
            "{what} {at}?|So {what} {at}?|{at}, you say?",
            at=f"at {talk.beyond(what, hour, words.TIMES)}",
            what=what,
        )
        talk.correct(a, f"at {hour}")
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.5),
            "{at}, then. I'll tell {third}.|So {third} has to know that {what} {at}.|I see: {what} {at}.",
            slot="hour",
            **f,
        )
    elif how == 1:
        wrong = talk.draw.choice(
            [
                n
                for n in ("Anna", "Ben", "Clara", "Hugo", "Iris", "Karl")
                if n not in (a, b, talk.third)
            ]
        )
        talk.say(b, "I'm to tell {wrong}?|A message for {wrong}?|For {wrong}?", wrong=wrong)
        talk.correct(a, talk.third)
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.5),
            "For {third}, I see.|Then I'll look for {third}.|{third}, then. I'll go at once.",
            slot="who",
            **f,
        )
        talk.say(
            a,
            "And do you remember the hour?|When was it, then?|What will you say?|So what's the message?",
        )
        talk.say(b, "That {what} {at}.|{what} {at}.|I'll say that {what} {at}.", slot="hour", **f)
    else:
        talk.say(
            b,
            talk.agree(b, 0.5),
            "I'll see {third} this evening. When was it?|I'm on my way to {third}. At what time, again?|{third} will hear it. Say the hour once more.|Let me repeat that for {third}. When?",
            slot="who",
            **f,
        )
        talk.say(a, "{at}.|{what} {at}.|{at}, and {he} has to be early.", slot="hour", **f)
        talk.say(
            b,
            "{at}. I have it.|{what} {at}: {third} will know.|So I tell {third}: {at}.|{at}, I won't forget.",
            slot="hour",
            **f,
        )
    if talk.maybe(0.65):
        talk.say(
            a,
            talk.act(a, words.THANKS),
            "{third} will be glad.|I'd have gone to {third} myself, but I have no time.|And give {third} my love.|Not a minute later than that!||".replace(
                "||", ""
            ),
            **f,
        )
    if talk.maybe(0.4) and talk.turns[-1]["speaker"] == a:
        talk.say(b, talk.act(b, words.BYE))
