"""The one who tells a story: what is said in which order, and what is said in one sentence.

Explained in the chapter "data".  A teller goes through the events of an episode.  Before an event
comes what a listener has to know for it; then the event, alone or joined with the next ones.
"""

from llmbook.world import story_phrases as words
from llmbook.world.draw import Draw
from llmbook.world.lexicon import Place
from llmbook.world.meaning import Animal, Being, Event, Person
from llmbook.world.plots import Episode
from llmbook.world.story_clauses import Clauses, bare, short
from llmbook.world.story_voices import VOICES

Sentence = tuple[str, tuple[int, ...]]

# Of which kinds of events the one is so plainly the reason of the other that "so" can join them.
REASONS = {
    ("weather", "go"), ("weather", "feel"), ("want", "go"), ("want", "ask"), ("want", "take"),
    ("lose", "go"), ("lose", "feel"), ("steal", "follow"), ("steal", "feel"), ("break", "go"),
    ("break", "mend"), ("break", "feel"), ("break", "drop"), ("follow", "feel"), ("feel", "drop"),
    ("feel", "rest"), ("refuse", "go"), ("refuse", "feel"), ("take", "feel"), ("find", "feel"),
    ("lend", "feel"), ("give", "feel"), ("mend", "feel"), ("share", "feel"),
}  # fmt: skip


class Teller(Clauses):
    """Tells one episode; what has been said so far decides what has to be said next."""

    def __init__(self, life: Episode, draw: Draw, plain: bool) -> None:
        voice = VOICES[0] if plain else draw.weighted((v, v.weight) for v in VOICES)
        acts = [event.actor for event in life.events]
        self.hero = max(life.people, key=acts.count, default=None)
        super().__init__(draw, life.start.copy(), voice, self.hero if voice.first else None, plain)
        self.life = life
        self.out: list[Sentence] = []
        self.placed: set[Being] = set()  # whose place has been told
        self.visited: set[tuple[Being, Place]] = set()
        self.linked = ""  # the last word of time

    def story(self) -> list[Sentence]:
        """Tell everything."""
        if not self.plain and self.draw.chance(self.voice.opens):
            self.frame(self.voice.openings)
        number = 0
        while number < len(self.life.events):
            number += self.step(number)
        self.end()
        return self.out

    def step(self, number: int) -> int:
        """Tell one event, or some in one sentence, and return how many."""
        event, *after = self.life.events[number : number + 3]
        self.introduce(event)
        front = self.front_place(event)
        alone = 0.7 if event.kind in ("ask", "refuse", "want") else 0.5
        if (
            after
            and not self.plain
            and self.goes_on(event, after[0])
            and not self.draw.chance(alone)
        ):
            return self.several(number, event, after, front)
        self.single(number, event, front)
        return 1

    # --- Sentences ----------------------------------------------------------------------------

    def say(self, text: str, *numbers: int) -> None:
        """Add a sentence."""
        start = 1 if text[0] == '"' else 0
        text = text[:start] + text[start].upper() + text[start + 1 :]
        self.out.append((text if text[-1] in '.!?"' else text + ".", numbers))
        if self.now:
            self.before, self.now = self.now, []

    def single(self, number: int, event: Event, front: str) -> None:
        """Tell one event in a sentence."""
        cause = self.life.events[event.because] if event.because is not None else None
        front = front or self.link(event)
        carried = "" if front else self.carrying(event)
        if event.kind == "feel" and not self.plain:
            text = self.feeling(event, cause, event.because == number - 1)
        elif carried:
            text = carried + self.predicated(event)
        else:
            text = self.clause(event, fronted=bool(front))
        if event.kind == "go" and not self.plain and not carried and '"' not in text:
            text += self.companion(number, event) or self.purpose(event, cause)
        self.happen(event)
        self.say(front + text, number)
        self.detail(event)

    def several(self, number: int, event: Event, after: list[Event], front: str) -> int:
        """Tell two or three events in one sentence."""
        second, *more = after
        third = more[0] if more else None
        caused = second.because == number and (event.kind, second.kind) in REASONS
        numbers = [number, number + 1]
        if event.actor is None or second.actor != event.actor:
            text = self.two_actors(event, second, caused, front)
        elif third is not None and third.actor == event.actor and self.draw.chance(0.3):
            text = self.predicated(event)
            self.happen(event)
            middle = self.fill(self.predicate(second, short), second)
            self.happen(second)
            if self.goes_on(second, third) and self.goes_on(event, third):
                text += f", {middle}, and {self.fill(self.predicate(third, short), third)}"
                self.happen(third)
                numbers.append(number + 2)
            else:
                text += f" and {middle}"
        else:
            text = self.one_actor(event, second, caused)
            self.happen(second)
        self.say(front + text, *numbers)
        return len(numbers)

    def one_actor(self, event: Event, second: Event, caused: bool) -> str:
        """Tell two events of one actor; the state is then that after the first."""
        # A name would have to stand twice where a pronoun is not clear.
        twice = event.actor is None or self.rivaled(event.actor)
        style = self.draw.integer(2 if twice else 0, 5)
        if style == 0 and event.kind not in ("feel", "want"):
            template = self.predicate(event, bare)
            if bare(template):
                first = self.opener(event, template)
                self.happen(event)
                return f"{first}, {self.predicated(second)}"
        if caused and style == 1 and event.kind != "weather":
            template = self.predicate(event, bare)
            again = event.kind not in ("want", "feel") and bare(template)
            reason = self.fill("{A} " + template, event, again=again)
            self.happen(event)
            return f"{self.draw.choice(('because', 'since', 'as'))} {reason}, {self.predicated(second)}"
        first = self.predicated(event)
        self.happen(event)
        if caused and style in (2, 3):
            return f"{first}, so {self.predicated(second)}"
        rest = self.fill(self.predicate(second, short), second)
        calm = "feel" in (event.kind, second.kind)
        return (
            first
            + (" and " if calm else self.draw.choice((" and ", " and ", ", then ", " and then ")))
            + rest
        )

    def opener(self, event: Event, template: str) -> str:
        """Tell an event in front of the subject of the next one."""
        actor = event.actor
        assert actor is not None
        if actor != self.narrator and not self.clear(actor):
            # The name comes first, so that nobody wonders who has gone.
            return "when " + self.fill("{A} " + template, event, again=True)
        if self.draw.chance(0.5):
            return "after " + self.fill(template, event, "ing")
        return "having " + self.fill(template, event, "participle")

    def two_actors(self, event: Event, second: Event, caused: bool, front: str) -> str:
        """Tell two events in two clauses."""
        draw = self.draw
        first = self.clause(event, joined=True)
        self.happen(event)
        if second.kind == "feel" and (caused or event.kind == "meet"):
            options = [", and that <make:it> {A-} {w}", ", which <make:it> {A-} {w}"]
            if caused:
                options.append(", so {A} <be> {W}")
            text = first + self.fill(draw.choice(options), second)
        else:
            rest = self.clause(second, joined=True)
            styles = ["and", "and then", ";"]
            if event.kind == "weather":
                styles = ["and", "when", "as soon as"]
            if caused:
                styles = ["so", "and so"]
                if event.kind not in ("want", "feel"):
                    styles += ["when", "as soon as"]
            if event.kind == "ask":
                styles = ["but"] if second.kind == "refuse" else ["and", "and"]
            style = draw.choice([s for s in styles if not front or s not in ("when", "as soon as")])
            if style in ("when", "as soon as"):
                text = f"{style} {first}, {rest}"
            else:
                text = f"{first}; {rest}" if style == ";" else f"{first}, {style} {rest}"
        self.happen(second)
        return text

    def feeling(self, event: Event, cause: Event | None, fresh: bool) -> str:
        """Say how somebody feels; the reason is fresh if the sentence before has told it."""
        draw = self.draw
        if fresh and draw.chance(0.4):
            options = (
                "that <make:it> {A-} {w}", "this <make:it> {A-} {w}", "no wonder {A} <be> {W}",
                "how {w} {A} <be>!", "so {A} <be> {W}", "of course {A} <be> {W}",
            )  # fmt: skip
            return self.fill(draw.choice(options), event)
        text = self.fill("{A} " + self.predicate(event), event)
        if isinstance(event.actor, Person) and draw.chance(0.25):
            return text + " and " + self.fill(draw.choice(words.MOOD_SIGNS[event.word]), event)
        if (
            cause is not None
            and not fresh
            and draw.chance(0.6)
            and (reason := self.remember(cause, event))
        ):
            return f"{text} because {reason}"
        return text

    # --- What has to be said before -----------------------------------------------------------

    def goes_on(self, event: Event, second: Event) -> bool:
        """Say whether a sentence about one event can go on with a second."""
        actor, thing = second.actor, second.thing
        if (event.kind, event.other) == (second.kind, second.other) == ("meet", event.other):
            return False  # they meet again, which deserves a sentence
        if thing is not None and thing not in self.introduced and thing != event.thing:
            return False
        return (
            actor in (None, event.actor, event.other)
            or actor in self.placed
            or second.kind in ("go", "follow")
        )

    def introduce(self, event: Event) -> None:
        """Say in sentences of their own what an event depends on: some of it, or all."""
        draw, actor, other, thing = self.draw, event.actor, event.other, event.thing
        if actor is None:
            return
        moves = event.kind in ("go", "follow")
        if actor not in self.placed and (not moves or (self.plain and draw.chance(0.5))):
            both = isinstance(other, Person) and not moves and other not in self.placed
            if both and event.kind != "meet" and self.state.together(actor, other or actor):
                one, two = draw.shuffled((actor, other or actor))
                if isinstance(one, Animal) or two == self.narrator:
                    one, two = two, one
                table = words.AT_BOTH if one != self.narrator else words.AT_BOTH[1:3]
                self.say_one(table, event, X=one, Y=two)
                self.placed |= {one, two}
            elif self.plain or draw.chance(0.45):
                self.place_of(actor)
        if thing is None or thing in self.introduced:
            return
        holder = self.state.holder.get(thing)
        if holder is None and (self.plain or draw.chance(0.35)):
            self.say_one(words.LIES, Event("lie", None, thing))
        elif holder is not None and (self.plain or event.kind == "steal" or draw.chance(0.4)):
            self.say_one(words.HOLDS, Event("hold", holder, thing), X=holder)

    def place_of(self, who: Being) -> None:
        """Say in a sentence where somebody is."""
        table = words.AT_ANIMAL if isinstance(who, Animal) else words.AT
        self.say_one(table, Event("be", who), X=who)
        self.placed.add(who)

    def say_one(self, table: tuple[str, ...], event: Event, **more: Being) -> None:
        """Say one of the sentences of a table; the first one, in a plain story."""
        if self.narrator in more.values():
            table = tuple(template for template in table if "!}" not in template)
        template = table[0] if self.plain else self.draw.choice(table)
        self.say(self.fill(template, event, "", again=False, **more))

    # --- What a sentence begins and ends with -------------------------------------------------

    def front_place(self, event: Event) -> str:
        """Begin a sentence with the place of its actor, if nobody has told it yet."""
        actor = event.actor
        if actor is None or actor in self.placed or event.kind in ("go", "follow"):
            return ""
        self.placed.add(actor)
        place = self.state.at[actor]
        if [what for what in self.before if isinstance(what, Place)] == [place]:
            return "there, "
        self.now.append(place)
        return f"{place.where}, "

    def link(self, event: Event) -> str:
        """Begin a sentence with a word of time, or of the voice, or with nothing."""
        if self.plain or event.kind == "feel" or not any(numbers for _, numbers in self.out):
            return ""
        voice, draw = self.voice, self.draw
        if voice.asides and event.kind != "want" and draw.chance(0.25):
            aside = draw.choice(voice.asides)
            return f"{aside} " if aside.endswith("that") else f"{aside}, "
        if not draw.chance(0.75 if voice.name == "child" else 0.33):
            return ""
        self.linked = draw.choice([link for link in voice.links if link != self.linked])
        bare = self.linked.endswith(("then", "now", "soon", "so", "suddenly")) and draw.chance(0.7)
        return self.linked + (" " if bare else ", ")

    def carrying(self, event: Event) -> str:
        """Begin a sentence with what its actor carries, sometimes."""
        actor = event.actor
        if actor is None or event.kind not in ("go", "meet", "follow") or self.plain:
            return ""
        held = [t for t, who in self.state.holder.items() if who == actor and t in self.introduced]
        if (
            not held
            or not (actor == self.narrator or self.clear(actor))
            or not self.draw.chance(0.25)
        ):
            return ""
        self.event = event
        name = self.thing(held[-1])
        starts = ("carrying",) if name == "it" else ("carrying", "still holding", "with")
        return f"{self.draw.choice(starts)} {name}, "

    def companion(self, number: int, event: Event) -> str:
        """End a sentence with who is there too."""
        after = self.life.events[number + 1 : number + 2]
        other = after[0].other if after and after[0].actor == event.actor else None
        if other is None or other in self.placed or self.state.at[other] is not event.place:
            return ""
        if not self.draw.chance(0.6):
            return ""
        self.placed.add(other)
        return ", where " + self.fill("{X} <be:X>", event, "", again=False, X=other)

    def purpose(self, event: Event, cause: Event | None) -> str:
        """End a sentence with the reason why somebody goes somewhere."""
        actor, draw = event.actor, self.draw
        if cause is None or actor is None or not draw.chance(0.5):
            return ""
        if cause.kind == "weather":
            reasons = (
                words.BECAUSE_WEATHER.get(self.state.weather, ())
                if cause.word == self.state.weather
                else ()
            )
            return " " + self.fill(draw.choice(reasons), event) if reasons else ""
        thing = cause.thing
        if thing is None or thing not in self.introduced:
            return ""
        lies, own = thing not in self.state.holder, cause.actor == actor
        options: tuple[str, ...] = ()
        if self.state.holds(actor, thing):
            options = ("with {T}",) if cause.kind != "find" else ("with {T}", "to bring {T} back")
            if cause.kind == "break":
                options = ("to have {T} mended", "with {T}")
        elif own and cause.kind in ("want", "lose"):
            options = ("to look for {T}", "in search of {T}") if lies else ("to ask about {T}",)
        return " " + self.fill(draw.choice(options), Event("go", actor, thing)) if options else ""

    def detail(self, event: Event) -> None:
        """Say, sometimes, what it is like in a place to which somebody has come."""
        quiet = self.plain or self.voice.tense != "past" or self.voice.name in ("reporter", "child")
        if quiet or event.kind != "go" or event.place is None:
            return
        if not any(self.gender(what) == "n" for what in self.before) and self.draw.chance(0.16):
            detail = self.draw.choice(words.DETAILS[event.place.en])
            if all(text != detail for text, _ in self.out):
                self.say(detail)

    # --- Frames -------------------------------------------------------------------------------

    def frame(self, table: tuple[str, ...]) -> None:
        """Say an opening or an ending, with the names of the main person."""
        hero, text = self.hero, self.draw.choice(table)
        if hero is None:
            return
        if "job}" in text:
            self.jobs.add(hero)
        if "{X}" in text:
            self.introduced.add(hero)
            self.now.append(hero)
        a_job = f"{'an' if hero.job[0] in 'aeiou' else 'a'} {hero.job}"
        for slot, name in (
            ("{I}", hero.name),
            ("{X}", hero.name),
            ("{a job}", a_job),
            ("{job}", f"the {hero.job}"),
        ):
            text = text.replace(slot, name)
        self.say(text)

    def end(self) -> None:
        """Say what comes after the last event."""
        beings: list[Being] = [*self.life.people, *self.life.animals]
        for who in beings:
            if who not in self.placed:
                self.place_of(who)
        if self.plain:
            return
        recalls = len(self.life.events) > 3 and self.draw.chance(0.3)
        if recalls:
            self.recall()
        if self.voice.name == "letter" or (not recalls and self.draw.chance(0.5)):
            self.frame(self.voice.endings)

    def recall(self) -> None:
        """Say how things stand at the end."""
        options: list[tuple[tuple[str, ...], Event]] = []
        for who in self.life.people:
            options.append((words.RECALL_PERSON, Event("be", who)))
        for thing, holder in self.state.holder.items():
            if thing in self.introduced:
                options.append((words.RECALL_THING, Event("hold", holder, thing)))
        for (owner, goods), number in self.state.count.items():
            if number:
                options.append(
                    (words.RECALL_GOODS, Event("have", owner, goods=goods, number=number))
                )
        table, event = self.draw.choice(options)
        if event.actor is not None:
            if event.number == 1:
                table = table[:2]  # "one plum was left" would need another verb
            self.say_one(table, event, X=event.actor)
