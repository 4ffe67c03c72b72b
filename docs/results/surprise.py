"""Letter by letter, how much does a sentence surprise a model that has read other English?

The model counts up to eight bytes in a row in the language reference that every Python carries in
``pydoc_data.topics``.  The sentence comes from the introduction that this book grew from; the
reference does not contain it.
"""

from pydoc_data.topics import topics
from statistics import fmean

from record import record

from llmbook.ngram import NGram

ORDER = 8
LINES = ["the model learns to predict the next word", "in a sequence given the previous words"]


def measure(_seed: int) -> dict[str, object]:
    """Return the sentence, the bits of surprise of each letter, and their means by place."""
    paragraphs = dict.fromkeys(p for name in sorted(topics) for p in topics[name].split("\n\n"))
    training, sentence = "\n\n".join(paragraphs), " ".join(LINES)
    if sentence in " ".join(training.split()):
        raise ValueError("the sentence is not held out: the training text has it")
    model = NGram[int](ORDER).fit(training.encode(), vocabulary=range(256))
    bits = model.surprisals(sentence.encode())
    after = list(
        zip(" " + sentence, sentence, bits, strict=False)
    )  # each with the letter before it
    return {
        "lines": LINES,
        "bits": [round(b, 3) for b in bits],
        "bits_per_byte": round(fmean(bits), 3),
        "first_letters": round(fmean(b for before, _, b in after if before == " "), 3),
        "later_letters": round(fmean(b for before, c, b in after if " " not in (before, c)), 3),
        "spaces": round(fmean(b for _, c, b in after if c == " "), 3),
        "training_kilobytes": round(len(training.encode()) / 1000, 1),
    }


if __name__ == "__main__":
    record("surprise", measure)
