"""From logits to text: choose a token, append it, ask the model again.

Explained in the chapter "Sampling" of the first part, "What are LLMs?".  A model gives one logit
for every token of its vocabulary.  A filter is a pure function from logits to logits: it makes some
tokens likelier than before, or rules them out with a logit of minus infinity.  Chance draws one of
those that remain.  Each filter equals the one of that purpose in Hugging Face Transformers.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TypedDict, Unpack

import numpy as np

from llmbook._shapes import Array, Bool, Float
from llmbook.errors import InputError
from llmbook.layers import softmax
from llmbook.model import Model


class Settings(TypedDict, total=False):
    """What may be set about the choice of a token: the keyword arguments of :func:`choose`."""

    temperature: float
    top_k: int | None
    top_p: float | None
    min_p: float | None
    repetition_penalty: float


def greedy(logits: Float[Array, " vocab"]) -> int:
    """Return the likeliest token, the first one among equals.

    Example:
        >>> greedy(np.array([0.0, 2.0, 2.0]))
        1
    """
    return int(logits.argmax())


def probabilities(logits: Float[Array, " vocab"]) -> Float[Array, " vocab"]:
    """Return the probability of every token: the softmax of the logits.

    Example:
        >>> probabilities(np.log([1.0, 2.0, 5.0])).round(3).tolist()
        [0.125, 0.25, 0.625]
    """
    return softmax(logits)


def with_temperature(logits: Float[Array, " vocab"], temperature: float) -> Float[Array, " vocab"]:
    """Divide the logits by the temperature: below 1 the likely becomes likelier, above 1 less so.

    Temperature 0, the limit, leaves only the token that :func:`greedy` chooses.  So does anything
    below one millionth, where the division could overflow.

    Raises:
        InputError: If the temperature is not between 0 and 1000.

    Example:
        >>> with_temperature(np.array([1.0, 2.0]), 0.5).tolist()
        [2.0, 4.0]
    """
    _require(0 <= temperature <= 1000, "temperature", "between 0 and 1000", temperature)
    if temperature < 1e-6:
        return _keep(logits, np.arange(len(logits)) == greedy(logits))
    return logits / temperature


def keep_top_k(logits: Float[Array, " vocab"], k: int) -> Float[Array, " vocab"]:
    """Keep the ``k`` likeliest tokens, and every further one as likely as the last of them.

    Raises:
        InputError: If ``k`` is less than 1.

    Example:
        >>> keep_top_k(np.array([1.0, 3.0, 2.0, 2.0]), 2).tolist()
        [-inf, 3.0, 2.0, 2.0]
    """
    _require(k >= 1, "top_k", "1 or more", k)
    k = min(k, len(logits))
    return _keep(logits, logits >= np.partition(logits, -k)[-k])


def keep_top_p(logits: Float[Array, " vocab"], p: float) -> Float[Array, " vocab"]:
    """Keep the fewest tokens whose probabilities sum to ``p`` or more: nucleus sampling.

    At least one token is kept.  Of equally likely tokens at the border, those that come first in
    the vocabulary are kept; PyTorch, which sorts in Transformers, does not say which.

    Source: Holtzman et al., "The curious case of neural text degeneration", 2020, section 3.1.

    Raises:
        InputError: If ``p`` is not between 0 and 1.

    Example:
        >>> keep_top_p(np.log([0.125, 0.5, 0.375]), 0.75).round(2).tolist()
        [-inf, -0.69, -0.98]
    """
    _require(0 <= p <= 1, "top_p", "between 0 and 1", p)
    order = np.argsort(-logits, kind="stable")[::-1]  # the least likely first
    # Summed in double precision: over a large vocabulary, float32 would lose the tail.
    total = np.cumsum(probabilities(logits)[order], dtype=np.float64).astype(logits.dtype)
    kept = np.empty(len(logits), dtype=bool)
    kept[order] = total > 1 - p
    kept[order[-1]] = True
    return _keep(logits, kept)


def keep_min_p(logits: Float[Array, " vocab"], p: float) -> Float[Array, " vocab"]:
    """Keep the tokens that are at least ``p`` times as likely as the likeliest one.

    Source: Nguyen et al., "Turning up the heat: min-p sampling", 2024, section 3.

    Raises:
        InputError: If ``p`` is not between 0 and 1.

    Example:
        >>> keep_min_p(np.log([0.125, 0.5, 0.375]), 0.5).round(2).tolist()
        [-inf, -0.69, -0.98]
    """
    _require(0 <= p <= 1, "min_p", "between 0 and 1", p)
    likely = probabilities(logits)
    return _keep(logits, likely >= p * likely.max())


def penalize_repetition(
    logits: Float[Array, " vocab"], ids: Collection[int], penalty: float
) -> Float[Array, " vocab"]:
    """Make the tokens that the text has already, ``ids``, less likely.

    A positive logit is divided by the penalty and a negative one multiplied: both go down.  A
    penalty of 1 changes nothing; one below 1 invites repetition.

    Source: Keskar et al., "CTRL", 2019, section 4.1.

    Raises:
        InputError: If the penalty is not between 0.001 and 1000.

    Example:
        >>> penalize_repetition(np.array([3.0, 3.0, -3.0]), [1, 2, 2], 1.5).tolist()
        [3.0, 2.0, -4.5]
    """
    limits = "between 0.001 and 1000"
    _require(0.001 <= penalty <= 1000, "repetition_penalty", limits, penalty)
    seen = list(ids)
    before = logits[seen]
    lowered = logits.copy()
    lowered[seen] = np.where(before < 0, before * penalty, before / penalty)
    return lowered


def draw(logits: Float[Array, " vocab"], generator: np.random.Generator) -> int:
    """Draw a token, each with its probability.

    The probabilities are laid end to end, which fills the way from 0 to 1; the token is the one in
    whose stretch a random number falls.

    Example:
        >>> generator = np.random.default_rng(seed=0)
        >>> [draw(np.log([0.125, 0.5, 0.375]), generator) for _ in range(8)]
        [2, 1, 0, 0, 2, 2, 1, 2]
    """
    ends = np.cumsum(probabilities(logits), dtype=np.float64)
    return int(np.searchsorted(ends / ends[-1], generator.random(), side="right"))


def choose(
    logits: Float[Array, " vocab"],
    ids: Collection[int],
    generator: np.random.Generator,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    min_p: float | None = None,
    repetition_penalty: float = 1.0,
) -> int:
    """Apply the filters that are set, in the order in which Transformers does, and draw a token.

    Args:
        logits: What the model says about the next token.
        ids: The text so far, for the repetition penalty.
        generator: Where chance comes from.
        temperature: See :func:`with_temperature`.
        top_k: See :func:`keep_top_k`.
        top_p: See :func:`keep_top_p`.
        min_p: See :func:`keep_min_p`.
        repetition_penalty: See :func:`penalize_repetition`.

    Raises:
        InputError: If a setting makes no sense, or the logits are not numbers.
    """
    if not np.isfinite(logits.max()):
        raise InputError("the model's logits are not numbers: its weights are damaged")
    if repetition_penalty != 1.0:
        logits = penalize_repetition(logits, ids, repetition_penalty)
    logits = with_temperature(logits, temperature)
    if top_k is not None:
        logits = keep_top_k(logits, top_k)
    if top_p is not None:
        logits = keep_top_p(logits, top_p)
    if min_p is not None:
        logits = keep_min_p(logits, min_p)
    return draw(logits, generator)


def generate(
    model: Model,
    ids: Sequence[int],
    *,
    max_tokens: int,
    seed: int = 0,
    stop_ids: Collection[int] = (),
    **settings: Unpack[Settings],
) -> Iterator[int]:
    """Continue ``ids``, one token at a time, each computed when it is asked for.

    The prompt and the settings are checked at the call; the model runs when the first token is
    asked for.  It reads the prompt once, and from then on only the newest token: the rest is in
    its cache.  The text ends after ``max_tokens``, in front of a stop token, or when the model's
    context is full, whichever comes first.

    Args:
        model: Gives the logits.
        ids: The prompt: at least one token, at most as many as the context holds.
        max_tokens: How many tokens to generate at most.
        seed: Same seed, same text.
        stop_ids: Tokens that end the text; they are not part of it.
        settings: How to choose a token, see :func:`choose`.

    Returns:
        An iterator over the new tokens.

    Raises:
        InputError: If the prompt is empty or too long, or a setting makes no sense.
    """
    _require(max_tokens >= 0, "max_tokens", "0 or more", max_tokens)
    _require(seed >= 0, "seed", "0 or more", seed)
    # A choice from a vocabulary of one shows a wrong setting now, and not at the first token.
    choose(np.zeros(1, dtype=np.float32), (), np.random.default_rng(seed), **settings)
    context = model.config.context
    if not ids:
        raise InputError("the prompt is empty: a model needs a token to continue")
    if len(ids) > context:
        raise InputError(f"the prompt has {len(ids)} tokens, and the model's context is {context}")
    # The last token is never read again, so it may stand right behind a full context.
    room = min(max_tokens, context - len(ids) + 1)
    return _continue(model, ids, room, np.random.default_rng(seed), stop_ids, settings)


def _continue(
    model: Model,
    ids: Sequence[int],
    room: int,
    generator: np.random.Generator,
    stop_ids: Collection[int],
    settings: Settings,
) -> Iterator[int]:
    """Read the prompt, then token after token, into a cache, and yield what is chosen."""
    cache = model.new_cache(len(ids) + room)
    text, unread = list(ids), list(ids)
    for _ in range(room):
        logits = model.head @ model.hidden(unread, cache)[-1]  # those behind the last token alone
        token = choose(logits, text, generator, **settings)
        if token in stop_ids:
            return
        yield token
        text.append(token)
        unread = [token]


def _keep(logits: Float[Array, " vocab"], kept: Bool[Array, " vocab"]) -> Float[Array, " vocab"]:
    """Rule out every token that is not kept."""
    return np.where(kept, logits, -np.inf)


def _require(condition: bool, name: str, expected: str, found: object) -> None:
    """Refuse a setting, unless the condition holds.  For NaN, no comparison does."""
    if not condition:
        raise InputError(f"{name} must be {expected}, not {found}")
