"""The commands of ``python -m llmbook``.

Each command is one function of this module.  It describes its arguments and says what to run, and
stands in ``COMMANDS``.  It imports what it needs when it runs, so that ``--help`` is there at once.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from llmbook import __version__
from llmbook.errors import InputError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: What follows ``python -m llmbook``; by default, that of this process.

    Returns:
        0 if all went well, 2 for bad input, which one line on standard error explains, and the
        customary 130 and 141 when the reader or the next program in the pipe wants no more.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a model may write what the terminal cannot show
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
        sys.stdout.flush()
    except InputError as error:
        line = " ".join(str(error).split())
        visible = "".join(letter if letter.isprintable() else "?" for letter in line)
        print(f"llmbook: {visible}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Python writes what is left when it ends, and would complain: let it write to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m llmbook", description="The models of the book, on the command line."
    )
    parser.add_argument("--version", action="version", version=f"llmbook {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command(commands)
    return parser


def generate(commands: "Commands") -> None:
    """Continue a text."""

    def run(options: argparse.Namespace) -> None:
        from llmbook.hub import load

        prompt = _read_prompt(options.prompt)
        pieces = load(options.model).stream(
            [{"role": "user", "content": prompt}] if options.chat else prompt,
            max_tokens=options.max_tokens,
            temperature=options.temperature,
            top_k=options.top_k,
            top_p=options.top_p,
            min_p=options.min_p,
            repetition_penalty=options.repetition_penalty,
            seed=options.seed,
            stop=options.stop,
        )
        for piece in pieces:
            print(piece, end="", flush=True)
        print()

    parser = commands.add_parser(
        "generate",
        help="continue a text",
        description="Continue a text, and print what is new as it comes.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("model", metavar="MODEL", help="a model of the book, or a folder of the Llama family")
    add("prompt", metavar="PROMPT", help="the text to continue; - reads it from standard input")
    add("--chat", action="store_true", help="take the prompt as a message to be replied to")
    add("--max-tokens", type=int, default=100, metavar="N", help="the most tokens to generate")
    add("--temperature", type=float, default=1.0, metavar="T", help="0 takes the likeliest token")
    add("--top-k", type=int, metavar="K", help="choose among the K likeliest tokens")
    add("--top-p", type=float, metavar="P", help="choose among the likeliest that sum to P")
    add(
        "--min-p", type=float, metavar="P", help="choose among those at least P times the likeliest"
    )
    add("--repetition-penalty", type=float, default=1.0, metavar="R", help="above 1: repeat less")
    add("--seed", type=int, default=0, metavar="S", help="same seed, same text")
    add("--stop", action="append", default=[], metavar="TEXT", help="end in front of this text")


def _read_prompt(argument: str) -> str:
    """Return the prompt, from standard input if the argument is a hyphen."""
    if argument != "-":
        return argument
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("standard input: this is not text in UTF-8") from None


def pretrain(commands: "Commands") -> None:
    """Train a model from nothing."""

    def run(options: argparse.Namespace) -> None:
        with needs_torch():
            from llmbook.pretrain import pretrain
        from llmbook.recipes import make

        settings = vars(options).copy()
        recipe, out = settings.pop("recipe", None), Path(settings.pop("out"))
        del settings["run"]
        result = pretrain(make(recipe, **settings), out)
        if os.environ.get("RANK", "0") == "0":  # of the processes that torchrun starts, one
            print(result)

    parser = commands.add_parser(
        "pretrain",
        help="train a model from nothing",
        description="Train a model from nothing, and write its folder. A run that was killed goes "
        "on when the same command is given again.",
        argument_default=argparse.SUPPRESS,  # Recipe has the defaults
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("--out", required=True, metavar="DIR", help="the folder of the model")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="FILE", help="a text in UTF-8 to learn from")
    source.add_argument("--corpus", metavar="NAME", help="valley or stdlib")
    source.add_argument("--recipe", metavar="NAME", help="make a model of the book: valley-base")
    add("--documents", type=int, metavar="N", help="how many texts of the valley (default: 100000)")
    add("--chars", action="store_true", help="one token for each character")
    add("--vocab-size", type=int, metavar="N", help="how many tokens to learn (default: 1024)")
    add("--layers", type=int, metavar="N", help="blocks that follow each other (default: 4)")
    add("--heads", type=int, metavar="N", help="heads of queries in each block (default: 4)")
    add("--kv-heads", type=int, metavar="N", help="heads of keys and values (default: as many)")
    add("--width", type=int, metavar="N", help="size of the vector of a token (default: 128)")
    add("--context", type=int, metavar="N", help="the most tokens that it reads (default: 256)")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--steps", type=int, metavar="N", help="how many steps to train")
    limit.add_argument(
        "--seconds", type=float, metavar="S", help="how long to train (default: 600)"
    )
    add("--batch", type=int, metavar="N", help="sequences in a step (default: 2048 tokens)")
    add("--learning-rate", type=float, metavar="R", help="the highest one of Muon (default: 0.02)")
    add("--seed", type=int, metavar="S", help="same seed and steps, same weights (default: 0)")
    add(
        "--checkpoint-seconds",
        type=float,
        metavar="S",
        help="time between two checkpoints (default: 60.0)",
    )


def finetune(commands: "Commands") -> None:
    """Teach a model to answer, or to classify."""

    def run(options: argparse.Namespace) -> None:
        with needs_torch():
            from llmbook.finetune import finetune
        from llmbook.tuning_recipes import tuning

        settings = vars(options).copy()
        task, out = settings.pop("task"), Path(settings.pop("out"))
        settings["base"] = settings.pop("model")
        del settings["run"]
        print(finetune(tuning(task, **settings), out))

    parser = commands.add_parser(
        "finetune",
        help="teach a model to answer, or to classify",
        description="Teach a model of the valley to do what it is asked (chat, and chat-2 and chat-3, "
        "which go on), or to say whether a review is positive (sentiment), and write the folder of "
        "the new model. A run that was killed goes on when the same command is given again.",
        argument_default=argparse.SUPPRESS,  # the recipes have the defaults
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("--model", required=True, metavar="DIR", help="the model to begin with")
    add("--task", required=True, metavar="TASK", help="chat, chat-2, chat-3 or sentiment")
    add("--out", required=True, metavar="DIR", help="the folder of the new model")
    add("--lora", type=int, metavar="RANK", help="train corrections of this rank alone")
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument("--steps", type=int, metavar="N", help="how many steps to train")
    limit.add_argument("--seconds", type=float, metavar="S", help="how long to train")
    add("--batch", type=int, metavar="N", help="rows of conversations, or reviews, in a step")
    add("--learning-rate", type=float, metavar="R", help="the highest one")
    add("--seed", type=int, metavar="S", help="same seed and steps, same weights (default: 0)")
    add(
        "--checkpoint-seconds",
        type=float,
        metavar="S",
        help="time between two checkpoints (default: 60.0)",
    )


def corpus(commands: "Commands") -> None:
    """Print texts of the valley."""

    def run(options: argparse.Namespace) -> None:
        from llmbook.world import NARRATORS, documents

        names = tuple(NARRATORS) if options.name == "valley" else (options.name,)
        if options.n < 1:
            raise InputError(f"--n has to be at least 1, not {options.n}")
        for number, document in enumerate(documents(options.split, options.seed, options.n, names)):
            if options.json:
                print(json.dumps(asdict(document), ensure_ascii=False))
            else:
                print("\n" * bool(number) + document.text)

    parser = commands.add_parser(
        "corpus",
        help="print texts of the valley",
        description="Print texts of the valley, with an empty line between two.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("name", metavar="NAME", help="valley for all of it, or one narrator, such as stories")
    add("--n", type=int, default=10, metavar="N", help="how many texts")
    add("--seed", type=int, default=0, metavar="S", help="same seed, same texts")
    add("--split", default="train", metavar="SPLIT", help="train, samples or combinations")
    add("--json", action="store_true", help="a line for each text, with the truth about it")


def evaluate(commands: "Commands") -> None:
    """Examine a model."""

    def run(options: argparse.Namespace) -> None:
        from llmbook.evaluate import evaluate, table
        from llmbook.hub import load

        given = {"n": options.n, "seed": options.seed, "split": options.split}
        lm = load(options.model)
        with _status() as show:
            report = evaluate(
                lm,
                options.task,
                **given,
                draws=options.draws,
                searched=options.documents,
                show=show,
            )
        if options.json:
            facts = {"model": options.model, "seed": options.seed, "split": options.split}
            facts |= {"documents": options.documents, "tasks": report}
            print(json.dumps(facts, indent=2, ensure_ascii=False))
        else:
            print(table(report, options.documents, assistant=lm.chat_template is not None))

    parser = commands.add_parser(
        "evaluate",
        help="examine a model",
        description="Examine a model on the tasks of the valley, beside a baseline for each.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("model", metavar="MODEL", help="a model of the book, or a folder of the Llama family")
    add("--task", action="append", metavar="NAME", help="only this task; may be given repeatedly")
    add("--n", type=int, default=100, metavar="N", help="how many examples of each task")
    add("--seed", type=int, default=0, metavar="S", help="same seed, same examples")
    add("--split", default="combinations", metavar="SPLIT", help="samples or combinations")
    add(
        "--documents",
        type=int,
        default=20_000,
        metavar="N",
        help="training texts that baselines learn from, and that are searched for the examples",
    )
    add(
        "--draws",
        type=int,
        default=10,
        metavar="N",
        help="programs to draw for each specification, for pass@1 and pass@10; 0 draws none",
    )
    add("--json", action="store_true", help="print all there is, for programs")


def fits(commands: "Commands") -> None:
    """Say whether a model fits into a memory."""

    def run(options: argparse.Namespace) -> None:
        from llmbook.fits import Need, report
        from llmbook.hub import find_folder
        from llmbook.sizes import read_shape, typical
        from llmbook.units import parse_bandwidth, parse_bytes, parse_count

        def read(text: str | None, parse: Callable[[str], int]) -> int | None:
            return None if text is None else parse(text)

        parameters = read(options.parameters, parse_count)
        context = 8192 if options.context is None else options.context
        memory = parse_bytes(options.memory)
        bandwidth = read(options.bandwidth, parse_bandwidth)
        if options.model is not None:
            shape, counted, longest = read_shape(find_folder(options.model))
            parameters, context = parameters or counted, min(context, longest)
            if (options.context or 0) > longest:
                raise InputError(f"this model reads at most {longest:,} tokens")
        elif parameters is None:
            raise InputError("give the --parameters, like 8B, or a --model")
        else:
            name, shape = typical(parameters)
        if parameters is None:
            raise InputError(
                "the parameters of this architecture are not counted: add --parameters"
            )
        given = {"n_layers": options.layers, "n_kv_heads": options.kv_heads}
        given = {k: v for k, v in (given | {"head_dim": options.head_dim}).items() if v is not None}
        shape = replace(shape, **given)
        active = read(options.active, parse_count)
        print(report(Need(parameters, shape, options.bits, context, active), memory, bandwidth))
        if options.model is None:
            print(f"Sizes that were not given are those of {name}.")

    parser = commands.add_parser(
        "fits",
        help="say whether a model fits into a memory",
        description="Say how much memory a model takes, whether it fits, and what would.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("--model", metavar="MODEL", help="a model of the book, or a folder with a config.json")
    add("--parameters", metavar="N", help="how many, such as 8B or 350M")
    add("--active", metavar="N", help="how many of them work on each token, if not all do")
    add(
        "--bits",
        type=int,
        default=16,
        metavar="B",
        help="for each weight; below 16, scales are added",
    )
    add(
        "--context",
        type=int,
        metavar="N",
        help="tokens of a text and its answer: 8192, if not said",
    )
    add("--memory", required=True, metavar="SIZE", help="such as 16GB (10^9 bytes) or 16GiB (2^30)")
    add("--bandwidth", metavar="RATE", help="of the memory, such as 100GB/s: bounds the speed")
    add(
        "--layers", type=int, metavar="N", help="layers that keep the keys and values of all tokens"
    )
    add("--kv-heads", type=int, metavar="N", help="heads of keys and values in each layer")
    add("--head-dim", type=int, metavar="N", help="size of one key or value")


def export(commands: "Commands") -> None:
    """Write a model for other programs."""

    def run(options: argparse.Namespace) -> None:
        from llmbook.gguf_file import write_gguf
        from llmbook.hub import find_folder, load

        folder, path = find_folder(options.model), Path(options.out)
        kept = write_gguf(load(folder), path, options.dtype, name=folder.resolve().name)
        print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")
        if kept:
            print(f"{len(kept)} matrices stay in f16: their rows are no multiple of 32")

    parser = commands.add_parser(
        "export",
        help="write a model for llama.cpp and Ollama",
        description="Write a model with its tokenizer and chat template to one GGUF file, which "
        "llama.cpp, Ollama and others run.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("model", metavar="MODEL", help="a model of the book, or a folder of the Llama family")
    add("--out", required=True, metavar="FILE", help="the file, which must not exist")
    add("--dtype", default="f16", metavar="TYPE", help="of the matrices: f32, f16, q8_0 or q4_0")


@contextmanager
def _status() -> Iterator[Callable[[str], object]]:
    """Give what shows a line on the terminal, in place of the one before; it is gone at the end."""
    if not sys.stderr.isatty():
        yield str  # for a log it would be too much
        return
    try:
        yield lambda line: print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def needs_torch() -> Iterator[None]:
    """Say how to install PyTorch, if what is imported here needs it and it is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "tqdm"):
            raise
        raise InputError(f'training needs {error.name}: pip install "llmbook[torch]"') from None


COMMANDS = (generate, pretrain, finetune, evaluate, corpus, fits, export)
