"""Teach the book's assistant a taste, and a craft that can be checked, and see what each costs.

The taste: of two couplets, the one with more cheerful and fewer gloomy words.  DPO learns it from
pairs of the model's own couplets.  The craft: a couplet rhymes, scans, and has what was asked for.
Reinforcement learning follows it.  Each run is examined on requests that it did not learn from.

What a run gave stays in the folder that the environment variable ``RUNS`` names, and is not measured
again while it is there.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from itertools import count, pairwise
from math import log
from pathlib import Path
from statistics import fmean
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a run has one core

import torch
from record import record

from llmbook import load
from llmbook.answers import batch, log_probabilities
from llmbook.applications import APPLICATIONS
from llmbook.couplets import CRAFT, Asked, cheer, craft, marks, pairs, requests, said
from llmbook.evaluate import wilson
from llmbook.instruct import ASSISTANT, END, USER, answer, ask
from llmbook.preferences import Judged, dpo, judge, score
from llmbook.reinforce import Round, reinforce
from llmbook.several import pass_at
from llmbook.torch_model import TorchModel
from llmbook.torch_sampling import cooled, sample
from llmbook.world import prosody, tell

CHAT = "valley-chat"
RUNS = Path(os.environ.get("RUNS", Path(__file__).parents[1] / "_build" / "runs"))
LONGEST = APPLICATIONS["couplets"].max_tokens
TEMPERATURE = 0.5  # at which the assistant is used
AT_ONCE = 128  # answers that are drawn side by side

PROMPTS, TRIES = 400, 4  # requests to learn from, and couplets to each, of which two make a pair
HELD = 200  # requests to examine on
SHOWN = 2  # of them, with what each model answers
BETAS = (0.5, 0.1, 0.02)
STEPS = (10, 30, 60, 120)  # after which a run of DPO is examined
RATE = 5e-5
RL_STEPS, RL_EVERY, RL_RATE = 60, 30, 5e-5
RL_PROMPTS, GROUP = 16, 8  # requests in a step, and couplets to each
COLDER = 0.5  # a temperature at which the start, too, is surer of itself
ASKED, DRAWS = 60, 16  # requests, and answers to each, to see how often one of several is right
OTHERS = ("translation", "documentation", "content")  # tasks that nobody trains here


class Examiner:
    """Draws couplets, and says what they are worth."""

    def __init__(self, seed: int) -> None:
        self.seed, self.lm = seed, load(CHAT)
        self.start = cooled(TorchModel.from_model(self.lm.model), TEMPERATURE)
        self.start.requires_grad_(False)
        self.train = requests(self.lm, 100 + seed, PROMPTS)
        known = [tuple(ids) for _, ids in self.train]
        self.held = requests(self.lm, 200 + seed, HELD, known)
        self.first = self.draw(self.start, self.held, 1000 + seed)
        self.other = self.texts()

    def model(self) -> TorchModel:
        """Return the start, to be trained."""
        copy = deepcopy(self.start)
        copy.requires_grad_(True)
        return copy

    def draw(
        self, model: TorchModel, asked: Sequence[Asked], seed: int, temperature: float = 1.0
    ) -> list[list[int]]:
        """Return an answer to each request."""
        generator = torch.Generator().manual_seed(seed)
        prompts, found = [ids for _, ids in asked], []
        for i in range(0, len(prompts), AT_ONCE):
            found += sample(
                model,
                prompts[i : i + AT_ONCE],
                max_tokens=LONGEST,
                generator=generator,
                stop_ids=self.lm.stop_ids,
                temperature=temperature,
            )
        return found

    def texts(self) -> list[tuple[list[int], list[int], int]]:
        """Return requests of other tasks with the right answers, and the bytes of these."""
        found: list[tuple[list[int], list[int], int]] = []
        for name in OTHERS:
            task = APPLICATIONS[name]
            wanted = len(found) + 30
            for number in count():
                if len(found) == wanted:
                    break
                example = task.example(tell(task.narrator, 300 + self.seed, number, "samples"), 0)
                if example is None:
                    continue
                text = answer(name, example)
                ids = self.lm.tokenizer.encode(f" {text}", allow_special=False)
                prompt = self.lm.encode(ask(name, example, self.seed))
                if len(prompt) + len(ids) < self.lm.config.context:
                    found.append((prompt, [*ids, self.lm.stop_ids[0]], len(text.encode())))
        return found

    def examine(self, model: TorchModel) -> dict[str, float]:
        """Compare a model with the start."""
        answers = self.draw(model, self.held, 2000 + self.seed)
        texts = [said(self.lm, ids) for ids in answers]
        before = [cheer(said(self.lm, ids)) for ids in self.first]
        wins = [
            (new > old) + 0.5 * (new == old)
            for new, old in zip(map(cheer, texts), before, strict=True)
        ]
        found = [marks(self.lm, e, ids) for (e, _), ids in zip(self.held, answers, strict=True)]
        parts = {name: 100 * fmean(mark[name] for mark in found) for name in found[0]}
        words = [prosody.words(text) for text in texts]
        bigrams = [pair for line in words for pair in pairwise(line)]
        ((_, same),) = Counter(tuple(line[:3]) for line in words).most_common(1)
        asked, told, size = zip(*self.other, strict=True)
        with torch.no_grad():
            rows = batch([ids for _, ids in self.held], answers, self.lm.config)
            far = log_probabilities(model, rows) - log_probabilities(self.start, rows)
            nats = -log_probabilities(model, batch(asked, told, self.lm.config)).sum().item()
        low, high = wilson(sum(wins), len(wins))
        return {
            "win": 100 * fmean(wins),
            "win_low": 100 * low,
            "win_high": 100 * high,
            "cheer": fmean(map(cheer, texts)),
            "craft": fmean(parts[name] for name in CRAFT),
            **{name.replace(" ", "_"): share for name, share in parts.items()},
            "length": fmean(map(len, answers)),
            "opening": 100 * same / len(texts),  # the most frequent first three words
            "distinct": 100 * len(set(bigrams)) / max(len(bigrams), 1),
            "kl": far.mean().item(),
            "other_bits": nats / sum(size) / log(2),
        }

    def shown(self, model: TorchModel) -> dict[str, str]:
        """Return what a model answers to the first requests, a line break as a slash."""
        answers = self.draw(model, self.held[:SHOWN], 3000 + self.seed)
        texts = [said(self.lm, ids).strip().replace("\n", " / ") for ids in answers]
        return {f"text_{i}": text for i, text in enumerate(texts)}


# --- A taste -------------------------------------------------------------------------------------


def taste(seed: int) -> dict[str, Any]:
    """Teach cheerfulness by DPO at each price, and examine it on the way."""
    them = Examiner(seed)
    learned, held = (
        pairs(them.lm, [ids for _, ids in asked], them.draw(them.start, asked, seed))
        for asked in (
            [request for request in them.train for _ in range(TRIES)],
            [request for request in them.held for _ in range(TRIES)],
        )
    )
    reference = score(them.start, held)
    values: dict[str, Any] = {"pairs": len(learned), "held_pairs": len(held)}
    for beta in BETAS:
        model, name = them.model(), f"b{round(100 * beta):02d}"

        def look(
            step: int,
            judged: Judged,
            model: TorchModel = model,
            beta: float = beta,
            name: str = name,
        ) -> None:
            if step not in STEPS:
                return
            found = judge(model, held, reference, beta)
            seen: dict[str, Any] = them.examine(model) | {
                "accuracy": 100 * found.accuracy,
                "accuracy_train": 100 * judged.accuracy,
                "margin": found.margin,
                "chosen": found.chosen.mean().item() / beta,  # nats above the start
                "rejected": found.rejected.mean().item() / beta,
            }
            seen |= them.shown(model)
            values.update({f"{name}_{step}_{key}": value for key, value in seen.items()})

        dpo(
            model, learned, steps=STEPS[-1], beta=beta, learning_rate=RATE, seed=seed, progress=look
        )
    return values


def before(seed: int) -> dict[str, Any]:
    """Examine the start; its win rate against itself says what chance does."""
    them = Examiner(seed)
    values: dict[str, Any] = them.examine(them.start) | them.shown(them.start)
    for i, (_, ids) in enumerate(them.held[:SHOWN]):
        asked = them.lm.tokenizer.decode(ids)
        values[f"request_{i}"] = asked.removeprefix(END + USER).removesuffix(ASSISTANT)
    colder = several(them, them.start, COLDER)
    return values | several(them, them.start) | {f"colder_{k}": v for k, v in colder.items()}


# --- A check -------------------------------------------------------------------------------------


def several(them: Examiner, model: TorchModel, temperature: float = 1.0) -> dict[str, float]:
    """Return how often one of several answers is right, and how many of them differ."""
    asked = [request for request in them.held[:ASKED] for _ in range(DRAWS)]
    answers = them.draw(model, asked, 4000 + them.seed, temperature)
    found = [
        marks(them.lm, example, ids)["right"]
        for (example, _), ids in zip(asked, answers, strict=True)
    ]
    counts = [sum(found[i : i + DRAWS]) for i in range(0, len(found), DRAWS)]
    values = {
        f"pass_{k}": 100 * fmean(pass_at(k, DRAWS, n) for n in counts) for k in (1, 2, 4, 8, 16)
    }
    groups = [{tuple(ids) for ids in answers[i : i + DRAWS]} for i in range(0, len(answers), DRAWS)]
    values["different"] = fmean(map(len, groups))
    return values


def checked(seed: int) -> dict[str, Any]:
    """Teach what rhymes and scans by its reward, and examine it on the way."""
    them = Examiner(seed)
    wanted = {tuple(ids): example for example, ids in them.train}
    model, rounds = them.model(), list[Round]()
    values: dict[str, Any] = {}

    def earned(prompt: Sequence[int], ids: Sequence[int]) -> float:
        return craft(them.lm, wanted[tuple(prompt)], ids)

    def look(done: Round) -> None:
        rounds.append(done)
        if done.step % RL_EVERY == 0:
            found = them.examine(model)
            values.update({f"{done.step}_{key}": value for key, value in found.items()})

    reinforce(
        model,
        [ids for _, ids in them.train],
        earned,
        steps=RL_STEPS,
        prompts_a_step=RL_PROMPTS,
        group=GROUP,
        max_tokens=LONGEST,
        stop_ids=them.lm.stop_ids,
        learning_rate=RL_RATE,
        seed=seed,
        progress=look,
    )
    for end in range(5, RL_STEPS + 1, 5):
        values[f"{end}_reward"] = 100 * fmean(done.reward for done in rounds[end - 5 : end])
    return values | them.shown(model) | several(them, model)


# --- All of it -----------------------------------------------------------------------------------


def kept(name: str, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what a run gave; run it if that is not there."""
    path = RUNS / f"preferences-{name}.json"
    if not path.exists():
        RUNS.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(run()), "utf-8")
    values: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return values


def measure(seed: int) -> dict[str, Any]:
    """Return all of it for one seed: other requests, other answers, another order."""
    start = kept(f"start-{seed}", lambda: before(seed))
    rewarded = kept(f"rl-{seed}", lambda: checked(seed))
    return {
        "prompts": PROMPTS,
        "tries": TRIES,
        "held": HELD,
        "asked": ASKED,
        "draws": DRAWS,
        "steps": STEPS[-1],
        "rounds": RL_STEPS,
        "drawn": RL_PROMPTS * GROUP,
        **{f"start_{key}": value for key, value in start.items()},
        **kept(f"dpo-{seed}", lambda: taste(seed)),
        **{f"rl_{key}": value for key, value in rewarded.items()},
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    record("preferences", measure, seeds=(0, 1, 2), packages=("torch",), long=True)
