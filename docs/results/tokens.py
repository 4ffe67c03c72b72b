"""How many tokens does a text cost, by its language and by the size of the vocabulary?

The tokenizers are trained on English: the language reference that every Python carries in
``pydoc_data.topics``.  A tenth of its topics is held out, and the seed says which; no paragraph that
is held out is trained on.  Beside that prose stands Python source from the same installation.

The parallel text is Article 1 of the Universal Declaration of Human Rights of the United Nations, 1948.
"""

import argparse
import calendar
import csv
import difflib
import heapq
import random
import statistics
import textwrap
from collections import Counter
from inspect import getsource
from pydoc_data.topics import topics
from random import Random
from typing import Any

from record import record

from llmbook import pretokenize
from llmbook.tokenizer import Tokenizer

SIZES = [256, 512, 1024, 2048, 4096, 8192]
SIZE = 4096  # where only one is measured
MODULES = (argparse, calendar, csv, difflib, heapq, random, statistics, textwrap)
# codespell:ignore-begin (each line is right in its language)
ARTICLE_1 = {
    "english": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood.",
    "french": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité.",
    "german": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft "
    "und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.",
    "finnish": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille "
    "on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.",
    "swahili": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na "
    "dhamiri, hivyo yapasa watendeane kindugu.",
    "russian": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства.",
    "arabic": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميراً وعليهم أن "
    "يعامل بعضهم بعضاً بروح الإخاء.",
    "hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है । उन्हें बुद्धि और "
    "अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए ।",
    "chinese": "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。",
    "japanese": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、"
    "理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。",
}
# codespell:ignore-end


def split(paragraphs: list[str], seed: int) -> tuple[str, str]:
    """Return nine tenths of the paragraphs for training and the others, which are all different."""
    names = sorted(dict.fromkeys(paragraphs))
    Random(seed).shuffle(names)  # noqa: S311 - no secret
    tenth = len(names) // 10
    return "\n\n".join(names[tenth:]), "\n\n".join(names[:tenth])


def bytes_per_token(tokenizer: Tokenizer, text: str) -> float:
    """Return how much text a token holds on average."""
    return len(text.encode()) / len(tokenizer.encode(text))


def measure(seed: int) -> dict[str, Any]:
    """Return the measurements of one split."""
    prose, new_prose = split([p for t in topics.values() for p in t.split("\n\n")], seed)
    code, new_code = split([p for m in MODULES for p in getsource(m).split("\n\n")], seed)
    prose = prose[: len(code)]  # as much of the one as of the other

    known = set(pretokenize.split(prose))
    words = [word for word in pretokenize.split(new_prose) if word.strip().isalpha()]
    values: dict[str, Any] = {
        "training_kilobytes": len(prose.encode()) / 1000,
        "unknown_words": 100 * sum(word not in known for word in words) / len(words),
    }
    for size in SIZES:
        tokenizer = Tokenizer.train([prose], size)
        values[f"prose_{size}"] = bytes_per_token(tokenizer, new_prose)
        values[f"code_{size}"] = bytes_per_token(tokenizer, new_code)

    by_code = Tokenizer.train([code], SIZE)
    values["prose_by_code"] = bytes_per_token(by_code, new_prose)
    values["code_by_code"] = bytes_per_token(by_code, new_code)

    tokenizer = Tokenizer.train([prose], SIZE)
    for language, text in ARTICLE_1.items():
        values[f"{language}_characters"] = len(text)
        values[f"{language}_bytes"] = len(text.encode())
        values[f"{language}_tokens"] = len(tokenizer.encode(text))
    for language in ARTICLE_1:
        values[f"{language}_premium"] = values[f"{language}_tokens"] / values["english_tokens"]

    used = Counter(tokenizer.encode(prose))
    values["never_used"] = sum(not used[token] for token in range(256, SIZE))
    pieces = [tokenizer.token_bytes(token).decode() for token in tokenizer.encode(" strawberry")]
    values["strawberry"] = "|".join(pieces)
    longest = sorted(range(256, SIZE), key=lambda token: -len(tokenizer.token_bytes(token)))
    texts = [tokenizer.token_bytes(token).decode("utf-8", "replace") for token in longest]
    values["longest"] = [text for text in texts if text.strip().isalpha()][:6]
    return values


if __name__ == "__main__":
    record("tokens", measure, seeds=(0, 1, 2))
