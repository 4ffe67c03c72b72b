"""Documents of the valley as conversations: somebody asks, and an assistant answers.

Explained in the chapter "Fine-tuning" of the part "Training process".  A task cuts a document in a
prompt and an answer (:mod:`llmbook.applications`); here the prompt becomes the words of somebody who
wants that done.  The same words are used to train and to examine, so a model is examined on what it
was taught to understand.  Which of the wordings it is, a seed decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llmbook.applications import APPLICATIONS
from llmbook.chat import Message
from llmbook.hub import LanguageModel
from llmbook.instruct_words import ASK
from llmbook.model import Model
from llmbook.tasks import Example
from llmbook.tokenizer import Tokenizer
from llmbook.world import questions, tell
from llmbook.world.document import Document
from llmbook.world.draw import Draw
from llmbook.world.verse_grammar import SUBJECTS

END, USER, ASSISTANT = "<|end|>", "<|user|>", "<|assistant|>"

# A conversation as a play, in Jinja: what Hugging Face Transformers' apply_chat_template fills in.
# "generation" marks what the assistant says, so that training libraries learn that and no more.  A
# space stands in front of it: then its first word is the same token as in the middle of a text, and
# a name is repeated as it stands in a story.
TEMPLATE = f"""\
{{{{- bos_token }}}}
{{%- for message in messages %}}
{{%- if message.role == "user" %}}
{{{{- "{USER}" + message.content }}}}
{{%- elif message.role == "assistant" %}}
{{{{- "{ASSISTANT}" }}}}
{{%- generation %}}
{{{{- (message.content if message.content[:1] == " " else " " + message.content) + "{END}" }}}}
{{%- endgeneration %}}
{{%- else %}}
{{{{- raise_exception("this model knows the roles user and assistant, not " + message.role) }}}}
{{%- endif %}}
{{%- endfor %}}
{{%- if add_generation_prompt %}}
{{{{- "{ASSISTANT}" }}}}
{{%- endif %}}
"""

MOST_QUESTIONS = 6  # about one story, in training

# What poems are about, where it has no article, and where it has "the".
_PLAIN = {
    word for kind in ("few", "spring", "summer", "autumn", "winter") for word in SUBJECTS[kind]
}
_WEATHER = {word for kind in ("wind", "rain", "snow") for word in SUBJECTS[kind]}


@dataclass(frozen=True)
class Conversation:
    """What is said, turn by turn.

    Args:
        task: What is asked for, one of :data:`llmbook.applications.APPLICATIONS`.
        messages: The turns, the last of them the assistant's.
    """

    task: str
    messages: Sequence[Message]


def conversation(task: str, seed: int, number: int, split: str = "train") -> Conversation | None:
    """Return a conversation to learn from, or None if this document has none.

    A story is asked about several times, and a dialogue is played to its end: each turn of the
    assistant is something to learn.

    Args:
        task: What is asked for.
        seed: Same seed, same conversations.
        number: Which of the task's conversations; there is no last one.
        split: As for :func:`llmbook.world.tell`.

    Example:
        >>> for message in conversation("translation", seed=0, number=1).messages:
        ...     print(message["role"], "|", message["content"])
        user | How do you say this in French?
        Who lost the white boxes? Adam lost them.
        assistant | Qui a perdu les boîtes blanches ? Adam les a perdues.
    """
    draw = Draw("conversation", task, seed, number, split=split)
    if task == "questions":
        return _asked_often(draw)
    document = tell(APPLICATIONS[task].narrator, seed, number, split)
    if task == "dialogue":
        return _played(document, draw)
    example = APPLICATIONS[task].example(document, draw.integer(0, 99))
    if example is None:
        return None
    return Conversation(task, [*ask(task, example, seed), _says(answer(task, example))])


def source(task: str, seed: int, number: int, split: str = "train") -> str:
    """Return the document that a conversation is made of; the story, if questions are asked."""
    if task == "questions":
        return questions.story(Draw("conversation", task, seed, number, split=split)).text
    return tell(APPLICATIONS[task].narrator, seed, number, split).text


def ask(task: str, example: Example, seed: int = 0) -> list[Message]:
    """Return the messages that ask an assistant for something: its reply is an answer.

    In a dialogue its reply may have begun: then the last message is its own, to be continued.

    Args:
        task: What is asked for.
        example: What it is about.
        seed: Decides the words, together with the example.
    """
    draw = Draw("ask", seed, task, example.prompt)
    if task == "dialogue":
        return _until(example, draw)
    if task == "questions":
        story, _, _ = example.prompt.rpartition("\n\nQuestion: ")
        return [_asks(_worded(task, draw, story=story, question=example.facts["question"]))]
    if task == "couplets":
        kind, word = example.facts["kind"], example.facts["word"]
        if kind == "theme" and word.islower():
            word = _with_article(word)
        return [_asks(_worded(f"couplets {kind}", draw, text=word))]
    return [_asks(_worded(task, draw, text=_given(task, example)))]


def answer(task: str, example: Example) -> str:
    """Return what the assistant should say: the whole function, if one is asked for."""
    if task == "code":
        return f"{example.facts['signature']}\n{example.answer}"
    return re.sub("^ (?! )", "", example.answer)


def spaced(example: Example, said: str) -> str:
    """Let a reply begin as the answer does: with one space, or with none.

    Example:
        >>> example = Example("Answer:", " no", "", "")
        >>> spaced(example, "yes"), spaced(example, " yes")
        (' yes', ' yes')
    """
    said = re.sub("^ (?! )", "", said)
    return f" {said}" if re.match(" (?! )", example.answer) else said


def encode(tokenizer: Tokenizer, messages: Sequence[Message]) -> tuple[list[int], list[bool]]:
    """Return the tokens of a conversation, as the template writes it, and which are to be learned.

    Learned is what the assistant says, and that it then ends.

    Args:
        tokenizer: A tokenizer with the three special tokens.
        messages: The turns.
    """
    special = tokenizer.special
    ids, learned = [special[END]], [False]
    for message in messages:
        text, mine = message["content"], message["role"] == "assistant"
        if mine and not text.startswith(" "):
            text = f" {text}"
        said = tokenizer.encode(text, allow_special=False)
        tokens = [special[ASSISTANT if mine else USER], *said, *([special[END]] if mine else [])]
        ids += tokens
        learned += [False, *[mine] * (len(tokens) - 1)]
    return ids, learned


def assistant(model: Model, tokenizer: Tokenizer) -> LanguageModel:
    """Return a model that has learned conversations, with their template and the token to stop at."""
    names = {"bos_token": END, "eos_token": END}
    return LanguageModel(model, tokenizer, TEMPLATE, names, (tokenizer.special[END],))


# --- Words ----------------------------------------------------------------------------------------


def _asks(text: str) -> Message:
    return {"role": "user", "content": text}


def _says(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _worded(name: str, draw: Draw, **parts: str) -> str:
    """Return one of the ways to ask for something."""
    return draw.choice(ASK[name]).format(**parts)


def _given(task: str, example: Example) -> str:
    """Return what of a prompt is worked on, without the labels that documents have."""
    if task == "sentiment":
        return example.known_by
    if task == "translation":
        return str(example.facts["english"])
    if task == "content":
        return "\n".join(f"- {note}" for note in example.facts["notes"])
    if task == "documentation":
        return f"{example.facts['signature']}\n{example.facts['body']}"
    return example.prompt.rstrip("\n")


def _with_article(word: str) -> str:
    """Return a noun as one asks for a poem about it.

    Example:
        >>> _with_article("owl"), _with_article("geese"), _with_article("snow")
        ('an owl', 'geese', 'the snow')
    """
    if word in _PLAIN:
        return word
    article = "the" if word in _WEATHER else "an" if word[0] in "aeiou" else "a"
    return f"{article} {word}"


# --- Questions and dialogues ----------------------------------------------------------------------


def _asked_often(draw: Draw) -> Conversation | None:
    """Ask about one story until there is nothing new to ask."""
    told = questions.story(draw)
    asked: dict[tuple[str, ...], tuple[str, str]] = {}
    for _ in range(MOST_QUESTIONS):
        for question in questions.questions(told, draw):
            text = questions.phrase(question, draw)
            # What was answered just now, in other words, teaches to look there and not in the story.
            same = question.answer not in ("yes", "no", "not said")
            key = (question.kind, question.answer) if same else (text,)
            asked.setdefault(key, (text, question.answer))
    if not asked:
        return None
    (first, reply), *others = list(asked.values())[:MOST_QUESTIONS]
    messages = [_asks(_worded("questions", draw, story=told.text, question=first)), _says(reply)]
    for text, reply in others:
        messages += [_asks(text), _says(reply)]
    return Conversation("questions", messages)


def _played(document: Document, draw: Draw) -> Conversation | None:
    """Let the assistant take a part in a dialogue, from beginning to end."""
    turns = [(turn["speaker"], turn["text"]) for turn in document.truth["turns"]]
    me = draw.choice(list(dict.fromkeys(speaker for speaker, _ in turns)))
    messages = _talk(turns, me, draw)
    while messages and messages[-1]["role"] == "user":
        messages.pop()
    return Conversation("dialogue", messages) if messages else None


def _until(example: Example, draw: Draw) -> list[Message]:
    """Play a dialogue up to a reply, and begin that."""
    lines = [line.partition(": ") for line in example.prompt.split("\n")]
    me, begun = example.prompt.rpartition("\n")[2].split(":", 1)
    messages = _talk([(who, text) for who, _, text in lines[:-1]], me, draw)
    return [*messages, _says(begun.strip())] if begun.strip() else messages


def _talk(turns: Sequence[tuple[str, str]], me: str, draw: Draw) -> list[Message]:
    """Return a dialogue in which the assistant is one of the two."""
    you = next(speaker for speaker, _ in turns if speaker != me)
    start = _worded("dialogue", draw, me=me, you=you)
    if turns[0][0] == me:
        turns = [(you, "You begin."), *turns]
    (_, first), *others = turns
    messages = [_asks(f"{start}\n{first}")]
    messages += [_says(text) if speaker == me else _asks(text) for speaker, text in others]
    return messages
