"""What a sentence of a story claims: the reader's second step, from items to claims.

Explained in the chapter "data".  The items of a sentence become clauses, each with a verb and a
subject.  A clause becomes claims by what its verb means and by which items stand beside it; where
they stand matters little, so that a sentence which nobody foresaw is often understood too.
"""

import re
from dataclasses import dataclass, replace

from llmbook.world import reader_words as words
from llmbook.world.reader_items import GENDER, Item, Listener

BREAKS = set(
    "and but so then because since when where which after while having until before".split()
)
NOTHING = Item("w", "")


@dataclass(frozen=True)
class Claim:
    """Something that a text says: an event, or a fact: ``at``, ``holds``, ``owns``, ``has``.

    Args:
        kind: The kind of event or fact.
        actor: The being it is about, such as ``"Anna"`` or ``"the fox"``; ``""`` if it is not named.
        thing: Such as ``"the red kite"``.
        other: The second being.
        place: Such as ``"mill"``.
        goods: Such as ``"plum"``.
        number: How many of the goods.
        word: The mood or the weather, or how goods are counted: ``"all"``, ``"of"``, ``"more"``.
        again: Whether it mentions what has been told: "because she had lost the kite".
    """

    kind: str
    actor: str = ""
    thing: str = ""
    other: str = ""
    place: str = ""
    goods: str = ""
    number: int | None = None
    word: str = ""
    again: bool = False


class Grammar:
    """Reads the sentences of a text one after another.

    Example:
        >>> for claim in Grammar("").sentence("Ben gave Anna the red kite.")[0]:
        ...     print(claim.kind, claim.actor, claim.thing, claim.other)
        give Ben the red kite Anna
    """

    def __init__(self, text: str) -> None:
        self.listener = Listener(text)
        self.hearer = ""  # who was spoken to
        self.asker = ""
        self.asked = ""  # for what
        self.moved = ""  # the thing that is the subject of the clause
        self.place = ""  # the latest place
        self.waiting: list[Claim] = []  # facts about a subject that is still to come
        self.hands = ""  # whose hands the sentence has mentioned
        self.other = ""  # the second being of the clause before
        self.begun = False  # whether the sentence has had a verb
        self.quoted = False

    def sentence(self, sentence: str) -> tuple[list[Claim], bool]:
        """Return what a sentence claims, and whether all of it has been understood."""
        quotes = re.findall(r'"([^"]*)"?', sentence)
        outside = re.sub(r'"[^"]*"?', " , ", sentence)
        outside = re.sub(
            r"(?i)\b(it is said|witnesses agree|people say|they say) that ", "", outside
        )
        self.listener.unknown = []
        self.waiting, self.moved, self.hands, self.other, self.begun = [], "", "", "", False
        self.quoted = bool(quotes)
        parts = self.clauses(self.listener.items(outside))
        claims: list[Claim] = []
        understood = True
        for number, (join, clause) in enumerate(parts):
            following = [item for _, items in parts[number + 1 :] for item in items]
            read = Clause(self, join, clause, following, number).read()
            if read is None:
                understood = False
            else:
                claims += [claim for claim in read if claim not in claims]
        if quotes:
            spoken = self.speech(" ".join(quotes))
            understood = understood and spoken is not None
            claims = (spoken or []) + claims
        return self.tidy(claims), understood and not self.listener.unknown

    def tidy(self, claims: list[Claim]) -> list[Claim]:
        """Take "dropped it, and it broke" for one event, and "found it and picked it up" too."""
        found: list[Claim] = []
        for claim in claims:
            last = found[-1] if found else Claim("")
            if claim.kind == "break" and last.kind == "drop" and last.thing == claim.thing:
                claim, found = replace(claim, actor=last.actor), found[:-1]
            if claim.kind == "take" and last.kind == "find" and last.thing == claim.thing:
                continue
            if claim.kind == "weather" and any(
                c.kind == "weather" and c.word == claim.word for c in found
            ):
                continue
            found.append(claim)
        return found

    def clauses(self, items: list[Item]) -> list[tuple[str, list[Item]]]:
        """Split the items of a sentence into clauses, each with the word that joins it."""
        found: list[tuple[str, list[Item]]] = [("", [])]
        for place, item in enumerate(items):
            current = found[-1][1]
            after, behind = [*items[place + 1 : place + 3], NOTHING, NOTHING][:2]
            breaks = item.kind == "," or (item.kind == "w" and item.value in BREAKS)
            if (
                item.value == "and"
                and current
                and current[-1].kind == "B"
                and after.kind in ("B", "it")
            ):
                breaks = behind.kind != "V" and any(i.kind == "V" for i in current)
                breaks = breaks or (
                    behind.kind == "V" and any(i.kind == "V" for i in current) and len(current) > 2
                )
            if item.value in ("but", "so") and current and current[-1].value == "nothing":
                breaks = False
            if item.value == "as":
                breaks = (not current and after.kind in ("B", "it", "W")) or after.value == "soon"
            if item.value in ("after", "before", "since", "until"):
                breaks = breaks and (
                    after.kind in ("V", "B", "it", "W") and (not current or item.value != "after")
                )
            if item.value in ("so", "then") and (
                after.kind == "M" or item.value == "so" and after.value in ("glad",)
            ):
                breaks = False
            if item.value == "when" and after.form == "evening":
                breaks = False
            if not breaks:
                current.append(item)
            elif current:
                found.append((item.value, []))
            elif item.kind != ",":
                found[-1] = (item.value, [])
        return [(join, clause) for join, clause in found if clause]

    def speech(self, quote: str) -> list[Claim] | None:
        """Return what direct speech tells, or None if it is not understood."""
        listener, low = self.listener, quote.lower()
        speaker, unknown = listener.subject, listener.unknown
        held, listener.narrator, listener.unknown = listener.narrator, "", []
        items = listener.items(re.sub(r"[.!?]", " , ", quote))
        listener.narrator, listener.unknown = held, unknown
        thing = next((i.value for i in items if i.kind == "T"), "")
        named = next((i.value for i in items if i.kind == "B"), "")
        strange = [
            w
            for w in re.findall(r"[a-z]+", low)
            if w not in words.SPOKEN and w not in words.FILLERS
        ]
        known = {i.value.split()[-1] for i in items if i.kind in "BT"} | {
            w.lower() for i in items if i.kind in "BT" for w in i.value.split()
        }
        listener.unknown = unknown + [w for w in strange if w not in known]
        if re.search(r"\b(may|can) i|(could|would|will|can) you|let me have", low) and thing:
            other = self.hearer or self.holder(speaker)
            self.asker, self.asked = speaker, thing
            return [Claim("ask", speaker, thing, other)]
        if re.search(r"\bno\b|\bcannot\b|not today|stays with me|want to keep|need it myself", low):
            if self.asked or thing:
                claim = Claim("refuse", speaker, thing or self.asked, self.asker)
                self.asked = ""
                return [claim]
            return []
        if thing and re.search(r"\bi (need|want|wish)|if only|love to have", low):
            return [Claim("want", speaker, thing)]
        if named and re.search(r"good (day|morning|evening)|hello|hi\b|meet you|see you", low):
            return [Claim("meet", speaker, other=named)]
        return []

    def holder(self, speaker: str) -> str:
        """Return the being mentioned last that is not the one who speaks."""
        return next((who for who in reversed(self.listener.beings) if who != speaker), "")


class Clause:
    """One clause of a sentence.

    Args:
        grammar: Who reads it.
        join: The word that joins it to the one before: ``"and"``, ``"because"``, ``","``.
        items: Its items.
        following: The items of all clauses that follow.
        number: Its number in the sentence, counted from 0.
    """

    def __init__(
        self, grammar: Grammar, join: str, items: list[Item], following: list[Item], number: int
    ) -> None:
        self.grammar, self.join, self.following, self.number = grammar, join, following, number
        self.facts: list[Claim] = []
        self.items = self.without_relatives(items)
        verbs = [item for item in self.items if item.kind == "V"]
        self.again = False
        place = next((p for p, item in enumerate(self.items) if item.kind == "V"), len(self.items))
        if len(verbs) > 1 and verbs[0].value == "have":
            after = self.items[place + 1]
            if after.kind == "V" and after.form in words.PARTICIPLES:
                self.again = join in ("because", "since", "as") and grammar.begun
                verbs = verbs[1:]
        bases = [verb.value for verb in verbs]
        while len(bases) > 1 and bases[0] in words.HELPERS and not self.weather():
            bases, verbs = bases[1:], verbs[1:]
        self.bases, self.verbs = bases, verbs
        self.opening = self.items[:place]
        at = next((p for p, item in enumerate(self.items) if verbs and item is verbs[0]), place)
        self.behind = self.items[at + 1 :]
        self.plain = {item.form or item.value for item in self.items if item.kind in ("w", "V")}
        self.subject = self.find_subject()

    def without_relatives(self, items: list[Item]) -> list[Item]:
        """Take "that lay at the mill" and "that Ben had" from behind a thing, as facts."""
        found: list[Item] = []
        place = 0
        while place < len(items):
            item = items[place]
            found.append(item)
            place += 1
            if item.kind == "T" and item.form:
                self.facts.append(Claim("owns", item.form, item.value))
            if (
                item.kind != "T"
                or place >= len(items)
                or items[place].value not in ("that", "which")
            ):
                continue
            one, two, three = [*items[place + 1 : place + 4], NOTHING, NOTHING, NOTHING][:3]
            if one.value in ("lie", "be", "stand") and (three.kind == "P" or two.value == "there"):
                if three.kind == "P" and two.value in words.PREPOSITIONS:
                    self.facts.append(Claim("at", thing=item.value, place=three.value))
                    place += 4
                else:
                    place += 3
            elif one.kind == "B" and two.value in words.HOLD:
                self.facts.append(Claim("holds", one.value, item.value))
                place += 3
        return found

    # --- Parts --------------------------------------------------------------------------------

    def find_subject(self) -> str:
        """Return who does what the clause says."""
        listener = self.grammar.listener
        beings = [i for i in self.opening if i.kind == "B" and (not i.before or i.form == "way")]
        if beings and beings[0].form in ("", "way"):
            return beings[0].value
        first = self.verbs[0] if self.verbs else NOTHING
        if first.value == "be" and len(self.verbs) > 1 and self.verbs[1].form in words.PARTICIPLES:
            return ""
        if any(i.kind == "it" for i in self.opening) and not self.weather():
            return self.animal(self.opening)
        if any(i.kind == "T" and not i.before for i in self.opening):
            return ""
        if self.grammar.quoted and first.value in words.SPEAK and self.behind[:1]:
            if self.behind[0].kind == "B":
                return self.behind[0].value
        if self.opening and first.value in words.GO | words.STAND | words.HOLD | {"sleep"}:
            for item in self.behind:
                if item.kind == "B" and not item.before and not item.form and first.value != "find":
                    if first.value not in ("see", "leave", "take", "make", "hold", "have"):
                        return item.value
        bare = self.join == "after" or first.form.endswith("ing") or self.items[0].form == "having"
        if bare and not self.grammar.begun:
            ahead = [
                i for i in self.following if i.kind in ("B", "it") and not i.form and not i.before
            ]
            if ahead and ahead[0].kind == "it":
                return self.animal(ahead)
            return ahead[0].value if ahead else listener.subject
        return listener.subject

    def one(self, kind: str, *prepositions: str) -> str:
        """Return the first item of a kind behind the verb, with one of some prepositions."""
        for item in self.behind:
            if item.kind == kind and (not prepositions or item.before in prepositions):
                if kind != "B" or (item.value != self.subject and item.form not in ("way", "head")):
                    return item.value
        return ""

    def animal(self, items: list[Item]) -> str:
        """Return the animal that "it" means, if the word is there."""
        animals = [who for who in self.grammar.listener.beings[-8:] if who.startswith("the ")]
        return animals[-1] if animals and any(i.kind == "it" for i in items) else ""

    def thing(self) -> str:
        """Return the thing of the clause; "it" is the one that was mentioned last."""
        for item in (*self.behind, *self.opening):
            if item.kind == "T":
                return item.value
            if item.kind == "it" and self.grammar.listener.things and not item.before == "into":
                return self.grammar.listener.things[-1]
        return ""

    def goods(self) -> Item | None:
        """Return the goods of the clause."""
        return next((i for i in self.items if i.kind == "G"), None)

    def target(self) -> str:
        """Return the place of the clause."""
        places = [i for i in self.items if i.kind == "P"]
        leads = [i for i in places if i.before in ("to", "into", "for", "toward", "onto")]
        return (leads or places or [NOTHING])[0].value

    def weather(self) -> str:
        """Return the weather that the clause tells, or ``""``."""
        begins = any(i.value in ("begin", "start") for i in self.items)
        fitting = ("", "with", "to") if begins else ("", "with")
        kinds = [i.value for i in self.items if i.kind == "W" and i.before in fitting]
        if any(i.kind in "BTG" for i in self.items):
            return ""
        if not kinds and any(i.kind == "V" and i.value == "rain" for i in self.items):
            return "rain"
        return ("storm" if "storm" in kinds else kinds[-1]) if kinds else ""

    # --- Meanings -----------------------------------------------------------------------------

    def read(self) -> list[Claim] | None:
        """Return what the clause claims, or None if it is not understood."""
        grammar = self.grammar
        made = self.verbless() if not self.verbs else self.meaning()
        grammar.begun = grammar.begun or bool(self.verbs)
        grammar.other = self.one("B") or grammar.other
        grammar.hands = self.one_item("B", "hands") or grammar.hands
        if made is None:
            return self.facts or None
        if self.verbs and self.subject and self.join != "where":
            grammar.listener.subject = self.subject
        things = [i for i in self.opening if i.kind == "T" and not i.before]
        if things:
            grammar.moved = things[0].value
        elif any(i.kind == "it" for i in self.opening) and grammar.listener.things:
            grammar.moved = grammar.listener.things[-1]
        places = [i.value for i in self.items if i.kind == "P"]
        if places:
            grammar.place = places[-1]
        waiting: list[Claim] = []
        if self.verbs and self.subject:
            waiting = [replace(claim, actor=self.subject) for claim in grammar.waiting]
            grammar.waiting = []
        if self.again:
            made = [replace(claim, again=True) for claim in made]
        return [*waiting, *self.facts, *made]

    def verbless(self) -> list[Claim] | None:
        """Read a clause without a verb: "in the barn", "with the kite", "because of the rain"."""
        beings = any(i.kind == "B" for i in self.items)
        if [item.value for item in self.items] == ["there"] and self.grammar.place:
            self.grammar.waiting.append(Claim("at", place=self.grammar.place))
        for item in self.items:
            if item.kind == "P" and item.before in ("in", "at", "on", "by") and not beings:
                self.grammar.waiting.append(Claim("at", place=item.value))
            elif item.kind in ("T", "it") and item.before == "with":
                self.grammar.waiting.append(Claim("holds", thing=self.thing() or self.with_thing()))
            elif item.kind == "W":
                return [Claim("weather", word=item.value, again=True)]
            elif item.kind in "TGM":
                return None
        return []

    def with_thing(self) -> str:
        """Return the thing in a clause without a verb."""
        things = [i.value for i in self.items if i.kind == "T"]
        return (things or self.grammar.listener.things[-1:] or [""])[0]

    def meaning(self) -> list[Claim] | None:
        """Return what a clause with a verb claims, or None if it is not understood."""
        if self.join == "where" and "be" in self.bases and self.subject:
            return [Claim("at", self.subject, place=self.grammar.place)]
        if weather := self.weather():
            again = self.join in ("because", "since", "as") and self.grammar.begun
            return [Claim("weather", word=weather, again=again)]
        for read in (self.feeling, self.wanting, self.speaking, self.giving, self.taking, self.breaking,
                     self.eating, self.meeting, self.moving, self.standing):  # fmt: skip
            found = read()
            if found is not None:
                return found
        quiet = not any(i.kind in "TGPM" for i in self.items)
        return [] if quiet else None

    def feeling(self) -> list[Claim] | None:
        """Read what is felt."""
        mood = next((i.value for i in self.items if i.kind == "M"), "")
        if not mood:
            return None
        who = self.subject
        if "make" in self.bases:
            who = self.one("B") or self.animal(self.behind) or self.grammar.listener.subject
            self.subject = who
        if "be" in self.bases and not any(i.kind in ("B", "it") for i in self.opening):
            who = self.one("B") or who
        return [Claim("feel", who, word=mood)] if who else None

    def wanting(self) -> list[Claim] | None:
        """Read what is wanted, asked for and refused."""
        grammar, bases, plain, thing = self.grammar, self.bases, self.plain, self.thing()
        main, subject = bases[0], self.subject
        heart = any(i.form == "heart" for i in self.items)
        dreams = main in ("wish", "long", "dream", "need", "want") or (
            "love" in bases and "have" in bases
        )
        asks = main in ("ask", "beg") or (main == "turn" and "ask" in bases and not self.target())
        if main == "will" and "not" in plain or main == "refuse":
            grammar.asked = ""
            return [Claim("refuse", subject, thing, self.one("B") or grammar.asker)]
        if main == "tell" and "have" in bases and "not" in plain and thing:
            grammar.asked = ""
            return [Claim("refuse", subject, thing, self.one("B"))]
        if (
            main == "keep" or (main == "hold" and "on" in plain) or (dreams and "keep" in bases)
        ) and thing:
            if grammar.asked:
                grammar.asked = ""
                return [Claim("refuse", subject, thing, grammar.asker)]
            return [Claim("holds", subject, thing)]
        if asks and (thing or not grammar.quoted):
            other = self.one("B") or grammar.hearer
            grammar.asker, grammar.asked = subject, thing
            return [Claim("ask", subject, thing, other)] if thing and other else None
        if thing and "want" in bases and "be" in bases:
            who = next((i.value for i in self.items if i.kind == "B"), subject)
            self.subject = who
            return [Claim("want", who, thing)]
        if thing and (dreams or heart or (main == "think" and "nothing" in plain)):
            return [Claim("want", subject, thing)]
        return None

    def speaking(self) -> list[Claim] | None:
        """Read who speaks to whom; what is said stands in quotes."""
        if self.bases[0] not in words.SPEAK or any(i.kind in "TG" for i in self.items):
            return None
        other = self.one("B")
        if self.bases[0] == "greet":
            return [Claim("meet", self.subject, other=other)] if other else None
        if any(i.kind == "P" for i in self.items):
            return None
        self.grammar.hearer = other or (self.grammar.hearer if self.grammar.quoted else "")
        return []

    def giving(self) -> list[Claim] | None:
        """Read who gives what to whom."""
        bases, plain, goods, main = self.bases, self.plain, self.goods(), self.bases[0]
        thing, subject = self.thing(), self.subject
        passive = main == "be" and len(bases) > 1
        verb = bases[1] if passive else main
        gives = (verb in words.GIVE and "together" not in plain) or (
            verb == "let" and "have" in bases
        )
        gives = gives or (
            verb in ("make", "be") and "present" in plain | set(bases) and thing != ""
        )
        if goods is not None and (gives or verb == "count") and not passive:
            return [self.counting("share", goods, self.one("B"))]
        if not thing:
            return None
        kind = "give" if verb in ("give", "make", "present", "be") or "present" in plain else "lend"
        if (
            passive
            and gives
            or verb == "be"
            and "present" in plain
            and not self.one_item("B", "hands")
        ):
            giver, taker = self.one("B", "by") or self.one("B", "from"), self.one("B", "to")
            self.subject = giver
            return [Claim(kind, giver, thing, taker)] if giver and taker else None
        if verb in ("get", "receive", "go") and (giver := self.one("B", "from")):
            taker = self.one("B", "to") or subject
            self.grammar.asked = ""
            return [Claim(kind, giver, thing, taker)]
        if not gives:
            return None
        other = self.one("B") or (self.grammar.other if "over" in plain else "")
        if not other:
            return None
        if "back" in plain or verb == "return":
            kind = "return"
        self.grammar.asked = ""
        return [Claim(kind, subject, thing, other)]

    def one_item(self, kind: str, form: str) -> str:
        """Return the first item of a kind with a form: the owner of hands."""
        return next((i.value for i in self.items if i.kind == kind and i.form == form), "")

    def counting(self, kind: str, goods: Item, other: str = "") -> Claim:
        """Return a claim about goods."""
        return Claim(
            kind, self.subject, other=other, goods=goods.value, number=goods.number, word=goods.form
        )

    def taking(self) -> list[Claim] | None:
        """Read what is stolen, taken, found, put down and lost."""
        bases, plain, subject, thing = self.bases, self.plain, self.subject, self.thing()
        main, goods, where = bases[0], self.goods(), self.target()
        if main == "be" and len(bases) > 1 and bases[1] in ("steal", "snatch", "take", "grab"):
            thief, owner = self.one("B", "by"), self.one("B", "from")
            self.subject = thief
            return [Claim("steal", thief, thing, owner)] if thief and owner and thing else None
        if goods is not None and main in words.GATHER:
            return [self.counting("gather", goods)]
        if not thing:
            return None
        if "road" in plain and where:
            return None
        if "nap" in plain or (where and any(i.form == "way" for i in self.items)):
            return None
        owner = self.one("B", "from", "of") or self.one_item("B", "hands")
        if "steal" in bases or main in ("snatch", "take", "grab") and owner and owner != subject:
            return [Claim("steal", subject, thing, owner or self.one("B"))]
        if main == "leave" and "somebody" in plain and where:
            self.subject = ""
            return [Claim("at", thing=thing, place=where)]
        if main == "let" and ("fall" in bases or "go" in bases or "go" in plain):
            return [Claim("drop", subject, thing)]
        if main == "put" and "together" in plain or main == "make":
            return None
        if main in ("find", "discover", "spot") or (main == "come" and "across" in plain):
            return [Claim("find", subject, thing, place=where)]
        if main in ("take", "pick", "grab", "collect", "lift", "fetch") or (
            main in ("get", "help") and not where
        ):
            return [Claim("take", subject, thing)]
        if main == "lie" and "down" in plain and self.one("T"):
            return [Claim("drop", subject, thing)]
        if main in ("put", "lay", "drop", "set", "leave"):
            return [Claim("drop", subject, thing, place=where)]
        return [Claim("lose", subject, thing, place=where)] if main == "lose" else None

    def breaking(self) -> list[Claim] | None:
        """Read what is broken and mended."""
        bases, plain, main = self.bases, self.plain, self.bases[0]
        thing = self.thing() or self.grammar.moved
        hands = self.one_item("B", "hands") or self.grammar.hands
        mends = {"mend", "repair", "fix"} & set(bases[:2]) and main not in words.GO
        if (
            mends
            or (main == "put" and "together" in plain)
            or (main == "make" and "whole" in plain)
        ):
            self.subject = hands or self.subject
            return [Claim("mend", self.subject, thing)] if thing else None
        if main == "knock" or ("slip" in bases and hands and not self.target()):
            self.subject = hands or self.subject
            return []
        if {"break", "smash", "crack", "shatter"} & set(bases):
            if any(i.kind in ("it", "T") for i in self.opening) or not self.subject:
                self.subject = hands or self.grammar.listener.subject
            return [Claim("break", self.subject, thing)] if thing else None
        return None

    def eating(self) -> list[Claim] | None:
        """Read what is eaten, and what somebody has."""
        goods = self.goods()
        if goods is None:
            return None
        if self.bases[0] in ("eat", "enjoy", "swallow", "nibble") or self.plain & {
            "lunch",
            "supper",
        }:
            return [self.counting("eat", goods)]
        if self.bases[0] in ("have", "leave", "be", "hold", "carry"):
            if self.bases[0] != "have":
                self.subject = self.one("B") or self.subject
            return [self.counting("has", goods)]
        return None

    def meeting(self) -> list[Claim] | None:
        """Read who meets and follows whom."""
        main, plain, bases = self.bases[0], self.plain, self.bases
        beings = [i.value for i in self.opening if i.kind == "B" and not i.before]
        other = self.one("B") or self.animal(self.behind)
        if self.animal(self.opening) and beings:
            beings.append(self.animal(self.opening))
        if main == "meet" and not other and len(beings) > 1:
            return self.also_at(Claim("meet", beings[0], other=beings[1]))
        after = next((i.value for i in self.behind if i.kind == "B" and i.before == "after"), "")
        if not after and any(i.kind == "it" and i.before == "after" for i in self.behind):
            after = other
        heels = self.one_item("B", "heels")
        if main == "follow" or after:
            whom = heels or after or other
            return (
                [Claim("follow", self.subject, other=whom, place=self.target())] if whom else None
            )
        into = (
            any(i.before in ("into", "upon") for i in self.behind if i.kind in ("B", "it"))
            or "upon" in plain
        )
        near = plain & {"face", "sight", "friends", "chat"}
        if other and (main in ("meet", "bump", "see", "notice") or into or near or "pat" in bases):
            return self.also_at(Claim("meet", self.subject, other=other))
        return None

    def also_at(self, claim: Claim) -> list[Claim]:
        """Return a claim, and where it happens if the clause says so."""
        place = self.target()
        return [claim, Claim("at", claim.actor, place=place)] if place else [claim]

    def moving(self) -> list[Claim] | None:
        """Read who goes where, and who rests."""
        main, plain, bases, subject = self.bases[0], self.plain, self.bases, self.subject
        sleeps = (
            "asleep" in plain or "nap" in plain | set(bases) or main == "rest" or "rest" in bases
        )
        closes = main == "close" and any(i.form == "eyes" for i in self.items)
        if (sleeps or closes) and subject and not self.target():
            return [Claim("rest", subject)]
        place = self.target()
        if not subject or main not in words.GO or not place or (main == "find" and "you" in plain):
            return None
        if any(i.kind == "T" and not i.before for i in self.opening):
            return None
        claims = [
            Claim(
                "go",
                subject,
                place=place,
                word=self.going_back(),
            )
        ]
        if any(i.kind == "W" for i in self.behind):
            word = next(i.value for i in self.behind if i.kind == "W")
            claims.append(Claim("weather", word=word, again=True))
        carried = any(i.kind in ("T", "it") and i.before == "with" for i in self.behind)
        if carried or ("bring" in bases and "back" in plain):
            claims.insert(0, Claim("holds", subject, self.thing()))
        return claims

    def going_back(self) -> str:
        """Return ``"back"`` if the clause says so in front of its place, else ``""``."""
        ends = next((n for n, item in enumerate(self.items) if item.kind == "P"), 0)
        back = any(item.value in ("back", "return") for item in self.items[:ends])
        return "back" if back else ""

    def standing(self) -> list[Claim] | None:
        """Read where somebody or something is, and who holds what."""
        main, plain, subject = self.bases[0], self.plain, self.subject
        places = [i for i in self.items if i.kind == "P" and i.before in ("in", "at", "on", "by")]
        place = places[0].value if places else ""
        thing, hands = self.thing(), self.one_item("B", "hands")
        beings = [
            i.value for i in self.items if i.kind == "B" and i.before in ("", "with") and not i.form
        ]
        if (
            main in words.STAND
            and thing
            and any(i.kind in ("T", "it") and not i.before for i in self.items)
        ):
            holder = hands or self.one("B", "with")
            if holder:
                self.subject = holder
                return [Claim("holds", holder, thing)]
            if not beings:
                self.subject = ""
                return [Claim("at", thing=thing, place=place)] if place else []
        if main in words.HOLD and subject and any(i.kind in ("T", "it") for i in self.behind):
            return [Claim("holds", subject, thing)]
        if place and main in words.STAND | {"find", "have"}:
            people = beings or ([subject] if subject else [])
            self.subject = people[0] if people else ""
            return [Claim("at", who, place=place) for who in people] or []
        if main in words.STAND and "careless" in plain:
            return []
        if main in words.STAND and not thing:
            return []
        return None


def names(text: str) -> list[str]:
    """Return the people whom a text names.

    Example:
        >>> names("Ben met Anna. Anna was happy.")
        ['Ben', 'Anna']
    """
    return list(dict.fromkeys(word for word in re.findall(r"[A-Z][a-z]+", text) if word in GENDER))
