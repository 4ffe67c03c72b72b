"""Draw what one paragraph costs in ten languages, with a tokenizer that was trained on English."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from style import ACCENT, BLUE, INK, results, save, use


def draw() -> Figure:
    """Return the figure."""
    measured = results("tokens")
    languages = [key.removesuffix("_premium") for key in measured if key.endswith("_premium")]
    languages.sort(key=lambda language: measured[f"{language}_tokens"])
    rows = range(len(languages))
    tokens = [measured[f"{language}_tokens"] for language in languages]
    characters = [measured[f"{language}_characters"] for language in languages]

    figure, axes = plt.subplots(figsize=(7.2, 5.4))
    axes.barh(rows, tokens, color=[ACCENT] + [BLUE] * (len(languages) - 1), height=0.62)
    axes.plot(characters, rows, "D", color=INK, markersize=6)
    for row, (language, count) in enumerate(zip(languages, tokens, strict=True)):
        axes.text(-8, row, language.title(), ha="right", va="center", fontsize=14, color=INK)
        axes.text(count + 7, row, f"{count:.0f}", va="center", fontsize=14, color=INK)
    english = languages.index("english")
    axes.text(characters[english] + 12, english, "characters", va="center", fontsize=14, color=INK)
    axes.set(ylim=(len(languages) - 0.5, -0.7), xlim=(0, 560), yticks=[])
    axes.grid(axis="y", visible=False)
    axes.tick_params(labelsize=13)
    axes.spines["left"].set_visible(False)
    axes.set_title("tokens for the same paragraph", fontsize=14)
    return figure


if __name__ == "__main__":
    use()
    save(draw(), "tokens")
