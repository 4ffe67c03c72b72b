"""Learn which of two answers is preferred, without a reward model: DPO.

Explained in the chapter "Preferences" of the part "Training process".  Where people are asked which
of two answers they prefer, a reward ``r`` explains their choice by a probability of
``sigmoid(r(chosen) - r(rejected))``.  The model that earns the most reward, and pays ``beta`` nats
of it for each nat by which it leaves the reference model, is known in closed form; solved for the
reward, up to a term that the two answers share, it says::

    r(answer) = beta * (log p(answer | prompt) - log p_reference(answer | prompt))

So a model is itself a reward model, and can be trained as one: by the logarithm of the probability
of the choices.  Nothing is drawn from it on the way.

Source: Rafailov et al., "Direct preference optimization", 2023, section 4, equations 5 and 7.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor

from llmbook._shapes import Bool, Float
from llmbook.answers import batch, log_probabilities
from llmbook.descent import Descent, shuffled
from llmbook.errors import InputError
from llmbook.torch_model import TorchModel

_AT_ONCE = 64  # pairs in memory at a time, where nothing is learned


@dataclass(frozen=True)
class Preference:
    """A prompt with two answers, as tokens.

    Args:
        prompt: What both answer.
        chosen: The answer that was preferred, with the token that ends it.
        rejected: The other one.
    """

    prompt: Sequence[int]
    chosen: Sequence[int]
    rejected: Sequence[int]


@dataclass(frozen=True)
class Judged:
    """What a model, seen as a reward model, makes of some preferences.

    Args:
        loss: How improbable it finds the choices, in nats; the mean over the pairs.
        chosen: The reward of each preferred answer, in nats.
        rejected: That of each other one.
    """

    loss: Float[Tensor, ""]
    chosen: Float[Tensor, " pairs"]
    rejected: Float[Tensor, " pairs"]

    @property
    def margin(self) -> float:
        """By how much the preferred answers are rewarded more, on average."""
        return (self.chosen - self.rejected).mean().item()

    @property
    def accuracy(self) -> float:
        """The share of pairs in which the preferred answer is rewarded more."""
        right: Bool[Tensor, " pairs"] = self.chosen > self.rejected
        return right.float().mean().item()


def dpo_loss(
    policy: Float[Tensor, "pairs 2"], reference: Float[Tensor, "pairs 2"], beta: float
) -> Judged:
    """Judge answers by how much likelier they are for a model than for the reference.

    Args:
        policy: The log-probabilities of the preferred and of the other answers, for the model.
        reference: The same for the reference.
        beta: What leaving the reference costs; the smaller, the further the model goes.

    Example:
        >>> policy, reference = torch.tensor([[-3.0, -9.0]]), torch.tensor([[-5.0, -6.0]])
        >>> judged = dpo_loss(policy, reference, beta=0.5)
        >>> judged.chosen.tolist(), judged.rejected.tolist(), round(judged.loss.item(), 4)
        ([1.0], [-1.5], 0.0789)
    """
    rewards = beta * (policy - reference)
    chosen, rejected = rewards.unbind(dim=1)
    loss = -F.logsigmoid(chosen - rejected).mean()
    return Judged(loss, chosen.detach(), rejected.detach())


def pair_log_probabilities(
    model: TorchModel, pairs: Sequence[Preference]
) -> Float[Tensor, "pairs 2"]:
    """Return the log-probabilities of the preferred and of the other answers, in nats.

    Raises:
        InputError: If a pair cannot be read, see :func:`llmbook.answers.batch`.
    """
    prompts = [pair.prompt for pair in pairs for _ in range(2)]
    answers = [answer for pair in pairs for answer in (pair.chosen, pair.rejected)]
    return log_probabilities(model, batch(prompts, answers, model.config)).reshape(-1, 2)


def judge(
    model: TorchModel, pairs: Sequence[Preference], reference: Float[Tensor, "pairs 2"], beta: float
) -> Judged:
    """Judge any number of pairs, such as held-out ones, without learning from them.

    Args:
        model: The model that was trained.
        pairs: The preferences.
        reference: What :func:`score` of the reference model gave for them.
        beta: As in training.
    """
    return dpo_loss(score(model, pairs), reference, beta)


def score(model: TorchModel, pairs: Sequence[Preference]) -> Float[Tensor, "pairs 2"]:
    """Return what :func:`pair_log_probabilities` does, a few pairs at a time and to be kept."""
    with torch.no_grad():
        parts = [
            pair_log_probabilities(model, pairs[i : i + _AT_ONCE])
            for i in range(0, len(pairs), _AT_ONCE)
        ]
    return torch.cat(parts)


def dpo(
    model: TorchModel,
    pairs: Sequence[Preference],
    *,
    steps: int,
    batch_size: int = 16,
    beta: float = 0.1,
    learning_rate: float = 1e-4,
    seed: int = 0,
    progress: Callable[[int, Judged], None] | None = None,
) -> None:
    """Train a model on preferences, in place; the reference is the model as it comes.

    Args:
        model: What is trained: all of it, or its corrections after :func:`llmbook.lora.add_lora`.
        pairs: The preferences.
        steps: How many steps to take.
        batch_size: How many pairs a step learns from.
        beta: See :func:`dpo_loss`.
        learning_rate: The highest one, see :class:`llmbook.descent.Descent`.
        seed: Same seed, same order of the pairs.
        progress: Called after each step, with its number from 1 on and with what the model made of
            the batch before it learned from it.

    Raises:
        InputError: If there are no pairs, one cannot be read, a setting makes no sense, or the loss
            is not finite.
    """
    if not pairs:
        raise InputError("there are no preferences to learn from")
    if batch_size < 1 or not 0 < beta < float("inf"):
        raise InputError(f"{batch_size} pairs a step and a beta of {beta} make no sense")
    descent = Descent(model, learning_rate, steps)
    reference = score(model, pairs)
    chosen = shuffled(len(pairs), batch_size, torch.Generator().manual_seed(seed))
    for step in range(1, steps + 1):
        rows = next(chosen)
        policy = pair_log_probabilities(model, [pairs[row] for row in rows])
        judged = dpo_loss(policy, reference[rows], beta)
        descent.step(judged.loss)
        if progress:
            progress(step, judged)
