"""How well does a model know a secret?  Its place among all secrets that it might have been.

Explained in the chapter "Safety" of the part "Applications".  A secret of a known form, such as a
code of four digits, is one of so many.  A model puts all of them in an order, the likeliest first.
If it never read the secret, that stands anywhere; if it memorized it, in front.
"""

from collections.abc import Sequence
from math import log2

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it

from llmbook.answers import check_prompts
from llmbook.errors import InputError
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import read

MOST = 100_000  # secrets to be compared: their beginnings lie side by side in memory


def exposure(
    model: TorchModel, prompt: Sequence[int], secret: Sequence[int], symbols: Sequence[int]
) -> float:
    """Return how many bits of a secret a model gives away.

    Who tries all secrets in the model's order needs ``rank`` guesses instead of half of all, so each
    bit halves the work.  About 1 bit is no knowledge; all bits mean that the first guess is right.

    Source: Carlini et al., "The secret sharer", 2019, section 4.3: ``log2(|R|) - log2(rank)``.  There
    the rank is estimated; here the secrets are few enough to count.

    Args:
        model: Says how likely each token is.
        prompt: The tokens in front of the secret.
        secret: Its tokens, each of them one of the symbols.
        symbols: The tokens that it may consist of, such as those of the ten digits.

    Raises:
        InputError: As for :func:`rank`.
    """
    return len(secret) * log2(len(symbols)) - log2(rank(model, prompt, secret, symbols))


def rank(
    model: TorchModel, prompt: Sequence[int], secret: Sequence[int], symbols: Sequence[int]
) -> int:
    """Return the place of a secret among all that have its length: 1 is the likeliest.

    Arguments: see :func:`exposure`.

    Raises:
        InputError: If the secret is empty or has another token than the symbols, a symbol is
            double, there are too many such secrets, or they do not fit in the context.

    Example:
        >>> from llmbook.model import Config
        >>> model = TorchModel(Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... ))
        >>> pairs = [(i, j) for i in (4, 9) for j in (4, 9)]
        >>> sorted(rank(model, [3, 1], pair, symbols=(4, 9)) for pair in pairs)
        [1, 2, 3, 4]
    """
    n, place = len(symbols), _place(secret, symbols)
    check_prompts([[*prompt, *secret[:-1]], symbols], model.config)
    shape = 1, model.config.n_kv_heads, len(prompt) + len(secret) - 1, model.config.head_dim
    cache = [(torch.zeros(shape), torch.zeros(shape)) for _ in model.model.layers]
    unread, start, likely = torch.tensor([list(prompt)]), 0, torch.zeros(1)
    with torch.no_grad():
        for i in range(len(secret)):
            if i:  # each beginning of a secret, in a row of its own, goes on with every symbol
                start += unread.shape[1]
                unread = torch.tensor([*symbols] * n ** (i - 1))[:, None]
                cache = [
                    (keys.repeat_interleave(n, dim=0), values.repeat_interleave(n, dim=0))
                    for keys, values in cache
                ]
            padding = torch.zeros(len(unread), dtype=torch.long)
            vectors = read(model, unread, start, padding, cache)[:, -1]
            chances = F.linear(vectors, model.head).log_softmax(dim=-1)[:, [*symbols]]
            likely = (likely[:, None] + chances).flatten()
    return int((likely > likely[place]).sum()) + 1


def _place(secret: Sequence[int], symbols: Sequence[int]) -> int:
    """Return the number of a secret, if all are written down in the order of their symbols."""
    if len(set(symbols)) < max(2, len(symbols)):
        raise InputError("a secret needs at least two symbols, and each of them once")
    if not secret or not set(secret) <= set(symbols):
        raise InputError("a secret has to consist of its symbols, of one at least")
    if len(symbols) ** len(secret) > MOST:
        raise InputError(
            f"{len(symbols)} symbols make {len(symbols) ** len(secret):,} secrets of this length, "
            f"and at most {MOST:,} can be compared"
        )
    place = 0
    for token in secret:
        place = place * len(symbols) + list(symbols).index(token)
    return place
