"""One fact, one place: what two files must say alike, they say alike."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from book import DOCS, ROOT, git

NOXFILE = (ROOT / "noxfile.py").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TRACKED = [
    ROOT / name
    for name in git("ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    if (ROOT / name).is_file()
]


def test_the_readme_names_every_session() -> None:
    sessions = re.findall(r"^@nox\.session.*\ndef (\w+)", NOXFILE, re.MULTILINE)
    assert len(sessions) >= 10
    for session in sessions:
        assert f"`nox -s {session}`" in README, session


def test_noxfile_runs_by_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nox", "--version"], capture_output=True, text=True, cwd=ROOT
    )
    header = re.search(r"^# /// script\n(.*?)^# ///$", NOXFILE, re.MULTILINE | re.DOTALL)
    assert header
    script = tomllib.loads(re.sub(r"^# ?", "", header[1], flags=re.MULTILINE))
    assert any(need.startswith("nox") for need in script["dependencies"])
    assert NOXFILE.rstrip().endswith("nox.main()")
    if done.returncode == 0:  # nox is not among the tests' own requirements
        listed = subprocess.run(
            [sys.executable, "noxfile.py", "--list"], capture_output=True, text=True, cwd=ROOT
        )
        assert "* docs" in listed.stdout


class Training:
    """What the session "train" needs of nox: it writes down the commands, and makes their folders."""

    def __init__(self, tmp: Path, *posargs: str) -> None:
        self.tmp, self.posargs, self.env, self.commands = tmp, list(posargs), {}, []

    def create_tmp(self) -> str:
        return str(self.tmp)

    def install(self, *arguments: str) -> None:
        pass

    def run(self, *command: str) -> None:
        self.commands.append(command[3:])
        Path(command[command.index("--out") + 1]).mkdir(parents=True)

    def error(self, message: str) -> None:
        raise RuntimeError(message)


def test_the_assistant_is_trained_in_three_runs_each_from_the_one_before(tmp_path, monkeypatch):
    nox = SimpleNamespace(options=SimpleNamespace(), Session=object)
    nox.session = lambda function=None, **_: function or (lambda f: f)
    monkeypatch.setitem(sys.modules, "nox", nox)  # which the tests do not need
    names = {"__name__": "noxfile"}
    exec(compile(NOXFILE, "noxfile.py", "exec"), names)
    names["WEIGHTS"] = tmp_path / "weights"
    session = Training(tmp_path / "tmp", "chat", "--batch", "4")
    names["train"](session)
    tasks = [command[command.index("--task") + 1] for command in session.commands]
    starts = [command[command.index("--model") + 1] for command in session.commands]
    ends = [command[command.index("--out") + 1] for command in session.commands]
    assert tasks == ["chat", "chat-2", "chat-3"]
    assert starts == ["valley-base", *ends[:-1]]
    assert ends[-1] == str(tmp_path / "weights" / "valley-chat")
    assert all(command[-2:] == ("--batch", "4") for command in session.commands)
    assert [path.name for path in (tmp_path / "weights").iterdir()] == ["valley-chat"]
    assert not list((tmp_path / "tmp").iterdir())  # nobody needs the models between
    with pytest.raises(RuntimeError, match="valley-chat exists: delete it"):
        names["train"](session)
    everything = Training(tmp_path / "tmp", "all")
    names["train"](everything)
    assert [command[:3] for command in everything.commands] == [
        ("pretrain", "--recipe", "valley-base"),
        ("finetune", "--task", "sentiment"),
    ]


def test_what_tex_needs_is_the_same_everywhere() -> None:
    named = re.search(r"TEX_PACKAGES = \((.*?)\)", NOXFILE, re.DOTALL)
    assert named
    packages = set(" ".join(re.findall(r'"(.*?)"', named[1])).split())
    hosted = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text("utf-8"))
    assert set(hosted["build"]["apt_packages"]) == packages
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert all(re.search(rf"\b{re.escape(package)}\b", ci) for package in packages)


@pytest.mark.parametrize("folder", ["", "tests"])
def test_requirements_are_resolved_hashed_and_explained(folder: str) -> None:
    wanted = (ROOT / folder / "requirements.in").read_text("utf-8")
    pinned = (ROOT / folder / "requirements.txt").read_text("utf-8")
    for line in wanted.splitlines():
        if line and not line.lstrip().startswith(("#", "-")):
            name = re.match(r"[\w-]+", line)
            assert name
            assert "  #" in line or name[0].startswith("types-"), f"say why: {line}"
            assert re.search(rf"^{name[0]}(\[.*\])?==", pinned, re.MULTILINE), name[0]
    blocks = re.split(r"\n(?=[\w-])", pinned)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
    assert "://" not in pinned, "where a package came from is the machine's business"
    assert not re.search(r"^ *-(?!-hash=)", pinned, re.MULTILINE), "nor does an option name it"


def test_what_is_tried_at_its_newest_is_what_is_pinned() -> None:
    """``nox -s doctest_latest`` upgrades the tools that ``nox -s doctest`` pins."""
    tools = re.search(r"^TOOLS = (\(.*?^\))", NOXFILE, re.MULTILINE | re.DOTALL)
    assert tools
    lines = (ROOT / "tests/requirements.in").read_text("utf-8").replace('"', "'").splitlines()
    wanted = [re.sub(r" *;", ";", line.split("  #")[0]).strip() for line in lines]
    for tool in ast.literal_eval(tools[1]):
        assert tool in wanted, tool


def test_the_settings_stay_short() -> None:
    assert len((DOCS / "conf.py").read_text("utf-8").splitlines()) < 120


def test_extensions_stay_one_job_each() -> None:
    for path in sorted((DOCS / "_ext").glob("*.py")):
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= (175 if path.stem == "link_report" else 140), path.name


def test_nothing_of_this_machine_is_in_the_repository() -> None:
    for path in TRACKED:
        if path.suffix in {".woff2", ".png", ".pdf", ".safetensors"}:
            continue
        text = path.read_text("utf-8")
        for word in ("/work" + "/", "/root" + "/", "find-" + "links /"):
            assert word not in text, (path, word)


def test_importing_the_package_needs_numpy_and_safetensors_only() -> None:
    code = (
        "import sys; import llmbook; from llmbook import hub, model, sampling, ngram, tokenizer; "
        "heavy = {'torch', 'tensorflow', 'keras', 'transformers', 'tokenizers', 'jinja2', 'tqdm'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_resources_begin_with_the_three_links_and_hold_many_more() -> None:
    links = re.findall(
        r"\]\((https?://[^)\s]+)\)", (DOCS / "resources/index.md").read_text("utf-8")
    )
    for link, host in zip(
        links, ("huggingface.co", "developers.openai.com", "stanford.edu"), strict=False
    ):
        assert host in link
    assert len(set(links)) >= 33
