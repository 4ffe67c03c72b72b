"""The reader's account of the valley: what it believes after each claim, and what contradicts it.

Explained in the chapter "data".
"""

from dataclasses import replace

from llmbook.world.reader_items import Claim

FACTS = {"at", "holds", "owns", "has"}


class Account:
    """What a reader knows of the valley."""

    def __init__(self) -> None:
        self.at: dict[str, str] = {}  # of beings, and of things that nobody holds
        self.start: dict[str, str] = {}
        self.seen: dict[str, set[str]] = {}  # where each being has been; "" is an unknown start
        self.holder: dict[str, str] = {}
        self.count: dict[tuple[str, str], int] = {}
        self.mood: dict[str, str] = {}
        self.broken: set[str] = set()
        self.lost: set[str] = set()
        self.weather = ""
        self.events: list[str] = []
        self.told: set[tuple[str, str, str, str]] = set()
        self.things: dict[str, str] = {}  # by noun
        self.contradictions: list[str] = []

    def facts(self) -> dict[str, object]:
        """Return how things stand."""
        held = {thing: self.at[who] for thing, who in self.holder.items() if who in self.at}
        return {
            "at": self.at | held,
            "holder": dict(self.holder),
            "count": {f"{who} {goods}": n for (who, goods), n in self.count.items()},
            "mood": dict(self.mood),
            "broken": sorted(self.broken),
            "lost": sorted(self.lost),
            "weather": self.weather,
        }

    def wrong(self, line: str) -> None:
        """Note a contradiction."""
        if line not in self.contradictions:
            self.contradictions.append(line)

    def hear(self, claim: Claim) -> None:
        """Take a claim into the account, and note what it contradicts."""
        if claim.thing:
            noun = claim.thing.split()[-1]
            known = self.things.setdefault(noun, claim.thing)
            if known != claim.thing and len(claim.thing.split()) == 3:
                self.wrong(f"{claim.thing} was {known} before")
        if claim.again:
            self.recall(claim)
        elif claim.kind in FACTS:
            getattr(self, f"fact_{claim.kind}")(claim)
        else:
            kind = "give" if claim.kind in ("lend", "return") else claim.kind
            if claim.number is None and claim.word == "all":
                claim = replace(claim, number=self.count.get((claim.actor, claim.goods)))
            if kind == "steal" and not claim.other:
                claim = replace(claim, other=self.holder.get(claim.thing, ""))
            if kind == "take" and claim.thing in self.lost:
                kind = "find"
            method = f"{kind}_" if kind in ("break", "weather") else kind
            getattr(self, method)(claim)
            self.told.add((kind, claim.actor, claim.thing, claim.other))
            number = str(claim.number) if claim.goods else ""
            place = claim.place if kind == "go" else ""
            word = claim.word if kind in ("feel", "weather") else ""
            goods = claim.goods
            parts = (kind, claim.actor, claim.thing, claim.other, place, number, goods, word)
            self.events.append(" ".join(part for part in parts if part))

    def recall(self, claim: Claim) -> None:
        """Check something that is mentioned again."""
        if claim.kind == "weather":
            if claim.word != self.weather:
                self.wrong(
                    f"the reason is the {claim.word}, but the weather is {self.weather or 'not told'}"
                )
            return
        kind = "give" if claim.kind in ("lend", "return") else claim.kind
        told = {(k, a, t, o) for k, a, t, o in self.told if k == kind}
        wanted = (claim.actor, claim.thing, claim.other)
        if kind in FACTS or kind in ("want", "feel"):
            return
        if not any(
            all(not w or w == f for w, f in zip(wanted, found[1:], strict=True)) for found in told
        ):
            parts = (claim.actor, kind, claim.thing, claim.other)
            self.wrong(f"nobody has told that {' '.join(part for part in parts if part)}")

    # --- Facts --------------------------------------------------------------------------------

    def fact_at(self, claim: Claim) -> None:
        """Somebody or something is at a place."""
        what = claim.actor or claim.thing
        if claim.actor and claim.actor == claim.other:
            self.wrong(f"{claim.actor} comes to where {claim.actor} is")
        if not claim.actor and what in self.holder:
            self.wrong(f"{what} lies at {claim.place}, but {self.holder[what]} holds it")
            return
        self.be(what, claim.place)

    def be(self, what: str, place: str) -> None:
        """Something is at a place, and has been there since it was mentioned."""
        if not place:
            return
        if what not in self.at and what not in self.seen:
            self.start[what] = place
        known = self.at.setdefault(what, place)
        if known != place:
            self.wrong(f"{what} is at {place}, but was at {known}")
            self.at[what] = place

    def fact_holds(self, claim: Claim) -> None:
        """Somebody holds a thing."""
        if claim.thing in self.at:
            self.wrong(
                f"{claim.actor} holds {claim.thing}, which lies at {self.at.pop(claim.thing)}"
            )
        known = self.holder.setdefault(claim.thing, claim.actor)
        if known != claim.actor:
            self.wrong(f"{claim.actor} holds {claim.thing}, but so does {known}")

    def fact_owns(self, claim: Claim) -> None:
        """Something is somebody's; unless the text has said otherwise, the owner holds it."""
        if claim.thing not in self.at and claim.thing not in self.holder:
            self.holder[claim.thing] = claim.actor

    def fact_has(self, claim: Claim) -> None:
        """Somebody has goods."""
        known = self.count.get((claim.actor, claim.goods))
        if known is not None and claim.number is not None and known != claim.number:
            self.wrong(f"{claim.actor} has {claim.number} {claim.goods}, but had {known}")
        if known is None and claim.number is not None:
            self.count[claim.actor, claim.goods] = claim.number

    # --- What an event needs ------------------------------------------------------------------

    def together(self, one: str, other: str) -> None:
        """Two are at one place."""
        here, there = self.at.get(one), self.at.get(other)
        if here is None and there is not None:
            self.at[one] = there
        elif there is None and here is not None:
            self.at[other] = here
        elif here != there:
            self.wrong(f"{one} is at {here}, but {other} at {there}")

    def held(self, claim: Claim, verb: str, who: str = "") -> bool:
        """The thing is in somebody's hands; if nothing was said of it, it is from now on."""
        who, thing = who or claim.actor, claim.thing
        if not thing or not who:
            return False
        if thing in self.at:
            self.wrong(f"{who} {verb} {thing}, which lies at {self.at.pop(thing)}")
        elif thing in self.lost:
            self.wrong(f"{who} {verb} {thing}, which is lost")
        elif self.holder.get(thing, who) != who:
            self.wrong(f"{who} {verb} {thing}, which {self.holder[thing]} holds")
        self.holder[thing] = who
        return True

    def lies(self, claim: Claim, verb: str) -> None:
        """The thing lies where the actor is, who holds it from now on."""
        who, thing = claim.actor, claim.thing
        if thing in self.holder:
            self.wrong(f"{who} {verb} {thing}, which {self.holder[thing]} holds")
        place = self.at.pop(thing, "")
        if claim.place:
            self.be(who, claim.place)
        if place and self.at.setdefault(who, place) != place:
            self.wrong(f"{who} {verb} {thing} at {self.at[who]}, but it lies at {place}")
        self.holder[thing] = who
        self.lost.discard(thing)

    # --- Events -------------------------------------------------------------------------------

    def go(self, claim: Claim) -> None:
        """Somebody goes to a place."""
        who, place = claim.actor, claim.place
        if self.at.get(who) == place:
            self.wrong(f"{who} goes to {place}, but is there already")
        self.move(who, place, back=claim.word == "back")

    def move(self, who: str, place: str, *, back: bool = False) -> None:
        """Somebody changes places; who goes back has been there."""
        if who not in self.seen:
            self.seen[who] = {self.at[who]} if who in self.at else {""}
        seen = self.seen[who]
        if back and place not in seen:
            if "" not in seen:
                self.wrong(f"{who} goes back to {place}, but has not been there")
            seen.discard("")  # where the way began, which was not told before
        seen.add(place)
        self.at[who] = place

    def take(self, claim: Claim) -> None:
        """Somebody takes what lies there."""
        self.lies(claim, "takes")

    def find(self, claim: Claim) -> None:
        """Somebody finds what was lost."""
        self.lies(claim, "finds")

    def drop(self, claim: Claim) -> None:
        """Somebody puts a thing down."""
        if self.held(claim, "puts down"):
            del self.holder[claim.thing]
            if claim.place:
                self.be(claim.actor, claim.place)
            if claim.actor in self.at:
                self.at[claim.thing] = self.at[claim.actor]

    def lose(self, claim: Claim) -> None:
        """Somebody loses a thing."""
        self.drop(claim)
        self.lost.add(claim.thing)

    def give(self, claim: Claim) -> None:
        """Somebody hands a thing to another."""
        self.together(claim.actor, claim.other)
        if self.held(claim, "gives away"):
            self.holder[claim.thing] = claim.other

    def steal(self, claim: Claim) -> None:
        """Somebody takes a thing from another."""
        self.together(claim.actor, claim.other)
        if self.held(claim, "loses to a thief", claim.other):
            self.holder[claim.thing] = claim.actor

    def ask(self, claim: Claim) -> None:
        """Somebody asks another for a thing."""
        self.together(claim.actor, claim.other)
        self.held(claim, "is asked for", claim.other)

    def refuse(self, claim: Claim) -> None:
        """Somebody does not give a thing away."""
        self.together(claim.actor, claim.other or claim.actor)
        self.held(claim, "refuses")

    def want(self, claim: Claim) -> None:
        """Somebody wants a thing."""
        if self.holder.get(claim.thing) == claim.actor:
            self.wrong(f"{claim.actor} wants {claim.thing}, but holds it")

    def break_(self, claim: Claim) -> None:
        """Somebody breaks a thing."""
        self.held(claim, "breaks")
        if claim.thing in self.broken:
            self.wrong(f"{claim.thing} breaks, but is broken already")
        self.broken.add(claim.thing)

    def mend(self, claim: Claim) -> None:
        """Somebody mends a thing."""
        self.held(claim, "mends")
        if claim.thing not in self.broken:
            self.wrong(f"{claim.actor} mends {claim.thing}, which is not broken")
        self.broken.discard(claim.thing)

    def change(self, who: str, goods: str, number: int) -> None:
        """Somebody has more goods, or fewer."""
        self.count[who, goods] = self.count.get((who, goods), 0) + number

    def fewer(self, claim: Claim) -> int:
        """Check how many goods somebody gives away or eats, and return how many."""
        has, number = self.count.get((claim.actor, claim.goods), 0), claim.number
        number = has if number is None else number
        if number > has:
            self.wrong(f"{claim.actor} has {has} {claim.goods}, not {number}")
        elif claim.word in ("all", "both") and number != has:
            self.wrong(f"{claim.actor} has {has} {claim.goods}, and all of them are not {number}")
        return number

    def gather(self, claim: Claim) -> None:
        """Somebody gathers goods."""
        has = self.count.get((claim.actor, claim.goods), 0)
        if claim.word == "more" and not has:
            self.wrong(f"{claim.actor} has no {claim.goods} yet, so these are not more")
        self.change(claim.actor, claim.goods, claim.number or 1)

    def share(self, claim: Claim) -> None:
        """Somebody gives goods to another."""
        self.together(claim.actor, claim.other)
        number = self.fewer(claim)
        self.change(claim.actor, claim.goods, -number)
        self.change(claim.other, claim.goods, number)

    def eat(self, claim: Claim) -> None:
        """Somebody eats goods."""
        self.change(claim.actor, claim.goods, -self.fewer(claim))

    def meet(self, claim: Claim) -> None:
        """Two meet."""
        if claim.actor == claim.other:
            self.wrong(f"{claim.actor} meets {claim.actor}")
        self.together(claim.actor, claim.other)

    def follow(self, claim: Claim) -> None:
        """Somebody goes where another is."""
        if claim.place:
            self.be(claim.other, claim.place)
        there = self.at.get(claim.other, "")
        if there and self.at.get(claim.actor) == there:
            self.wrong(f"{claim.actor} follows {claim.other} to {there}, but is there already")
        if there:
            self.move(claim.actor, there)

    def rest(self, claim: Claim) -> None:
        """Somebody rests, which changes nothing."""

    def feel(self, claim: Claim) -> None:
        """Somebody feels something."""
        self.mood[claim.actor] = claim.word

    def weather_(self, claim: Claim) -> None:
        """The weather turns."""
        if self.weather == claim.word:
            self.wrong(f"the weather turns to {claim.word}, but it has been so")
        self.weather = claim.word
