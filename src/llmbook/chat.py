"""Turn a conversation into one prompt, in the form that a model was trained on.

Explained in the chapter "Fine-tuning" of the part "Training process".  A model only continues text,
so a conversation is written down like a play: who speaks, what they say, where they end.  Each
model has its own form, its chat template, which comes with it as a small program in the language
Jinja.  That program is a stranger's, so it runs in a sandbox.  It needs the package Jinja2.

The result equals that of ``apply_chat_template`` in Hugging Face Transformers, with
``add_generation_prompt`` or, if the assistant has begun to speak, ``continue_final_message``.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from llmbook.errors import InputError
from llmbook.tokenizer import Tokenizer

_CUT = "\U000ffffd"  # a private character: behind what the assistant has begun to say

Message = Mapping[str, str]  # {"role": "user", "content": "Where is the dog?"}


def encode_chat(
    tokenizer: Tokenizer, template: str, messages: Sequence[Message], names: Mapping[str, str]
) -> list[int]:
    """Return the tokens of a conversation, up to where the assistant is to speak.

    The special tokens that the template writes are special.  The same characters in a message are
    not: no one can end the assistant's turn, or open another one, by typing how that is written.

    Args:
        tokenizer: The model's tokenizer.
        template: The model's chat template.
        messages: What was said.  If the last message is the assistant's, it has only begun, and is
            to be continued.
        names: What the template calls some special tokens, such as ``bos_token``.

    Raises:
        InputError: If a message is not one, the template fails, or Jinja2 is not installed.
    """
    special = "|".join(map(re.escape, sorted(tokenizer.special, key=len, reverse=True))) or "(?!)"
    # Mark what looks like a special token with a private character that no message has.
    said = "".join(value for message in _checked(messages) for value in message.values())
    mark = next(c for c in map(chr, range(0xF0000, 0xFFFFE)) if c not in said)
    marked = [
        {name: re.sub(special, rf"{mark}\g<0>{mark}", value) for name, value in message.items()}
        for message in messages
    ]
    pieces = re.split(f"{mark}({special}){mark}|{mark}", render(template, marked, names))
    ids: list[int] = []
    for i, piece in enumerate(pieces):  # every second one was marked; None, if its mark was alone
        ids += tokenizer.encode(piece or "", allow_special=i % 2 == 0)
    return ids


def render(template: str, messages: Iterable[Message], names: Mapping[str, str]) -> str:
    """Fill in a chat template.  Arguments and errors are those of :func:`encode_chat`."""
    try:
        environment = _sandbox()
    except ImportError:
        raise InputError(
            'chat templates need the package Jinja2: pip install "jinja2>=3.1.6"'
        ) from None
    conversation = [dict(message) for message in messages]
    begun = conversation[-1]["role"] == "assistant"
    if begun:
        conversation[-1]["content"] += f"{_CUT} "  # if the space goes, so do those of the content
    try:
        text = str(
            environment.from_string(template).render(
                messages=conversation, add_generation_prompt=not begun, **names
            )
        )
    except Exception as error:  # it is a stranger's program: it may fail in any way
        raise InputError(f"the chat template failed: {error}") from None
    if begun and _CUT not in text:
        raise InputError("the chat template left out what the assistant has begun to say")
    if not begun:
        return text
    before, _, after = text.rpartition(_CUT)
    return before if after.startswith(" ") else before.rstrip()


def _sandbox() -> Any:
    """Return what Transformers gives to the templates: some extensions, and no way out."""
    from jinja2 import nodes
    from jinja2.exceptions import TemplateError
    from jinja2.ext import Extension, loopcontrols
    from jinja2.parser import Parser
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(Extension):
        """Accept ``{% generation %}``, which shows to training what the assistant said."""

        tags = {"generation"}  # noqa: RUF012 - Jinja declares it so

        def parse(self, parser: Parser) -> nodes.Node:
            line = next(parser.stream).lineno
            body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
            return nodes.Scope(body, lineno=line)

    def raise_exception(message: str) -> None:
        raise TemplateError(message)

    def tojson(value: Any, indent: int | None = None) -> str:
        return json.dumps(value, ensure_ascii=False, indent=indent)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
    return environment


def _checked(messages: Sequence[Message]) -> Sequence[Message]:
    """Return the messages, if they are such."""
    if not messages:
        raise InputError("a conversation needs at least one message")
    for i, message in enumerate(messages, start=1):
        if not (
            isinstance(message, Mapping)
            and {"role", "content"} <= message.keys()
            and all(isinstance(value, str) for value in message.values())
        ):
            raise InputError(f"message {i} has to have a role and a content, both text")
    return messages
