"""Shapes in signatures: ``Float[Array, "T d_model"]`` is an array of floats with two axes.

The names of axes are checked while the tests run, where ``jaxtyping`` and ``beartype`` are installed
(``tests/conftest.py``).  Everywhere else the annotations are for the reader, and importing ``llmbook``
needs NumPy alone.  A single axis is written with a space, ``" T"``, as jaxtyping advises: without it
the text would be taken for the name of a type.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from typing import Annotated as Bool
    from typing import Annotated as Float
    from typing import Annotated as Int

    Array = NDArray[Any]
else:
    Array = np.ndarray
    try:
        from jaxtyping import Bool, Float
        from jaxtyping import Integer as Int
    except ImportError:

        class _Plain:
            """Stands for jaxtyping's kinds where it is not installed: an array is an array."""

            def __class_getitem__(cls, array_and_axes: tuple[type, str]) -> type:
                return array_and_axes[0]

        Bool = Float = Int = _Plain

__all__ = ["Array", "Bool", "Float", "Int"]
