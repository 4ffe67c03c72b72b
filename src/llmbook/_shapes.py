"""Shapes in signatures: ``Float["T d_model"]`` is an array of floats with two axes.

The names of axes are checked while the tests run, where ``jaxtyping`` and ``beartype`` are installed
(``tests/conftest.py``).  Everywhere else the annotations are for the reader, and importing ``llmbook``
needs NumPy alone.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:

    class Float:
        """Any floating-point array."""

        def __class_getitem__(cls, axes: str) -> Any: ...

    class Int:
        """Any integer array."""

        def __class_getitem__(cls, axes: str) -> Any: ...

    class Bool:
        """An array of truth values."""

        def __class_getitem__(cls, axes: str) -> Any: ...

else:
    try:
        import jaxtyping

        def _kind(kind: Any) -> type:
            return type(kind.__name__, (), {"__class_getitem__": lambda cls, axes: kind[np.ndarray, axes]})

    except ImportError:

        def _kind(kind: Any) -> type:
            return type(str(kind), (), {"__class_getitem__": lambda cls, axes: NDArray[Any]})

        jaxtyping = None

    Float = _kind(jaxtyping.Float if jaxtyping else "Float")
    Int = _kind(jaxtyping.Integer if jaxtyping else "Int")
    Bool = _kind(jaxtyping.Bool if jaxtyping else "Bool")
