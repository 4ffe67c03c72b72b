"""Does a model fit?  The memory that it takes, before it is downloaded, and how fast it can be.

Explained in the chapter "Choosing a model" of the part "Getting started"; the reasons are in "Fast
inference".  Counted are the weights, the cache and the working space; the program itself and the
operating system come on top.  A GB is 10^9 bytes, and a GiB is 2^30, 7 % more.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from llmbook.errors import InputError
from llmbook.quantize import GROUP
from llmbook.sizes import Shape, positive

BITS = (2, 3, 4, 5, 6, 8, 16, 32)
SCALE_BITS = 16  # below 16 bits, of the scale of each GROUP of weights, as in llama.cpp's Q4_0
CHUNK = 512  # tokens of a prompt that are read at a time
# Numbers that such a token needs at once beside its scores, in widths of the model: the two inner
# vectors of a feed-forward network are about four times as wide, and there are some more.
WIDTHS = 12
WORKING_BYTES = 4  # of each such number


@dataclass(frozen=True)
class Need:
    """What a model takes at some number of bits and some length of the text.

    Args:
        parameters: How many there are.
        shape: The sizes on which the rest depends.
        bits: For each weight, one of ``BITS``.
        context: Tokens of the text, the answer included.
        active: Parameters that work on each token, if not all do.

    Raises:
        InputError: If one of them makes no sense.

    Example:
        >>> from llmbook.sizes import TYPICAL
        >>> need = Need(*TYPICAL["Llama 3.1 8B"], bits=4, context=8192)
        >>> [round(n / 1e9, 2) for n in (need.weights, need.cache, need.working, need.total)]
        [4.52, 1.07, 0.36, 5.95]
        >>> round(need.tokens_per_second(100 * 10**9), 1)
        23.7
    """

    parameters: int
    shape: Shape
    bits: int = 16
    context: int = 8192
    active: int | None = None

    def __post_init__(self) -> None:
        positive("parameters", self.parameters)
        positive("context", self.context)
        if self.bits not in BITS:
            raise InputError(f"bits has to be one of {', '.join(map(str, BITS))}, not {self.bits}")
        if self.active is not None and not 1 <= self.active <= self.parameters:
            raise InputError(f"{self.active:,} of {self.parameters:,} parameters cannot be active")

    @property
    def bits_stored(self) -> float:
        """Bits for each weight, its share of a scale included: 4.5 for 4."""
        return self.bits + (SCALE_BITS / GROUP if self.bits < 16 else 0)

    def _stored(self, parameters: int) -> int:
        """Return the bytes that so many weights take; every part is a multiple of 1/16 bit."""
        return -(-parameters * round(GROUP * self.bits_stored) // (8 * GROUP))

    @property
    def weights(self) -> int:
        """Bytes of the weights, the scales included."""
        return self._stored(self.parameters)

    @property
    def cache(self) -> int:
        """Bytes of the keys and values when the context is full."""
        return self.shape.cache_bytes(self.context)

    @property
    def working(self) -> int:
        """Bytes of intermediate results, an estimate: of scores and of what a block computes."""
        numbers = self.shape.vocab_size + WIDTHS * self.shape.d_model
        return CHUNK * numbers * WORKING_BYTES

    @property
    def total(self) -> int:
        """All bytes."""
        return self.weights + self.cache + self.working

    def tokens_per_second(self, bandwidth: int, tokens: int = 0) -> float:
        """Return a ceiling for the speed of writing: each active weight is fetched for each token.

        Args:
            bandwidth: Bytes a second.
            tokens: How many are in the cache, which is fetched too.
        """
        looked_up = 0 if self.shape.tied else self.shape.vocab_size * self.shape.d_model
        fetched = self.active or max(1, self.parameters - looked_up)
        return bandwidth / (self._stored(fetched) + self.shape.cache_bytes(tokens))

    def longest_context(self, memory: int) -> int:
        """Return how many tokens fit; 0 if none do."""
        free = memory - self.weights - self.working
        return max(0, bisect_right(range(2**40), free, key=self.shape.cache_bytes) - 1)

    def most_bits(self, memory: int) -> int | None:
        """Return the most bits, up to its own, with which it fits; None if there are none."""
        fitting = [b for b in BITS if b <= self.bits and replace(self, bits=b).total <= memory]
        return max(fitting, default=None)


# --- As text --------------------------------------------------------------------------------------


def report(need: Need, memory: int, bandwidth: int | None = None) -> str:
    """Return whether a model fits, as text, and if it does not, what would.

    Example:
        >>> from llmbook.sizes import TYPICAL
        >>> print(report(Need(*TYPICAL["Llama 3.1 8B"], bits=16), memory=16 * 10**9))
        weights             16.06 GB  8,030,261,248 of 16 bits
        KV cache             1.07 GB  8,192 tokens
        working space        0.36 GB  512 tokens are read at a time
        together            17.50 GB
        memory              16.00 GB
        It does not fit: 1.50 GB are missing (1 GB is 10^9 bytes).
        With 8 bits it would: 9.97 GB.
    """
    rows = [
        ("weights", need.weights, f"{need.parameters:,} of {need.bits_stored:g} bits"),
        ("KV cache", need.cache, f"{need.context:,} tokens"),
        ("working space", need.working, f"{CHUNK} tokens are read at a time"),
        ("together", need.total, ""),
        ("memory", memory, ""),
    ]
    lines = [f"{name:<15}{_gb(size):>13}  {note}".rstrip() for name, size, note in rows]
    if need.total <= memory:
        left, longest = _gb(memory - need.total), need.longest_context(memory)
        lines.append(f"It fits, and {left} are left (1 GB is 10^9 bytes).")
        lines.append(f"There would be room for {longest:,} tokens.")
    else:
        missing = _gb(need.total - memory)
        lines.append(f"It does not fit: {missing} are missing (1 GB is 10^9 bytes).")
        lines += advice(need, memory)
    if bandwidth is not None:
        rates = [need.tokens_per_second(bandwidth, n) for n in (0, need.context)]
        lines.append(f"At most {rates[0]:,.1f} tokens a second, {rates[1]:,.1f} with a full cache.")
    return "\n".join(lines)


def advice(need: Need, memory: int) -> list[str]:
    """Return what would fit: fewer bits, a shorter text, both, or a smaller model."""
    lines = []
    if bits := need.most_bits(memory):
        lines.append(f"With {bits} bits it would: {_gb(replace(need, bits=bits).total)}.")
    if context := need.longest_context(memory):
        lines.append(f"With a context of {context:,} tokens it would.")
    small = replace(need, bits=min(4, need.bits))
    if not lines and (context := small.longest_context(memory)):
        lines.append(f"With {small.bits} bits and a context of {context:,} tokens it would.")
    if not lines:
        most = (memory - small.cache - small.working) * 8 / small.bits_stored / 1e9
        if most >= 0.1:
            lines.append(f"A model of {most:.1f} billion parameters would, with {small.bits} bits.")
        else:
            lines.append("A smaller model would, with a shorter context.")
    return lines


def _gb(size: int) -> str:
    return f"{size / 1e9:,.2f} GB" if size >= 10**8 else f"{size / 1e6:,.2f} MB"
