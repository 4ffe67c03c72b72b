"""The snippets on Transformers, with other models than the book's: one name changes.

The page's table says which model of the Hugging Face Hub stands for which folder of the book.  With
``LLMBOOK_ONLINE=1`` all examples run with these, whatever they print; without it they are counted and
reported as not run.  That the code works with any model is tested offline too, on small ones made here.
"""

import doctest
import logging
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    GPT2Config,
    GPT2LMHeadModel,
    PreTrainedTokenizerFast,
)
from transformers.utils import logging as transformers_logging

from book import DOCS
from llmbook.hub import find_folder
from llmbook.world import tell

PAGE = "getting-started/transformers"
TEXT = (DOCS / f"{PAGE}.md").read_text("utf-8")
EXAMPLES = [
    example
    for fence in re.findall(r"^```pycon\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    for example in doctest.DocTestParser().get_examples(fence)
]
ROW = re.compile(r'^\| `find_folder\("([\w-]+)"\)` \|.*\| `"([\w/-]+)"` \|$', re.MULTILINE)
PUBLIC: dict[str, str] = dict(ROW.findall(TEXT))


class Anything(doctest.OutputChecker):
    """Another model says something else: no output is wrong, only an exception is."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return True


def run(examples: list[doctest.Example], names: dict[str, str]) -> str:
    """Run examples with other models, and return what is said of those that fail."""
    changed = []
    for example in examples:
        source = example.source
        for ours, theirs in names.items():
            source = source.replace(f'find_folder("{ours}")', repr(theirs))
        changed.append(doctest.Example(source, example.want, lineno=len(changed)))
    said: list[str] = []
    test = doctest.DocTest(changed, {}, PAGE, None, None, None)
    doctest.DocTestRunner(Anything(), verbose=False).run(test, out=said.append)
    return "".join(said)


def test_each_model_of_the_page_has_a_public_one() -> None:
    used = {name for e in EXAMPLES for name in re.findall(r'find_folder\("([\w-]+)"\)', e.source)}
    assert used == set(PUBLIC)


@pytest.mark.filterwarnings("default")  # other models may have reasons to warn
@pytest.mark.skipif(
    os.environ.get("LLMBOOK_ONLINE") != "1",
    reason=f"{len(EXAMPLES)} examples of {PAGE} were not run with the public models "
    f"{', '.join(PUBLIC.values())}: LLMBOOK_ONLINE=1 downloads these (0.8 GB) and runs them",
)
def test_the_examples_run_with_public_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(EXAMPLES, PUBLIC)
    assert not said, said


# --- The same without a network -------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Small random models of other architectures, with a vocabulary and a template of their own."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=311,
        special_tokens=["<pad>", "<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    trained.train_from_iterator([tell("stories", 0, n).text for n in range(20)], trainer)
    trained.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=trained,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        model_input_names=["input_ids", "attention_mask"],
        chat_template="{% for message in messages %}{{ message.role }}: {{ message.content }}\n"
        "{% endfor %}{% if add_generation_prompt %}assistant: {% endif %}",
    )
    torch.manual_seed(0)
    ids = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
    writer = GPT2LMHeadModel(
        GPT2Config(vocab_size=311, n_positions=1500, n_layer=1, n_head=2, n_embd=12, **ids)
    )
    judge = BertForSequenceClassification(
        BertConfig(
            vocab_size=311,
            hidden_size=12,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=20,
            id2label={0: "BAD", 1: "GOOD"},
            pad_token_id=0,
        )
    )
    folders = {}
    for name in PUBLIC:
        folder = tmp_path_factory.mktemp("public") / name
        (judge if name == "valley-sentiment" else writer).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        folders[name] = str(folder)
    return folders


def test_the_examples_run_with_models_of_another_kind(
    other: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(EXAMPLES, other)
    assert not said, said


def test_what_works_with_one_architecture_only_is_found(other: dict[str, str]) -> None:
    code = (
        ">>> from transformers import AutoModelForCausalLM\n"
        '>>> model = AutoModelForCausalLM.from_pretrained(find_folder("valley-base"))\n'
        ">>> model.lm_head is not None\nFalse\n"
        ">>> len(model.model.layers)\n6\n"
    )
    said = run(doctest.DocTestParser().get_examples(code), other)
    assert said.count("Failed example") == 1
    assert "len(model.model.layers)" in said


def test_the_hub_knows_no_such_name() -> None:
    """What Transformers makes of the answer that the Hub gives to a mistyped name."""

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404)
            self.send_header("X-Error-Code", "RepoNotFound")
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 - the server calls it so

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    try:
        with (
            patch("huggingface_hub.constants.ENDPOINT", address),
            patch("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template),
            pytest.raises(OSError, match=r"^valley-chatt ") as caught,
        ):
            AutoTokenizer.from_pretrained("valley-chatt")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    [quoted] = re.findall(r'it says that the name "(.*?)"', TEXT)
    assert quoted in str(caught.value)


def test_the_log_warns_of_a_prompt_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", lambda record: said.append(record.getMessage()))
    monkeypatch.setattr(logging.getLogger("transformers"), "handlers", [handler])
    transformers_logging.warning_once.cache_clear()  # another test may have had the warning
    model = AutoModelForCausalLM.from_pretrained(find_folder("valley-base"))
    model.generate(torch.ones(1, 300, dtype=torch.int64), max_new_tokens=2, do_sample=False)
    [quoted] = re.findall(r'log notes that this "(.*?)"', TEXT)
    assert any(quoted in line for line in said)
