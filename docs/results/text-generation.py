"""How far can one trust a text that the book's assistant wrote?  From facts, in a talk, as a story.

Every text is read by a program that did not write it, and its faults are counted by kind.  Beside the
assistant stand the baselines of ``python -m llmbook evaluate`` and, for facts, a list of templates.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import Any

from record import record

from llmbook.applications import APPLICATIONS
from llmbook.asking import said
from llmbook.baselines import BASELINES
from llmbook.contamination import Training
from llmbook.content import faults
from llmbook.errors import InputError
from llmbook.evaluate import DOCUMENTS, choose, wilson
from llmbook.hub import LanguageModel, load
from llmbook.instruct import ask
from llmbook.labels import log_probability
from llmbook.several import pass_at
from llmbook.tasks import TASKS, Example, Marks, Task
from llmbook.world import dialogue_check, reader, tell
from llmbook.world.dialogue_words import NUMBERS
from llmbook.world.lexicon import ANIMALS, GOODS, JOBS, PLACES

NAMES = ("content", "dialogue", "stories")
SPLITS = ("samples", "combinations")
N = 200
FEW = 60  # of the examples, where each is done several times
MODEL = "valley-chat"
HEATS = (0.0, 0.4, 0.8, 1.2)
DRAWS = 10
TURNS = 6  # that two assistants talk on
WORST = 3
MOST = 3  # faults of one text that are printed

Values = dict[str, Any]


def share(key: str, right: Iterable[float]) -> Values:
    """Return a share in percent, with its interval and the number that it is a share of."""
    found = list(right)
    low, high = wilson(sum(found), len(found)) if found else (0.0, 1.0)
    mean = sum(found) / len(found) if found else 0.0
    numbers = {key: mean, f"{key}_low": low, f"{key}_high": high}
    return {name: round(100 * number, 2) for name, number in numbers.items()} | {
        f"{key}_n": len(found)
    }


def warm(heat: float) -> str:
    """Return a name for a temperature that a page can quote."""
    return f"heat_{round(100 * heat)}"


def mean(numbers: Iterable[float]) -> float:
    """Return a mean, rounded for the page."""
    found = list(numbers)
    return round(sum(found) / max(1, len(found)), 3)


class Given:
    """Examples of one task, and how to have them answered.

    Args:
        lm: The model.
        name: The task.
        training: The training text, for the baseline and for what is left out.
        split: ``"samples"`` or ``"combinations"``.
        seed: Of the examples.
    """

    def __init__(
        self, lm: LanguageModel, name: str, training: Training, split: str, seed: int
    ) -> None:
        self.lm, self.name, self.task, self.split = lm, name, APPLICATIONS[name], split
        self.examples = choose(name, lm, training, N, seed, split, ask).examples
        self.prompts = [ask(name, example) for example in self.examples]
        self.texts = [self.answer(i, i) for i in range(N)]
        self.marks = self.grade(self.texts)

    def answer(self, i: int, seed: int, heat: float | None = None) -> str:
        """Return what the model writes; with the settings of the task, if no temperature is given."""
        settings = None if heat is None else {"temperature": heat}
        return said(self.lm, self.task, self.examples[i], self.prompts[i], seed, settings)  # type: ignore[arg-type]

    def grade(self, texts: Sequence[str]) -> list[Marks]:
        """Return the marks of a text for each of the first examples."""
        return [self.task.grade(one, text) for one, text in zip(self.examples, texts, strict=False)]

    def learned(self, training: Training, n: int, task: Task | None = None) -> list[str]:
        """Return what the baseline writes for the first examples, in the way of this task."""
        write = BASELINES[self.name][1](task or self.task, training.examples[self.name], self.lm)
        return [write(example, i) for i, example in enumerate(self.examples[:n])]

    def scores(self, key: str, marks: Sequence[Marks]) -> Values:
        """Return the share of each mark."""
        parts = {part for mark in marks for part in mark}
        return {
            name: value
            for part in parts
            for name, value in share(
                f"{key}_{part.replace(' ', '_')}", [mark[part] for mark in marks if part in mark]
            ).items()
        }


# --- Content from facts ---------------------------------------------------------------------------

# What a few lines of code write for each kind of note.
TEMPLATES = {
    "go": "{0} went to the {1}.",
    "meet": "{0} met {1}.",
    "feel": "{0} felt {1}.",
    "follow": "{0} followed {1}.",
    "want": "{0} wanted to have {1}.",
    "take": "{0} took {1}.",
    "gather": "{0} picked {1}.",
    "eat": "{0} ate {1}.",
    "share": "{0} gave {1} {2}.",
    "steal": "{0} stole {1} from {2}.",
    "drop": "{0} dropped {1}.",
    "rest": "{0} rested.",
    "give": "{0} gave {1} to {2}.",
    "lend": "{0} lent {1} to {2}.",
    "break": "{0} broke {1}.",
    "mend": "{0} mended {1}.",
    "ask": "{0} asked {2} for {1}.",
    "lose": "{0} lost {1}.",
    "find": "{0} found {1}.",
    "refuse": "{0} refused to give {1} to {2}.",
}
WEATHER = {
    "snow": "It began to snow.",
    "rain": "It began to rain.",
    "wind": "A wind rose.",
    "storm": "A storm broke.",
    "fog": "Fog came down.",
    "sun": "The sun came out.",
}


def filled(facts: Sequence[str]) -> str:
    """Write one sentence for each note; what somebody does for a living stands before the name."""
    sentences, jobs = [], {}
    for fact in facts:
        kind, rest = fact.split(": ", 1)
        if rest in JOBS:
            jobs[kind] = rest
        elif kind == "weather":
            sentences.append(WEATHER[rest])
        elif kind in TEMPLATES:
            sentences.append(TEMPLATES[kind].format(*map(_named, rest.split(", "))))
        else:
            sentences.append(f"{_named(kind)} was {PLACES[rest].at} the {rest}.")
    text = "\n".join(sentences)
    for name, job in jobs.items():
        text = re.sub(rf"\b{name}\b", f"the {job} {name}", text, count=1)
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in text.split("\n"))


def _named(part: str) -> str:
    """Return a thing or an animal with its article, goods with their number, and a name as it is."""
    number, _, goods = part.partition(" ")
    if number.isdigit():
        noun = GOODS[goods]
        return f"{NUMBERS[int(number)]} {noun.en if number == '1' else noun.plural}"
    return f"the {part}" if " " in part or part in ANIMALS else part


# How a line of :func:`llmbook.content.faults` begins, by kind; what else there is, contradicts itself.
KINDS = {
    "left out": r"not told:",
    "told beside": r"told:",
    "not understood": r"not understood:",
    "another order": r"the events are told in another order",
    "another state": r"(?:at|holder|count|mood|broken|lost|weather|at the start): ",
}
CONTRADICTION = "contradiction"


def kinds(example: Example, text: str) -> set[str]:
    """Return the kinds of faults of a text."""
    found = faults(text.strip(), example.facts["notes"], example.facts)
    lines = [line for part in found.values() for line in part]
    return {
        next((kind for kind, start in KINDS.items() if re.match(start, line)), CONTRADICTION)
        for line in lines
    }


def content(given: dict[str, Given], training: Training) -> Values:
    """Return the faults by kind, by temperature, and what it helps to draw several texts."""
    held = given["combinations"]
    texts = {
        "chat": held.texts,
        "templates": [filled(example.facts["notes"]) for example in held.examples],
        "ngram": held.learned(training, FEW),
        "valley": [example.answer for example in held.examples],
    }
    values: Values = {"kinds": [*KINDS, CONTRADICTION]}
    for name, written in texts.items():
        values |= held.scores(f"content_{name}", held.grade(written))
        found = [kinds(e, text) for e, text in zip(held.examples, written, strict=False)]
        for kind in values["kinds"]:
            values |= share(
                f"content_{name}_fault_{kind.replace(' ', '_')}", [kind in one for one in found]
            )
        values[f"content_{name}_variety"] = variety(written[:FEW])

    for heat in HEATS:
        hot = [held.answer(i, i, heat) for i in range(FEW)]
        values |= held.scores(f"content_{warm(heat)}", held.grade(hot))
        values[f"content_{warm(heat)}_variety"] = variety(hot)
    drawn = [[held.answer(i, i * DRAWS + j, 0.8) for j in range(DRAWS)] for i in range(FEW)]
    rights = [
        [held.task.grade(example, text)["right"] for text in written]
        for example, written in zip(held.examples, drawn, strict=False)
    ]
    values["best_of"] = [
        round(100 * mean(pass_at(k, DRAWS, sum(right)) for right in rights), 2)
        for k in range(1, DRAWS + 1)
    ]
    likely = []
    for prompt, written, right in zip(held.prompts, drawn, rights, strict=False):
        logs = [likely_text(held.lm, prompt, text.strip()) for text in written]
        likely.append([right[max(range(k), key=lambda i: logs[i])] for k in range(1, DRAWS + 1)])
    values["likeliest_of"] = [round(100 * mean(found), 2) for found in zip(*likely, strict=True)]
    values["worst_content"] = worst(held, lambda example, text: sorted(kinds(example, text)))
    return values


def likely_text(lm: LanguageModel, prompt: Any, text: str) -> float:
    """Return the logarithm of a text's probability: of none, if the end of the context cut it off."""
    try:
        return log_probability(lm, prompt, text)
    except InputError:
        return -inf


def worst(held: Given, why: Callable[[Example, str], Sequence[str]]) -> list[dict[str, str]]:
    """Return the texts with most kinds of faults; of those with as many, the shortest task."""
    wrong = [i for i, mark in enumerate(held.marks) if not mark["right"]]
    reasons = {i: why(held.examples[i], held.texts[i]) for i in wrong}
    found = sorted(wrong, key=lambda i: (-len(reasons[i]), len(held.examples[i].prompt)))[:WORST]
    return [
        {
            "given": shown(held.examples[i]),
            "said": held.texts[i].strip().replace("\n", " / "),
            "right": held.examples[i].answer.strip(),
            "why": "; ".join(reasons[i][:MOST]) + (", and more" if len(reasons[i]) > MOST else ""),
        }
        for i in found
    ]


def shown(example: Example) -> str:
    """Return what was given, in one line: notes, or the last turns, or a story's beginning."""
    lines = [line.removeprefix("- ") for line in example.prompt.split("\n")]
    if lines[0] == "Facts:":
        lines = lines[1:-1]
    return " · ".join(lines[-12:])


def variety(texts: Sequence[str]) -> float:
    """Return how many of all runs of three words are different, in percent."""
    runs = [tuple(w[i : i + 3]) for w in map(str.split, texts) for i in range(len(w) - 2)]
    return round(100 * len(set(runs)) / max(1, len(runs)), 2)


# --- Dialogue -------------------------------------------------------------------------------------


def dialogue(given: dict[str, Given], training: Training) -> Values:
    """Return which slots are right, how far back they lie, and how long a talk stays sound."""
    held = given["combinations"]
    values = held.scores("dialogue_chat", held.marks)
    values |= held.scores("dialogue_last", held.grade(held.learned(training, N)))
    back = defaultdict(list)
    for example, mark in zip(held.examples, held.marks, strict=True):
        back[distance(example)].append(mark["right"])
    for far, hits in back.items():
        values |= share(f"dialogue_back_{far}", hits)
    talks = [talk(held.lm, i) for i in range(FEW)]
    real = [tell("dialogue", 8, i, "combinations").text.split("\n") for i in range(FEW)]
    for name, played in (("self", talks), ("real", real)):
        first = [broken(lines) for lines in played]
        for turns in range(1, TURNS + 1):
            values |= share(f"sound_{name}_{turns}", [f > 2 + turns for f in first])
    names = {"right": "not what was due", "no contradiction": "contradicts what was said"}
    values["worst_dialogue"] = worst(
        held,
        lambda example, text: [
            names[m] for m, ok in held.task.grade(example, text).items() if not ok
        ],
    )
    return values


def distance(example: Example) -> str:
    """Return how many turns back a value was said last: 1, 2, 3, 4 or more, or never."""
    value = re.compile(rf"(?<!\w){re.escape(example.facts['value'])}(?!\w)", re.IGNORECASE)
    lines = example.prompt.split("\n")[:-1]
    for back, line in enumerate(reversed(lines), start=1):
        if value.search(line):
            return str(min(back, 4))
    return "never"


def talk(lm: LanguageModel, number: int) -> list[str]:
    """Let the assistant play both parts, from the first two turns of a dialogue."""
    document = tell("dialogue", 8, number, "combinations")
    lines = [f"{turn['speaker']}: {turn['text']}" for turn in document.truth["turns"][:2]]
    names = [line.partition(":")[0] for line in lines]
    for place in range(TURNS + 1):  # the last one may put right the one before
        me, you = names[place % 2], names[1 - place % 2]
        spoken = [line.partition(": ")[::2] for line in lines]
        start = f"You are {me}. I am {you}."
        if spoken[0][0] == me:
            spoken.insert(0, (you, "You begin."))
        messages = [
            {
                "role": "assistant" if who == me else "user",
                "content": f"{start}\n{text}" if not i else text,
            }
            for i, (who, text) in enumerate(spoken)
        ]
        if len(lm.encode(messages)) > lm.config.context - 40:
            break
        reply = lm.chat(messages, max_tokens=40, temperature=0, stop="\n")
        lines.append(f"{me}: {reply.strip() or '...'}")
    return lines


def broken(lines: Sequence[str]) -> int:
    """Return how many turns there are when a fault appears that the next turn does not put right."""
    found = [set(dialogue_check.check("\n".join(lines[:n]) + "\n")) for n in range(len(lines) + 1)]
    for n in range(3, len(lines)):
        if [fault for fault in found[n] & found[n + 1] if not fault.startswith("the way has")]:
            return n
    return 99  # never


# --- Stories --------------------------------------------------------------------------------------


def stories(given: dict[str, Given], training: Training) -> Values:
    """Return contradictions, variety, length and novelty, by temperature and beside a 5-gram."""
    held = given["combinations"]
    texts = {warm(heat): [held.answer(i, i, heat) for i in range(FEW)] for heat in HEATS}
    texts |= {
        "chat": held.texts,
        "ngram": held.learned(training, FEW),
        "ngram_drawn": held.learned(training, FEW, TASKS["stories"]),
        "valley": [example.answer for example in held.examples],
    }
    values: Values = {}
    for name, written in texts.items():
        values |= held.scores(f"stories_{name}", held.grade(written))
        values[f"stories_{name}_variety"] = variety(written[:FEW])
        values[f"stories_{name}_sentences"] = mean(len([*reader.split(t)]) for t in written)
        values[f"stories_{name}_events"] = mean(
            len(reader.read(e.prompt + t).events) - len(reader.read(e.prompt).events)
            for e, t in zip(held.examples, written, strict=False)
        )
        sentences = [s for text in written for s in reader.split(text)]
        values |= share(f"stories_{name}_known", [training.says(s) for s in sentences])
        values |= share(f"stories_{name}_all_known", [training.says(t) for t in written])
    again = [[held.answer(i, i * 4 + j, 0.8) for j in range(4)] for i in range(FEW)]
    values["stories_different"] = mean(len(set(four)) for four in again)
    values["worst_stories"] = worst(held, reasons)
    return values


def reasons(example: Example, text: str) -> list[str]:
    """Return what the reader of the valley has against a story, or that it speaks of others."""
    reading = reader.read(example.prompt + text)
    lines = [*reading.contradictions, *(f"not understood: {s}" for s in reading.strange)]
    return lines or ["it does not go on with what was there"]


def measure(seed: int) -> Values:
    """Return everything."""
    lm = load(MODEL)
    training = Training.read(NAMES, DOCUMENTS)
    given = {name: {s: Given(lm, name, training, s, seed) for s in SPLITS} for name in NAMES}
    values: Values = {"parameters": lm.config.n_parameters, "searched": DOCUMENTS, "few": FEW}
    for name, splits in given.items():
        for split, one in splits.items():
            values |= share(f"{split}_{name}", [mark["right"] for mark in one.marks])
    values |= content(given["content"], training)
    values |= dialogue(given["dialogue"], training)
    return values | stories(given["stories"], training)


if __name__ == "__main__":
    record("text-generation", measure, seeds=(8,), packages=("numpy",), long=True)
