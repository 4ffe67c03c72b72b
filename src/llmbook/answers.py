"""Answers to prompts, many at once, and how likely a model finds them.

Explained in the chapter "Preferences" of the part "Training process".  The probability of an
answer is the product of those of its tokens, each given the prompt and the tokens before it, so
its logarithm is a sum.  A batch has one row for each answer.  Rows are filled up at the end to one
length; no token looks ahead, so what stands there changes nothing, and a mask leaves it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor

from llmbook._shapes import Bool, Float, Int
from llmbook.errors import InputError
from llmbook.model import Config
from llmbook.torch_model import TorchModel


@dataclass(frozen=True)
class Batch:
    """Prompts with their answers, one in a row.

    Args:
        ids: The tokens of prompt and answer, and then zeros.
        answered: Which of them are the answer's.
    """

    ids: Int[Tensor, "B T"]
    answered: Bool[Tensor, "B T"]


def batch(
    prompts: Sequence[Sequence[int]], answers: Sequence[Sequence[int]], config: Config
) -> Batch:
    """Fill prompts and answers up to one length.

    Args:
        prompts: Their tokens, at least one each.
        answers: The tokens of an answer to each, at least one.
        config: The sizes of the model that is to read them.

    Raises:
        InputError: If a prompt or an answer is empty, together they exceed the context, a token is
            not in the vocabulary, or there are none.

    Example:
        >>> config = Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... )
        >>> two = batch([[3, 1], [4]], [[5, 9], [2]], config)
        >>> two.ids.tolist()
        [[3, 1, 5, 9], [4, 2, 0, 0]]
        >>> two.answered.int().tolist()
        [[0, 0, 1, 1], [0, 1, 0, 0]]
    """
    check_prompts(prompts, config)
    if not all(answers):
        raise InputError("an answer is empty: it has to have a token, if only the one that ends it")
    rows = [[*prompt, *answer] for prompt, answer in zip(prompts, answers, strict=True)]
    if not all(0 <= token < config.vocab_size for row in rows for token in row):
        raise InputError(f"a token is not between 0 and {config.vocab_size - 1}")
    longest = max(map(len, rows))
    if longest > config.context + 1:  # the last token is predicted, and never read
        raise InputError(
            f"a prompt with its answer has {longest} tokens, and the context is {config.context}"
        )
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    answered = torch.zeros(len(rows), longest, dtype=torch.bool)
    for i, (prompt, row) in enumerate(zip(prompts, rows, strict=True)):
        ids[i, : len(row)] = torch.tensor(row)
        answered[i, len(prompt) : len(row)] = True
    return Batch(ids, answered)


def check_prompts(prompts: Sequence[Sequence[int]], config: Config) -> None:
    """Refuse prompts that a model cannot continue.

    Raises:
        InputError: If there are none, or one is empty, too long, or holds an unknown token.
    """
    if not prompts:
        raise InputError("there are no prompts")
    for prompt in prompts:
        if not 1 <= len(prompt) <= config.context:
            raise InputError(
                f"a prompt has {len(prompt)} tokens: it needs from 1 to {config.context}"
            )
        if not all(0 <= token < config.vocab_size for token in prompt):
            raise InputError(f"a token is not between 0 and {config.vocab_size - 1}")


def log_probabilities(model: TorchModel, batch: Batch) -> Float[Tensor, " B"]:
    """Return the logarithm of each answer's probability, given its prompt.

    Args:
        model: Says how likely each token is.
        batch: The prompts with their answers.

    Returns:
        One number for each answer, in nats: 0 or less, and the longer the answer, the lower.
    """
    predicted = batch.answered[:, 1:]
    vectors = model.hidden(batch.ids[:, :-1])[predicted]  # logits are for the answers' tokens alone
    logits = F.linear(vectors, model.head)
    tokens = -F.cross_entropy(logits, batch.ids[:, 1:][predicted], reduction="none")
    rows = torch.zeros(predicted.shape, dtype=tokens.dtype).masked_scatter(predicted, tokens)
    return rows.sum(dim=1)
