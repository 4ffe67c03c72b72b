"""A model and its tokenizer together: text in, text out, from a folder and back to one.

Explained in the chapter "The Transformer" of the part "Architecture".  The folders are those of
Hugging Face: what :func:`save` writes, Transformers loads, and :func:`load` reads any model of the
Llama family.  Nothing is downloaded, and no pickle is ever read or written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

from llmbook import sampling
from llmbook._shapes import Array, Float
from llmbook.chat import Message, encode_chat
from llmbook.checkpoint import Dtype, read_bytes, read_json, read_model, write_json, write_model
from llmbook.errors import InputError
from llmbook.folders import whole_folder
from llmbook.model import Config, Model
from llmbook.sampling import Settings
from llmbook.tokenizer import Tokenizer

SHIPPED = Path(__file__).parent / "weights"  # a folder for each model that comes with llmbook


@dataclass(frozen=True)
class LanguageModel:
    """A model, its tokenizer, and what belongs to their use.

    Args:
        model: Gives the logits.
        tokenizer: Turns text into the model's tokens and back.
        chat_template: How the model wants a conversation written, in Jinja; None if it has no form.
        names: What chat templates call some special tokens: ``{"eos_token": "<|end|>"}``.
        stop_ids: Tokens by which the model says that it has finished.
    """

    model: Model
    tokenizer: Tokenizer
    chat_template: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    stop_ids: tuple[int, ...] = ()

    @property
    def config(self) -> Config:
        """The sizes of the model."""
        return self.model.config

    def logits(self, ids: Sequence[int]) -> Float[Array, "T vocab"]:
        """Return the logits of the token that follows each given one.

        Raises:
            InputError: If there are no ids, one is out of range, or they exceed the context.
        """
        return self.model.forward(ids)

    def generate(
        self,
        prompt: str | Sequence[Message],
        *,
        max_tokens: int = 100,
        seed: int = 0,
        stop: str | Sequence[str] = (),
        **settings: Unpack[Settings],
    ) -> str:
        """Return the text that follows a prompt.  Arguments and errors: see :meth:`stream`."""
        return "".join(self.stream(prompt, max_tokens=max_tokens, seed=seed, stop=stop, **settings))

    def chat(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int = 100,
        seed: int = 0,
        stop: str | Sequence[str] = (),
        **settings: Unpack[Settings],
    ) -> str:
        """Return the reply to a conversation.  Arguments and errors: see :meth:`stream`."""
        return self.generate(messages, max_tokens=max_tokens, seed=seed, stop=stop, **settings)

    def stream(
        self,
        prompt: str | Sequence[Message],
        *,
        max_tokens: int = 100,
        seed: int = 0,
        stop: str | Sequence[str] = (),
        **settings: Unpack[Settings],
    ) -> Iterator[str]:
        """Continue a prompt, and give each piece of the text as soon as it is certain.

        Args:
            prompt: The text to continue, or the messages of a conversation to be replied to:
                ``[{"role": "user", "content": "Where is the dog?"}]``.
            max_tokens: How many tokens to generate at most.
            seed: Same seed, same text.
            stop: The text ends in front of the first of these; no part of it is given.
            settings: How to choose a token, see :func:`llmbook.sampling.choose`.

        Returns:
            An iterator over pieces of the text, without the prompt; of a reply, without the space
            that some models put in front of it.

        Raises:
            InputError: If the prompt is empty or too long, a setting makes no sense, or there are
                messages but no chat template.
        """
        stops = (stop,) if isinstance(stop, str) else tuple(stop)
        if "" in stops:
            raise InputError("a stop string has to have at least one character")
        ids = sampling.generate(
            self.model,
            self.encode(prompt),
            max_tokens=max_tokens,
            seed=seed,
            stop_ids=self.stop_ids,
            **settings,
        )
        # Some models have room for more tokens than their tokenizer has: these have no text.
        known = (token for token in ids if token < self.tokenizer.vocab_size)
        pieces = until(self.tokenizer.decode_stream(known), stops)
        replies = not isinstance(prompt, str) and prompt[-1]["role"] != "assistant"
        return _unspaced(pieces) if replies else pieces

    def encode(self, prompt: str | Sequence[Message]) -> list[int]:
        """Return the tokens that the model is given for a prompt.

        Raises:
            InputError: If there are messages but no chat template, or it fails.
        """
        if isinstance(prompt, str):
            return self.tokenizer.encode(prompt, add_special=True)
        if self.chat_template is None:
            raise InputError("this model has no chat template: give it a text to continue")
        return encode_chat(self.tokenizer, self.chat_template, prompt, self.names)


def until(pieces: Iterable[str], stops: Sequence[str]) -> Iterator[str]:
    r"""Pass a text on up to a stop string, and hold back what may be the beginning of one.

    The stop string that is complete first ends the text, however the text is cut into pieces.

    Example:
        >>> list(until(["One.", " Two.\n", "\nThr", "ee."], stops=["\n\n"]))
        ['One.', ' Two.']
        >>> list(until(["1\n", "2\n"], stops=["\n\n"]))
        ['1', '\n2', '\n']
    """
    text = ""
    for piece in pieces:
        text += piece
        found = [(text.find(stop) + len(stop), text.find(stop)) for stop in stops if stop in text]
        if found:
            _, begin = min(found)  # the first to be complete; of those the longest
            text = text[:begin]
            break
        held = max((_overlap(text, stop) for stop in stops), default=0)
        if held < len(text):
            yield text[: len(text) - held]
            text = text[len(text) - held :]
    if text:
        yield text


def _unspaced(pieces: Iterator[str]) -> Iterator[str]:
    """Leave out a single space in front of a reply, which only parts it from the turn's token.

    Example:
        >>> list(_unspaced(iter([" ", "No", "."]))), list(_unspaced(iter(["  x"])))
        (['No', '.'], ['  x'])
    """
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > 1:
            break
    if text[:1] == " " and text[1:2] != " ":
        text = text[1:]
    if text:
        yield text
    yield from pieces


def _overlap(text: str, stop: str) -> int:
    """Return how many characters at the end of a text could begin a stop string."""
    return next(n for n in range(len(stop) - 1, -1, -1) if text.endswith(stop[:n]))


# --- Folders --------------------------------------------------------------------------------------


def load(name_or_path: str | Path) -> LanguageModel:
    """Load a model that comes with llmbook, or any folder with a model of the Llama family.

    Args:
        name_or_path: A name such as ``"valley-chat"``, or a folder.

    Raises:
        InputError: If there is no such model, or its files are damaged or of another kind.
    """
    folder = find_folder(name_or_path)
    model = read_model(folder)
    tokenizer = Tokenizer.load(folder / "tokenizer.json")
    names, template = _read_names(folder)
    return LanguageModel(model, tokenizer, template, names, _read_stop_ids(folder))


def shipped() -> list[str]:
    """Return the names of the models that come with llmbook."""
    return sorted(path.parent.name for path in SHIPPED.glob("*/config.json"))


def find_folder(name_or_path: str | Path) -> Path:
    """Return the folder of a model that comes with llmbook, or of any other.

    Raises:
        InputError: If there is no such folder.
    """
    if name_or_path in shipped():
        return SHIPPED / name_or_path
    folder = Path(name_or_path)
    if folder.is_dir():
        return folder
    if folder.exists():
        raise InputError(f"{folder} is a file: give the folder that it lies in")
    names = ", ".join(shipped()) or "none yet"
    raise InputError(f"there is no folder {folder}, and no such model in llmbook ({names})")


def _read_names(folder: Path) -> tuple[dict[str, str], str | None]:
    """Read what a model calls its special tokens, and its chat template."""
    path = folder / "tokenizer_config.json"
    settings = read_json(path) if path.exists() else {}
    names = {}
    for name, value in settings.items():
        text = value.get("content") if isinstance(value, dict) else value
        if name.endswith("_token") and isinstance(text, str):
            names[name] = text
    template = settings.get("chat_template")
    if (path := folder / "chat_template.jinja").exists():
        try:
            template = read_bytes(path).decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(f"{path}: this is not text in UTF-8") from None
    if isinstance(template, list):  # several, by name
        named = {t.get("name"): t.get("template") for t in template if isinstance(t, dict)}
        template = named.get("default")
    if not isinstance(template, str | None):
        raise InputError(f"{path}: the chat template has to be text")
    return names, template


def _read_stop_ids(folder: Path) -> tuple[int, ...]:
    """Read which tokens end a text: ``generation_config.json`` knows best."""
    for path in (folder / "generation_config.json", folder / "config.json"):
        value = read_json(path).get("eos_token_id") if path.exists() else None
        if value is not None:
            ids = value if isinstance(value, list) else [value]
            if not all(type(token) is int for token in ids):
                raise InputError(f"{path}: eos_token_id has to be a token's number, or a list")
            return tuple(ids)
    return ()


def save(
    lm: LanguageModel,
    folder: str | Path,
    *,
    dtype: Dtype = "float32",
    card: str | None = None,
    overwrite: bool = False,
) -> None:
    """Write a model to a folder that :func:`load` and Hugging Face Transformers read.

    The folder appears whole or not at all.

    Args:
        lm: The model, with its tokenizer.
        folder: Where to write; folders above it are made.
        dtype: ``"float16"`` takes half the space and keeps about three decimal digits.
        card: The text of ``README.md``, which tells people about the model.
        overwrite: Replace a folder that was written by this function.

    Raises:
        InputError: If the folder exists and may not be replaced, or cannot be written.
    """
    ids = {name: lm.tokenizer.special.get(text) for name, text in lm.names.items()}
    eos = list(lm.stop_ids)
    token_ids: dict[str, Any] = {
        "bos_token_id": ids.get("bos_token"),
        "eos_token_id": eos[0] if len(eos) == 1 else eos or None,
        "pad_token_id": ids.get("pad_token"),
    }
    settings: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast", **lm.names}
    settings["model_max_length"] = lm.config.context
    with whole_folder(Path(folder), overwrite) as new:
        write_model(lm.model, new, dtype, token_ids)
        lm.tokenizer.save(new / "tokenizer.json")
        write_json(new / "tokenizer_config.json", settings)
        write_json(new / "generation_config.json", token_ids)
        if lm.chat_template is not None:
            (new / "chat_template.jinja").write_text(lm.chat_template, "utf-8", newline="\n")
        if card is not None:
            (new / "README.md").write_text(card, "utf-8", newline="\n")
