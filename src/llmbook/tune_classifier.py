"""Fine-tuning for classification: a new head on a model, and reviews with their verdicts.

Explained in the chapter "Fine-tuning" of the part "Training process".  The head starts at 0: at first
every class is as probable as the others, and what the model knows is not disturbed.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name that everyone gives it
from torch import Tensor, nn

from llmbook._shapes import Float, Int
from llmbook.classify import SCORE, Classifier, save
from llmbook.errors import InputError
from llmbook.hub import LanguageModel
from llmbook.instruct import END
from llmbook.lora import merge
from llmbook.model import Config
from llmbook.run_state import Checkpoints
from llmbook.torch_model import TorchModel
from llmbook.tuning import Progress, tune
from llmbook.tuning_recipes import Tuning
from llmbook.world import tell

LABELS = ("negative", "positive")
HELD_OUT = 500  # reviews that a look reads


class TorchClassifier(TorchModel):
    """A model with a head for classes, which can be trained.

    Args:
        config: The sizes of the model.
        n_labels: How many classes there are.

    Example:
        >>> config = Config(
        ...     vocab_size=11, d_model=8, n_layers=2, n_heads=4, n_kv_heads=2,
        ...     head_dim=6, d_ff=10, context=16,
        ... )
        >>> model = TorchClassifier(config, n_labels=3)
        >>> ids, last = torch.tensor([[3, 1, 4], [1, 5, 0]]), torch.tensor([2, 1])
        >>> tuple(model.classify(ids, last).shape)
        (2, 3)
    """

    def __init__(self, config: Config, n_labels: int) -> None:
        super().__init__(config)
        self.score = nn.Linear(config.d_model, n_labels, bias=False)
        nn.init.zeros_(self.score.weight)

    def classify(
        self, ids: Int[Tensor, "B T"], last: Int[Tensor, " B"]
    ) -> Float[Tensor, "B labels"]:
        """Return the score of each class, from the vector of each row's last token.

        Args:
            ids: Texts, filled up behind their end with any token.
            last: Where each text ends.
        """
        scores: Tensor = self.score(self.hidden(ids)[torch.arange(len(ids)), last])
        return scores


def train_classifier(
    recipe: Tuning, base: LanguageModel, checkpoints: Checkpoints
) -> tuple[Progress, Callable[[Path, str], None]]:
    """Train a model on reviews; return how it went, and what writes its folder.

    Raises:
        InputError: If the base has no end token, a review does not fit into its context, or what
            :func:`llmbook.tuning.tune` says.
    """
    if END not in base.tokenizer.special:
        raise InputError(f"the base has no token {END}: a classifier fills texts up with it")
    model = TorchClassifier(base.config, len(LABELS))
    weights = TorchModel.from_model(base.model).state_dict()
    model.load({**weights, SCORE: model.score.weight})
    held_out = _reviews(base, recipe.seed, range(HELD_OUT), "samples")

    def loss_at(step: int, share: float) -> Tensor:  # noqa: ARG001
        numbers = range(step * recipe.batch, (step + 1) * recipe.batch)
        ids, last, verdicts = _reviews(base, recipe.seed, numbers, "train")
        return F.cross_entropy(model.classify(ids, last), verdicts)

    def look() -> dict[str, float]:
        ids, last, verdicts = held_out
        with torch.no_grad():
            scores = model.classify(ids, last)
        right = (scores.argmax(dim=-1) == verdicts).float().mean().item()
        return {"loss": F.cross_entropy(scores, verdicts).item(), "right": right}

    progress = tune(recipe, model, loss_at, look, checkpoints)

    def write(out: Path, card: str) -> None:
        score = model.score.weight.detach().numpy().copy()
        classifier = Classifier(merge(model).to_model(), base.tokenizer, score, LABELS)
        save(classifier, out, pad=END, dtype=recipe.dtype, card=card)

    return progress, write


def _reviews(
    base: LanguageModel, seed: int, numbers: Sequence[int], split: str
) -> tuple[Int[Tensor, "B T"], Int[Tensor, " B"], Int[Tensor, " B"]]:
    """Return reviews as tokens, where each ends, and their verdicts."""
    told = [tell("reviews", seed, number, split) for number in numbers]
    rows = [base.tokenizer.encode(document.text, add_special=True) for document in told]
    longest = max(map(len, rows))
    if longest > base.config.context:
        raise InputError(
            f"a review of {longest} tokens does not fit into a context of {base.config.context}"
        )
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
    verdicts = [LABELS.index(document.truth["sentiment"]) for document in told]
    return ids, torch.tensor([len(row) - 1 for row in rows]), torch.tensor(verdicts)
