"""How a story tells one event in a clause: which phrase fits it, here and now.

Explained in the chapter "data".
"""

from collections.abc import Callable

from llmbook.world import story_phrases as words
from llmbook.world.lexicon import Place
from llmbook.world.meaning import Animal, Being, Event, Person
from llmbook.world.story_wording import Wording


def short(template: str) -> bool:
    """Say whether a predicate may be a part of a longer sentence."""
    return not any(part in template for part in (",", " and ", '"', " so "))


def bare(template: str) -> bool:
    """Say whether a predicate can be without its subject: "having gone to the mill"."""
    return (
        short(template) and ":" not in template and not template.startswith(("<wi", "<wo", "<hap"))
    )


class Clauses(Wording):
    """Tells events in clauses, and knows whose place has been told."""

    placed: set[Being]
    visited: set[tuple[Being, Place]]

    def clause(self, event: Event, *, joined: bool = False, fronted: bool = False) -> str:
        """Tell an event in a clause with its own subject."""
        name, draw = self.table(event), self.draw
        if event.kind == "weather":
            options = words.WEATHER[event.word][: 2 if self.plain else None]
            return self.fill(draw.choice([o for o in options if not joined or short(o)]), event)
        if not self.plain and (event.thing is None or event.thing in self.introduced):
            people = isinstance(event.actor, Person) and isinstance(event.other, Person | None)
            speech = words.SPEECH.get(name, ()) if people and not (joined or fronted) else ()
            if speech and draw.chance(0.5):
                return self.fill(draw.choice(speech), event)
            clauses = [c for c in words.CLAUSES.get(name, ()) if self.fits(c, event, joined)]
            if clauses and not fronted and draw.chance(0.14):
                return self.fill(draw.choice(clauses), event)
        return self.predicated(event, short if joined else None)

    def predicated(self, event: Event, fits: Callable[[str], bool] | None = short) -> str:
        """Tell an event in a clause that begins with its actor."""
        start = self.fill("{A} ", event)
        return start + self.fill(self.predicate(event, fits), event)

    def predicate(
        self, event: Event, fits: Callable[[str], bool] | None = None, *, simple: bool = False
    ) -> str:
        """Return a template for what the actor does."""
        table = (words.SIMPLE if simple or self.plain else words.PREDICATES)[self.table(event)]
        for template in self.draw.shuffled(table):
            if (fits is None or fits(template)) and self.fits(template, event, joined=False):
                return template
        return table[0]

    def fits(self, template: str, event: Event, joined: bool) -> bool:
        """Say whether a template sounds right here."""
        if (joined and not short(template)) or ("!}" in template and event.actor == self.narrator):
            return False
        if "{at}" in template and event.actor is not None:
            return self.state.at[event.actor] not in self.before + self.now  # it has been said
        if "{to}" in template and event.place is not None:
            return event.place.at in ("at", "in")
        return True

    def table(self, event: Event) -> str:
        """Return the name of the phrases that fit an event best."""
        kind, thing, other = event.kind, event.thing, event.other
        animal = isinstance(event.actor, Animal)
        if kind == "go" and (event.actor, event.place) in self.visited:
            return "go-back"
        if kind in ("go", "drop", "follow"):
            return f"{kind}-animal" if animal else kind
        if kind == "meet":
            return "meet-animal" if isinstance(other, Animal) else kind
        if kind in ("lend", "give") and thing is not None:
            if other is not None and self.state.owner.get(thing) == other:
                return f"{kind}-back"
            return "lend-broken" if kind == "lend" and thing in self.state.broken else kind
        if kind == "gather" and event.goods is not None:
            if event.goods.en in ("carrot", "onion", "turnip"):
                return "gather-earth"
            return kind if event.goods.en in ("egg", "mushroom", "nut") else "gather-tree"
        return kind

    def remember(self, cause: Event, event: Event) -> str:
        """Mention an earlier event again, or return ``""`` if that would sound odd."""
        kinds = (
            "find",
            "lose",
            "lend",
            "give",
            "steal",
            "refuse",
            "break",
            "mend",
            "meet",
            "share",
        )
        beings = {
            self.gender(who) for who in (cause.actor, cause.other, event.actor) if who is not None
        }
        different = {who for who in (cause.actor, cause.other, event.actor) if who is not None}
        if cause.kind not in kinds or len(beings) < len(different):
            return ""
        return self.fill("{A} " + words.SIMPLE[cause.kind][0], cause, again=True)

    def happen(self, event: Event) -> None:
        """Let an event change the state, and note whose place it has told."""
        if event.actor is not None:
            self.visited.add((event.actor, self.state.at[event.actor]))
            if event.kind in ("go", "follow") or event.other is not None:
                self.placed |= {event.actor, event.other or event.actor}
        self.state.apply(event)
