"""How a model is asked: as a text to continue, or as a message to reply to.

Explained in the chapter "Evaluation" of the part "Training process".
"""

from collections.abc import Sequence

from llmbook import sampling
from llmbook.chat import Message
from llmbook.hub import LanguageModel, until
from llmbook.instruct import answer, spaced
from llmbook.sampling import Settings
from llmbook.tasks import Example, Task


def said(
    lm: LanguageModel,
    task: Task,
    example: Example,
    prompt: str | Sequence[Message],
    seed: int,
    settings: Settings | None = None,
) -> str:
    """Return what a model says, in the form that the task's grade reads."""
    text = say(lm, task, prompt, seed, settings)
    return text if _begun(prompt) else spaced(example, text)


def say(
    lm: LanguageModel,
    task: Task,
    prompt: str | Sequence[Message],
    seed: int,
    settings: Settings | None = None,
) -> str:
    """Return what a model says to a prompt: a text to continue, or messages to reply to."""
    tokens = sampling.generate(
        lm.model,
        _prompt(lm, prompt),
        max_tokens=task.max_tokens,
        seed=seed,
        stop_ids=lm.stop_ids,
        **(task.settings if settings is None else settings),
    )
    known = (token for token in tokens if token < lm.tokenizer.vocab_size)
    return "".join(until(lm.tokenizer.decode_stream(known), task.stop))


def length(lm: LanguageModel, name: str, example: Example, prompt: str | Sequence[Message]) -> int:
    """Return how many tokens a prompt and its answer have."""
    text = example.answer if _begun(prompt) else answer(name, example)
    return len(_prompt(lm, prompt)) + len(lm.tokenizer.encode(text))


def _begun(prompt: str | Sequence[Message]) -> bool:
    """Say whether a model goes on with what is there; if not, it replies."""
    return isinstance(prompt, str) or prompt[-1]["role"] == "assistant"


def _prompt(lm: LanguageModel, prompt: str | Sequence[Message]) -> list[int]:
    """Return a prompt's tokens; in front of a text that is to be continued, a new one begins."""
    ids = lm.encode(prompt)
    first = lm.tokenizer.special.get(lm.names.get("bos_token", ""))
    if first is None or not isinstance(prompt, str) or ids[:1] == [first]:
        return ids
    return [first, *ids]
