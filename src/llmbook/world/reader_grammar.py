"""What a sentence of a story claims: the reader's last step, from sentences to claims.

Explained in the chapter "data".  The items of a sentence become clauses, each with a verb and a
subject, and what stands in quotes is read as direct speech.
"""

import re
from dataclasses import replace

from llmbook.world import reader_words as words
from llmbook.world.reader_clause import Clause
from llmbook.world.reader_items import Claim, Item, Listener
from llmbook.world.reader_parts import NOTHING

_BREAKS = "and but so then because since when where which after while having until before"
BREAKS = set(_BREAKS.split())


class Grammar:
    """Reads the sentences of a text one after another.

    Example:
        >>> for claim in Grammar("").sentence("Ben gave Anna the red kite.")[0]:
        ...     print(claim.kind, claim.actor, claim.thing, claim.other)
        give Ben the red kite Anna
    """

    def __init__(self, text: str) -> None:
        self.listener = Listener(text)

    def sentence(self, sentence: str) -> tuple[list[Claim], bool]:
        """Return what a sentence claims, and whether all of it has been understood."""
        quotes = re.findall(r'"([^"]*)"?', sentence)
        outside = re.sub(r'"[^"]*"?', " , ", sentence)
        outside = re.sub(
            r"(?i)\b(it is said|witnesses agree|people say|they say) that ", "", outside
        )
        self.listener.begin(quoted=bool(quotes))
        parts = self.clauses(self.listener.items(outside))
        claims: list[Claim] = []
        understood = True
        for number, (join, clause) in enumerate(parts):
            following = [item for _, items in parts[number + 1 :] for item in items]
            read = Clause(self.listener, join, clause, following).read()
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
                after.kind == "M" or (item.value == "so" and after.value in ("glad",))
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
        known = {w.lower() for i in items if i.kind in "BT" for w in i.value.split()}
        listener.unknown = unknown + [w for w in strange if w not in known]
        if re.search(r"\b(may|can) i|(could|would|will|can) you|let me have", low) and thing:
            other = self.listener.hearer or self.holder(speaker)
            self.listener.asker, self.listener.asked = speaker, thing
            return [Claim("ask", speaker, thing, other)]
        if re.search(r"\bno\b|\bcannot\b|not today|stays with me|want to keep|need it myself", low):
            if self.listener.asked or thing:
                claim = Claim("refuse", speaker, thing or self.listener.asked, self.listener.asker)
                self.listener.asked = ""
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
