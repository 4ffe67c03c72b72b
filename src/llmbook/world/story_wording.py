"""How a story puts an event into words: names, pronouns, forms of verbs, templates.

Explained in the chapter "data".  A :class:`Wording` knows who and what has been mentioned, so it
can tell when "she" is clear, when a fox is "a fox" or "the fox", and what has to be described.
:mod:`llmbook.world.stories` decides what is said; here stands how.
"""

import re
from collections.abc import Mapping
from functools import cache

from llmbook.world import story_phrases as words
from llmbook.world.draw import Draw
from llmbook.world.lexicon import Noun, Place
from llmbook.world.meaning import Animal, Being, Event, Person, State, Thing
from llmbook.world.story_voices import Voice

_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = _NUMBERS.split()
PRONOUNS = {
    "f": {"": "she", "-": "her", "'s": "her", "-self": "herself"},
    "m": {"": "he", "-": "him", "'s": "his", "-self": "himself"},
    "n": {"": "it", "-": "it", "'s": "its", "-self": "itself"},
    "I": {"": "I", "-": "me", "'s": "my", "-self": "myself"},
}
Mentioned = Being | Thing | Place | Noun
NOBODY: Mapping[str, Being] = {}


@cache
def parts(template: str) -> tuple[tuple[str, str, str], ...]:
    """Split a template into texts, verbs with their subjects, and slots.

    Example:
        >>> parts("{A} <go> to {P}")
        (('slot', 'A', ''), ('text', ' ', ''), ('verb', 'go', 'A'), ('text', ' to ', ''), ('slot', 'P', ''))
    """
    found = []
    for text, verb, slot in re.findall(r"([^<{]+)|<([^>]+)>|\{([^}]+)\}", template):
        base, _, subject = verb.partition(":")
        if verb:
            found.append(("verb", base, subject or "A"))
        else:
            found.append(("slot", slot, "") if slot else ("text", text, ""))
    return tuple(found)


class Wording:
    """Puts events into words, and remembers what it has said.

    Args:
        draw: Decides the words.
        state: How things stand; the teller changes it.
        voice: Whose words they are.
        narrator: The person who says "I", if one does.
        plain: Whether the words are to be plain.
    """

    def __init__(
        self, draw: Draw, state: State, voice: Voice, narrator: Person | None, plain: bool
    ) -> None:
        self.draw, self.state, self.voice = draw, state, voice
        self.narrator, self.plain = narrator, plain
        self.introduced: set[Being | Thing] = set()
        self.jobs: set[Being] = set()  # who may be called "the baker"
        self.before: list[Mentioned] = []  # who and what occurs in the sentence before
        self.now: list[Mentioned] = []  # and in this one
        self.event = Event("rest")

    # --- Names --------------------------------------------------------------------------------

    def gender(self, what: Mentioned) -> str:
        """Return ``"f"``, ``"m"``, neither (``"n"``), ``"I"``, or ``""`` for what has no pronoun."""
        if isinstance(what, Person):
            return "I" if what == self.narrator else what.gender
        return "n" if isinstance(what, Animal | Thing) else ""

    def clear(self, what: Being | Thing) -> bool:
        """Say whether a pronoun can mean nothing else."""
        recent, gender = self.before + self.now, self.gender(what)
        if isinstance(what, Thing) and any(isinstance(other, Place) for other in self.now):
            return False  # "went to the mill and took it"
        return what in recent and all(o == what or self.gender(o) != gender for o in recent)

    def rivaled(self, who: Being) -> bool:
        """Say whether "she" could mean somebody else too, who has occurred lately."""
        gender = self.gender(who)
        return any(o != who and self.gender(o) == gender for o in self.before + self.now)

    def being(self, who: Being, case: str = "") -> str:
        """Name a being as a subject (``""``), an object (``"-"``) or an owner (``"'s"``)."""
        gender, again = self.gender(who), who in self.now
        pronoun = gender == "I" or case == "-self"
        if not pronoun and case != "!" and self.clear(who):
            pronoun = self.draw.chance(0.3 if self.plain else 0.95 if again else 0.75)
        if pronoun:
            name = PRONOUNS[gender][case]  # never asked for with "!", which is a subject in full
        else:
            name = self.called(who, again or case == "'s") + ("'s" if case == "'s" else "")
        self.introduced.add(who)
        self.now.append(who)
        return name

    def called(self, who: Being, short: bool) -> str:
        """Name a being without a pronoun."""
        new = who not in self.introduced and not self.plain
        if isinstance(who, Animal):
            return f"{who.noun.article} {who.noun}" if new else str(who)
        if short or self.plain:
            return who.name
        if who in self.jobs and self.draw.chance(0.35):
            return f"the {who.job}"
        if new and self.draw.chance(0.3):
            self.jobs.add(who)
            return self.draw.choice((f"{who} the {who.job}", f"the {who.job} {who}"))
        return who.name

    def own(self, who: Being) -> str:
        """Return the possessive of a being that the clause has named already."""
        return PRONOUNS[self.gender(who)]["'s"]

    def thing(self, thing: Thing, particle: str = "", *, spoken: bool = False) -> str:
        """Name a thing, with a particle in front of it or, if it is a pronoun, behind it."""
        if not spoken and self.clear(thing) and self.draw.chance(0.3 if self.plain else 0.65):
            name = f"it {particle}"
        else:
            described = self.known(thing, spoken) if thing in self.introduced else self.new(thing)
            name = f"{particle} {described}"
        self.introduced.add(thing)
        self.now.append(thing)
        return name.strip()

    def known(self, thing: Thing, spoken: bool) -> str:
        """Name a thing that has been mentioned."""
        actor, full = self.event.actor, f"{thing.adjective} {thing.noun}"
        holder, owner = self.state.holder.get(thing), self.state.owner.get(thing)
        if spoken and holder is not None and self.draw.chance(0.5):
            return f"{'my' if holder == actor else 'your'} {full}"
        mine = actor is not None and owner == actor == holder and actor in self.now and not spoken
        if mine and actor is not None and self.draw.chance(0.2):
            return f"{self.own(actor)} {thing.noun}"
        return f"the {full}" if self.draw.chance(0.4) else f"the {thing.noun}"

    def new(self, thing: Thing) -> str:
        """Name a thing for the first time, and say whose it is or where it lies."""
        actor, full = self.event.actor, f"{thing.adjective} {thing.noun}"
        a_thing = f"{'an' if full[0] in 'aeiou' else 'a'} {full}"
        holder, owner = self.state.holder.get(thing), self.state.owner.get(thing)
        if self.event.kind == "lie":
            return a_thing
        if holder is None:
            if self.event.kind == "take":
                there = f"{a_thing} that {self.verb('lie', 'it')} there"
                return self.draw.choice((there, a_thing))
            where = self.state.at[thing].where
            return f"the {full} that {self.verb(self.draw.choice(('lie', 'be')), 'it')} {where}"
        if holder == actor:
            named = owner == actor and actor in self.now
            return f"{self.own(actor)} {full}" if named and self.draw.chance(0.75) else a_thing
        if self.draw.chance(0.5):
            owners = self.being(holder, "'s")
            return f"{owners} {full}"
        have = self.verb(self.draw.choice(("have", "hold", "own")), self.agrees(holder))
        return f"the {full} that {self.being(holder)} {have}"

    def goods(self, event: Event, again: bool) -> str:
        """Say how many goods."""
        noun, number, actor = event.goods, event.number, event.actor
        assert noun is not None
        assert actor is not None
        recent = noun in self.before + self.now
        self.now.append(noun)
        name = noun.en if number == 1 else noun.plural
        has = self.state.has(actor, noun)
        if again or event.kind == "have":
            return f"{NUMBERS[number]} {name}"
        if event.kind == "gather":
            return f"{NUMBERS[number]} {'more ' if has else ''}{name}"
        if number == has > 1 and self.draw.chance(0.5):
            if recent and not self.plain:
                return self.draw.choice(
                    ("all of them", f"all {NUMBERS[number]}" if number > 2 else "both")
                )
            return f"all {NUMBERS[number]} {name}" if number > 2 else f"both {name}"
        if number < has and self.draw.chance(0.5):
            rest = "them" if recent and not self.plain else f"the {noun.plural}"
            return f"{NUMBERS[number]} of {rest}"
        return f"{NUMBERS[number]} {name}"

    # --- Templates ----------------------------------------------------------------------------

    def agrees(self, who: Being | None) -> str:
        """Return the subject with which a verb agrees: ``"I"`` or ``"it"``."""
        return "I" if who is not None and who == self.narrator else "it"

    def verb(self, base: str, subject: str, mode: str = "") -> str:
        """Return a verb in the tense of the voice, or as ``"ing"`` or ``"participle"``."""
        if mode:
            return words.gerund(base) if mode == "ing" else words.participle(base)
        if self.voice.tense == "past":
            return "were" if subject == "they" and base == "be" else words.past(base)
        if subject == "it":
            return words.present(base)
        return ("am" if subject == "I" else "are") if base == "be" else base

    def fill(
        self,
        template: str,
        event: Event,
        mode: str = "",
        *,
        again: bool = False,
        **more: Being,
    ) -> str:
        """Put words into a template.

        Args:
            template: What to fill; see :mod:`llmbook.world.story_phrases`.
            event: What fills it.
            mode: The form of the verbs whose subject is the actor, if they are not finite.
            again: Whether the event has been told, and is mentioned again: "had taken".
            more: What fills ``{X}`` and ``{Y}``.
        """
        self.event = event
        text, auxiliary = "", again
        for kind, value, subject in parts(template):
            if kind == "text":
                text += value
            elif kind == "verb" and subject == "A" and mode:
                text += self.verb(value, "it", mode)
            elif kind == "verb":
                who = {"A": event.actor, "B": event.other}.get(subject) or more.get(subject)
                number = subject if subject in ("it", "they") else self.agrees(who)
                if auxiliary and subject == "A":
                    text += f"{self.verb('have', number)} {words.participle(value)}"
                    auxiliary = False
                else:
                    text += self.verb(value, number)
            else:
                text += self.slot(value, event, more, again)
        return text

    def slot(self, slot: str, event: Event, more: Mapping[str, Being], again: bool) -> str:
        """Fill one slot of a template."""
        actor, other, thing = event.actor, event.other, event.thing
        if slot[0] in "AXY":
            who = actor if slot[0] == "A" else more[slot[0]]
            assert who is not None, slot
            if slot[1:] == "'s" and who in self.now:
                return self.own(who)  # "shakes her head", whoever else is there
            return self.being(who, slot[1:])
        if thing is not None and (slot[0] == "T" or slot == "t"):
            if slot == "T!":
                self.before, before = [], self.before
                name = self.thing(thing)
                self.before = before
                return name
            return self.thing(thing, slot[2:], spoken=slot == "t")
        if other is not None and slot in ("B", "B+", "B's"):
            return self.being(other, {"B": "-", "B+": "", "B's": "'s"}[slot])
        if other is not None and slot == "BT" and thing is not None:
            if self.draw.chance(0.5) or self.clear(thing):
                name = self.thing(thing)
                return f"{name} to {self.being(other, '-')}"
            receiver = self.being(other, "-")
            return f"{receiver} {self.known(thing, spoken=False)}"
        if slot == "b" and other is not None:
            self.now.append(other)
            return str(other)
        if slot in ("W", "w"):
            moods = words.MOOD_WORDS[event.word]
            return self.draw.choice(
                moods[:2] if self.plain else moods[:3] if slot == "w" else moods
            )
        return self.goods(event, again) if slot == "N" else self.place(slot, event, more)

    def place(self, slot: str, event: Event, more: Mapping[str, Being]) -> str:
        """Fill a slot that is a place."""
        if slot == "tat" and event.thing is not None:
            place = self.state.where(event.thing)
        elif slot == "Q" and event.other is not None:
            place = self.state.at[event.other]
        elif slot in ("P", "to") and event.place is not None:
            place = event.place
        else:
            who = more.get("X") or event.actor
            assert who is not None, slot
            place = self.state.at[who]
        self.now.append(place)
        return f"the {place}" if slot in "PQ" else place.where
