"""Draw answers to many prompts at once: :mod:`llmbook.sampling` for a batch, in PyTorch.

Explained in the chapter "Preferences" of the part "Training process".  A model that learns from its
own answers needs thousands of them.  To compute them side by side, the prompts are filled up *in
front* to one length, so that all rows write their next token at the same place.  Rotations make
attention depend on distances alone, so it does not matter that a short prompt begins late.  Keys
and values of what was read are kept, as in the chapter "Fast inference".
"""

from collections.abc import Collection, Sequence
from copy import deepcopy

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor

from llmbook._shapes import Bool, Float, Int
from llmbook.answers import check_prompts
from llmbook.errors import InputError
from llmbook.torch_model import Block, TorchModel, rotate

Cache = list[
    tuple[Tensor, Tensor]
]  # for each layer its keys and values [B, n_kv_heads, S, head_dim]


def sample(
    model: TorchModel,
    prompts: Sequence[Sequence[int]],
    *,
    max_tokens: int,
    generator: torch.Generator,
    stop_ids: Collection[int] = (),
    temperature: float = 1.0,
) -> list[list[int]]:
    """Draw an answer to each prompt.

    An answer ends with a stop token, which is its last, or without one when it has ``max_tokens``
    tokens, or when the longest prompt with its answer fills the context.

    Args:
        model: Says how likely each token is.
        prompts: Their tokens, at least one each.
        max_tokens: How many tokens an answer has at most, the stop token included.
        generator: Where chance comes from.
        stop_ids: Tokens that end an answer.
        temperature: Divides the logits; 0 takes the likeliest token.  At 1, an answer is drawn with
            the very probability of :func:`llmbook.answers.log_probabilities`.

    Raises:
        InputError: If a prompt is empty or too long, a token unknown, a setting makes no sense, or
            the logits are not numbers.

    Example:
        >>> from llmbook.model import Config
        >>> model = TorchModel(Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... ))
        >>> generator = torch.Generator().manual_seed(0)
        >>> answers = sample(model, [[3, 1, 4], [1]], max_tokens=5, generator=generator)
        >>> [len(answer) for answer in answers]
        [5, 5]
    """
    check_prompts(prompts, model.config)
    if max_tokens < 1:
        raise InputError(f"max_tokens must be 1 or more, not {max_tokens}")
    if not 0 <= temperature <= 1000:
        raise InputError(f"temperature must be between 0 and 1000, not {temperature}")
    width = max(map(len, prompts))
    room = min(max_tokens, model.config.context - width + 1)  # the last token is never read
    padding = torch.tensor([width - len(prompt) for prompt in prompts])
    unread = torch.tensor([[0] * (width - len(prompt)) + list(prompt) for prompt in prompts])
    shape = len(prompts), model.config.n_kv_heads, width + room - 1, model.config.head_dim
    cache = [(torch.zeros(shape), torch.zeros(shape)) for _ in model.model.layers]
    answers: list[list[int]] = [[] for _ in prompts]
    rows = list(range(len(prompts)))  # the answers that the rows of the batch belong to
    ended: set[int] = set()
    start = 0
    with torch.no_grad():
        for _ in range(room):
            vectors = read(model, unread, start, padding, cache)
            tokens = _draw(F.linear(vectors[:, -1], model.head), temperature, generator)
            for row, token in zip(rows, tokens.tolist(), strict=True):
                if row not in ended:
                    answers[row].append(token)
                    if token in stop_ids:
                        ended.add(row)
            going = [place for place, row in enumerate(rows) if row not in ended]
            if not going:
                break
            start += unread.shape[1]
            if len(going) <= len(rows) / 2:  # most have ended: compute only what goes on
                rows, tokens, padding = [rows[i] for i in going], tokens[going], padding[going]
                cache = [(keys[going], values[going]) for keys, values in cache]
            unread = tokens[:, None]
    return answers


def read(
    model: TorchModel,
    ids: Int[Tensor, "B T"],
    start: int,
    padding: Int[Tensor, " B"],
    cache: Cache,
) -> Float[Tensor, "B T d_model"]:
    """Read further tokens, and remember their keys and values.

    Args:
        model: What reads them.
        ids: The tokens, for each row behind those read before.
        start: How many were read before.
        padding: How many at the beginning of each row are no tokens of the text.
        cache: The keys and values; those of ``ids`` are written into it.

    Returns:
        The vector of each token after the last normalization.
    """
    end = start + ids.shape[1]
    cos, sin = model.model.cos[start:end], model.model.sin[start:end]
    seen = _visible(start, end, padding)
    x = model.model.embed_tokens(ids)
    for block, (keys, values) in zip(model.model.layers, cache, strict=True):
        assert isinstance(block, Block)  # for the types
        attention, normed = block.self_attn, block.input_layernorm(x)
        query, key, value = (
            project(normed).unflatten(-1, (-1, attention.head_dim)).transpose(1, 2)
            for project in (attention.q_proj, attention.k_proj, attention.v_proj)
        )
        keys[:, :, start:end] = rotate(key, cos, sin)
        values[:, :, start:end] = value
        found = F.scaled_dot_product_attention(
            rotate(query, cos, sin),
            keys[:, :, :end],
            values[:, :, :end],
            attn_mask=seen[:, None],  # the same for every head
            enable_gqa=attention.grouped,
        )
        x = x + attention.o_proj(found.transpose(1, 2).flatten(2))
        x = x + block.mlp(block.post_attention_layernorm(x))
    return model.model.norm(x)  # type: ignore[no-any-return]


def cooled(model: TorchModel, temperature: float) -> TorchModel:
    """Return a copy whose own probabilities are those that a model has at a temperature.

    The logits are linear in the weights of the last normalization, so these are divided.  What is
    trained on its own answers should be what is used, and a small model is used at less than 1.

    Args:
        model: What is copied.
        temperature: Divides the logits; more than 0.

    Raises:
        InputError: If the temperature is not a positive number.
    """
    if not 0 < temperature <= 1000:
        raise InputError(f"temperature must be above 0 and at most 1000, not {temperature}")
    copy = deepcopy(model)
    with torch.no_grad():
        copy.model.norm.weight.div_(temperature)
    return copy


def _visible(start: int, end: int, padding: Int[Tensor, " B"]) -> Bool[Tensor, "B T S"]:
    """Tell which tokens each may read: those up to itself, but not what fills its row up."""
    reader, token = torch.arange(start, end)[:, None], torch.arange(end)
    # What fills a row up reads itself, as a mean over nothing is not a number.
    return (token <= reader) & ((token >= padding[:, None, None]) | (token == reader))


def _draw(
    logits: Float[Tensor, "B vocab"], temperature: float, generator: torch.Generator
) -> Int[Tensor, " B"]:
    """Draw a token for each row."""
    if not logits.isfinite().all():
        raise InputError("the model's logits are not numbers: its weights are damaged")
    if temperature < 1e-6:  # where the division could overflow
        return logits.argmax(dim=-1)
    probabilities = (logits / temperature).softmax(dim=-1)
    return torch.multinomial(probabilities, 1, generator=generator)[:, 0]
