"""What a byte of held-out text costs a model, n-grams and compressors that have read the same before."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from llmbook.compress import COMPRESSORS, bits_per_byte, compressed
from llmbook.hub import LanguageModel
from llmbook.ngram import NGram

ORDERS = (4, 8)  # of n-grams; with 12 million tokens, the longer ones take some 10 GB of memory

Texts = list[tuple[str, str]]  # narrator, or kind of file; text


def by_kind(texts: Texts, cost: Callable[[list[str]], float]) -> dict[str, float]:
    """Return the cost of a byte of each kind of text, and of all together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for kind, text in texts:
        groups[kind].append(text)
    sizes = {kind: sum(len(text.encode()) for text in group) for kind, group in groups.items()}
    costs = {kind: cost(group) for kind, group in groups.items()}
    return costs | {"all": sum(costs[k] * sizes[k] for k in costs) / sum(sizes.values())}


def counted(order: int, lm: LanguageModel, read: Sequence[int]) -> Callable[[list[str]], float]:
    """Return the cost of texts to an n-gram model that has read some tokens.

    Each text stands between two end tokens, as for the model, and the first of them is given.
    """
    end = lm.stop_ids[0]
    model = NGram[int](order).fit(read, vocabulary=range(lm.config.vocab_size))

    def cost(texts: list[str]) -> float:
        tokens = ([end, *lm.tokenizer.encode(text), end] for text in texts)
        bits = sum(sum(model.surprisals(ids)[1:]) for ids in tokens)
        return bits / sum(len(text.encode()) for text in texts)

    return cost


def compare(
    lm: LanguageModel, primer: Sequence[str], splits: Mapping[str, Texts]
) -> dict[str, float]:
    """Return bits a byte by split, by who predicts, and by kind of text."""
    values = {}
    for split, texts in splits.items():
        plain = [text for _, text in texts]
        for name in COMPRESSORS:
            values[f"{split}_{name}"] = compressed(name, plain)
            values[f"{split}_{name}_primed"] = compressed(name, plain, primer)
        for kind, bits in by_kind(texts, lambda group: bits_per_byte(lm, group)).items():
            values[f"{split}_model_{kind}"] = bits
    end = lm.stop_ids[0]
    read = [end, *(i for text in primer for i in (*lm.tokenizer.encode(text), end))]
    values["primer_tokens"] = len(read) - 1
    for order in ORDERS:
        cost = counted(order, lm, read)
        for split, texts in splits.items():
            for kind, bits in by_kind(texts, cost).items():
                values[f"{split}_ngram_{order}_{kind}"] = bits
        del cost  # and its counts, which take gigabytes
    return values
