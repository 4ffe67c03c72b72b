"""Teach a model one more thing, in half a minute: show it conversations in which it is done right.

Explained in the chapters "Retrieval and tools" and "Prompting" of the part "Applications".  This is
instruction tuning as in :mod:`llmbook.tune_assistant`, made small: no held-out look, no checkpoints,
and nothing is kept of what the model could do before.  It serves to try an idea out.
"""

from collections.abc import Callable, Sequence

import torch
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm

from llmbook.chat import Message
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import assistant, encode
from llmbook.rows import stack
from llmbook.torch_model import TorchModel
from llmbook.tune_assistant import answer_loss
from llmbook.world.draw import Draw

BATCH, RATE, WARM_UP = 12, 0.0015, 10  # conversations in a step; the learning rate, and its start


def teach(
    lm: LanguageModel,
    lesson: Callable[[Draw], Sequence[Message]],
    *,
    steps: int = 150,
    seed: int = 0,
) -> LanguageModel:
    """Return a model that has read conversations, and learned what the assistant says in them.

    The given model stays as it is.

    Args:
        lm: A model whose tokenizer has the tokens of a conversation, such as ``valley-base``.
        lesson: Makes a conversation from a draw; :data:`BATCH` of them are read in each step.
        steps: How many steps to train.
        seed: Same seed, same conversations.

    Raises:
        InputError: If there is no step, or a conversation does not fit into the context.
    """
    if steps < 1:
        raise InputError(f"to teach something takes at least one step, not {steps}")
    model = TorchModel.from_model(lm.model)
    adam = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.0)
    for step in tqdm(range(steps), desc="teaching", leave=False):
        draws = (Draw("lesson", seed, step, number) for number in range(BATCH))
        rows = [encode(lm.tokenizer, lesson(draw)) for draw in draws]
        longest = max(len(ids) for ids, _ in rows)
        if longest > lm.config.context + 1:
            raise InputError(
                f"a conversation of {longest} tokens does not fit into {lm.config.context}"
            )
        adam.param_groups[0]["lr"] = RATE * min((step + 1) / WARM_UP, 1 - step / steps)
        loss = answer_loss(model, stack(rows, longest))
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        adam.zero_grad()
    return assistant(model.to_model(), lm.tokenizer)
