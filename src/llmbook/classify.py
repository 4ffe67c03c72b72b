"""A classifier: a language model whose last layer gives a score to each class instead of each token.

Explained in the chapter "Fine-tuning" of the part "Training process".  The vector of the last token
has read the whole text, so one matrix on top of it is enough.  The folders are those of
``LlamaForSequenceClassification`` in Hugging Face Transformers, which gives the same logits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.checkpoint import (
    CLASSIFIER,
    Dtype,
    parse_config,
    read_json,
    stored_tensors,
    write_json,
    write_model,
)
from llmbook.errors import InputError
from llmbook.folders import whole_folder
from llmbook.hub import SHIPPED
from llmbook.model import HEAD, Model
from llmbook.tokenizer import Tokenizer

SCORE = "score.weight"


@dataclass(frozen=True)
class Classifier:
    """A model that says which class a text belongs to.

    Args:
        model: Reads the text.
        tokenizer: Turns the text into the model's tokens.
        score: A row for each class.
        labels: The names of the classes.

    Raises:
        InputError: If the rows do not fit the model and the names.
    """

    model: Model
    tokenizer: Tokenizer
    score: Float[Array, "labels d_model"]
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        expected = (len(self.labels), self.model.config.d_model)
        if self.score.shape != expected:
            raise InputError(f"{SCORE} has the shape {self.score.shape} instead of {expected}")
        if not np.isfinite(self.score).all():
            raise InputError(f"{SCORE} holds numbers that are not finite")

    def logits(self, text: str) -> Float[Array, " labels"]:
        """Return the score of each class.

        Raises:
            InputError: If the text is empty, or too long for the model.
        """
        ids = self.tokenizer.encode(text, add_special=True)
        return np.asarray(self.model.hidden(ids)[-1] @ self.score.T)

    def probabilities(self, text: str) -> dict[str, float]:
        """Return how probable each class is."""
        logits = self.logits(text)
        shares = np.exp(logits - logits.max())
        return dict(zip(self.labels, (shares / shares.sum()).tolist(), strict=True))

    def label(self, text: str) -> str:
        """Return the most probable class."""
        return self.labels[int(self.logits(text).argmax())]


def load(name_or_path: str | Path) -> Classifier:
    """Load a classifier that comes with llmbook, or one of the Llama family from any folder.

    Raises:
        InputError: If there is none, or its files are damaged or of another kind.
    """
    folder = SHIPPED / name_or_path
    if not folder.is_dir():
        folder = Path(name_or_path)
    path = folder / "config.json"
    settings = read_json(path)
    if settings.get("architectures") != [CLASSIFIER]:
        raise InputError(f"{folder} holds no {CLASSIFIER}, which is what can be read here")
    labels = _read_labels(path, settings)
    stored = stored_tensors(folder)
    if SCORE not in stored:
        raise InputError(f"{folder}: {SCORE} is missing")
    weights = {name: tensor.read() for name, tensor in stored.items()}
    score = weights.pop(SCORE).astype(np.float32)
    try:
        model = Model(parse_config({**settings, "tie_word_embeddings": True}), weights)
        return Classifier(model, Tokenizer.load(folder / "tokenizer.json"), score, labels)
    except InputError as error:
        raise InputError(f"{folder}: {error}") from None


def _read_labels(path: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the classes, in the order of their numbers."""
    named = settings.get("id2label")
    if not isinstance(named, dict) or not all(isinstance(label, str) for label in named.values()):
        raise InputError(f"{path}: id2label has to name the classes")
    if set(named) != {str(number) for number in range(len(named))}:
        raise InputError(f"{path}: id2label has to number the classes from 0")
    return tuple(named[str(number)] for number in range(len(named)))


def save(
    classifier: Classifier,
    folder: str | Path,
    *,
    pad: str,
    dtype: Dtype = "float32",
    card: str | None = None,
) -> None:
    """Write a classifier to a folder that Transformers reads; it appears whole or not at all.

    Args:
        classifier: What to write.
        folder: Where to; it may not be there yet.
        pad: A special token that no text holds.  Transformers fills texts up with it to one length,
            and takes the last other token for the end of the text.
        dtype: ``"float16"`` takes half the space.
        card: The text of ``README.md``.

    Raises:
        InputError: If the folder exists, or cannot be written.
    """
    model = classifier.model
    if not model.config.tied:  # what scores tokens is not needed
        weights = {name: array for name, array in model.weights.items() if name != HEAD}
        model = Model(replace(model.config, tied=True), weights)
    settings = {
        "architectures": [CLASSIFIER],
        "id2label": {str(number): label for number, label in enumerate(classifier.labels)},
        "label2id": {label: number for number, label in enumerate(classifier.labels)},
        "pad_token_id": classifier.tokenizer.special[pad],
    }
    names = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": pad,
        "model_max_length": model.config.context,
    }
    with whole_folder(Path(folder)) as new:
        write_model(model, new, dtype, settings, {SCORE: classifier.score})
        classifier.tokenizer.save(new / "tokenizer.json")
        write_json(new / "tokenizer_config.json", names)
        if card is not None:
            (new / "README.md").write_text(card, "utf-8", newline="\n")
