"""Questions: a solver that reads only the text and the told events finds every answer, and rejects others."""

import re
from collections import Counter

import pytest

from llmbook.world.draw import Draw, held_out
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MEN, PLACES, THINGS, WOMEN
from llmbook.world.meaning import Animal, Event, Person, Thing
from llmbook.world.question_kinds import clause, goods_name
from llmbook.world.question_phrases import ASK, DID
from llmbook.world.question_reader import Reader
from llmbook.world.questions import story, tell


def documents(n, split="train", seed="test"):
    return [tell(Draw("question", seed, i, split=split)) for i in range(n)]


TRAIN = documents(700)
NUMBERS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
]

# --- A solver of its own: words in, words out -----------------------------------------------------

BEING = rf"(?:{'|'.join((*WOMEN, *MEN))}|the (?:{'|'.join(ANIMALS)}))"
THING = rf"the (?:{'|'.join(ADJECTIVES)}) (?:{'|'.join(THINGS)})"
PLACE = "|".join(PLACES)
COUNTED = {noun.plural: name for name, noun in GOODS.items()}


DONE = {
    "broke": "break",
    "mended": "mend",
    "found": "find",
    "lost": "lose",
    "stole": "steal",
    "wants": "want",
}
VERBS = {
    "broke": "break",
    "mended": "mend",
    "found": "find",
    "lost": "lose",
    "stole": "steal",
    "wanted": "want",
}
WEATHER = {
    "sun": "sunny",
    "rain": "rainy",
    "wind": "windy",
    "snow": "snowy",
    "fog": "foggy",
    "storm": "stormy",
}


def only(found):
    """Return the only one of what was found."""
    found = set(found)
    return found.pop() if len(found) == 1 else "ambiguous" if found else "not said"


class Solver:
    """Knows what a story says: where who is, who has what, who did what."""

    def __init__(self, document):
        self.at, self.has, self.count, self.mood, self.broken = {}, {}, {}, {}, {}
        self.weather, self.deeds, self.subject = None, [], ""
        story = document.truth["story"]
        for sentence in re.split(r"(?<=[.!?]) ", story["text"]):
            self.setting(sentence)
        for event in story["events"]:
            self.happen(event)

    def setting(self, sentence):
        """Read where somebody was, and who had what, in plain sentences."""
        sentence = re.sub(r"^.*?, (?=[A-Z]|the |a )", "", sentence)
        sentence = re.sub(r"^(He|She|It)\b", lambda _: self.subject, sentence).replace(
            "The ", "the "
        )
        self.subject = next(iter(re.findall(BEING, sentence)), self.subject)
        for who, place in re.findall(
            rf"((?:{BEING})(?: and {BEING})*) (?:was|were) (?:in|on|at|by) the ({PLACE})",
            sentence.replace("The ", "the "),
        ):
            for being in re.findall(BEING, who):
                self.at.setdefault(being, place)
        for who, adjective, noun in re.findall(
            rf"({BEING}) had (?:a|an|his|her) ({'|'.join(ADJECTIVES)}) ({'|'.join(THINGS)})\b",
            sentence,
        ):
            self.has.setdefault(f"the {adjective} {noun}", who)
        for adjective, noun, place in re.findall(
            rf"(?i:an?) ({'|'.join(ADJECTIVES)}) ({'|'.join(THINGS)}) lay (?:in|on|at|by) the ({PLACE})",
            sentence,
        ):
            self.at.setdefault(f"the {adjective} {noun}", place)

    def happen(self, text):
        """Let an event happen, as its words say."""
        kind, rest = text.split(" ", 1)
        beings, things = (
            re.findall(rf"\b{BEING}\b", re.sub(THING, "", rest)),
            re.findall(THING, rest),
        )
        if kind == "weather":
            self.weather = rest
            return
        actor, other = beings[0], beings[1] if beings[1:] else None
        thing = things[0] if things else None
        self.deeds.append((kind, actor, thing, other))
        if kind in ("take", "find") and thing in self.at and actor not in self.at:
            self.at[actor] = self.at[thing]
        if other and kind != "follow":  # where the one is, the other is
            place = self.at.get(actor) or self.at.get(other)
            self.at |= {
                being: place for being in (actor, other) if place and not self.at.get(being)
            }
        if kind == "go":
            self.at[actor] = re.search(rf"(?:^|\s)({PLACE})$", rest)[1]
        elif kind == "feel":
            self.mood[actor] = rest.split()[-1]
        elif kind == "follow":
            self.at[actor] = self.at.get(other)
        elif kind in ("take", "find", "steal"):
            self.has[thing] = actor
        elif kind in ("lend", "give"):
            self.has[thing] = other
        elif kind in ("drop", "lose"):
            self.has[thing], self.at[thing] = None, self.at.get(actor)
        elif kind in ("break", "mend"):
            self.broken[thing] = kind == "break"
        elif kind in ("gather", "share", "eat"):
            number, goods = re.search(r"(\d+) (\w+)$", rest).groups()
            gain = int(number) if kind == "gather" else -int(number)
            self.count[actor, goods] = self.count.get((actor, goods), 0) + gain
            if kind == "share":
                self.count[other, goods] = self.count.get((other, goods), 0) - gain

    def where(self, what):
        return self.at.get(self.has.get(what) or what)

    def answer(self, question, answer):
        """Return the answer in words, "not said", or None if it does not know this kind of question."""
        asked = {
            key: match for key in ASK for option in ASK[key] if (match := matched(option, question))
        }
        for key in (
            "where",
            "who has",
            "nobody has",
            "have",
            "feel",
            "still",
            "at",
            "broken",
            "feels",
            "together",
        ):
            if key in asked:
                return self.reply(key, asked[key])
        for key, kind in DONE.items():
            if key in asked:
                return only(
                    who
                    for did, who, thing, _ in self.deeds
                    if did == kind and thing == asked[key]["t"]
                )
            if f"what {key}" in asked:
                x = asked[f"what {key}"]["x"]
                return only(thing for did, who, thing, _ in self.deeds if did == kind and who == x)
        if "gave" in asked:
            to = asked["gave"]["x"], asked["gave"]["t"]
            return only(
                who
                for did, who, thing, other in self.deeds
                if did in ("give", "lend") and (other, thing) == to
            )
        if "weather" in asked:
            return WEATHER.get(self.weather, "not said")
        for key in ("where that", "who has that"):
            found = re.fullmatch(rf"({BEING}) (\w+)", asked[key]["v"]) if key in asked else None
            if found:
                kind = VERBS[found[2]]
                thing = only(
                    thing for did, who, thing, _ in self.deeds if did == kind and who == found[1]
                )
                return self.reply(key.removesuffix(" that"), {"x": thing, "t": thing})
        return None

    def reply(self, key, slots):
        x = slots.get("x", "")
        if key == "where":
            place = self.where(x)
            return PLACES[place].where if place else "not said"
        if key in ("who has", "nobody has"):
            return (self.has[slots["t"]] or "nobody") if slots["t"] in self.has else "not said"
        if key in ("have", "together"):
            goods = COUNTED[slots["g"]]
            numbers = [self.count.get((being, goods)) for being in (x, slots.get("y", x))]
            if None in numbers:
                return "not said"
            return NUMBERS[sum(numbers) if key == "together" else numbers[0]]
        if key == "feel":
            return self.mood.get(x, "not said")
        if key == "feels":
            return (
                "not said" if x not in self.mood else "yes" if self.mood[x] == slots["w"] else "no"
            )
        if key == "still":
            return "yes" if self.has.get(slots["t"]) == x else "no"
        if key == "broken":
            return "yes" if self.broken.get(slots["t"]) else "no"
        place = self.where(x)
        return "not said" if place is None else "yes" if PLACES[place].where == slots["p"] else "no"


def matched(option, question):
    """Return what fills the slots of a phrase in a question, or None."""
    kinds = {
        "x": rf"{BEING}|{THING}",
        "y": BEING,
        "t": THING,
        "g": "|".join(COUNTED),
        "p": rf"(?:in|on|at|by) the (?:{PLACE})",
        "w": r"\w+",
    }
    pattern = re.sub(
        r"\\\{(\w)\\\}", lambda m: f"(?P<{m[1]}>{kinds.get(m[1], '.+')})", re.escape(option)
    )
    found = (
        re.fullmatch(pattern, question)
        if len(set(re.findall(r"\{(\w)\}", option))) == option.count("{")
        else None
    )
    return found and found.groupdict()


PLAIN = [document for document in TRAIN if document.truth["story"]["plain"]][:260]
SOLVED = [
    (document, entry, solution)
    for document in PLAIN
    for solver in [Solver(document)]
    for entry in document.truth["questions"]
    if (solution := solver.answer(entry["question"], entry["answer"])) is not None
]


def test_the_solver_finds_every_answer_that_the_text_gives():
    assert len(SOLVED) > 200
    for document, entry, solution in SOLVED:
        if entry["answer"] != "not said":
            assert solution == entry["answer"], (document.text, entry)


def test_the_solver_finds_nothing_where_the_text_says_nothing():
    unsaid = [(d, e, s) for d, e, s in SOLVED if e["answer"] == "not said"]
    assert len(unsaid) > 15
    for document, entry, solution in unsaid:
        assert solution == "not said", (document.text, entry)


def test_the_solver_would_notice_another_story():
    """Change where everybody goes, what they feel and who does it: the solver disagrees."""
    noticed = changed = 0
    for document in PLAIN:
        events = [
            re.sub(r"^feel (.+) \w+$", r"feel \1 curious", event).replace("break", "mend")
            if not event.startswith("go ")
            else re.sub(rf"\b({PLACE})$", "attic" if not event.endswith("attic") else "barn", event)
            for event in document.truth["story"]["events"]
        ]
        other = type(document)(
            "question", document.text, {"story": {**document.truth["story"], "events": events}}
        )
        solver = Solver(other)
        for entry in document.truth["questions"]:
            if entry["kind"] in ("feel", "where") and entry["answer"] not in (
                "not said",
                "curious",
            ):
                solution = solver.answer(entry["question"], entry["answer"])
                if solution is not None:
                    changed += 1
                    noticed += solution != entry["answer"]
    assert changed > 40
    assert noticed / changed > 0.7  # some stand where the story began


# --- Form ----------------------------------------------------------------------------------------


def test_the_layout_is_a_story_an_empty_line_and_pairs_of_lines():
    for document in TRAIN:
        story, block = document.text.split("\n\n")
        assert story == document.truth["story"]["text"]
        lines = block.split("\n")
        expected = [
            line
            for e in document.truth["questions"]
            for line in (f"Question: {e['question']}", f"Answer: {e['answer']}")
        ]
        assert lines == expected
        assert 1 <= len(document.truth["questions"]) <= 3
        assert all(
            re.fullmatch(r"[A-Z][^{}]*[?.]", entry["question"])
            for entry in document.truth["questions"]
        )
        assert len(document.text) <= 820


def test_answers_are_short_and_canonical():
    for document in TRAIN:
        for entry in document.truth["questions"]:
            assert entry["answers"][0] == entry["answer"]
            assert len(entry["answer"]) <= 80
            assert entry["hops"] in (1, 2, 3)


def test_a_reason_stands_in_a_plain_story_as_it_is_answered_or_right_before():
    for document in PLAIN:
        for entry in document.truth["questions"]:
            if entry["kind"] == "why" and entry["hops"] == 1 and entry["answer"] != "not said":
                reason = entry["answer"].removeprefix("because ")
                assert (
                    reason in document.text.split("\n\n")[0].lower() or reason in document.text
                ), document.text


def test_answers_stand_in_the_story_unless_they_are_counted_or_denied():
    for document in TRAIN:
        for entry in document.truth["questions"]:
            if entry["kind"] in ("where", "who") and entry["answer"] not in ("not said", "nobody"):
                assert entry["answer"].split()[-1] in document.truth["story"]["text"], document.text
            if entry["kind"] == "what" and re.fullmatch(THING, entry["answer"]):
                assert set(entry["answer"].split()) <= set(
                    re.findall(r"\w+", document.text.split("\n\n")[0].lower())
                )


def test_what_the_reader_knows_is_so():
    """Whatever the text tells agrees with the simulator, in every voice."""
    known = 0
    for i in range(150):
        told = story(Draw("question", "sound", i))
        *_, state = told.life.states()
        for what in (*told.beings, *told.life.things):
            if (place := told.reader.where(what)) is not None:
                known += 1
                assert place is state.where(what), told.text
        for thing, holder in told.reader.holder.items():
            assert holder == state.holder.get(thing), told.text
        assert all(state.count[key] == number for key, number in told.reader.count.items())
        assert all(state.mood[being] == mood for being, mood in told.reader.mood.items())
    assert known > 300


def test_no_training_text_holds_a_pair_that_is_held_out():
    pattern = re.compile(rf"\b({'|'.join(ADJECTIVES)}) ({'|'.join(THINGS)})\b")
    for document in TRAIN:
        for adjective, noun in pattern.findall(document.text):
            assert not held_out(adjective, noun), document.text


def test_the_combinations_are_made_of_them():
    pattern = re.compile(rf"\b({'|'.join(ADJECTIVES)}) ({'|'.join(THINGS)})\b")
    pairs = [
        pair
        for document in documents(120, "combinations")
        for pair in pattern.findall(document.text)
    ]
    assert pairs and all(held_out(*pair) for pair in pairs)


# --- Balance -------------------------------------------------------------------------------------


def entries():
    return [(document, entry) for document in TRAIN for entry in document.truth["questions"]]


def test_not_said_is_one_answer_in_six():
    share = sum(entry["answer"] == "not said" for _, entry in entries()) / len(entries())
    assert 0.13 < share < 0.21


def test_yes_and_no_are_equally_frequent():
    answers = Counter(entry["answer"] for _, entry in entries() if entry["kind"] == "yes or no")
    assert 0.4 < answers["yes"] / (answers["yes"] + answers["no"]) < 0.6


def test_the_last_place_is_the_answer_no_more_often_than_chance_would_have_it():
    right = chance = total = 0.0
    for document, entry in entries():
        if entry["kind"] == "where" and entry["answer"] != "not said":
            places = re.findall(rf"\bthe ({PLACE})\b", document.truth["story"]["text"])
            total += 1
            right += entry["answer"].endswith(f" {places[-1]}")
            chance += 1 / len(set(places))
    assert abs(right - chance) / total < 0.08


def test_every_kind_and_every_depth_occurs():
    kinds = Counter(entry["kind"] for _, entry in entries())
    assert set(kinds) == {"where", "who", "what", "how many", "feel", "weather", "why", "yes or no"}
    assert min(Counter(entry["hops"] for _, entry in entries()).values()) > 30


def test_no_opening_is_frequent():
    openings = Counter(" ".join(document.text.split()[:3]) for document in TRAIN)
    assert openings.most_common(1)[0][1] / len(TRAIN) < 0.05


# --- The reader ----------------------------------------------------------------------------------


@pytest.fixture
def cast():
    kite = Thing(THINGS["kite"], ADJECTIVES["red"])
    return Person("Anna", "f", "baker"), Person("Ben", "m", "cook"), Animal(ANIMALS["fox"]), kite


def test_what_is_held_is_where_its_holder_is(cast):
    anna, ben, _, kite = cast
    reader = Reader()
    reader.hear(Event("take", anna, kite))
    assert reader.where(kite) is None
    reader.hear(Event("go", anna, place=PLACES["mill"]))
    assert reader.where(kite) is PLACES["mill"] and reader.depth(kite) == 2
    reader.hear(Event("give", anna, kite, ben))
    reader.hear(Event("go", anna, place=PLACES["hill"]))
    assert reader.where(kite) is PLACES["mill"] and reader.depth(kite) == 3


def test_who_follows_somebody_unseen_is_lost_from_sight(cast):
    anna, _, fox, _ = cast
    reader = Reader()
    reader.hear(Event("go", anna, place=PLACES["mill"]))
    reader.hear(Event("follow", anna, other=fox))
    assert reader.where(anna) is None


def test_clauses_know_their_pronouns(cast):
    anna, ben, fox, kite = cast
    assert clause(Event("give", ben, kite, anna), anna) == "Ben gave the red kite to her"
    assert clause(Event("steal", fox, kite, anna), anna) == "the fox stole the red kite"
    assert clause(Event("feel", anna, word="sad"), anna) == "she was sad"
    assert goods_name(GOODS["cherry"], 1) == "one cherry"


def test_every_event_that_can_be_a_reason_has_words():
    assert all(len(forms) == 2 for forms in DID.values())
