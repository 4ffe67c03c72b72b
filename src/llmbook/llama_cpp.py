"""Run llama.cpp from Python: a program in C++ that computes what a GGUF file holds.

Explained in the chapter "Run it locally" of the part "Getting started".  The package xllamacpp has
llama.cpp inside, and starts the server that ``llama-server`` is on its own.  It listens on a free
port of this machine, to no other one, and ends with this process at the latest.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from llmbook._shapes import Array, Float
from llmbook.errors import InputError
from llmbook.hub import LanguageModel

Ask = Callable[..., dict[str, Any]]


@contextmanager
def start(file: str | Path, exact: bool = True, threads: int = 1) -> Iterator[Ask]:
    """Start llama.cpp's server on a GGUF file, and give a function that asks it.

    The function takes a path of the server, such as ``"/tokenize"``, and the fields of the request.

    Args:
        file: The model.
        exact: Remember keys and values in 32 bits; llama.cpp's default is 16.
        threads: How many it computes with.

    Raises:
        InputError: If xllamacpp is not installed, or llama.cpp refuses the file.
    """
    try:
        import xllamacpp
    except ImportError:
        raise InputError("llama.cpp needs the package xllamacpp: pip install xllamacpp") from None
    settings = xllamacpp.CommonParams()
    settings.model.path = str(file)
    settings.n_ctx = 0  # as many tokens as the model reads
    settings.n_parallel = 1
    settings.warmup = False
    settings.verbosity = 0
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    if exact:
        settings.cache_type_k = settings.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        off = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        settings.flash_attn_type = off  # it computes in 16 bits
    try:
        server = xllamacpp.Server(settings)
    except RuntimeError as error:
        raise InputError(f"llama.cpp refuses {file}: {error}") from None
    address = urlsplit(server.listening_address)

    def ask(path: str, **fields: Any) -> dict[str, Any]:
        body = json.dumps({"cache_prompt": False, **fields})
        # A connection for each request: the server closes one that is silent for some seconds.
        with closing(HTTPConnection(address.hostname or "", address.port)) as connection:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer: dict[str, Any] = json.load(connection.getresponse())
        if "error" in answer:
            raise InputError(f"llama.cpp: {answer['error'].get('message')}")
        return answer

    yield ask


def log_probabilities(ask: Ask, lm: LanguageModel, ids: Sequence[int]) -> Float[Array, " vocab"]:
    """Return the logarithms of the probabilities of what follows, from llama.cpp's server.

    The server reports them beside the token that it draws, unless that ends the text, or begins a
    character that it does not complete.  So it is made to draw a letter, which changes no number.

    Args:
        ask: Asks the server, see :func:`start`.
        lm: The model that it runs.
        ids: The tokens of a text.
    """
    letter = lm.tokenizer.encode("a")[0]
    vocab_size = lm.config.vocab_size
    options = {"n_predict": 1, "n_probs": vocab_size, "logit_bias": [[letter, 1e6]]}
    options["cache_prompt"] = True  # what the text before had in common is not read again
    answer = ask("/completion", prompt=list(ids), **options)
    found = np.empty(vocab_size)
    for token in answer["completion_probabilities"][0]["top_logprobs"]:
        found[token["id"]] = token["logprob"]
    return found
