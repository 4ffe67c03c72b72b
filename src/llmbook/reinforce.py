"""Learn from answers that can be checked: reinforcement learning in its simplest form that is right.

Explained in the chapter "Preferences" of the part "Training process".  The model draws a group of
answers to a prompt, a program rewards each, and the model makes those likelier that earned more
than the others.  Four decisions, each for what the gradient then is:

- The step follows ``advantage * gradient of log p(answer)``, which on average is the gradient of
  the mean reward: REINFORCE (Williams, 1992).  Each batch is drawn anew and serves one step, so
  there is no ratio between an old and a new model to clip, as in PPO and GRPO.
- The advantage is the reward minus the mean of the *other* answers' (Ahmadian et al., 2024, who
  call this RLOO).  What is subtracted does not depend on the answer, so it lowers the noise and
  leaves the mean as it is.
- GRPO (Shao et al., 2024) also divides by the standard deviation in the group, and each answer by
  its length.  Both distort the gradient: prompts that are nearly always or nearly never solved
  weigh more, and a wrong answer costs less the longer it is (Liu et al., 2025).  Here is neither.
- To stay near the reference model has a price for each answer, ``kl * log(p / p_reference)``, taken
  off its reward.  That has the gradient of the Kullback-Leibler divergence; the penalty that GRPO
  adds to its loss has it only approximately ("Rethinking KL regularization in RLHF", 2025).
"""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from math import isfinite

import torch
from torch import Tensor

from llmbook._shapes import Float
from llmbook.answers import batch, log_probabilities
from llmbook.descent import Descent, shuffled
from llmbook.errors import InputError
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import sample

# What an answer to a prompt earns, both as tokens.  An answer that does not end with a stop token
# was cut off.
Reward = Callable[[Sequence[int], Sequence[int]], float]


@dataclass(frozen=True)
class Round:
    """What the model did before it took a step.

    Args:
        step: The number of the step, from 1 on.
        reward: What an answer earned, on average, before anything is taken off.
        divergence: How far the model is from the one that it was: ``log(p / p_reference)`` of an
            answer in nats, on average over the answers; an estimate, so it may fall below 0.
        length: How many tokens an answer had, on average.
    """

    step: int
    reward: float
    divergence: float
    length: float


def advantages(rewards: Float[Tensor, "prompts group"]) -> Float[Tensor, "prompts group"]:
    """Return by how much each answer earned more than the others to its prompt did on average.

    Source: Ahmadian et al., "Back to basics: Revisiting REINFORCE style optimization for learning
    from human feedback in LLMs", 2024.

    Args:
        rewards: What the answers earned, two or more to each prompt.

    Example:
        >>> advantages(torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])).tolist()
        [[1.0, -0.5, -0.5], [0.0, 0.0, 0.0]]
    """
    others = (rewards.sum(dim=1, keepdim=True) - rewards) / (rewards.shape[1] - 1)
    return rewards - others


def policy_loss(
    logs: Float[Tensor, "prompts group"], rewards: Float[Tensor, "prompts group"]
) -> Float[Tensor, ""]:
    """Return a number whose gradient is, on average, that of the mean reward, downhill.

    Only its gradient means something: the number itself does not fall as the model learns.

    Args:
        logs: The log-probabilities of answers that the model has drawn.
        rewards: What they earned.
    """
    return -(advantages(rewards.detach()) * logs).mean()


def reinforce(
    model: TorchModel,
    prompts: Sequence[Sequence[int]],
    reward: Reward,
    *,
    steps: int,
    max_tokens: int,
    stop_ids: Collection[int],
    prompts_a_step: int = 8,
    group: int = 8,
    kl: float = 0.0,
    learning_rate: float = 1e-4,
    seed: int = 0,
    progress: Callable[[Round], None] | None = None,
) -> None:
    """Train a model on the rewards of its own answers, in place.

    Args:
        model: What is trained: all of it, or its corrections after :func:`llmbook.lora.add_lora`.
        prompts: What it answers, as tokens.
        reward: What an answer earns.
        steps: How many steps to take.
        max_tokens: How many tokens an answer has at most.
        stop_ids: Tokens that end an answer.
        prompts_a_step: How many prompts a step learns from.
        group: How many answers there are to each, 2 or more.
        kl: What each nat of divergence from the model as it comes costs; 0 lets it go anywhere.
        learning_rate: The highest one, see :class:`llmbook.descent.Descent`.
        seed: Same seed, same run.
        progress: Called after each step.

    Raises:
        InputError: If a prompt cannot be read, a setting makes no sense, or a reward or the loss is
            not finite.
    """
    if prompts_a_step < 1 or group < 2 or not 0 <= kl < float("inf"):
        raise InputError(
            f"{prompts_a_step} prompts a step with {group} answers each and a price of {kl} "
            "make no sense: an answer is compared with one other at least"
        )
    if not prompts:
        raise InputError("there are no prompts")
    descent = Descent(model, learning_rate, steps)
    reference = deepcopy(model).requires_grad_(False)
    generator = torch.Generator().manual_seed(seed)
    chosen = shuffled(len(prompts), prompts_a_step, generator)
    for step in range(1, steps + 1):
        asked = [prompts[row] for row in next(chosen) for _ in range(group)]
        answers = sample(
            model, asked, max_tokens=max_tokens, generator=generator, stop_ids=stop_ids
        )
        earned = torch.tensor([_checked(reward(q, a)) for q, a in zip(asked, answers, strict=True)])
        rows = batch(asked, answers, model.config)
        logs = log_probabilities(model, rows)
        drift = logs.detach() - log_probabilities(reference, rows)
        loss = policy_loss(logs.reshape(-1, group), (earned - kl * drift).reshape(-1, group))
        descent.step(loss)
        if progress:
            length = sum(map(len, answers)) / len(answers)
            progress(Round(step, earned.mean().item(), drift.mean().item(), length))


def _checked(reward: float) -> float:
    """Refuse a reward that is not a finite number."""
    if not isfinite(reward):
        raise InputError(f"a reward of {reward} is not a finite number")
    return float(reward)
