"""What one gets without a neural network: the score that a model has to beat.

Explained in the chapter "Evaluation" of the part "Training process".  A baseline learns from the
examples of the training text, which are made like those that are graded, and from nothing else.
Each is as strong as we could make one of its simple kind, for a weak baseline flatters the model.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import numpy as np

from llmbook.bag_of_words import nearest, regression
from llmbook.hub import LanguageModel, until
from llmbook.ngram import NGram
from llmbook.sampling import choose
from llmbook.tasks import Example, Task

ROUNDS = 5  # of estimating a dictionary
PAIRS = 10_000  # the most texts that a dictionary is estimated from

Answer = Callable[[Example, int], str]  # from an example and a seed
Learn = Callable[[Task, Sequence[Example], LanguageModel], Answer]


def usual_answer(task: Task, training: Sequence[Example], lm: LanguageModel) -> Answer:  # noqa: ARG001
    """Give the answer that is most frequent after the question's first word."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for example in training:
        counts[_first_word(example)][example.answer] += 1
        counts[""][example.answer] += 1

    def answer(example: Example, seed: int) -> str:  # noqa: ARG001
        return (counts.get(_first_word(example)) or counts[""]).most_common(1)[0][0]

    return answer


def _first_word(example: Example) -> str:
    """Return the first word of a question."""
    return str(example.facts["question"].split()[0])


def last_named(task: Task, training: Sequence[Example], lm: LanguageModel) -> Answer:  # noqa: ARG001
    """Repeat what was named last of all that the training text says in such a place.

    What is wanted, such as a day or a color, is guessed from the two words in front.
    """
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wanted: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for example in training:
        slot = example.facts["slot"]
        values[slot][example.facts["value"].lower()] += 1
        for words in _last_words(example):
            wanted[words][slot] += 1
    patterns = {slot: re.compile(_any(known), re.IGNORECASE) for slot, known in values.items()}

    def answer(example: Example, seed: int) -> str:  # noqa: ARG001
        slots = next((wanted[words] for words in _last_words(example) if words in wanted), None)
        if not slots:
            return ""
        slot = slots.most_common(1)[0][0]
        named = patterns[slot].findall(example.prompt)
        return named[-1] if named else values[slot].most_common(1)[0][0]

    return answer


def _last_words(example: Example) -> list[tuple[str, ...]]:
    """Return the last two words in front of an answer, the last one, and none."""
    words = example.prompt.rpartition("\n")[2].partition(":")[2].split()
    return [tuple(words[-2:]), tuple(words[-1:]), ()]


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


def word_for_word(task: Task, training: Sequence[Example], lm: LanguageModel) -> Answer:  # noqa: ARG001
    """Put in the place of each word the one that it is translated by most probably.

    The probabilities are estimated from whole texts in both languages: at first a word is the
    translation of any word of its text; then each round counts with what the one before found.

    Source: Brown et al., "The mathematics of statistical machine translation", 1993, Model 1.
    """
    pairs = [tuple(map(_words, _both(example))) for example in training[:PAIRS]]
    chances: dict[str, dict[str, float]] = {}
    for number in range(ROUNDS):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for english, french in pairs:
            for word in french:
                shares = [chances[w][word] if number else 1.0 for w in english]
                total = sum(shares)
                for w, share in zip(english, shares, strict=True):
                    counts[w][word] += share / total
        chances = {
            w: {word: share / sum(found.values()) for word, share in found.items()}
            for w, found in counts.items()
        }
    dictionary = {w: max(found, key=lambda word: found[word]) for w, found in chances.items()}

    def answer(example: Example, seed: int) -> str:  # noqa: ARG001
        french = [dictionary.get(word, word) for word in _words(_both(example)[0])]
        return re.sub(r" (?=[.,])|(?<=') ", "", " ".join(french))

    return answer


def _both(example: Example) -> tuple[str, str]:
    """Return a text in English and in French."""
    return example.facts["english"], example.facts["french"]


def _words(text: str) -> list[str]:
    """Return the words of a text, and its marks, which are words to the dictionary."""
    return re.findall(r"\w+'(?=\w)|[\w-]+|[^\w\s]", text)


def counted(task: Task, training: Sequence[Example], lm: LanguageModel, order: int) -> Answer:
    """Continue a text with an n-gram model of the same tokens, and choose them in the same way."""
    end = lm.tokenizer.vocab_size  # a token that only this model has
    ids = [end]
    for example in training:
        ids += [*lm.tokenizer.encode(example.text), end]
    model = NGram[int](order).fit(ids, vocabulary=range(end + 1))

    def tokens(example: Example, seed: int) -> Iterator[int]:
        text = [end, *lm.tokenizer.encode(example.prompt)]
        generator = np.random.default_rng(seed)
        for _ in range(task.max_tokens):
            chances = np.fromiter(model.distribution(text).values(), np.float32)
            text.append(choose(np.log(chances), text, generator, **task.settings))
            if text[-1] == end:
                return
            yield text[-1]

    def answer(example: Example, seed: int) -> str:
        return "".join(until(lm.tokenizer.decode_stream(tokens(example, seed)), task.stop))

    return answer


# The baseline of each task: what it is called, and how it learns.  The orders are those that did
# best; 16 tokens reach back to the word that a line of verse has to rhyme with.
BASELINES: dict[str, tuple[str, Learn]] = {
    "translation": ("word for word", word_for_word),
    "questions": ("usual answer", usual_answer),
    "dialogue": ("last named", last_named),
    "stories": ("5-gram", partial(counted, order=5)),
    "verse": ("16-gram", partial(counted, order=16)),
    "sentiment": ("bag of words", regression),
    "content": ("8-gram", partial(counted, order=8)),
    "code": ("nearest program", nearest),
    "completion": ("nearest program", nearest),
    "documentation": ("nearest program", nearest),
    "couplets": ("16-gram", partial(counted, order=16)),
}
