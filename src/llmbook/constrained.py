"""Constrained decoding: a model that can only say one of the texts that are allowed.

Explained in the chapter "Prompting" of the part "Applications".  At each step, the tokens that lead
to no allowed text are ruled out, and the model chooses among the rest.  So its answer is valid by
construction; whether it is right is another question.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from llmbook.chat import Message
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.tokenizer import Tokenizer


def say_one_of(lm: LanguageModel, prompt: str | Sequence[Message], allowed: Collection[str]) -> str:
    """Return the allowed text that a model arrives at by its likeliest allowed tokens.

    This is greedy: it is not always the likeliest text, see :func:`llmbook.labels.compare`.  But it
    takes as many passes as the text has tokens, however many texts are allowed.

    Source: Willard and Louf, "Efficient guided generation for large language models", 2023,
    section 2; there a regular expression stands in place of the list.

    Args:
        lm: The model, which has a stop token.
        prompt: A text that the answer continues, or messages to which it is the reply.
        allowed: What may be said.

    Raises:
        InputError: If nothing may be said, or something of it has no characters.
    """
    if not allowed or "" in allowed:
        raise InputError("give at least one text that may be said, and none that is empty")
    # A reply begins with a space: it parts the first word from the token of the turn.
    space = "" if isinstance(prompt, str) else " "
    left = {f"{space}{text}".encode() for text in allowed}  # how an allowed text may go on
    pieces, ids, said = _pieces(lm.tokenizer), lm.encode(prompt), b""
    while left != {b""}:
        starts = {rest[:n] for rest in left for n in range(1, len(rest) + 1)}
        fitting = [token for start in starts for token in pieces.get(start, ())]
        if b"" in left:
            fitting += lm.stop_ids  # it may end here
        logits = lm.logits(ids)[-1]
        token = fitting[int(np.argmax(logits[fitting]))]
        if token in lm.stop_ids:
            break
        ids.append(token)
        piece = lm.tokenizer.token_bytes(token)
        said += piece
        left = {rest[len(piece) :] for rest in left if rest.startswith(piece)}
    return said.decode().removeprefix(space)


@lru_cache(maxsize=4)
def _pieces(tokenizer: Tokenizer) -> dict[bytes, list[int]]:
    """Return the tokens by their bytes; the special ones are no part of a text."""
    special = set(tokenizer.special.values())
    pieces: dict[bytes, list[int]] = {}
    for token in range(tokenizer.vocab_size):
        if token not in special:
            pieces.setdefault(tokenizer.token_bytes(token), []).append(token)
    return pieces
