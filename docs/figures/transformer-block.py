"""Draw what depth does to vectors, gradients and differences, for four ways to build a stack."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from style import ACCENT, BLUE, GREEN, MUTED, results, save, use

NAME = "transformer-block"
KINDS = {
    "neither": (MUTED, ":"),
    "residual": (GREEN, "-."),
    "post": (BLUE, "--"),
    "pre": (ACCENT, "-"),
}


def curve(values: dict[str, float], prefix: str) -> tuple[list[int], list[float]]:
    """Return the points whose key is ``prefix`` and then a number."""
    points = sorted(
        (int(key.removeprefix(prefix)), value)
        for key, value in values.items()
        if key.startswith(prefix)
    )
    return [x for x, _ in points], [y for _, y in points]


def draw(axes: Axes, values: dict[str, float], key: str, title: str, powers: bool) -> None:
    """Draw one measured quantity against depth, for all four stacks."""
    for kind, (color, line) in KINDS.items():
        x, y = curve(values, f"{key}_{kind}_")
        axes.plot(x, [10**v for v in y] if powers else y, color=color, linestyle=line)
    if powers:
        axes.set_yscale("log")
    axes.set_title(title)
    axes.grid(False, axis="x")
    axes.set_xticks([0, 8, 16, 24, 32])


def main() -> None:
    """Draw the figure."""
    use()
    plt.rcParams["font.size"] = 12
    values = results(NAME)
    figure, (sizes, gradients, likeness) = plt.subplots(3, 1, figsize=(5.6, 8.8))

    draw(sizes, values, "log_size", "Size of the vectors", powers=True)
    sizes.text(23, 3e6, "residual only", color=GREEN, ha="right")
    sizes.text(32, 2e1, "pre-norm", color=ACCENT, ha="right")
    sizes.text(32, 4e-2, "post-norm", color=BLUE, ha="right")
    sizes.text(16, 1e-4, "neither", color=MUTED, ha="right")

    draw(
        gradients,
        values,
        "log_gradient",
        "Size of the gradient, against that at the end",
        powers=True,
    )
    gradients.text(12, 2e6, "residual only", color=GREEN)
    gradients.text(0, 1.6e1, "pre-norm", color=ACCENT)
    gradients.text(0, 2.5e-2, "post-norm", color=BLUE)
    gradients.text(14, 1e-4, "neither", color=MUTED)

    draw(likeness, values, "likeness", "Likeness of different tokens", powers=False)
    likeness.set_yticks([0, 0.5, 1])
    likeness.set_ylim(-0.08, 1.12)
    likeness.text(32, 0.62, "pre-norm", color=ACCENT, ha="right")
    likeness.text(32, 1.04, "the three others", color=MUTED, ha="right")
    likeness.set_xlabel("blocks passed")
    save(figure, NAME)


if __name__ == "__main__":
    main()
