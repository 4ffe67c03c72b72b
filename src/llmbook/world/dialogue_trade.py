# ruff: noqa: E501  (alternatives of one line stay together)
"""Scenes about money and service: the shop, the market, the inn, the theater, the workshop.

Explained in the chapter "data".  Each scene is played by a :class:`~llmbook.world.dialogue_talk.Talk`.
"""

from llmbook.world import dialogue_words as words
from llmbook.world.dialogue_talk import Talk, an
from llmbook.world.dialogue_words import NUMBERS
from llmbook.world.lexicon import GOODS, THINGS

SMALL = [noun for noun in THINGS.values() if noun.en not in ("letter", "statue", "painting")]


def coins(number: int) -> str:
    """Return an amount of money in words."""
    return f"{NUMBERS[number]} coin{'s' * (number != 1)}"


def _pay(talk: Talk, total: int, again: str) -> None:
    """Let the buyer pay, and the seller give change; ``again`` is what was bought."""
    a, b = talk.a, talk.b
    if talk.maybe(0.25):
        talk.slots["total"] = NUMBERS[total]
        talk.say(a, "{n}? Here you are.|I have exactly {n}.|Here they are: {n}.|{n}, that's all I have with me!",
                 slot="total", n=coins(total))  # fmt: skip
        talk.say(b, talk.act(b, words.PAID), "Enjoy {it}!|Much joy with {it}.|I hope you like {it}.||Shall I wrap {it} up?",
                 it=again)  # fmt: skip
    else:
        paid = 5 * (total // 5 + talk.draw.integer(1, 4))
        talk.slots["change"] = NUMBERS[paid - total]
        talk.say(
            a,
            "Here are {n}.|I have {n} here.|Can you change {n}? Here they are.|Here you are: {n}.|Take {n}, please.",
            n=coins(paid),
        )
        talk.say(
            b, talk.act(b, words.PAID, 0.4),
            "And {n} back.|You get {n} back.|So you get back {n}.|That leaves {n} for you.|Here's your change: {n}.|I owe you {n}: here.|{n} back, please count them.".replace("them", "it" if paid - total == 1 else "them"),
            slot="change", n=coins(paid - total),
        )  # fmt: skip
    if talk.maybe(0.7):
        talk.say(a, talk.act(a, words.THANKS), talk.act(a, words.BYE, 0.6))


def buy_thing(talk: Talk) -> None:
    """Somebody buys a thing of a certain look."""
    a, b = talk.a, talk.b
    look, noun, wrong = talk.thing(SMALL)
    it, price = an(f"{look} {noun}"), talk.draw.integer(2, 24)
    talk.slots |= {"look": look, "thing": noun, "price": NUMBERS[price]}
    fields = {"it": it, "noun": noun, "look": look}
    talk.say(
        a, talk.hello(a), talk.act(a, words.ASK, it=it) if talk.maybe(0.5) else
        "I'm looking for {it}.|Do you sell anything like {it}?|Is there {it} left in your shop?|Mine is gone, and so I'd like {it}.|I saw {it} in your window yesterday.|What I need is {it}, nothing else.|It's my mother's birthday, and she wishes for {it}.|Somebody told me you have {it}.|All week I have dreamed of {it}.|For my journey I need {it}.",
        **fields,
    )  # fmt: skip
    cost = "It costs {n}.|That's {n}.|It's yours for {n}.|I ask {n} for it.|The price is {n}.|{n}, please."
    if talk.maybe(0.4):
        talk.say(b, talk.act(b, words.GREET_BACK, 0.3), "{it}?|You want the {wrong} one, then?|Here's {it}.|Did you say {wrong}?|The {wrong} one? Here you are.",
                 **(fields | {"it": an(f"{wrong} {noun}"), "wrong": wrong}))  # fmt: skip
        talk.correct(a, talk.pick("the {look} one|the {look} {noun}|{look}", **fields))
        talk.say(b, talk.act(b, words.SORRY, 0.6), "Here's the {look} one.|The {look} one, then.|The {look} {noun} it is.|Of course, the {look} {noun}.|So you want the {look} one.",
                 cost, slot="look", n=coins(price), **fields)  # fmt: skip
    elif talk.maybe(0.5):
        talk.say(
            b,
            talk.act(b, words.GREET_BACK, 0.4),
            "I have a {look} one.|{it}? Let me see. Yes!|There's one left.|You're lucky: one {noun} is left, and it's {look}.|Let me climb up. Here it is.",
            **fields,
        )
        talk.say(
            a,
            "What does it cost?|How much is it?|What do you want for it?|And the price?|Is it dear?",
        )
        talk.say(b, f"For the {{look}} {{noun}}? {cost.split('|')[talk.draw.integer(0, 4)]}|The {{look}} {{noun}} costs {{n}}.|I sell the {{look}} one for {{n}}.|{{n}} for the {{look}} {{noun}}.",
                 slot="look", n=coins(price), **fields)  # fmt: skip
    else:
        talk.say(b, talk.agree(b, 0.5), "Look, a {look} {noun}.|Here's the {look} one.|I have the very thing: {it}.|This {look} {noun} came in yesterday.|How about this {look} {noun}?",
                 cost, slot="look", n=coins(price), **fields)  # fmt: skip
    _pay(talk, price, f"the {look} {noun}")


def buy_goods(talk: Talk) -> None:
    """Somebody buys a number of goods; the price is multiplied."""
    a, b = talk.a, talk.b
    number, goods = talk.pair(range(2, 10), list(GOODS.values()))
    each = talk.draw.integer(1, 5)
    fields = {
        "goods": goods.plural,
        "number": NUMBERS[number],
        "each": coins(each),
        "one": goods.en,
    }
    talk.say(
        a,
        talk.hello(a, 0.5),
        "How much are the {goods}?|What does one {one} cost?|Are the {goods} fresh? What do they cost?|Those {goods} look good. How much is one?|I see you have {goods} today. What's the price?|Tell me the price of your {goods}, please.|Your {goods} smell of summer! How much are they?|We have no {goods} left at home. What do you ask for them?|Do you still have {goods}, and for how much?",
        **fields,
    )
    talk.say(
        b,
        talk.act(b, words.GREET_BACK, 0.3),
        "{each} each.|{each} apiece.|They are {each} each, picked this morning.|I sell them at {each} apiece.|For you, {each} each.|{each} for each {one}.",
        **fields,
    )
    wrong = talk.besides(number, range(2, 10), goods)
    ordering = "Then I'd like {number} {goods}.|Give me {number} {goods}, please.|I'll take {number} {goods}.|Let me have {number} {goods}, please.|{number} {goods} will do.|{number} {goods}, please, ripe ones."
    total = number * each
    talk.slots |= {
        "goods": goods.plural,
        "number": NUMBERS[number],
        "each": NUMBERS[each],
        "total": NUMBERS[total],
    }
    adds = "That makes {total}.|That comes to {total}.|Together that's {total}.|{total} in all.|I get {total}, please."
    if talk.maybe(0.3):  # a change of mind
        talk.say(a, ordering, **(fields | {"number": NUMBERS[wrong]}))
        talk.say(
            b,
            "{number} {goods} make {total}.|So {number} {goods}: that comes to {total}.",
            **(fields | {"number": NUMBERS[wrong], "total": coins(wrong * each)}),
        )
        talk.say(
            a,
            talk.act(a, words.SORRY, 0.4),
            "No, make it {number} {goods} instead.|Wait, I'd rather have {number} {goods}.|Oh, I meant {number} {goods}.|Not so fast: {number} {goods} instead, please.",
            **fields,
        )
        talk.say(
            b,
            talk.agree(b, 0.5),
            "{number} {goods}, then.",
            adds,
            slot="total",
            total=coins(total),
            **fields,
        )
    elif talk.maybe(0.35):  # a mishearing
        talk.say(a, ordering, **fields)
        talk.say(
            b,
            "{number} {goods}?|Did you say {number} {goods}?|So {number} {goods}?",
            **(fields | {"number": NUMBERS[wrong]}),
        )
        talk.correct(a, talk.pick("{number}|{number} {goods}", **fields))
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.5),
            "{number} {goods} it is.|Here are {number} {goods}.|So you get {number} {goods}.",
            adds,
            slot="number",
            total=coins(total),
            **fields,
        )
    else:
        talk.say(a, ordering, **fields)
        talk.say(
            b,
            talk.agree(b, 0.5),
            "{number} {goods} make {total}.|{number} {goods} at {each} each: that makes {total}.|For {number} {goods} I get {total}.|{number} {goods}, that comes to {total}.",
            slot="total",
            total=coins(total),
            **fields,
        )
    _pay(talk, total, f"the {goods.plural}")


def inn(talk: Talk) -> None:
    """Somebody orders a dish and a drink at the inn."""
    a, b = talk.a, talk.b
    dish, drink = talk.pair(words.DISHES, words.DRINKS)
    table = NUMBERS[talk.draw.integer(1, 12)]
    talk.slots |= {"dish": dish, "drink": drink, "table": table}
    f = {"dish": dish, "drink": drink, "table": table}
    opened = not talk.turns and talk.maybe(0.6)
    if opened:
        talk.say(
            b,
            talk.act(b, words.GREET_BACK, 0.4),
            "What may I bring you?|Are you hungry, {you}?|What will it be today?|The kitchen is still warm. What would you like?|Sit down, {you}! What can I get you?|Have you chosen?|You must be tired from the road. What will you have?|Will you eat with us today?|A seat by the fire, {you}? And something to eat?",
            **f,
        )
    order = "{dish} and {drink}, please.|I'd like {dish}, and {drink} to drink.|For me {dish} and {drink}.|Let me have {dish} with {drink}.|I'll take {dish} and some {drink}.|Today I feel like {dish}. And {drink}, please."
    talk.say(
        a,
        "" if opened else talk.hello(a, 0.5),
        order
        if opened
        else order
        + "|Is there {dish} today? And {drink}?|I've walked all day. Please bring me {dish} and {drink}.|They say nobody makes {dish} as you do. And {drink}, please!",
        **f,
    )
    if talk.maybe(0.4):
        if talk.maybe(0.5):
            talk.say(
                b,
                "{dish}, and {drink}?|So {dish} and {drink}?",
                **(f | {"drink": talk.beyond(dish, drink, words.DRINKS)}),
            )
            talk.correct(a, drink)
        else:
            talk.say(
                b,
                "{dish}, and {drink}?|So {dish} and {drink}?",
                **(f | {"dish": talk.besides(dish, words.DISHES, drink)}),
            )
            talk.correct(a, dish)
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.6),
            "{dish} and {drink}, then.|I have it: {dish} and {drink}.|So {dish} with {drink}.",
            "Where do you sit?|Which table is yours?|At which table?",
            slot=talk.draw.choice(("dish", "drink")),
            **f,
        )
    else:
        talk.say(
            b,
            talk.agree(b, 0.6),
            "Which table is yours?|At which table do you sit?|And your table?|Where shall I bring it?",
            **f,
        )
    talk.say(
        a,
        "Table {table}.|I sit at table {table}.|Table {table}, by the window.|Bring it to table {table}, please.|Over there, table {table}.",
        **f,
    )
    talk.say(
        b,
        "Then {dish} and {drink} for table {table}.|I'll bring {dish} and {drink} to table {table}.|Table {table}: {dish}, {drink}. It won't take long.|Good: table {table} gets {dish} and {drink}.",
        slot=talk.draw.choice(("dish", "drink", "table")),
        **f,
    )
    if talk.maybe(0.6):
        talk.say(a, talk.act(a, words.THANKS))
        if talk.maybe(0.6):
            talk.say(
                b,
                "Here's your {dish}, {you}.|Mind your fingers, the {dish} is hot.|There we are: {dish}. Enjoy your meal.|Now, who gets {dish}? You do!",
                slot="dish",
                **f,
            ) if not _plural(dish) else talk.say(
                b,
                "Here are your {dish}, {you}.|Here come the {dish}. Enjoy your meal.|There we are: {dish}.",
                slot="dish",
                **f,
            )


def _plural(dish: str) -> bool:
    return dish.endswith("s")


def theater(talk: Talk) -> None:
    """Somebody books seats under a name."""
    a, b = talk.a, talk.b
    number, row = talk.pair(range(2, 7), [f"row {NUMBERS[n]}" for n in range(1, 13)])
    each, day = talk.draw.integer(2, 6), talk.draw.choice(words.DAYS)
    f = {
        "number": NUMBERS[number],
        "row": row,
        "day": day,
        "each": coins(each),
        "total": coins(number * each),
    }
    talk.slots |= {
        "number": NUMBERS[number],
        "row": row,
        "day": day,
        "name": talk.third,
        "total": NUMBERS[number * each],
    }
    talk.say(
        a,
        talk.hello(a, 0.5),
        "I'd like {number} seats for {day}.|Are there {number} seats left for {day}?|We want to see the play on {day}. {number} seats, please.|Could you keep {number} seats for {day}?|{number} seats for the play on {day}, please.|My family comes to the play on {day}: we need {number} seats.|How good that you are open. I need {number} seats for {day}.|On {day} the whole family goes to the theater. {number} seats, please.",
        **f,
    )
    if talk.maybe(0.35):
        talk.say(
            b,
            "{number} seats for {day}?|So {number} seats, on {day}?|For {day}, and {number} seats?",
            **(f | {"day": talk.other(day, words.DAYS)}),
        )
        talk.correct(a, talk.pick("{day}|on {day}", **f))
        talk.say(
            b,
            talk.act(b, words.SORRY, 0.5),
            "{day}, then.|So {number} seats on {day}.|On {day}, I see.",
            "Which row?|Where would you like to sit?|And in which row?",
            slot="day",
            **f,
        )
    else:
        talk.say(
            b,
            talk.agree(b, 0.5),
            "Which row would you like?|Where would you like to sit?|In which row?|We are nearly full. Which row?",
            **f,
        )
    talk.say(
        a,
        "{row}, please.|In {row}, if it's free.|{row}, not too far from the stage.|We like {row} best.|Is {row} free?".replace(
            ", not too far from the stage", ", with a good view"
        ),
        **f,
    )
    talk.say(
        b,
        "And the name?|Under which name?|For whom shall I write them down?|Who will fetch the tickets?|In {row}, gladly. Under which name?",
        **f,
    )
    talk.say(
        a,
        "Under the name of {third}.|Write {third}.|{third} will fetch them.|For {third}, please.|Put them down for {third}.",
        **f,
    )
    if talk.maybe(0.25):
        wrong = talk.draw.choice(
            [
                n
                for n in ("Alice", "Tom", "Rose", "Felix", "Lucy", "Oscar")
                if n not in (a, b, talk.third)
            ]
        )
        talk.say(b, "For {wrong}?|{wrong}, did you say?", wrong=wrong)
        talk.correct(a, talk.third)
    talk.say(
        b,
        "{number} seats in {row}, on {day}, for {third}.|I have written: {third}, {day}, {row}, {number} seats.|So that's {number} seats in {row} for {third}, on {day}.|{third} gets {number} seats in {row} on {day}.",
        "At {each} each, that makes {total}.|They cost {each} each, so that makes {total}.|At {each} apiece, that comes to {total}.",
        slot=talk.draw.choice(("number", "row", "day", "name", "total")),
        **f,
    )
    if talk.maybe(0.6):
        talk.say(
            a,
            talk.act(a, words.THANKS),
            "We'll be there on {day}.|I'll tell {third}.|Until {day}!|{third} will bring the money.",
            **f,
        )


def repair(talk: Talk) -> None:
    """Somebody brings a broken thing; they settle when it is ready."""
    a, b = talk.a, talk.b
    look, noun, _ = talk.thing([n for n in SMALL if "breakable" in n.tags])
    day, hour = talk.pair(words.DAYS, words.TIMES)
    price = talk.draw.integer(2, 20)
    f = {
        "look": look,
        "noun": noun,
        "day": day,
        "at": f"at {hour}",
        "n": coins(price),
        "chore": talk.draw.choice(words.CHORES),
    }
    talk.slots |= {"look": look, "thing": noun, "day": day, "hour": hour, "price": NUMBERS[price]}
    talk.say(
        a,
        talk.hello(a, 0.5),
        "My {look} {noun} is broken. Can you mend it?|Could you repair this {look} {noun}?|Look what happened to my {look} {noun}!|I dropped my {look} {noun}. Could it be mended?|Do you think this {look} {noun} can be saved?|They say you can mend anything, even {it}.|The {look} {noun} fell off the table, and now it's broken.|My uncle's {look} {noun} has a crack. Please help me!|Can a {noun} be mended? This {look} one is in two pieces.".replace(
            "a {noun}", an(noun)
        ),
        it=an(f"{look} {noun}"),
        **f,
    )
    talk.say(
        b,
        talk.agree(b, 0.4),
        "I can mend the {look} {noun} for {n}.|For {n} I make it as good as new.|That's easy. It costs {n}.|It's a small thing. The price is {n}.|Leave it here. It costs {n}.",
        **f,
    )
    move = talk.maybe(0.4)
    shown = talk.besides(day, words.DAYS, hour) if move else day
    talk.say(
        a,
        "When is it ready?|When may I fetch it?|How long will it take?|And when do I get it back?",
        **f,
    )
    talk.say(
        b,
        "Come on {day} {at}.|It's ready on {day} {at}.|You can fetch it on {day} {at}.|On {day} {at}, I think.",
        **(f | {"day": shown}),
    )
    if move:
        talk.say(
            a,
            "On {was} I can't, I must {chore}. Would {day} do?|Not on {was}, please. I have to {chore}. What about {day}?|{was} is bad for me, as I have to {chore}. Could I come on {day}?",
            was=shown,
            **f,
        )
        talk.say(
            b,
            talk.agree(b, 0.6),
            "{day}, then, also {at}.|Come on {day} {at}.|On {day} {at} I'm here too.",
            slot="day",
            **f,
        )
    talk.say(
        a,
        "{n} and {day} {at}: I'll be here.|So I come on {day} {at}.|Then I'll bring {n} on {day} {at}.|On {day} {at} I'll fetch the {look} {noun}.",
        talk.act(a, words.THANKS, 0.5),
        slot=talk.draw.choice(("day", "hour")),
        **f,
    )
    if talk.maybe(0.6):
        talk.say(
            b,
            "Until {day}, {you}.|The {look} {noun} will be ready on {day}, {you}.|Don't forget to come on {day}.|On {day} you won't know it again.",
            slot="day",
            **f,
        )
