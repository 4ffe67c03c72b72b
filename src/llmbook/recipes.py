"""All that decides what a training run makes, in one place.

Explained in the chapter "Pre-training" of the part "Training process".  The command line fills a
:class:`Recipe` in, and the book's own models have theirs here.
"""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from llmbook.checkpoint import Dtype
from llmbook.corpora import CORPORA
from llmbook.errors import InputError
from llmbook.model import Config

DEFAULT_SECONDS = 600.0  # a run always ends


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All that decides what a run makes.

    Args:
        text: The file to learn from; or else
        corpus: The name of a corpus, see :data:`llmbook.corpora.CORPORA`.
        documents: How many documents of the valley to learn from.
        french_first: How many of its French documents to read before these.  They are short, and
            most of them repeat a name, so a model learns early to look back for one.
        chars: Whether each character is a token; if not, tokens are learned from the text.
        vocab_size: How many tokens to learn.
        special: Further special tokens, for later training.
        layers: Blocks of the model.
        heads: Heads of queries.
        kv_heads: Heads of keys and values; as many as heads of queries if None.
        width: The model's ``d_model``.
        context: The most tokens that the model reads.
        steps: How many steps to train; or else
        seconds: How long to train.  The learning rate then follows the clock, so that such a run
            cannot be repeated bit for bit.
        batch: Sequences in a step; if None, as many as make about 2,048 tokens.
        seed: Same seed, same machine and same steps: same weights.
        learning_rate: The highest of Muon; that of AdamW is in proportion.
        warmup: The share of the run in which the learning rate rises.
        decay: The share of the run in which it falls to 0.
        clip: The largest norm of a gradient; a longer one is shortened.
        validations: How often to look at the held-out text during the run.
        checkpoint_seconds: How long to train between two checkpoints.
        dtype: The type of the weights in the folder; float16 takes half the space.
        card: What the model's ``README.md`` says in front of the numbers of the run.

    Raises:
        InputError: If a value makes no sense.
    """

    text: str | None = None
    corpus: str | None = None
    documents: int = 100_000
    french_first: int = 0
    chars: bool = False
    vocab_size: int = 1024
    special: tuple[str, ...] = ()
    layers: int = 4
    heads: int = 4
    kv_heads: int | None = None
    width: int = 128
    context: int = 256
    steps: int | None = None
    seconds: float | None = None
    batch: int | None = None
    seed: int = 0
    learning_rate: float = 0.02
    warmup: float = 0.02
    decay: float = 0.8
    clip: float = 1.0
    validations: int = 10
    checkpoint_seconds: float = 60.0
    dtype: Dtype = "float32"
    card: str = ""

    def __post_init__(self) -> None:
        if (self.text is None) == (self.corpus is None):
            raise InputError("give either a text or a corpus to learn from")
        if self.corpus is not None and self.corpus not in CORPORA:
            raise InputError(f"there is no corpus {self.corpus!r}, only {', '.join(CORPORA)}")
        if self.french_first and self.corpus != "valley":
            raise InputError("only the valley has French documents to begin with")
        if self.steps is not None and self.seconds is not None:
            raise InputError("give either the steps or the seconds that the run may take")
        if self.steps is None and self.seconds is None:
            object.__setattr__(self, "seconds", DEFAULT_SECONDS)
        for name in ("documents", "layers", "heads", "kv_heads", "width", "context", "steps"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise InputError(f"{name} has to be at least 1, not {value}")
        for name in ("seconds", "batch", "learning_rate", "clip"):
            value = getattr(self, name)
            if value is not None and not (isfinite(value) and value > 0):
                raise InputError(f"{name} has to be a positive number, not {value}")
        for name in ("seed", "french_first"):
            if getattr(self, name) < 0:
                raise InputError(f"{name} has to be 0 or more, not {getattr(self, name)}")
        if self.width % self.heads:
            raise InputError(f"heads has to divide the width, and {self.heads} does not")
        self.config(self.vocab_size)

    def config(self, vocab_size: int) -> Config:
        """Return the sizes of the model, with so many tokens."""
        return Config(
            vocab_size=vocab_size,
            d_model=self.width,
            n_layers=self.layers,
            n_heads=self.heads,
            n_kv_heads=self.kv_heads or self.heads,
            head_dim=self.width // self.heads,
            d_ff=max(1, self.width * 8 // 3 // 32) * 32,  # about 8/3, a multiple of 32
            context=self.context,
        )

    @property
    def sequences(self) -> int:
        """How many sequences there are in a step."""
        return self.batch or max(1, 2048 // self.context)


# --- The book's own models -------------------------------------------------------------------------

_VALLEY_CARD = """\
---
language: [en, fr]
license: mit
---

# valley-base

A small language model that continues texts of the valley, the made-up world of the book
*Introduction to Large Language Models: a book that runs*.  It is the start of the book's other
models.  It knows nothing but that world: stories, reviews, questions with answers, French, dialogue,
small Python functions and verse, all made by `llmbook.world`.  Nothing that it says is about a real
person or place, and it is of no use outside the book.

It is trained by `nox -s train` in the book's repository, with the recipe `VALLEY_BASE`.
In Python, `llmbook.load("valley-base")` reads it, and so does Hugging Face Transformers.
"""

# The model that the book trains, fine-tunes and uses: `nox -s train` makes it.  It is small enough
# for its weights in 8 bits to reach a browser as 2 MB.  The chat tokens wait for the fine-tuning.
# French comes first, since its short documents reward at once who looks back for a name.
VALLEY_BASE = Recipe(
    corpus="valley",
    documents=120_000,
    french_first=30_000,
    special=("<|user|>", "<|assistant|>"),
    layers=6,
    heads=4,
    kv_heads=2,
    width=128,
    context=256,
    batch=8,
    steps=6_000,
    dtype="float16",
    card=_VALLEY_CARD,
)

RECIPES = {"valley-base": VALLEY_BASE}


def make(name: str | None = None, **settings: Any) -> Recipe:
    """Return a recipe of the book with some settings changed, or a new one.

    Raises:
        InputError: If there is no such recipe, or a setting makes no sense.

    Example:
        >>> make("valley-base", seed=1).seed, make(text="book.txt", width=64, heads=4).width
        (1, 64)
    """
    if name is None:
        return Recipe(**settings)
    if name not in RECIPES:
        raise InputError(f"there is no recipe {name!r}, only {', '.join(RECIPES)}")
    if "seconds" in settings:
        settings.setdefault("steps", None)  # instead of the steps that it has
    return replace(RECIPES[name], **settings)
