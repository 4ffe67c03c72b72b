"""What a clause of a story means: the reader's third step, from items to claims.

Explained in the chapter "data".  A clause becomes claims by what its verb means and by which items
stand beside it; where they stand matters little, so that a sentence which nobody foresaw is often
understood too.
"""

from dataclasses import replace

from llmbook.world import reader_words as words
from llmbook.world.reader_items import Claim, Item
from llmbook.world.reader_parts import Parts


class Clause(Parts):
    """One clause of a sentence, and what it claims."""

    def read(self) -> list[Claim] | None:
        """Return what the clause claims, or None if it is not understood."""
        listener = self.listener
        made = self.verbless() if not self.verbs else self.meaning()
        listener.begun = listener.begun or bool(self.verbs)
        listener.other = self.one("B") or listener.other
        listener.hands = self.one_item("B", "hands") or listener.hands
        if made is None:
            return self.facts or None
        if self.verbs and self.subject and self.join != "where":
            listener.subject = self.subject
        things = [i for i in self.opening if i.kind == "T" and not i.before]
        if things:
            listener.moved = things[0].value
        elif any(i.kind == "it" for i in self.opening) and listener.things:
            listener.moved = listener.things[-1]
        places = [i.value for i in self.items if i.kind == "P"]
        if places:
            listener.place = places[-1]
        waiting: list[Claim] = []
        if self.verbs and self.subject:
            waiting = [replace(claim, actor=self.subject) for claim in listener.waiting]
            listener.waiting = []
        if self.again:
            made = [replace(claim, again=True) for claim in made]
        return [*waiting, *self.facts, *made]

    def verbless(self) -> list[Claim] | None:
        """Read a clause without a verb: "in the barn", "with the kite", "because of the rain"."""
        beings = any(i.kind == "B" for i in self.items)
        if [item.value for item in self.items] == ["there"] and self.listener.place:
            self.listener.waiting.append(Claim("at", place=self.listener.place))
        for item in self.items:
            if item.kind == "P" and item.before in ("in", "at", "on", "by") and not beings:
                self.listener.waiting.append(Claim("at", place=item.value))
            elif item.kind in ("T", "it") and item.before == "with":
                self.listener.waiting.append(
                    Claim("holds", thing=self.thing() or self.with_thing())
                )
            elif item.kind == "W":
                return [Claim("weather", word=item.value, again=True)]
            elif item.kind in "TGM":
                return None
        return []

    def with_thing(self) -> str:
        """Return the thing in a clause without a verb."""
        things = [i.value for i in self.items if i.kind == "T"]
        return (things or self.listener.things[-1:] or [""])[0]

    def meaning(self) -> list[Claim] | None:
        """Return what a clause with a verb claims, or None if it is not understood."""
        if self.join == "where" and "be" in self.bases and self.subject:
            return [
                Claim("at", self.subject, other=self.listener.subject, place=self.listener.place)
            ]
        if weather := self.weather():
            again = self.join in ("because", "since", "as") and self.listener.begun
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
            who = self.one("B") or self.animal(self.behind) or self.listener.subject
            self.subject = who
        if "be" in self.bases and not any(i.kind in ("B", "it") for i in self.opening):
            who = self.one("B") or who
        return [Claim("feel", who, word=mood)] if who else None

    def wanting(self) -> list[Claim] | None:
        """Read what is wanted, asked for and refused."""
        listener, bases, plain, thing = self.listener, self.bases, self.plain, self.thing()
        main, subject = bases[0], self.subject
        heart = any(i.form == "heart" for i in self.items)
        dreams = main in ("wish", "long", "dream", "need", "want") or (
            "love" in bases and "have" in bases
        )
        asks = main in ("ask", "beg") or (main == "turn" and "ask" in bases and not self.target())
        if (main == "will" and "not" in plain) or main == "refuse":
            listener.asked = ""
            return [Claim("refuse", subject, thing, self.one("B") or listener.asker)]
        if main == "tell" and "have" in bases and "not" in plain and thing:
            listener.asked = ""
            return [Claim("refuse", subject, thing, self.one("B"))]
        if (
            main == "keep" or (main == "hold" and "on" in plain) or (dreams and "keep" in bases)
        ) and thing:
            if listener.asked:
                listener.asked = ""
                return [Claim("refuse", subject, thing, listener.asker)]
            return [Claim("holds", subject, thing)]
        if asks and (thing or not listener.quoted):
            other = self.one("B") or listener.hearer
            listener.asker, listener.asked = subject, thing
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
        self.listener.hearer = other or (self.listener.hearer if self.listener.quoted else "")
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
        if (passive and gives) or (
            verb == "be" and "present" in plain and not self.one_item("B", "hands")
        ):
            giver, taker = self.one("B", "by") or self.one("B", "from"), self.one("B", "to")
            self.subject = giver
            return [Claim(kind, giver, thing, taker)] if giver and taker else None
        if verb in ("get", "receive", "go") and (giver := self.one("B", "from")):
            taker = self.one("B", "to") or subject
            self.listener.asked = ""
            return [Claim(kind, giver, thing, taker)]
        if not gives:
            return None
        other = self.one("B") or (self.listener.other if "over" in plain else "")
        if not other:
            return None
        if "back" in plain or verb == "return":
            kind = "return"
        self.listener.asked = ""
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
        if "steal" in bases or (main in ("snatch", "take", "grab") and owner and owner != subject):
            return [Claim("steal", subject, thing, owner or self.one("B"))]
        if main == "leave" and "somebody" in plain and where:
            self.subject = ""
            return [Claim("at", thing=thing, place=where)]
        if main == "let" and ("fall" in bases or "go" in bases or "go" in plain):
            return [Claim("drop", subject, thing)]
        if (main == "put" and "together" in plain) or main == "make":
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
        thing = self.thing() or self.listener.moved
        hands = self.one_item("B", "hands") or self.listener.hands
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
                self.subject = hands or self.listener.subject
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
