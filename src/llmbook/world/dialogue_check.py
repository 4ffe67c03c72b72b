# ruff: noqa: E501  (a pattern is one line)
"""A reader of conversations that did not write them: does everybody remember what was said?

Explained in the chapter "data".  It knows the words of the valley and a few rules of talk, and
nothing of the scenes.  What is said once, such as a day, a number, a color or a name, stays as it is
until somebody puts it right; sums and change are calculated again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from llmbook.world.dialogue_words import APPOINTMENTS, DAYS, DISHES, DRINKS, NUMBERS
from llmbook.world.lexicon import ADJECTIVES, GOODS, MEN, PLACES, THINGS, WOMEN


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, which shares their beginnings: it fails fast."""
    beginnings: dict[str, list[str]] = {}
    for word in sorted(words):
        beginnings.setdefault(word[:1], []).append(word[1:])
    tails = [re.escape(first) + _any(rest) for first, rest in beginnings.items() if first]
    return f"(?:{'|'.join(tails)}){'?' * ('' in beginnings)}" if tails else ""


_NUMBER, _PLACE, _NAME = _any(NUMBERS), _any(PLACES), _any((*WOMEN, *MEN))
_THING = _any(THINGS)
_AT = _any({place.at for place in PLACES.values()})
_COINS = rf"({_NUMBER}) coins?"

# What is remembered, and how it is said.  The group is the value.
KINDS = {
    "day": re.compile(rf"\b({_any(DAYS)})\b"),
    "hour": re.compile(rf"\bat ((?:half past )?{_any(NUMBERS[1:13])}|noon)\b(?! coins?)", re.I),
    "look": re.compile(
        rf"(?<!as )(?<!take )(?<!how )(?<!the (?=square[^ ]))\b({_any(ADJECTIVES)})(?= (?:{_THING}|one|you say)\b|[.!?,:])", re.I
    ),
    "thing": re.compile(rf"\b(?:{_any(ADJECTIVES)}|[Mm]y|[Yy]our|[Hh]is|[Hh]er|an?|the|[Tt]his) ({_THING})\b(?! (?:was|is) open)"),
    "goods": re.compile(rf"\b({_any(noun.plural for noun in GOODS.values())})\b", re.I),
    "number": re.compile(rf"\b({_NUMBER})(?= (?:seats|{_any(noun.plural for noun in GOODS.values())})\b)", re.I),
    "row": re.compile(rf"\brow ({_NUMBER})\b", re.I),
    "table": re.compile(rf"\btable ({_NUMBER})\b", re.I),
    "dish": re.compile(rf"\b({_any(DISHES)})\b", re.I),
    "drink": re.compile(rf"\b({_any(DRINKS)})\b", re.I),
    "each": re.compile(rf"\b{_COINS} (?:each|apiece|for each)\b", re.I),
    "errand": re.compile(rf"\b({_any(APPOINTMENTS)})\b", re.I),
}  # fmt: skip
_WHERE = re.compile(rf"\b{_AT} the ({_PLACE})\b(?! (?:gray )?\w+ coins)", re.I)
_TURN = re.compile(rf"\b(left|right) at the ({_PLACE})\b", re.I)
_SIDE = re.compile(rf"\b(?:behind|opposite|next to|just past|near|look for|So) the ({_PLACE})\b")
_SUM = re.compile(
    rf"(?:makes?|comes? to|[Tt]ogether (?:that is|that's)|I get) {_COINS}|\b{_COINS} in all", re.I
)
_PRICE = re.compile(
    rf"(?:costs?|yours for|ask|price is|[Ff]or|sell (?:\w+ ){{3}}for|[Tt]hat's|[Tt]hat is) {_COINS}(?! each| apiece)|(?:^|[.?!] ){_COINS}, please|\b{_COINS} for the",
    re.I,
)
_PAID = re.compile(rf"(?:Here are|I have|change|Here you are:|Take) {_COINS}(?! exactly)", re.I)
_EXACT = re.compile(
    rf"^{_COINS}\? Here|exactly {_COINS}|Here they are: {_COINS}|^{_COINS}, that", re.I
)
_BACK = re.compile(
    rf"{_COINS} back|get back {_COINS}|leaves {_COINS} for you|your change: {_COINS}|I owe you {_COINS}",
    re.I,
)
_FRENCH = re.compile(r'"(l[ae] [^"]+)"', re.I)
_ENGLISH = re.compile(rf'"(?:the )?({_any([*THINGS, *GOODS])})"')
_CALL_IT = re.compile(rf"call an? ({_any([*THINGS, *GOODS])})\b")
# A name that is called, from what stands around it.
_CALLED = re.compile(
    rf"(?:\b(?:day|morning|afternoon|evening|hello|to you|Ah|Oh|Hey|excuse me|question|thanks|thank you|so much|kind|"
    rf"bye|farewell|how do you do|disturbing you|pardon|obliged to you|respects|the hour|Are you busy|meet you here|"
    rf"look well|there|learn fast|bravo|service|welcome|help you|forgive me|sorry|Er|so is it you),|\b[Dd]ear) ({_NAME})\b"
    rf"|(?:^|[.!?] )({_NAME})(?:, (?:a word|how lovely|welcome|there you are)|[!?])",
    re.I,
)

# Who says one of these may change what was said before.
_CUE = re.compile(
    r"(?:^|[.!?] |um, |oh |sorry, )no\b|\bno, (?:it was|I had)|\b(?:wait|instead|rather|meant|mistake|wrong)\b|\bI (?:did )?sa(?:id|y)\b"
    r"|\bI (?:think I said|can't|cannot)\b|\bis bad\b|\bbe better\b|\bmake it at\b|\bnot (?:on|quite)\b|forgive me, I\b|\bsorry, I meant",
    re.I,
)
_NO = re.compile(
    r"^(?:um, |oh |well, |sorry|forgive me)*[ ,]*\b(?:no|not|wrong|sorry|forgive me|i think i said|i am afraid)\b",
    re.I,
)


@dataclass
class _Memory:
    """What has been said so far of one kind."""

    value: str = ""
    faults: list[str] = field(default_factory=list)


def _follow(kind: str, found: list[list[str]], texts: list[str]) -> list[str]:
    """Say where a value changes although nobody has put it right."""
    memory = _Memory()
    for place, values in enumerate(found):
        text, before = texts[place], texts[place - 1] if place else ""
        after = texts[place + 1] if place + 1 < len(texts) else ""
        different = list(dict.fromkeys(values))
        if not different:
            continue
        if not memory.value:
            memory.value = different[-1]
            if len(different) > 1 and not _CUE.search(text):
                memory.faults.append(f"{kind}: {' and '.join(different)} in one breath: {text}")
        elif different == [memory.value]:
            pass
        elif len(different) > 1 and (not _CUE.search(text) or memory.value not in different):
            memory.faults.append(f"{kind}: {' and '.join(different)} after {memory.value}: {text}")
        elif _CUE.search(text) or (kind in ("day", "hour") and _refuses(before)):
            memory.value = different[-1]
        elif _NO.search(after):
            continue  # misheard; the next turn puts it right
        else:
            memory.faults.append(f"{kind}: {different[-1]} after {memory.value}: {text}")
    return memory.faults


def _refuses(text: str) -> bool:
    return re.search(r"\b(can't|cannot|not on|bad)\b", text, re.I) is not None


def _number(match: re.Match[str]) -> int:
    return NUMBERS.index(next(group for group in match.groups() if group).lower())


def _money(texts: list[str]) -> list[str]:
    """Calculate again what is to pay, and what comes back."""
    faults = []
    each = number = total = paid = -1
    for text in texts:
        for match in KINDS["number"].finditer(text):
            number = _number(match)
        for match in KINDS["each"].finditer(text):
            each = _number(match)
        for match in _SUM.finditer(text):
            if each >= 0 and number >= 0 and _number(match) != each * number:
                faults.append(f"{number} times {each} is not {_number(match)}: {text}")
            total = _number(match)
        if each < 0 and (price := _PRICE.search(text)):
            if total >= 0 and _number(price) != total:
                faults.append(f"the price was {total}, not {_number(price)}: {text}")
            total = _number(price)
        if exact := _EXACT.search(text):
            if total >= 0 and _number(exact) != total:
                faults.append(f"{total} were to be paid, not {_number(exact)}: {text}")
        elif total >= 0 and paid < 0 and (given := _PAID.search(text)):
            paid = _number(given)
        if (back := _BACK.search(text)) and _number(back) != paid - total:
            faults.append(f"{paid} less {total} is not {_number(back)}: {text}")
    return faults


def _names(turns: list[tuple[str, str]]) -> list[str]:
    """Check who speaks, who is spoken to, and who is spoken of."""
    faults, speakers = [], list(dict.fromkeys(who for who, _ in turns))
    if len(speakers) != 2:
        return [f"{len(speakers)} people speak"]
    found: list[list[str]] = []
    for place, (who, text) in enumerate(turns):
        if place and turns[place - 1][0] == who:
            faults.append(f"{who} speaks twice: {text}")
        other = speakers[who == speakers[0]]
        if re.search(rf"\b{who}\b", text):
            faults.append(f"{who} speaks of {who}: {text}")
        # The other is spoken to, not of: the name stands between marks of punctuation.
        for match in re.finditer(rf"\b{other}\b", text):
            before, after = text[: match.start()], text[match.end() :]
            if not re.search(r"(?:^|[,.!?:] |[Dd]ear )$", before) or after[:1] not in set(",.!?:"):
                faults.append(f"{who} speaks of {other}, who is there: {text}")
        called = [one or other_ for one, other_ in _CALLED.findall(text)]
        faults += [f"{who} calls {name}, but talks to {other}" for name in called if name != other]
        known = {*speakers, *(name for names in found for name in names)}
        if (last := re.search(rf", ({_NAME})[.!?]$", text)) and last[1] not in known:
            faults.append(f"{who} calls {last[1]}, who is not there: {text}")
        found.append([name for name in re.findall(rf"\b{_NAME}\b", text) if name not in speakers])
    return faults + _follow("name", found, [text for _, text in turns])


def _words(texts: list[str]) -> list[str]:
    """Check French words against the dictionary: who teaches one says it right in the end."""
    faults, last = [], ""
    known = {noun.fr: noun for table in (THINGS, GOODS) for noun in table.values()}
    nouns = {noun.en: noun for table in (THINGS, GOODS) for noun in table.values()}
    for place, text in enumerate(texts):
        after = texts[place + 1] if place + 1 < len(texts) else ""
        asked = [(m.start(), m[1]) for m in _ENGLISH.finditer(text) if m[1] in nouns]
        said = [(m.start(), m[1].lower()) for m in _FRENCH.finditer(text)]
        for _, french in said:
            article, noun = french.split(" ", 1)
            if noun not in known:
                faults.append(f"{noun} is no French word: {text}")
            elif (article == "la") != (known[noun].gender == "f") and not _NO.search(after):
                faults.append(f"{french} has the wrong gender: {text}")
        if not asked and not said:
            plain = _CALL_IT.search(text)
            last = plain[1] if plain else last
        if asked and said:
            for clause in re.split(r",? and |, (?=\")|\. ", text):
                one, other = _ENGLISH.search(clause), _FRENCH.search(clause)
                if one and other and nouns[one[1]].fr != other[1].lower().split(" ", 1)[1]:
                    faults.append(f"{other[1]} does not mean {one[1]}: {text}")
            last = asked[-1][1]
        elif asked:
            last = asked[-1][1]
        elif said and last and any(nouns[last].fr != french.split(" ", 1)[1] for _, french in said):
            faults.append(f"{said[0][1]} does not mean {last}: {text}")
    return faults


def check(text: str) -> list[str]:
    r"""Say what is wrong in a conversation.

    Args:
        text: One line for each turn: the speaker's name, a colon, a space, and what is said.

    Example:
        >>> talk = "Tom: How much are the figs?\nIda: Two coins each.\nTom: Six figs, please.\n"
        >>> check(talk + "Ida: That makes twelve coins.\n")
        []
        >>> check(talk + "Ida: That makes ten coins.\n")
        ['6 times 2 is not 10: That makes ten coins.']
    """
    turns = []
    for line in text.splitlines():
        if not (match := re.fullmatch(rf"({_NAME}): (\S.*\S)", line)):
            return [f"no turn: {line}"]
        turns.append((match[1], match[2]))
    texts = [said for _, said in turns]
    faults = _names(turns) + _money(texts)
    french = any(_FRENCH.search(said) for said in texts)
    for kind, pattern in KINDS.items():
        if not (french and kind in ("thing", "goods")):
            faults += _follow(
                kind, [[v.lower() for v in pattern.findall(said)] for said in texts], texts
            )
    directions = [[(m[2].lower(), m[1].lower()) for m in _TURN.finditer(said)] for said in texts]
    marks = list(dict.fromkeys(mark for found in directions for mark, _ in found))
    for mark in marks:
        faults += _follow(
            f"at the {mark}",
            [[way for at, way in found if at == mark] for found in directions],
            texts,
        )
    if marks:
        if len(marks) != 2:
            faults.append(f"the way has {len(marks)} turns")
        faults += _follow(
            "side", [[v.lower() for v in _SIDE.findall(said)] for said in texts], texts
        )
    else:
        faults += _follow(
            "place", [[v.lower() for v in _WHERE.findall(said)] for said in texts], texts
        )
    return faults + french * _words(texts)
