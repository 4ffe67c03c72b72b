"""What one asks an assistant to do: the applications of the book, as tasks.

Explained in the part "Applications".  Five of them are those of :mod:`llmbook.tasks`, with the same
examples and the same grades.  The others need an instruction: the text of the valley alone does not
say that a verdict, a program or a couplet on a theme is wanted.
"""

from dataclasses import replace

from llmbook import content, sandbox
from llmbook.sampling import Settings
from llmbook.tasks import GREEDY, TASKS, Example, Marks, Task
from llmbook.world import prosody
from llmbook.world.document import Document
from llmbook.world.verse_grammar import SUBJECTS

DRAWN: Settings = {
    "temperature": 0.8,
    "top_p": 0.95,
}  # how several programs for one specification differ

# Whom and what poems are about, as it is looked for and as it is written.
_THEMES = {word.lower(): word for kind, words in SUBJECTS.items() for word in words}
_THEMES = {word: name for word, name in _THEMES.items() if word not in ("i", "one")}


def judge(document: Document, number: int) -> Example:  # noqa: ARG001
    """Ask for the verdict of a review: positive or negative."""
    text, verdict = document.text, document.truth["sentiment"]
    return Example(f"Review: {text}\nSentiment:", f" {verdict}", text, text, document.truth)


def judged(example: Example, said: str) -> Marks:
    """Compare a verdict, and count by what carries it."""
    right = said.strip().removesuffix(".").lower() == example.facts["sentiment"]
    return {"right": right, example.facts["devices"][0]: right}


def report(document: Document, number: int) -> Example | None:  # noqa: ARG001
    """Ask for a text that says some facts and nothing else."""
    facts = content.notes(document.text, document.truth)
    if facts is None:
        return None
    prompt = "\n".join(["Facts:", *(f"- {fact}" for fact in facts), "Text:"])
    told = document.text
    return Example(prompt, f" {told}", told, told, {"notes": facts, **document.truth})


def reported(example: Example, said: str) -> Marks:
    """Let the reader of the valley compare a text with the facts."""
    faults = content.faults(said.strip(), example.facts["notes"], example.facts)
    marks = {f"nothing {fault}": not lines for fault, lines in faults.items()}
    return {"right": all(marks.values()), **marks}


# --- Code -----------------------------------------------------------------------------------------


def program(document: Document, number: int) -> Example:  # noqa: ARG001
    """Ask for a function, given its signature and what it should do."""
    start = _start(document)
    return Example(start, document.truth["body"], start, _quoted(document), document.truth)


def complete_program(document: Document, number: int) -> Example | None:
    """Ask for the rest of a function whose first lines are there."""
    start, lines = _start(document), document.truth["body"].split("\n")
    if len(lines) < 2:
        return None
    cut = 1 + number % (len(lines) - 1)
    begun = "".join(f"{line}\n" for line in lines[:cut])
    rest = "\n".join(lines[cut:])
    return Example(start + begun, rest, start, _quoted(document), document.truth)


def _start(document: Document) -> str:
    """Return a function up to the end of its docstring."""
    return f"{document.truth['signature']}\n    {_quoted(document)}\n"


def _quoted(document: Document) -> str:
    return f'"""{document.truth["docstring"]}"""'


def passed(example: Example, said: str) -> Marks:
    """Run a function against its tests: the whole of it, or what follows its beginning."""
    whole = said if said.lstrip().startswith("def ") else f"{example.prompt}{said}"
    return {"right": sandbox.run(whole, example.facts["tests"]).passed}


def explain(document: Document, number: int) -> Example:  # noqa: ARG001
    """Ask for the docstring of a function."""
    function = f"{document.truth['signature']}\n{document.truth['body']}"
    prompt = f"{function}\n# What it does:"
    answer = f" {document.truth['docstring']}"
    return Example(prompt, answer, _start(document), _quoted(document), document.truth)


def explained(example: Example, said: str) -> Marks:
    """Accept each of the docstrings that the valley has for a specification, and no other."""
    return {"right": said.strip() in example.facts["says"]}


# --- Verse ----------------------------------------------------------------------------------------


def couplet(document: Document, number: int) -> Example | None:
    """Ask for two lines: about somebody or something, or with a given word as a rhyme."""
    first, second = document.text.split("\n")[:2]
    if not second.endswith((".", "!", "?")):
        return None
    *_, last = words = prosody.words(first)
    theme = next((_THEMES[word] for word in words if word in _THEMES), None)
    kind, word = ("theme", theme) if theme and number % 2 == 0 else ("rhyme", last)
    text = f"{first}\n{second}"
    return Example(f"{kind.capitalize()}: {word}\n", text, text, text, {"kind": kind, "word": word})


def coupled(example: Example, said: str) -> Marks:
    """Check that two lines rhyme and scan, and are about what was asked for."""
    text, word = said.strip(), example.facts["word"].lower()
    lines = [words for line in text.split("\n") if (words := prosody.words(line))]
    ends = [words[-1] for words in lines]
    rhyme = example.facts["kind"] == "rhyme"
    beats = [prosody.scan(line) for line in text.split("\n")]
    marks = {
        "rhyme": len(ends) == 2 and prosody.rhymes(*ends),
        "meter": len(beats) == 2 and beats[0] is not None and beats[0] == beats[1],
        "as asked": word in (ends if rhyme else prosody.words(text)),
    }
    return {"right": all(marks.values()) and not prosody.check(text), **marks}


# In the order of the book.
APPLICATIONS: dict[str, Task] = {
    "sentiment": Task("reviews", judge, judged, max_tokens=10),
    "translation": TASKS["translation"],
    "questions": TASKS["questions"],
    "content": Task("stories", report, reported, max_tokens=150),
    "dialogue": TASKS["dialogue"],
    "stories": replace(TASKS["stories"], settings=GREEDY),  # the likeliest errs least
    "code": Task("programs", program, passed, max_tokens=150, stop=("\n\n",), drawn=DRAWN),
    "completion": Task("programs", complete_program, passed, max_tokens=120, stop=("\n\n",)),
    "documentation": Task("programs", explain, explained, max_tokens=60),
    "verse": TASKS["verse"],
    "couplets": Task("verse", couplet, coupled, max_tokens=50, stop=()),
}

ALL = TASKS | APPLICATIONS | TASKS  # in this order, and as a text is continued where both have it
