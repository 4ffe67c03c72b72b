"""What a narrator hands over: a text, and what is true of it.

Explained in the chapter "data".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Document:
    """A text of the valley with its ground truth.

    Args:
        narrator: Who tells it: one of :data:`llmbook.world.NARRATORS`.
        text: What a model reads in pre-training.
        truth: What is true of the text, as values that JSON can hold; each narrator says which.
    """

    narrator: str
    text: str
    truth: Mapping[str, Any] = field(default_factory=dict)
