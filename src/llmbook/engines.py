"""One weight, many engines: the same folder computed by NumPy, PyTorch, Keras and more.

Explained in the chapter "Run it locally" of the part "Getting started".  An engine is a program that
runs a model's weights.  Each of these takes the numbers of tokens and gives the probabilities of
the next one, so they can be compared number by number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from llmbook import sampling
from llmbook._shapes import Array, Float
from llmbook.gguf_file import write_gguf
from llmbook.hub import load
from llmbook.llama_cpp import log_probabilities, start


@dataclass(frozen=True)
class Engine:
    """A program that runs a model.

    Args:
        log_probabilities: From the ids of a text, the natural logarithms of the probabilities that
            each token follows.
        greedy: From the ids of a text and a number, the likeliest continuation of as many tokens,
            or fewer if the model ends the text; without the token that does so.
    """

    log_probabilities: Callable[[Sequence[int]], Float[Array, " vocab"]]
    greedy: Callable[[Sequence[int], int], list[int]]


def log_softmax(logits: Any) -> Float[Array, " vocab"]:
    """Return the logarithms of probabilities, in double precision.

    Example:
        >>> np.exp(log_softmax([1.0, 1.0, -999.0])).tolist()
        [0.5, 0.5, 0.0]
    """
    x = np.asarray(logits, dtype=np.float64)
    shifted = x - x.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()))


@contextmanager
def numpy_engine(folder: Path) -> Iterator[Engine]:
    """The book's own model."""
    lm = load(folder)

    def greedy(ids: Sequence[int], n: int) -> list[int]:
        stop = lm.stop_ids
        return list(sampling.generate(lm.model, ids, max_tokens=n, temperature=0, stop_ids=stop))

    yield Engine(lambda ids: log_softmax(lm.logits(ids)[-1]), greedy)


@contextmanager
def torch_engine(folder: Path) -> Iterator[Engine]:
    """The book's model in PyTorch, which is the one that was trained."""
    import torch

    from llmbook.torch_model import TorchModel
    from llmbook.torch_sampling import sample

    lm = load(folder)
    model, generator = TorchModel.from_model(lm.model), torch.Generator()

    def greedy(ids: Sequence[int], n: int) -> list[int]:
        answers = sample(
            model, [ids], max_tokens=n, temperature=0, stop_ids=lm.stop_ids, generator=generator
        )
        return _without(answers[0], lm.stop_ids)

    with torch.inference_mode():
        yield Engine(lambda ids: log_softmax(model(torch.tensor([ids]))[0, -1]), greedy)


@contextmanager
def transformers_engine(folder: Path) -> Iterator[Engine]:
    """Hugging Face Transformers."""
    import torch
    from transformers import AutoModelForCausalLM

    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    stop = load(folder).stop_ids

    def greedy(ids: Sequence[int], n: int) -> list[int]:
        prompt = torch.tensor([ids])
        mask = torch.ones_like(prompt)
        both = model.generate(
            prompt, attention_mask=mask, max_new_tokens=n, do_sample=False, pad_token_id=0
        )
        return _without(both[0, len(ids) :].tolist(), stop)

    with torch.inference_mode():
        yield Engine(lambda ids: log_softmax(model(torch.tensor([ids])).logits[0, -1]), greedy)


@contextmanager
def keras_engine(folder: Path) -> Iterator[Engine]:
    """The book's model in Keras, on the backend that ``KERAS_BACKEND`` names; without a cache."""
    from llmbook.keras_model import to_keras

    lm = load(folder)
    model = to_keras(lm.model)

    def log_probabilities(ids: Sequence[int]) -> Float[Array, " vocab"]:
        # One length for all texts, so that it is compiled once; no token sees what follows it.
        filled = np.array([[*ids, *[0] * (lm.config.context - len(ids))]])
        return log_softmax(model.predict_on_batch(filled)[0, len(ids) - 1])

    def greedy(ids: Sequence[int], n: int) -> list[int]:
        new: list[int] = []
        while len(new) < n and len(ids) + len(new) < lm.config.context:
            token = int(log_probabilities([*ids, *new]).argmax())
            if token in lm.stop_ids:
                break
            new.append(token)
        return new

    yield Engine(log_probabilities, greedy)


@contextmanager
def llama_cpp_engine(
    folder: Path, kind: str = "f32", exact: bool = True, threads: int = 1
) -> Iterator[Engine]:
    """llama.cpp, which reads a GGUF file that is made for the occasion.

    Args:
        folder: The model.
        kind: How the file stores the weights.
        exact: Remember keys and values in 32 bits; llama.cpp's default is 16.
        threads: How many it computes with.
    """
    lm = load(folder)
    with ExitStack() as stack:
        file = Path(stack.enter_context(TemporaryDirectory())) / "model.gguf"
        write_gguf(lm, file, kind)
        ask = stack.enter_context(start(file, exact, threads))

        def greedy(ids: Sequence[int], n: int) -> list[int]:
            answer = ask(
                "/completion", prompt=list(ids), n_predict=n, temperature=0, return_tokens=True
            )
            return _without(answer["tokens"], lm.stop_ids)

        yield Engine(lambda ids: log_probabilities(ask, lm, ids), greedy)


def _without(ids: Sequence[int], stop: Sequence[int]) -> list[int]:
    """Leave out the token that ends a text."""
    return [token for token in ids if token not in stop]


ENGINES: dict[str, Callable[[Path], Any]] = {
    "NumPy": numpy_engine,
    "PyTorch": torch_engine,
    "Transformers": transformers_engine,
    "Keras": keras_engine,
    "llama.cpp": llama_cpp_engine,
}
