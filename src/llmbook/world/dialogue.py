"""The narrator of conversations: two people of the valley, what they want, and what they remember.

Explained in the chapter "data".  Who speaks has a manner (formal, brisk, warm or shy) and a goal: to
buy, to ask the way, to invite.  What one has said the other uses later, also after a mistake is put
right.  A turn that can only be right if its speaker remembers, or calculates, carries a *slot*.

Combined through ``draw.pair``, and therefore held out, are adjective and noun, goods and number, day
and place, direction and landmark, dish and drink, number and row, hour and errand.

The truth of a document has ``scene``, ``manners``, ``slots`` (what was agreed in the end), ``pairs``
and ``turns``: for each, its ``speaker``, its ``text``, and the ``slot`` and its ``value``, or None.
The value stands in the turn's text, and is that of ``slots``.  The layout is one line a turn.
"""

from collections.abc import Callable

from llmbook.world import dialogue_company as company
from llmbook.world import dialogue_trade as trade
from llmbook.world.dialogue_talk import Talk
from llmbook.world.document import Document
from llmbook.world.draw import Draw

SCENES: tuple[tuple[str, Callable[[Talk], None]], ...] = (
    ("buy a thing", trade.buy_thing),
    ("buy goods", trade.buy_goods),
    ("order at the inn", trade.inn),
    ("book seats", trade.theater),
    ("have something mended", trade.repair),
    ("ask the way", company.ask_way),
    ("invite", company.invite),
    ("ask for news", company.ask_news),
    ("borrow", company.borrow),
    ("report a loss", company.lost_thing),
    ("teach a word", company.teach),
    ("send a message", company.message),
)


def tell(draw: Draw) -> Document:
    """Let two people of the valley talk.

    Args:
        draw: Decides everything.

    Example:
        >>> talk = tell(Draw("dialogue", 0)).truth
        >>> {talk["slots"][turn["slot"]] == turn["value"] for turn in talk["turns"] if turn["slot"]}
        {True}
    """
    name, scene = draw.choice(SCENES)
    talk = Talk(draw)
    if draw.chance(0.3):
        talk.chat()
    scene(talk)
    text = "\n".join(f"{turn['speaker']}: {turn['text']}" for turn in talk.turns)
    truth = {
        "scene": name, "manners": {who: talk.manner[who] for who in (talk.a, talk.b)}, "slots": talk.slots,
        "pairs": [list(pair) for pair in talk.pairs], "turns": talk.turns,
    }  # fmt: skip
    return Document("dialogue", text, truth)
