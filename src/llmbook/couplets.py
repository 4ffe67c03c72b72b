"""Two ways to judge a couplet: by a taste, and by its craft.

Explained in the chapter "Preferences" of the part "Training process".  People compare answers, and
their choices are what a model learns from.  Here a rule chooses what is more cheerful, so that there
are as many choices as one likes.  As a person in a hurry would, it counts words, and it knows nothing
of rhyme, of meter, or of sense.  The craft is what a program can check: rhyme, meter, and that the
couplet has what was asked for.
"""

from collections.abc import Collection, Sequence
from itertools import count

from llmbook.applications import APPLICATIONS
from llmbook.hub import LanguageModel
from llmbook.instruct import ask
from llmbook.preferences import Preference
from llmbook.tasks import Example, Marks
from llmbook.world import prosody, tell

CHEERFUL = frozenset(
    [
        "bright",
        "cheer",
        "cheered",
        "cheerful",
        "clear",
        "dance",
        "danced",
        "dances",
        "dancing",
        "free",
        "friendly",
        "giggle",
        "giggled",
        "glad",
        "golden",
        "happy",
        "honey",
        "laugh",
        "laughed",
        "laughing",
        "laughs",
        "merry",
        "play",
        "played",
        "playing",
        "plays",
        "pretty",
        "shine",
        "shines",
        "shining",
        "shiny",
        "sing",
        "singing",
        "sings",
        "song",
        "summer",
        "sun",
        "sunny",
        "sweet",
        "warm",
    ]
)
GLOOMY = frozenset(
    [
        "afraid",
        "alone",
        "bare",
        "bitter",
        "bleak",
        "cold",
        "cried",
        "cries",
        "cry",
        "crying",
        "dark",
        "dreary",
        "dull",
        "empty",
        "gloomy",
        "gray",
        "lonely",
        "lost",
        "restless",
        "sad",
        "sigh",
        "sighed",
        "sighing",
        "silent",
        "sorry",
        "weak",
        "weary",
    ]
)

CRAFT = ("rhyme", "meter", "as asked")

Asked = tuple[Example, list[int]]  # what is wanted, and the tokens that ask for it


def cheer(text: str) -> int:
    """Return how many cheerful words a text has more than gloomy ones.

    Example:
        >>> cheer("The merry lark began to sing"), cheer("A weary owl sat all alone.")
        (2, -2)
    """
    words = prosody.words(text)
    return sum(word in CHEERFUL for word in words) - sum(word in GLOOMY for word in words)


def requests(
    lm: LanguageModel, seed: int, n: int, without: Collection[tuple[int, ...]] = ()
) -> list[Asked]:
    """Return requests for couplets, no two of them the same.

    Args:
        lm: The assistant that is to be asked.
        seed: Same seed, same requests.
        n: How many.
        without: The tokens of requests that are left out, such as those that were trained on.
    """
    task, known = APPLICATIONS["couplets"], set(without)
    found: list[Asked] = []
    for number in count():
        if len(found) == n:
            break
        example = task.example(tell(task.narrator, seed, number, "samples"), number)
        if example is None:
            continue
        ids = lm.encode(ask("couplets", example, seed))
        if tuple(ids) not in known:
            known.add(tuple(ids))
            found.append((example, ids))
    return found


def said(lm: LanguageModel, ids: Sequence[int]) -> str:
    """Return an answer as text, without the token that ends it."""
    return lm.tokenizer.decode([token for token in ids if token not in lm.stop_ids])


def pairs(
    lm: LanguageModel, prompts: Sequence[Sequence[int]], answers: Sequence[Sequence[int]]
) -> list[Preference]:
    """Compare answers to the same prompt, and prefer the most cheerful to the least cheerful.

    Args:
        lm: The assistant that gave the answers.
        prompts: What was asked; the same again for each answer.
        answers: What it said.

    Returns:
        One pair for each prompt, except where all answers are equally cheerful.
    """
    groups: dict[tuple[int, ...], list[Sequence[int]]] = {}
    for prompt, answer in zip(prompts, answers, strict=True):
        groups.setdefault(tuple(prompt), []).append(answer)
    found = []
    for prompt, group in groups.items():
        ranked = sorted(group, key=lambda answer: cheer(said(lm, answer)))
        if cheer(said(lm, ranked[0])) < cheer(said(lm, ranked[-1])):
            found.append(Preference(prompt, chosen=ranked[-1], rejected=ranked[0]))
    return found


def marks(lm: LanguageModel, example: Example, ids: Sequence[int]) -> Marks:
    """Say what is right of a couplet, as the task does; nothing, if it was cut off."""
    found = APPLICATIONS["couplets"].grade(example, said(lm, ids))
    return found if ids[-1] in lm.stop_ids else dict.fromkeys(found, False)


def craft(lm: LanguageModel, example: Example, ids: Sequence[int]) -> float:
    """Return which share of the three things that one can check a couplet has, from 0 to 1.

    Its lines rhyme, they scan in one meter, and it has what was asked for.
    """
    found = marks(lm, example, ids)
    return sum(found[name] for name in CRAFT) / len(CRAFT)
