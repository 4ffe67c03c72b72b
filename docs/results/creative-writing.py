"""Does the book's assistant write verse, is it new, and can its style be chosen?

Couplets are checked by :mod:`llmbook.world.prosody`, and compared with poems that the model may have
read: lines, and runs of four words.  Each seed makes other requests.  The first part takes the
likeliest answer, on new samples and on held-out combinations; the second draws many answers to some
requests, at several temperatures.  The third tells the same facts in several voices.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Any

from batches import Assistant, Reply, learned
from record import record

from llmbook import load
from llmbook.applications import ALL
from llmbook.baselines import counted
from llmbook.chat import Message
from llmbook.contamination import Training
from llmbook.evaluate import choose, wilson
from llmbook.instruct import ask
from llmbook.several import pass_at
from llmbook.tasks import Example
from llmbook.world import prosody, tell
from llmbook.world.diversity import ngrams

MODEL = "valley-chat"
N = 60  # for each task, split and seed
LEARNED = 3000  # poems, by the baseline
SEEDS = (1, 2, 3)  # 0 is that of the training text
SPLITS = ("samples", "combinations")
ORDER, WORDS = 16, 4  # of the baseline; of a run of words
DRAWN_FOR, DRAWS = max(1, 3 * N // 10), 20  # requests of a seed, and couplets for each
TEMPERATURES = (20, 40, 60, 80, 110)  # in hundredths
USUAL, MOST = 60, 10  # the temperature and the number of draws that one chooses among
FACTS = max(2, N // 5)  # sets of notes of a seed
VALUES = ("right", "rhyme", "meter", "as asked")

# How a reply may begin, and how one may ask for the same.
STYLES = {
    "plain": ("The day began quietly.", "Tell it plainly."),
    "present": ("It is a quiet day in the valley.", "Write it in the present tense."),
    "fairy": ("Listen, children, to an old tale.", "Write it as a fairy tale."),
    "reporter": ("The Valley Gazette reports.", "Write it as news."),
    "gossip": ("Have you heard the news?", "Write it as gossip."),
    "child": ("I know a story.", "Write it as a child would."),
}
PRESENT = {"am", "is", "are", "has", "goes", "comes", "gives", "takes", "finds", "loses", "breaks",
           "meets", "sees", "gets", "runs", "says", "feels", "brings", "leaves", "walks", "arrives",
           "hands", "picks", "mends", "shares", "asks", "looks", "drops", "eats", "puts",
           "offers", "receives", "lends", "helps", "repairs", "discovers", "hurries"}  # fmt: skip
PAST = {"was", "were", "had", "went", "came", "gave", "took", "found", "lost", "broke", "met", "saw",
        "got", "ran", "said", "felt", "brought", "left", "stole", "lent", "ate", "put", "fell"}  # fmt: skip


@cache
def assistant() -> Assistant:
    """Return the book's assistant."""
    return Assistant(load(MODEL))


# --- What the model may have read -----------------------------------------------------------------


class Read:
    """Poems of the training text: their lines, their runs of words, and prints of them."""

    def __init__(self) -> None:
        self.lines: set[tuple[str, ...]] = set()
        self.runs: set[tuple[str, ...]] = set()
        self.training = Training({"couplets": []})
        self.poems = 0
        for number, poem in enumerate(learned("verse")):
            self.poems = number + 1
            self.training.add(poem.text)
            self.lines |= set(lines(poem.text))
            self.runs |= set(ngrams(poem.text, WORDS))
            if number < LEARNED and (example := ALL["couplets"].example(poem, number)):
                self.training.examples["couplets"].append(example)

    def known_lines(self, text: str) -> list[bool]:
        """Say of each line of a text whether a poem has it."""
        return [line in self.lines for line in lines(text)]

    def known_runs(self, text: str) -> float:
        """Return the share of the runs of words in a text that a poem has."""
        found = [run in self.runs for run in ngrams(text, WORDS)]
        return sum(found) / len(found) if found else 1.0


def lines(text: str) -> list[tuple[str, ...]]:
    """Return the words of each line, without capitals and marks."""
    return [words for line in text.split("\n") if (words := tuple(prosody.words(line)))]


@cache
def read() -> Read:
    """Read the training text once."""
    return Read()


def percent(values: Sequence[float]) -> float:
    """Return the mean, in percent; of nothing, 0."""
    return 100 * sum(values) / len(values) if values else 0.0


# --- The likeliest answer -------------------------------------------------------------------------


@cache
def chosen(seed: int, split: str) -> tuple[list[Example], float]:
    """Return requests, and the share of all that were left out because a poem has their answer."""
    found = choose("couplets", assistant().lm, read().training, N, seed, split, ask)
    return found.examples, found.known / (found.known + N)


@cache
def greedy(seed: int, split: str) -> list[tuple[Example, Reply, dict[str, bool]]]:
    """Return requests, what was said, and its marks."""
    examples, _ = chosen(seed, split)
    replies = [row[0] for row in assistant().do("couplets", examples)]
    return [
        (example, reply, ALL["couplets"].grade(example, reply.text))
        for example, reply in zip(examples, replies, strict=True)
    ]


@cache
def baseline() -> Any:
    """Return what answers by counting."""
    return counted(ALL["couplets"], read().training.examples["couplets"], assistant().lm, ORDER)


def scores(seed: int) -> dict[str, float]:
    """Return the scores of one seed, in percent."""
    values = {}
    for split in SPLITS:
        found = greedy(seed, split)
        for mark in VALUES:
            values[f"{split}_{mark.replace(' ', '_')}"] = percent([m[mark] for *_, m in found])
        for kind in ("theme", "rhyme"):
            part = [m["right"] for example, _, m in found if example.facts["kind"] == kind]
            values[f"{split}_for_{kind}"] = percent(part)
        values[f"{split}_known"] = 100 * chosen(seed, split)[1]
        values |= {f"{split}_{k}": v for k, v in novelty([r.text for _, r, _ in found]).items()}
        values |= {
            f"{split}_narrator_{k}": v
            for k, v in novelty([example.answer for example, *_ in found]).items()
        }
    examples, _ = chosen(seed, "combinations")
    texts = [baseline()(example, i) for i, example in enumerate(examples)]
    marks = [ALL["couplets"].grade(e, t)["right"] for e, t in zip(examples, texts, strict=True)]
    values["baseline"] = percent(marks)
    values |= {f"baseline_{key}": value for key, value in novelty(texts).items()}
    return values


def novelty(texts: Sequence[str]) -> dict[str, float]:
    """Return which share of lines, of runs of words and of whole texts is new, in percent."""
    found = [known for text in texts for known in read().known_lines(text)]
    return {
        "new_lines": 100 - percent(found),
        "new_runs": 100 - percent([read().known_runs(text) for text in texts]),
        "recited": percent([all(read().known_lines(text)) for text in texts]),
    }


# --- Many answers ---------------------------------------------------------------------------------


@cache
def draws(seed: int, temperature: int) -> list[tuple[Example, list[Reply], list[dict[str, bool]]]]:
    """Draw couplets for some requests, and return them with their marks."""
    examples = chosen(seed, "combinations")[0][:DRAWN_FOR]
    rows = assistant().do(
        "couplets", examples, temperature=temperature / 100, seed=seed, times=DRAWS
    )
    return [
        (example, row, [ALL["couplets"].grade(example, reply.text) for reply in row])
        for example, row in zip(examples, rows, strict=True)
    ]


def idea(text: str) -> tuple[str, ...]:
    """Return the idea of a couplet, as far as it can be counted: its two rhyme words."""
    return tuple(sorted(line[-1] for line in lines(text)))


def expected(groups: Counter[Any], drawn: int, n: int) -> float:
    """Return how many different things there are among ``n`` of those that were drawn, on average.

    A thing that came up ``c`` times is among them with the chance of pass@n.
    Source: Hurlbert, "The nonconcept of species diversity", 1971.
    """
    return sum(pass_at(n, drawn, times) for times in groups.values())


def several(seed: int) -> dict[str, float]:
    """Return quality, novelty and variety for each temperature."""
    values = {}
    for temperature in TEMPERATURES:
        found = draws(seed, temperature)
        pairs = [
            (reply.text, marks) for _, row, graded in found
            for reply, marks in zip(row, graded, strict=True)
        ]  # fmt: skip
        texts, right = [text for text, _ in pairs], [text for text, m in pairs if m["right"]]
        for mark in VALUES:
            values[f"{mark.replace(' ', '_')}_{temperature}"] = percent([m[mark] for _, m in pairs])
        values |= {f"{key}_{temperature}": value for key, value in novelty(texts).items()}
        values |= {f"right_{key}_{temperature}": value for key, value in novelty(right).items()}
        # What one wants: right, and no line of it is in the training text.
        new = [m["right"] and not any(read().known_lines(text)) for text, m in pairs]
        values[f"fresh_{temperature}"] = percent(new)
        for k in (1, 2, 5, MOST):
            chances = [pass_at(k, DRAWS, sum(m["right"] for m in graded)) for *_, graded in found]
            values[f"best_{k}_{temperature}"] = percent(chances)
        for n in range(1, DRAWS + 1):
            ideas, said = [], []
            for _, row, graded in found:
                good = [r.text for r, m in zip(row, graded, strict=True) if m["right"]]
                ideas.append(expected(Counter(map(idea, good)), DRAWS, n))
                said.append(expected(Counter(r.text for r in row), DRAWS, n))
            values[f"ideas_{n}_{temperature}"] = sum(ideas) / len(ideas)
            values[f"texts_{n}_{temperature}"] = sum(said) / len(said)
    return values


def choices(seed: int) -> dict[str, float]:
    """Return how new the couplet is that is taken from ten: any, any right one, the newest."""
    found: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
    for _, row, graded in draws(seed, USUAL):
        for first in range(0, DRAWS, MOST):
            group = [
                (marks["right"], reply.text) for reply, marks in zip(row, graded, strict=True)
            ][first : first + MOST]
            good = [pair for pair in group if pair[0]] or group
            found["any"].append(group[0])
            found["right"].append(good[0])
            found["newest"].append(min(good, key=lambda pair: read().known_runs(pair[1])))
    values = {}
    for rule, taken in found.items():
        values[f"take_{rule}"] = percent([right for right, _ in taken])
        values |= {f"take_{rule}_{k}": v for k, v in novelty([t for _, t in taken]).items()}
    return values


# --- Styles ---------------------------------------------------------------------------------------


def tense(text: str) -> str:
    """Return the tense of a text outside of direct speech, by its verbs."""
    words = re.findall(r"[a-z]+", re.sub(r'"[^"]*"', " ", text).lower())
    past = sum(word in PAST or word.endswith("ed") for word in words)
    return "present" if sum(word in PRESENT for word in words) > past else "past"


@cache
def noted(seed: int) -> list[Example]:
    """Return sets of facts."""
    found: list[Example] = []
    for number in count():
        if len(found) == FACTS:
            return found
        example = ALL["content"].example(tell("stories", seed, number, "combinations"), number)
        if example is not None and len(example.facts["notes"]) <= 7:
            found.append(example)
    raise AssertionError("count has no end")


def styles(seed: int) -> dict[str, float]:
    """Tell the same facts in several voices: asked for in words, or by how the reply begins."""
    ways: dict[tuple[str, str], list[list[Message]]] = defaultdict(list)
    for name, (opening, request) in STYLES.items():
        for example in noted(seed):
            [message] = ask("content", example)
            words = f"{message['content']}\n{request}"
            ways["asked", name].append([{"role": "user", "content": words}])
            ways["begun", name].append([message, {"role": "assistant", "content": opening}])
    everything = [messages for group in ways.values() for messages in group]
    replies = iter(assistant().tell(everything, max_tokens=150, stop=("\n",)))
    values: dict[str, float] = {}
    for way, name in ways:
        texts = [next(replies).text for _ in noted(seed)]
        wanted = "present" if name == "present" else "past"
        marks = {
            "tense": [tense(text) == wanted for text in texts],
            "right": [
                ALL["content"].grade(example, text)["right"]
                for example, text in zip(noted(seed), texts, strict=True)
            ],
        }
        values |= {f"{way}_{name}_{mark}": percent(found) for mark, found in marks.items()}
    for way in ("asked", "begun"):
        for what in ("tense", "right"):
            found = [values[f"{way}_{name}_{what}"] for name in STYLES]
            values[f"{way}_{what}"] = sum(found) / len(found)
    return values


@cache
def told() -> str:
    """Return one set of facts in three voices, as Markdown."""
    example = noted(SEEDS[0])[0]
    [message] = ask("content", example)
    names = ("plain", "present", "gossip")
    messages = [[message, {"role": "assistant", "content": STYLES[name][0]}] for name in names]
    replies = assistant().tell(messages, max_tokens=150, stop=("\n",))
    parts = ["```text", *(f"- {note}" for note in example.facts["notes"])]
    for name, reply in zip(names, replies, strict=True):
        parts += ["", f"{name}: {STYLES[name][0]} |{reply.text}"]
    return "\n".join([*parts, "```"])


# --- All seeds together ---------------------------------------------------------------------------


@cache
def together() -> dict[str, Any]:
    """Return intervals and the worst failures."""
    values: dict[str, Any] = {"examples": len(SEEDS) * N, "draws": DRAWS}
    values |= {
        "usual": USUAL / 100,
        "requests": len(SEEDS) * DRAWN_FOR,
        "facts": len(SEEDS) * FACTS,
    }
    values |= {"poems": read().poems, "known_lines": len(read().lines), "learned": LEARNED}
    for split in SPLITS:
        grades = [marks["right"] for seed in SEEDS for *_, marks in greedy(seed, split)]
        low, high = wilson(sum(grades), len(grades))
        values[f"{split}_low"], values[f"{split}_high"] = 100 * low, 100 * high
    return values | {"worst": worst(), "told": told()}


def worst(number: int = 4) -> str:
    """Return the wrong couplets of which the model was surest, as Markdown."""
    found = [
        (reply.chance, -i, example, reply)
        for seed in SEEDS
        for i, (example, reply, marks) in enumerate(greedy(seed, "combinations"))
        if not marks["right"]
    ]
    blocks: dict[str, str] = {}  # by couplet: some are the answer to several requests
    for chance, _, example, reply in sorted(found, key=lambda row: row[:2], reverse=True):
        text = reply.text.strip()
        if text in blocks or len(blocks) == number:
            continue
        faults = prosody.check(text)
        kind, word = example.facts["kind"], example.facts["word"]
        marks = ALL["couplets"].grade(example, reply.text)
        if not marks["as asked"]:
            faults.append(f"not as asked: the {kind} is {word!r}")
        said = "\n".join([f"{kind}: {word}", "", text])
        blocks[text] = (
            f"```text\n{said}\n```\n\n*{'; '.join(faults)}*.\nIts probability: {100 * chance:.2g} %."
        )
    return "\n\n".join(blocks.values())


def measure(seed: int) -> dict[str, Any]:
    """Return everything for the requests of one seed."""
    return together() | scores(seed) | several(seed) | choices(seed) | styles(seed)


if __name__ == "__main__":
    record("creative-writing", measure, SEEDS, ("torch",), long=True)
