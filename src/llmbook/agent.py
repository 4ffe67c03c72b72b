"""An agent: a model that calls tools in a loop, until it has an answer or no steps are left.

Explained in the chapter "Retrieval and tools" of the part "Applications".  A model can only write.
So a call is text, ``look: Anna``; a program carries it out, and what comes of it is the next message.
Whatever is not a call is the answer.

Source: Yao et al., "ReAct: Synergizing reasoning and acting in language models", 2023, section 2.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from llmbook.chat import Message
from llmbook.errors import InputError

Say = Callable[[Sequence[Message]], str]  # what a model replies to a conversation
Tool = Callable[[str], str]  # what comes of a call

_CALL = re.compile(r"([a-z_]+): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """How a run went.

    Args:
        messages: All that was said, the results of the tools as the user's messages.
        answer: What the model said in the end; None if it had no steps left.
    """

    messages: Sequence[Message]
    answer: str | None

    @property
    def calls(self) -> list[str]:
        """The calls that were made, in their order."""
        said = [m["content"] for m in self.messages if m["role"] == "assistant"]
        return [text for text in said if _CALL.fullmatch(text)]


def run(say: Say, tools: Mapping[str, Tool], question: str, steps: int = 8) -> Run:
    """Let a model answer a question with the help of tools.

    Args:
        say: The model.
        tools: What it may call, by name.
        question: What it is asked.
        steps: How often it may speak; without a limit, a model that repeats itself never ends.

    Raises:
        InputError: If it may not even speak once.

    Example:
        >>> said = iter(["add: 2, 3", "5"])
        >>> tools = {"add": lambda numbers: str(sum(map(int, numbers.split(", "))))}
        >>> done = run(lambda messages: next(said), tools, "What is 2 and 3?")
        >>> [message["content"] for message in done.messages], done.answer
        (['What is 2 and 3?', 'add: 2, 3', '5', '5'], '5')
    """
    if steps < 1:
        raise InputError(f"a model needs at least one step, not {steps}")
    messages: list[Message] = [{"role": "user", "content": question}]
    for _ in range(steps):
        said = say(messages)
        messages.append({"role": "assistant", "content": said})
        call = _CALL.fullmatch(said)
        if call is None:
            return Run(messages, said)
        messages.append({"role": "user", "content": use(tools, *call.groups())})
    return Run(messages, None)


def use(tools: Mapping[str, Tool], name: str, argument: str) -> str:
    """Return what comes of a call.  A call that makes no sense is told so, and ends nothing.

    Only an :class:`~llmbook.errors.InputError` is the model's fault; other errors are the tool's.

    Example:
        >>> use({"double": lambda text: text * 2}, "halve", "x")
        'error: there is no tool halve'
    """
    if name not in tools:
        return f"error: there is no tool {name}"
    try:
        return tools[name](argument)
    except InputError as error:
        return f"error: {error}"
