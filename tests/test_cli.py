import io
import json
import os
import subprocess
import sys

import pytest

import llmbook
from llmbook.cli import main
from llmbook.hub import LanguageModel, save
from llmbook.model import Config, Model
from llmbook.tokenizer import Tokenizer
from llmbook.world import documents

CONFIG = Config(
    vocab_size=270,
    d_model=18,
    n_layers=2,
    n_heads=6,
    n_kv_heads=3,
    head_dim=4,
    d_ff=22,
    context=400,
)


@pytest.fixture(scope="module")
def lm():
    tokenizer = Tokenizer.train(["the cat sat on the mat"], 270, special=["<|end|>"])
    template = "{% for m in messages %}{{ m.content }}<|end|>{% endfor %}"
    return LanguageModel(Model.random(CONFIG, seed=0), tokenizer, template)


@pytest.fixture(scope="module")
def folder(lm, tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "model"
    save(lm, path)
    return str(path)


def test_generate_prints_what_the_model_says(lm, folder, capsys):
    assert main(["generate", folder, "the cat", "--max-tokens", "9", "--seed", "3"]) == 0
    captured = capsys.readouterr()
    assert captured.out == lm.generate("the cat", max_tokens=9, seed=3) + "\n"
    assert captured.err == ""


def test_every_setting_arrives(lm, folder, capsys):
    settings = {
        "max_tokens": 30,
        "temperature": 1.3,
        "top_k": 200,
        "top_p": 0.95,
        "min_p": 0.01,
        "repetition_penalty": 1.2,
        "seed": 4,
    }
    stop = lm.generate("the", **settings)[9:11]
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
    assert main(["generate", folder, "the", *arguments, "--stop", "never", "--stop", stop]) == 0
    expected = lm.generate("the", stop=["never", stop], **settings)
    assert capsys.readouterr().out == expected + "\n"


def test_chat_uses_the_template(lm, folder, capsys):
    assert main(["generate", folder, "the cat", "--chat", "--max-tokens", "9"]) == 0
    expected = lm.chat([{"role": "user", "content": "the cat"}], max_tokens=9)
    assert capsys.readouterr().out == expected + "\n"


def test_a_hyphen_reads_the_prompt_from_standard_input(lm, folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("été".encode())))
    assert main(["generate", folder, "-", "--max-tokens", "5"]) == 0
    assert capsys.readouterr().out == lm.generate("été", max_tokens=5) + "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "a"], "there is no folder nowhere, and no such model in llmbook"),
        (["FOLDER", ""], "the prompt is empty"),
        (["FOLDER", "the cat " * 400], "tokens, and the model's context is 400"),
        (["FOLDER", "a", "--temperature", "-1"], "temperature must be"),
        (["FOLDER", "a", "--temperature", "nan"], "temperature must be"),
        (["FOLDER", "a", "--top-k", "0"], "top_k must be"),
        (["FOLDER", "a", "--top-p", "1.5"], "top_p must be"),
        (["FOLDER", "a", "--max-tokens", "-1"], "max_tokens must be"),
        (["FOLDER", "a", "--seed", "-1"], "seed must be"),
        (["FOLDER", "a", "--stop", ""], "stop string"),
        (["FOLDER", "a\udcff"], "surrogate"),  # what Python makes of arguments that are not UTF-8
        (["two\nlines\x1b[31m", "a"], "there is no folder two lines?[31m"),
    ],
)
def test_bad_input_is_one_line_and_status_2(folder, capsys, arguments, message):
    arguments = [folder if argument == "FOLDER" else argument for argument in arguments]
    assert main(["generate", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("llmbook: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_standard_input_that_is_not_text(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert main(["generate", folder, "-"]) == 2
    assert capsys.readouterr().err == "llmbook: standard input: this is not text in UTF-8\n"


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["generate"], ["generate", "a", "b", "-x"]])
def test_a_command_that_is_none_shows_how(capsys, arguments):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: python -m llmbook" in capsys.readouterr().err


def test_help_and_version(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "continue a text" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main(["generate", "--help"])
    assert "--top-p" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"llmbook {llmbook.__version__}\n"


def test_the_text_comes_as_a_stream(folder, monkeypatch):
    class Pieces(io.StringIO):
        written = 0

        def flush(self):
            if self.tell() > self.written:
                self.written = self.tell()
                seen.append(self.written)

    seen = []
    monkeypatch.setattr(sys, "stdout", Pieces())
    assert main(["generate", folder, "the", "--max-tokens", "40"]) == 0
    assert len(seen) > 20


def test_a_closed_pipe_is_quiet(folder):
    reader, writer = os.pipe()
    os.close(reader)  # the next program in the pipe has ended before the first word
    with os.fdopen(writer) as pipe:
        result = subprocess.run(
            [sys.executable, "-m", "llmbook", "generate", folder, "the"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (result.returncode, result.stderr) == (141, b"")


def test_an_interruption_is_quiet(folder, capsys, monkeypatch):
    class Interrupted(io.BytesIO):
        def read(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Interrupted()))
    assert main(["generate", folder, "-"]) == 130
    assert capsys.readouterr() == ("", "")


def test_importing_llmbook_is_light():
    code = "import sys, llmbook, llmbook.cli; print('numpy' in sys.modules, llmbook.__version__)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == f"False {llmbook.__version__}\n"


def test_corpus_prints_texts_with_an_empty_line_between(capsys):
    assert main(["corpus", "french", "--n", "3", "--seed", "5"]) == 0
    texts = [document.text for document in documents(seed=5, n=3, narrators=["french"])]
    assert capsys.readouterr().out == "\n\n".join(texts) + "\n"


def test_corpus_prints_the_truth_as_json(capsys):
    arguments = ["--n", "20", "--split", "combinations", "--json"]
    assert main(["corpus", "valley", *arguments]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 20
    assert [line["text"] for line in lines] == [d.text for d in documents("combinations", n=20)]
    assert len({line["narrator"] for line in lines}) > 3
    assert all(line["truth"] for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody"], "there is no narrator 'nobody': it has to be one of stories,"),
        (["valley", "--split", "test"], "there is no split 'test'"),
        (["verse", "--n", "0"], "--n has to be at least 1, not 0"),
    ],
)
def test_a_corpus_that_there_is_not(capsys, arguments, message):
    assert main(["corpus", *arguments]) == 2
    assert f"llmbook: {message}" in capsys.readouterr().err
