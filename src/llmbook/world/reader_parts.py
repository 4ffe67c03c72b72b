"""The parts of a clause of a story: its verb, its subject, and what stands beside them.

Explained in the chapter "data".
"""

from llmbook.world import reader_words as words
from llmbook.world.reader_items import Claim, Item, Listener

NOTHING = Item("w", "")


class Parts:
    """One clause of a sentence, taken apart.

    Args:
        listener: Who reads it.
        join: The word that joins it to the one before: ``"and"``, ``"because"``, ``","``.
        items: Its items.
        following: The items of all clauses that follow.
    """

    def __init__(
        self, listener: Listener, join: str, items: list[Item], following: list[Item]
    ) -> None:
        self.listener, self.join, self.following = listener, join, following
        self.facts: list[Claim] = []
        self.items = self.without_relatives(items)
        verbs = [item for item in self.items if item.kind == "V"]
        self.again = False
        place = next((p for p, item in enumerate(self.items) if item.kind == "V"), len(self.items))
        if len(verbs) > 1 and verbs[0].value == "have":
            after = self.items[place + 1]
            if after.kind == "V" and after.form in words.PARTICIPLES:
                self.again = join in ("because", "since", "as") and listener.begun
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
        listener = self.listener
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
        after = self.behind[0] if self.behind else NOTHING
        if self.listener.quoted and first.value in words.SPEAK and after.kind == "B":
            return after.value
        if self.opening and first.value in words.INVERTED:  # "off to the mill went Anna"
            for item in self.behind:
                if item.kind == "B" and not item.before and not item.form:
                    return item.value
        bare = self.join == "after" or first.form.endswith("ing") or self.items[0].form == "having"
        if bare and not self.listener.begun:
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
            fits = item.kind == kind and (not prepositions or item.before in prepositions)
            itself = kind == "B" and (item.value == self.subject or item.form in ("way", "head"))
            if fits and not itself:
                return item.value
        return ""

    def animal(self, items: list[Item]) -> str:
        """Return the animal that "it" means, if the word is there."""
        animals = [who for who in self.listener.beings[-8:] if who.startswith("the ")]
        return animals[-1] if animals and any(i.kind == "it" for i in items) else ""

    def thing(self) -> str:
        """Return the thing of the clause; "it" is the one that was mentioned last."""
        for item in (*self.behind, *self.opening):
            if item.kind == "T":
                return item.value
            if item.kind == "it" and self.listener.things and item.before != "into":
                return self.listener.things[-1]
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
