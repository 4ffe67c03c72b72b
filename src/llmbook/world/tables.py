"""Tables of phrases, as they are easiest to read and to add to.

Explained in the chapter "data".
"""

import re


def phrases(text: str) -> dict[str, tuple[str, ...]]:
    """Read keys that end with a colon, each with its phrases on the lines below, further in.

    Example:
        >>> phrases('''
        ... greet:
        ...     good morning
        ...     hello
        ... ''')
        {'greet': ('good morning', 'hello')}
    """
    blocks = re.split(r"^(\S.*):$", text, flags=re.MULTILINE)[1:]
    return {
        key: tuple(line.strip() for line in block.strip().splitlines())
        for key, block in zip(blocks[::2], blocks[1::2], strict=True)
    }
