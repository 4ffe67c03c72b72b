"""What does the book's assistant understand?  Verdicts, translations and answers, taken apart.

One examination of each task with two kinds of examples, as ``python -m llmbook evaluate`` makes it,
and what its score hides: by device, by grammar, by number of facts, by length.  The intervals are those
of the examples.  What depends on training, other seeds of it would show; that is measured elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from math import exp, log
from typing import Any

import numpy as np
import sacrebleu
from record import record
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from llmbook.applications import ALL
from llmbook.asking import said
from llmbook.baselines import BASELINES
from llmbook.contamination import TRAINING_SEED, Training
from llmbook.evaluate import DOCUMENTS, choose, wilson
from llmbook.hub import LanguageModel, load
from llmbook.instruct import ask
from llmbook.labels import Bin, calibration_error, compare, log_probability, reliability
from llmbook.ngram import NGram
from llmbook.tasks import Example, Marks
from llmbook.world import tell
from llmbook.world.french_checker import faults
from llmbook.world.lexicon import ADJECTIVES, ANIMALS, GOODS, MEN, THINGS, WOMEN

NAMES = ("sentiment", "translation", "questions")
N = {"combinations": 600, "samples": 300}
MODEL = "valley-chat"
LABELS = ("negative", "positive")
MANY = 20_000  # reviews, where a baseline may read more of them than one training text has
ORDER = 5  # of the n-gram model of reviews: shorter than 3 is worse, up to 8 no better
EDGES = (0.6, 0.7, 0.8, 0.9, 0.95, 0.99)  # of how sure the model is, from a half to one
LENGTHS = (160, 240, 320, 400)  # characters of a story, about a fifth of them in between
WORST = 3
NOUNS = {**THINGS, **GOODS, **ANIMALS}

Values = dict[str, Any]


def share(key: str, right: Sequence[float] | Sequence[bool]) -> Values:
    """Return a share in percent, with its interval and the number that it is a share of."""
    low, high = wilson(sum(right), len(right)) if right else (0.0, 1.0)
    mean = sum(right) / len(right) if right else 0.0
    numbers = {key: mean, f"{key}_low": low, f"{key}_high": high}
    return {name: round(100 * number, 2) for name, number in numbers.items()} | {
        f"{key}_n": len(right)
    }


def key(text: str) -> str:
    """Return a name that a page can quote."""
    return text.replace(" ", "_").replace("ê", "e").replace("-", "_")


# --- The examination ------------------------------------------------------------------------------


class Answered:
    """Examples of one task, and what was said to them.

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
        self.lm, self.name, self.split, task = lm, name, split, ALL[name]
        chosen = choose(name, lm, training, N[split], seed, split, ask)
        self.examples, self.known = chosen.examples, chosen.known
        self.prompts = [ask(name, example) for example in self.examples]
        pairs = list(zip(self.examples, self.prompts, strict=True))
        self.said = [said(lm, task, one, prompt, i) for i, (one, prompt) in enumerate(pairs)]
        self.marks = self.grade(lambda _, i: self.said[i])
        self.baseline = BASELINES[name][1](task, training.examples[name], lm)

    def grade(self, answer: Callable[[Example, int], str]) -> list[Marks]:
        """Return the marks of other answers to the same examples."""
        grade = ALL[self.name].grade
        return [grade(example, answer(example, i)) for i, example in enumerate(self.examples)]

    def rights(self) -> list[bool]:
        """Return what the model has right."""
        return [mark["right"] for mark in self.marks]

    def scores(self) -> Values:
        """Return the score of the model and that of the baseline, as ``evaluate`` does."""
        beside = [mark["right"] for mark in self.grade(self.baseline)]
        where = f"{self.split}_{self.name}"
        return share(where, self.rights()) | share(f"{where}_baseline", beside)

    def log_chances(self, answers: Sequence[str]) -> list[float]:
        """Return how probable the model finds each of some answers, as logarithms."""
        pairs = zip(self.prompts, answers, strict=True)
        return [log_probability(self.lm, prompt, answer) for prompt, answer in pairs]

    def worst(self, shown: Callable[[Example], str]) -> list[dict[str, str]]:
        """Return the wrong answers for which the right one was the least probable."""
        wrong = [i for i, right in enumerate(self.rights()) if not right]
        right = [self.examples[i].answer.strip() for i in wrong]
        logs = [
            log_probability(self.lm, self.prompts[i], a) for i, a in zip(wrong, right, strict=True)
        ]
        found = sorted(zip(logs, wrong, right, strict=True))[:WORST]
        return [
            {
                "asked": shown(self.examples[i]),
                "said": self.said[i].strip() or "(nothing)",
                "right": answer,
                "log": f"{log_chance:.0f}",
            }
            for log_chance, i, answer in found
        ]


# --- Sentiment ------------------------------------------------------------------------------------


def bag(texts: Sequence[str], verdicts: Sequence[str], longest: int = 1) -> Pipeline:
    """Learn verdicts with scikit-learn from which words, or runs of words, are there."""
    count = CountVectorizer(binary=True, ngram_range=(1, longest), token_pattern=r"\w+")  # noqa: S106
    return make_pipeline(count, LogisticRegression(max_iter=2000)).fit(texts, verdicts)


def counted(
    lm: LanguageModel, texts: Sequence[str], verdicts: Sequence[str], order: int
) -> Callable[[str], str]:
    """Learn an n-gram model of each verdict's reviews: a review belongs where it surprises less."""
    end = lm.tokenizer.vocab_size
    models = {}
    for label in LABELS:
        ids = [end]
        for text, verdict in zip(texts, verdicts, strict=True):
            if verdict == label:
                ids += [*lm.tokenizer.encode(text), end]
        models[label] = NGram[int](order).fit(ids, vocabulary=range(end + 1))

    def judge(text: str) -> str:
        ids = [end, *lm.tokenizer.encode(text), end]
        return min(LABELS, key=lambda label: models[label].bits(ids))

    return judge


def sentiment(found: dict[str, Answered], training: Training) -> Values:
    """Return the verdicts by device, beside three baselines, and how sure they are."""
    held = found["combinations"]
    lm, examples = held.lm, held.examples
    truth = [str(example.facts["sentiment"]) for example in examples]
    texts = [example.known_by for example in examples]
    read = training.examples["sentiment"]
    known, verdicts = [one.known_by for one in read], [str(o.facts["sentiment"]) for o in read]
    more = [tell("reviews", TRAINING_SEED, number) for number in range(MANY)]
    many, judged = [d.text for d in more], [str(d.truth["sentiment"]) for d in more]
    judge = counted(lm, known, verdicts, ORDER)
    beside: dict[str, Sequence[str]] = {
        "bag": bag(known, verdicts).predict(texts).tolist(),
        "pairs": bag(known, verdicts, 2).predict(texts).tolist(),
        "many": bag(many, judged).predict(texts).tolist(),
        "many_pairs": bag(many, judged, 2).predict(texts).tolist(),
        "ngram": [judge(text) for text in texts],
    }
    rights = {
        name: [a == b for a, b in zip(answers, truth, strict=True)]
        for name, answers in beside.items()
    }
    rights["chat"] = held.rights()
    values: Values = {"reviews": len(read), "many_reviews": MANY}
    for name, right in rights.items():
        values |= share(f"sentiment_{name}", right)
        devices = defaultdict(list)
        for example, hit in zip(examples, right, strict=True):
            for device in example.facts["devices"]:
                devices[device].append(hit)
        for device, hits in devices.items():
            values |= share(f"sentiment_{name}_{key(device)}", hits)
    values["devices"] = [
        d for d, _ in Counter(d for e in examples for d in e.facts["devices"]).most_common()
    ]

    sure = {split: sureness(one) for split, one in found.items()}
    chosen = [max(one, key=lambda label: one[label]) for one in sure["combinations"]]
    values |= share("sentiment_compared", [a == b for a, b in zip(chosen, truth, strict=True)])
    same = [a == b.strip().removesuffix(".") for a, b in zip(chosen, held.said, strict=True)]
    values |= share("sentiment_same", same)
    values |= calibration(sure["combinations"], truth, "")
    # One number, fitted on the samples: divide the logarithms by it.
    samples = [str(example.facts["sentiment"]) for example in found["samples"].examples]
    heats = [1.0 + step / 20 for step in range(-15, 81)]
    best = min(heats, key=lambda heat: surprise(sure["samples"], samples, heat))
    values["heat"] = round(best, 2)
    cooled = [tempered(one, best) for one in sure["combinations"]]
    values |= calibration(cooled, truth, "_tempered")
    values["worst_sentiment"] = held.worst(lambda example: example.known_by)
    return values


def sureness(answered: Answered) -> list[dict[str, float]]:
    """Return how sure the model is of each verdict."""
    return [compare(answered.lm, prompt, LABELS) for prompt in answered.prompts]


def tempered(sure: dict[str, float], heat: float) -> dict[str, float]:
    """Divide the logarithms of two chances by a number."""
    weights = {label: exp(log(max(p, 1e-12)) / heat) for label, p in sure.items()}
    return {label: weight / sum(weights.values()) for label, weight in weights.items()}


def surprise(sure: Sequence[dict[str, float]], truth: Sequence[str], heat: float) -> float:
    """Return the mean surprise at the right verdicts."""
    chances = [tempered(one, heat)[label] for one, label in zip(sure, truth, strict=True)]
    return float(-np.mean(np.log(np.maximum(chances, 1e-12))))


def calibration(sure: Sequence[dict[str, float]], truth: Sequence[str], suffix: str) -> Values:
    """Return how often the model is right where it is about equally sure."""
    most = [max(one.values()) for one in sure]
    right = [one[label] == max(one.values()) for one, label in zip(sure, truth, strict=True)]
    bins: list[Bin] = reliability(most, right, EDGES)
    values: Values = {
        f"calibration{suffix}": round(100 * calibration_error(bins), 2),
        f"sure{suffix}": round(100 * float(np.mean(most)), 2),
        f"bins{suffix}": [[round(group.sure, 4), round(group.right, 4), group.n] for group in bins],
    }
    confident = [hit for hit, p in zip(right, most, strict=True) if p >= EDGES[-1]]
    values[f"confident{suffix}"] = round(100 * len(confident) / len(most), 2)
    return values | share(f"confident{suffix}_right", confident)


# --- Translation ----------------------------------------------------------------------------------


def translation(held: Answered) -> Values:
    """Return scores of letters and words, by grammar, and what is wrong with what is wrong."""
    right = [example.answer.strip() for example in held.examples]
    texts = {
        "chat": [text.strip() for text in held.said],
        "words": [held.baseline(example, 0).strip() for example in held.examples],
        "renamed": [renamed(text) for text in right],
    }
    values: Values = {}
    for name, written in texts.items():
        pairs = list(zip(written, right, strict=True))
        if name == "renamed":  # the texts that name somebody
            pairs = [(one, other) for one, other in pairs if one != other]
        ours, theirs = map(list, zip(*pairs, strict=True))
        bleu = sacrebleu.BLEU()
        values[f"bleu_{name}"] = round(bleu.corpus_score(ours, [theirs]).score, 2)
        values[f"chrf_{name}"] = round(sacrebleu.CHRF().corpus_score(ours, [theirs]).score, 2)
        values |= share(f"exact_{name}", [one == other for one, other in pairs])
        values["signature"] = str(bleu.get_signature())

    hits = defaultdict(list)
    for example, hit in zip(held.examples, held.rights(), strict=True):
        for feature in (*example.facts["features"], *order(example)):
            hits[feature].append(hit)
    values["features"] = sorted(hits, key=lambda feature: -len(hits[feature]))
    for feature, found in hits.items():
        values |= share(f"translation_{key(feature)}", found)

    wrong = [(a, b) for a, b in zip(texts["chat"], right, strict=True) if a != b]
    values |= share("wrong_good_french", [not faults(a) for a, _ in wrong])
    values |= share("wrong_one_word", [off(a, b) == 1 for a, b in wrong])
    values["wrong"] = len(wrong)
    values["worst_translation"] = held.worst(lambda example: str(example.facts["english"]))
    return values


def order(example: Example) -> set[str]:
    """Return where the adjectives of a French text stand: at their noun, or apart from it."""
    french, found = example.facts["french"].lower(), set()
    for word, other in example.facts["pairs"]:
        if word in ADJECTIVES and other in NOUNS:
            adjective, noun = ADJECTIVES[word], NOUNS[other]
            forms = [form for form in (*adjective.fr, adjective.liaison) if form]
            both = [(form, name) for form in forms for name in (noun.fr, noun.fr_plural)]
            front = any(f"{form} {name}" in french for form, name in both)
            behind = any(f"{name} {form}" in french for form, name in both)
            place = "in front" if front else "behind" if behind else "apart"
            found.add(f"adjective {place}")
    return found


def renamed(french: str) -> str:
    """Give another name to the first person of a text: its meaning is wrong, and little else."""
    names = [*WOMEN, *MEN]
    words = french.split(" ")
    for place, word in enumerate(words):
        bare = word.strip(".,?!")
        if bare in names:
            table = WOMEN if bare in WOMEN else MEN
            other = table[(list(table).index(bare) + 1) % len(table)]
            return " ".join([*words[:place], word.replace(bare, other), *words[place + 1 :]])
    return french


def off(text: str, right: str) -> int:
    """Return how many words differ."""
    one, other = text.split(), right.split()
    blocks = SequenceMatcher(a=one, b=other, autojunk=False).get_matching_blocks()
    return max(len(one), len(other)) - sum(block.size for block in blocks)


# --- Questions ------------------------------------------------------------------------------------


def questions(held: Answered) -> Values:
    """Return the answers by facts and by length, and what is said where nothing is said."""
    values: Values = {}
    kinds, lengths, hits = defaultdict(list), defaultdict(list), held.rights()
    beside = [mark["right"] for mark in held.grade(held.baseline)]
    unsaid = [example.facts["answer"] == "not said" for example in held.examples]
    for example, hit, base, empty in zip(held.examples, hits, beside, unsaid, strict=True):
        kind = "not_said" if empty else f"hops_{example.facts['hops']}"
        kinds[kind].append(hit)
        kinds[f"{kind}_baseline"].append(base)
        lengths[int(np.digitize(len(example.known_by), LENGTHS))].append(hit)
    for kind, found in kinds.items():
        values |= share(f"questions_{kind}", found)
    for place, found in lengths.items():
        values |= share(f"questions_length_{place}", found)
    values["lengths"] = list(LENGTHS)

    admitted = [text.strip().removesuffix(".").lower() == "not said" for text in held.said]
    values |= share("precision", [b for a, b in zip(admitted, unsaid, strict=True) if a])
    values |= share("recall", [a for a, b in zip(admitted, unsaid, strict=True) if b])
    values["unsaid"], values["admitted"] = sum(unsaid), sum(admitted)

    sure = held.log_chances([text.strip() or "." for text in held.said])
    ranked = [hits[i] for i in np.argsort(sure, kind="stable")]
    half = len(ranked) // 2
    values |= share("unsure_half", ranked[:half]) | share("sure_half", ranked[half:])
    values["worst_questions"] = held.worst(
        lambda example: f"{example.known_by} — {example.facts['question']}"
    )
    return values


def measure(seed: int) -> Values:
    """Return everything."""
    lm = load(MODEL)
    training = Training.read(NAMES, DOCUMENTS)
    values: Values = {"parameters": lm.config.n_parameters, "searched": DOCUMENTS}
    found = {
        name: {split: Answered(lm, name, training, split, seed) for split in N} for name in NAMES
    }
    for splits in found.values():
        for answered in splits.values():
            values |= answered.scores()
    values |= sentiment(found["sentiment"], training)
    values |= translation(found["translation"]["combinations"])
    return values | questions(found["questions"]["combinations"])


if __name__ == "__main__":
    record(
        "language-understanding",
        measure,
        seeds=(7,),  # nothing was chosen on it
        packages=("numpy", "scikit-learn", "sacrebleu"),
        long=True,
    )
