"""Whether a text is verse: a rule for rhyme and meter that knows nothing of who wrote it.

Explained in the chapter "creative-writing".  It looks words up in
:mod:`llmbook.world.pronunciations` and nowhere else.  A line scans in a meter if every beat that the
meter calls strong can be stressed and every other one need not be: a syllable of a longer word and an
article are as the table says, a light word goes either way, and every other word of one syllable is
stressed.  Two rules keep light words from making verse of anything: of two strong beats in a row, one
falls on a word that says something; and a plain word on a weak beat leans on such a neighbor.
"""

import re

from llmbook.world.pronunciations import ARTICLES, GRAMMATICAL, LIGHT, PLAIN, rhyme, stresses

# Strong beats are 1, weak ones 0.  One more weak syllable may follow: the feminine rhyme.
METERS = {
    "iambic trimeter": "01" * 3,
    "iambic tetrameter": "01" * 4,
    "iambic pentameter": "01" * 5,
    "trochaic tetrameter": "10" * 3 + "1",
}


def words(line: str) -> list[str]:
    r"""Return the words of a line, without its marks.

    Example:
        >>> words('"Good night," said the miller\'s owl.')
        ['good', 'night', 'said', 'the', "miller's", 'owl']
    """
    return re.findall(r"[a-z]+(?:'[a-z]+)?", line.lower())


def scan(line: str) -> str | None:
    """Return the beats of the meter in which a line scans, or None if there is none.

    Example:
        >>> scan("A sparrow slept beside the mill"), scan("A sparrow slept beside the quiet mill")
        ('01010101', '0101010101')
        >>> scan("The river slept beneath the willow"), scan("The quiet slept river")
        ('010101010', None)
        >>> scan("and it was in the hall") is None  # nobody says "in" so loud
        True
    """
    syllables: list[tuple[str, str]] = []  # what the table says of each, and its word
    for word in words(line):
        said = stresses(word)
        if said is None:
            return None
        syllables += [("?" if word in LIGHT else stress, word) for stress in said]
    for pattern in METERS.values():
        for beats in (pattern, pattern + "0"):
            if len(beats) == len(syllables) and _falls(syllables, beats):
                return beats
    return None


def _falls(syllables: list[tuple[str, str]], beats: str) -> bool:
    """Say whether syllables can be spoken to the beats."""
    loud = [word not in GRAMMATICAL and word not in ARTICLES for _, word in syllables]
    for place, ((stress, word), beat) in enumerate(zip(syllables, beats, strict=True)):
        if stress not in ("?", beat):
            return False
        if beat == "1" and not any(loud[place : place + 3 : 2]) and place + 2 < len(loud):
            return False
        near = loud[max(place - 1, 0) : place] + loud[place + 1 : place + 2]
        if beat == "0" and word in PLAIN and not any(near):
            return False
    return True


def rhymes(first: str, second: str) -> bool:
    """Say whether two words sound the same from the last stressed vowel on, and differ before it.

    Example:
        >>> rhymes("hill", "mill"), rhymes("pail", "pale"), rhymes("hill", "wall")
        (True, False, False)
    """
    one, other = rhyme(first), rhyme(second)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def check(text: str) -> list[str]:
    r"""Return what is wrong with a poem in couplets: nothing, if it rhymes and scans in one meter.

    Example:
        >>> check("The rain came down upon the hill,\nand all the world was dark and still.")
        []
        >>> for fault in check("The rain came down upon the wall,\nand all the world was calm and gray."):
        ...     print(fault)
        line 2: no pronunciation of 'calm'
        lines 1 and 2: 'wall' and 'gray' do not rhyme
    """
    lines = text.split("\n")
    faults = ["the last line has no partner"] if len(lines) % 2 else []
    scanned = []
    for number, line in enumerate(lines, 1):
        unknown = [word for word in words(line) if stresses(word) is None]
        faults += [f"line {number}: no pronunciation of {word!r}" for word in unknown]
        beats = scan(line)
        if beats is None and not unknown:
            faults.append(f"line {number}: does not scan")
        scanned.append(beats)
    for number in range(0, len(lines) - 1, 2):
        first, second = (words(line)[-1:] for line in lines[number : number + 2])
        where = f"lines {number + 1} and {number + 2}"
        if not (first and second and rhymes(first[0], second[0])):
            faults.append(f"{where}: {' '.join(first)!r} and {' '.join(second)!r} do not rhyme")
        if None not in scanned[number : number + 2] and scanned[number] != scanned[number + 1]:
            faults.append(f"{where}: of different lengths")
    if len({meter(beats) for beats in scanned if beats}) > 1:
        faults.append("not of one meter")
    return faults


def meter(beats: str) -> str | None:
    """Return the name of the meter of some beats.

    Example:
        >>> meter("01010101"), meter("10101010"), meter("0110")
        ('iambic tetrameter', 'trochaic tetrameter', None)
    """
    for name, pattern in METERS.items():
        if beats in (pattern, pattern + "0"):
            return name
    return None
