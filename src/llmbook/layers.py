"""The parts of a Transformer as pure functions: arrays in, arrays out, nothing remembered.

Explained in the part "Architecture" of the book.  :mod:`llmbook.model` joins these parts to a model
of the Llama family.

The axes have the same names everywhere: ``T`` counts the tokens that are read now, ``S`` all tokens up
to the last of them, and ``half`` is half of ``head_dim``.  A matrix of weights has one row for each
output and one column for each input, the way checkpoints store it, so it is applied as ``x @ weight.T``.
"""

from dataclasses import dataclass
from math import isfinite, pi
from typing import Any, get_args

import numpy as np

from llmbook._shapes import Float
from llmbook._types import RopeType
from llmbook.errors import InputError
