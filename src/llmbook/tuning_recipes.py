"""All that decides what fine-tuning makes of a model, in one place.

Explained in the chapter "Fine-tuning" of the part "Training process".  The command line fills a
:class:`Tuning` in, and the book's own models have theirs here, as in :mod:`llmbook.recipes`.
"""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from llmbook.applications import APPLICATIONS
from llmbook.checkpoint import Dtype
from llmbook.errors import InputError


@dataclass(frozen=True)
class Lesson:
    """How much of a run is spent on a task, from when on and until when.

    Args:
        task: One of :data:`llmbook.applications.APPLICATIONS`.
        weight: How many of the conversations it has, in proportion to the weights of the others.
        begins: The share of the run after which it begins: what is hard may come later.
        ends: The share of the run at which it ends: what is learned needs no more of it.

    Raises:
        InputError: If there is no such task, or a value makes no sense.
    """

    task: str
    weight: float
    begins: float = 0.0
    ends: float = 1.0

    def __post_init__(self) -> None:
        if self.task not in APPLICATIONS:
            raise InputError(f"there is no task {self.task!r}, only {', '.join(APPLICATIONS)}")
        if not (0 < self.weight < float("inf") and 0 <= self.begins < self.ends <= 1):
            raise InputError(
                f"a weight of {self.weight} from {self.begins} to {self.ends} makes no sense"
            )

    def lasts(self, share: float) -> bool:
        """Tell whether it is taught when so much of the run is over."""
        return self.begins <= share and (share < self.ends or self.ends == 1)


@dataclass(frozen=True)
class Practice:
    """What a model tries before a run, to learn from what was right, see :mod:`llmbook.rejection`.

    Args:
        tasks: Those that are learned from the model's own answers alone.
        requests: How many there are of each task.
        draws: How many answers are drawn to each.
        kept: How many right ones are kept at most.
        temperature: At which they are drawn.

    Raises:
        InputError: If there is no such task, or a value makes no sense.
    """

    tasks: tuple[str, ...]
    requests: int = 1500
    draws: int = 8
    kept: int = 2
    temperature: float = 0.7

    def __post_init__(self) -> None:
        for task in self.tasks:
            if task not in APPLICATIONS:
                raise InputError(f"there is no task {task!r}, only {', '.join(APPLICATIONS)}")
        if min(self.requests, self.draws, self.kept) < 1 or not 0 < self.temperature <= 1000:
            raise InputError(
                f"{self.requests} requests with {self.draws} answers each at a temperature of "
                f"{self.temperature}, {self.kept} of them kept, make no sense"
            )


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """All that decides what a run of fine-tuning makes.

    Args:
        base: The model to begin with: a name or a folder.
        lessons: What to teach an assistant.  Without any, the model becomes a classifier of reviews.
        balance: How much a short answer counts beside a long one, see
            :func:`llmbook.tune_assistant.answer_loss`.
        practice: What the model tries first, to learn from its own right answers; None if nothing.
        lora: The rank of corrections to train in place of the matrices, see :mod:`llmbook.lora`;
            None trains everything.
        steps: How many steps to train; or else
        seconds: How long to train.  Such a run cannot be repeated bit for bit.
        batch: In a step of an assistant, how many rows of the model's whole context; in one of a
            classifier, how many reviews.
        seed: Same seed, same machine and same steps: same weights.
        learning_rate: The highest of Muon, or with ``lora`` that of AdamW.  By default 0.005, or
            0.002: less than in pre-training, so that not all is forgotten.
        warmup: The share of the run in which the learning rate rises.
        decay: The share of the run in which it falls to 0.
        rounds: How often it rises and falls; the shares are those of a round.
        cooling: The highest rate of a round, beside that of the round before.
        clip: The largest norm of a gradient; a longer one is shortened.
        validations: How often to look at held-out conversations or reviews during the run.
        checkpoint_seconds: How long to train between two checkpoints.
        dtype: The type of the weights in the folder; float16 takes half the space.
        card: What the model's ``README.md`` says in front of the numbers of the run.

    Raises:
        InputError: If a value makes no sense.
    """

    base: str
    lessons: tuple[Lesson, ...] = ()
    balance: float = 0.0
    practice: Practice | None = None
    lora: int | None = None
    steps: int | None = None
    seconds: float | None = None
    batch: int = 8
    seed: int = 0
    learning_rate: float | None = None
    warmup: float = 0.02
    decay: float = 0.5
    rounds: int = 1
    cooling: float = 1.0
    clip: float = 1.0
    validations: int = 20
    checkpoint_seconds: float = 60.0
    dtype: Dtype = "float32"
    card: str = ""

    def __post_init__(self) -> None:
        if (self.steps is None) == (self.seconds is None):
            raise InputError("give either the steps or the seconds that the run may take")
        if self.lessons and not any(one.begins == 0 and one.ends == 1 for one in self.lessons):
            raise InputError("at some time of the run there would be no lesson")
        for name in ("steps", "batch", "lora", "rounds"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise InputError(f"{name} has to be at least 1, not {value}")
        for name in ("seconds", "learning_rate", "cooling", "clip"):
            value = getattr(self, name)
            if value is not None and not (isfinite(value) and value > 0):
                raise InputError(f"{name} has to be a positive number, not {value}")
        if self.steps is not None and self.steps % self.rounds:
            raise InputError(f"{self.steps} steps are not {self.rounds} rounds of as many each")
        if not 0 <= self.balance <= 1:
            raise InputError(f"balance has to be from 0 to 1, not {self.balance}")
        if self.seed < 0:
            raise InputError(f"seed has to be 0 or more, not {self.seed}")

    @property
    def rate(self) -> float:
        """The highest learning rate."""
        return self.learning_rate or (0.002 if self.lora else 0.005)


# --- The book's own models -------------------------------------------------------------------------

_CARD = """\
---
language: [en, fr]
license: mit
base_model: valley-base
---

# {name}

{what}  It belongs to the book *Introduction to Large Language Models: a book that runs*, knows nothing
but the valley, the book's made-up world, and is of no use outside it.

It is trained by `nox -s train -- {short}` in the book's repository, with {recipe}.
In Python, `{load}` reads it, and so does Hugging Face Transformers.
"""

# What is short and regular comes first; what has to be searched in a story or planned, later.  A task
# that comes again is drilled for a while: many examples of it in each step, until it is understood.
LESSONS = (
    Lesson("sentiment", 20),
    Lesson("translation", 18),
    Lesson("questions", 26),
    Lesson("dialogue", 8),
    Lesson("verse", 4),
    Lesson("couplets", 8),
    Lesson("code", 14),
    Lesson("completion", 5),
    Lesson("documentation", 4, begins=0.05),
    Lesson("content", 30, begins=0.05),  # two documents of three are left out
    Lesson("stories", 4, begins=0.1),
    Lesson("sentiment", 60, begins=0.18, ends=0.285),
    Lesson("translation", 40, begins=0.18, ends=0.5),
    Lesson("code", 40, begins=0.285, ends=0.5),
    Lesson("content", 60, begins=0.285),
    Lesson("documentation", 10, begins=0.285),
    Lesson("dialogue", 10, begins=0.285),
    Lesson("couplets", 8, begins=0.285),
    # In the second round everything is there, and nothing is rare.
    Lesson("sentiment", 30, begins=0.5),
    Lesson("translation", 12, begins=0.5),
    Lesson("questions", 20, begins=0.5),
    Lesson("verse", 26, begins=0.5),
    Lesson("couplets", 24, begins=0.5),
    Lesson("code", 16, begins=0.5),
    Lesson("stories", 10, begins=0.5),
)

_CHAT_CARD = _CARD.format(
    name="valley-chat",
    what="A small language model that does what it is asked: it judges reviews, translates into "
    "French, answers questions, writes texts from facts, talks, tells stories, writes small "
    "Python functions and rhymes.",
    short="chat",
    recipe="the recipes `VALLEY_CHAT`, `VALLEY_CHAT_2` and `VALLEY_CHAT_3`, one after the other; the "
    "table is about the last of these runs",
    load='llmbook.load("valley-chat")',
)

# The assistant, in three runs, each of which begins with the model of the one before.  The first
# teaches all there is to know.
VALLEY_CHAT = Tuning(
    base="valley-base",
    lessons=LESSONS,
    balance=0.5,  # or verdicts and short answers would be a fiftieth of what counts
    batch=8,
    steps=28_000,
    learning_rate=0.004,
    decay=0.8,
    rounds=2,
    cooling=0.35,  # at the rate of the first, the loss is soon twice what it was
    validations=80,
    dtype="float16",
    card=_CHAT_CARD,
)

# The second goes on at a small rate, with new texts, and most of what was right least often.
VALLEY_CHAT_2 = replace(
    VALLEY_CHAT,
    base="valley-chat",
    lessons=(
        Lesson("sentiment", 56),
        Lesson("translation", 70),
        Lesson("questions", 42),
        Lesson("content", 115),
        Lesson("code", 31),
        Lesson("dialogue", 20),
        Lesson("completion", 5),
        Lesson("documentation", 12),
        Lesson("stories", 18),
        Lesson("verse", 14),
        Lesson("couplets", 21),
    ),
    seed=1,
    steps=9_000,
    learning_rate=0.001,
    decay=0.98,
    rounds=1,
    cooling=1.0,
    validations=36,
)

# The third learns from its own answers where a program can tell that they are right.  Couplets are
# left to the chapter "Preferences".
PRACTICE = Practice(("content", "code", "stories", "verse", "documentation"))
VALLEY_CHAT_3 = replace(
    VALLEY_CHAT_2,
    lessons=(
        Lesson("sentiment", 30),
        Lesson("translation", 45),
        Lesson("questions", 70),
        Lesson("content", 40),  # of its own texts, none is left out
        Lesson("code", 34),
        Lesson("dialogue", 26),
        Lesson("completion", 5),
        Lesson("documentation", 12),
        Lesson("stories", 10),
        Lesson("verse", 12),
        Lesson("couplets", 21),
    ),
    practice=PRACTICE,
    seed=2,
    steps=3_000,
    learning_rate=0.0005,
    validations=12,
)

CHAT = (VALLEY_CHAT, VALLEY_CHAT_2, VALLEY_CHAT_3)

VALLEY_SENTIMENT = Tuning(
    base="valley-base",
    batch=32,
    steps=5_000,
    dtype="float16",
    card=_CARD.format(
        name="valley-sentiment",
        what="A small model that says whether a review is positive or negative.",
        short="sentiment",
        recipe="the recipe `VALLEY_SENTIMENT`",
        load='llmbook.classify.load("valley-sentiment")',
    ),
)

TUNINGS = {
    "chat": VALLEY_CHAT,
    "chat-2": VALLEY_CHAT_2,
    "chat-3": VALLEY_CHAT_3,
    "sentiment": VALLEY_SENTIMENT,
}


def tuning(task: str, **settings: Any) -> Tuning:
    """Return the recipe of one of the book's models, with some settings changed.

    Raises:
        InputError: If there is none for the task, or a setting makes no sense.

    Example:
        >>> tuning("sentiment", seed=1).seed, tuning("chat", seconds=60.0).steps
        (1, None)
    """
    if task not in TUNINGS:
        raise InputError(f"there is no task {task!r} to tune for, only {', '.join(TUNINGS)}")
    if "seconds" in settings:
        settings.setdefault("steps", None)  # instead of the steps that it has
    return replace(TUNINGS[task], **settings)
