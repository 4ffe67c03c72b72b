"""Byte-pair encoding: learn which tokens to merge, and merge them in a text.

Explained in the chapter "tokens".  A word is a sequence of bytes, and each of the 256 bytes is a
token, so nothing is ever unknown.  :func:`learn` looks for the pair of tokens that stands side by
side most often, makes it a new token, and repeats.  :func:`merge` replays these merges on a word,
in the order in which they were learned.

Sources: Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword units",
2016, for merging pairs; Radford et al., "Language models are unsupervised multitask learners",
2019, for doing it with bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from itertools import pairwise

Pair = tuple[int, int]

# The order in which GPT-2 numbers the bytes: those that print first, then the hidden ones.
PRINTABLE = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
ALPHABET = [*PRINTABLE, *(byte for byte in range(256) if byte not in PRINTABLE)]

_GONE = -1  # stands where a token was before it became a part of its neighbor


def learn(words: Counter[str], size: int, first: int = 0) -> tuple[list[bytes], list[Pair]]:
    """Merge the most frequent pair of tokens until there are enough tokens.

    Of equally frequent pairs the one with the lowest numbers wins.  Nothing is ever counted again:
    a merge changes only the words that hold its pair, and in them only the counts of its neighbors.

    Args:
        words: How often each word occurs.
        size: How many tokens to have, the 256 bytes included.
        first: The number of the first token.

    Returns:
        The bytes of every token, and the pairs of token numbers that were merged.

    Example:
        >>> tokens, merges = learn(Counter({"low": 5, "slow": 2, "owl": 1}), size=258)
        >>> tokens[256:], merges
        ([b'ow', b'low'], [(78, 86), (75, 256)])
    """
    tokens = [bytes([byte]) for byte in ALPHABET]
    numbers = {token: number for number, token in enumerate(tokens, first)}
    spelled = [[numbers[bytes([byte])] for byte in word.encode()] for word in words]
    repeats = list(words.values())

    counts: Counter[Pair] = Counter()
    places: defaultdict[Pair, set[int]] = defaultdict(set)  # which words may hold a pair
    for place, (word, times) in enumerate(zip(spelled, repeats, strict=True)):
        for pair in pairwise(word):
            counts[pair] += times
            places[pair].add(place)
    heap = [(-count, pair) for pair, count in counts.items()]
    heapify(heap)

    # Two merges may make the same token, as a+bc and ab+c do.  New neighbors of such a token bring
    # back pairs that were merged before; like the tokenizers library we keep a pair's last turn.
    merges: dict[Pair, None] = {}  # a set that keeps its order
    while heap and len(tokens) < size:
        count, pair = heappop(heap)
        if -count != counts[pair]:  # outdated: merges of its neighbors made the pair rarer
            if counts[pair]:
                heappush(heap, (-counts[pair], pair))
            continue

        token = tokens[pair[0] - first] + tokens[pair[1] - first]
        number = numbers.setdefault(token, first + len(tokens))
        if number == first + len(tokens):
            tokens.append(token)
        merges.pop(pair, None)
        merges[pair] = None

        grown = set()
        for place in places.pop(pair, ()):
            spelled[place], changes = _replace(pair, number, spelled[place])
            for neighbors, change in changes:
                counts[neighbors] += change * repeats[place]
                if change > 0:
                    places[neighbors].add(place)
                    grown.add(neighbors)
        for neighbors in grown:
            if counts[neighbors]:
                heappush(heap, (-counts[neighbors], neighbors))
    return tokens, list(merges)


def _replace(pair: Pair, new: int, word: list[int]) -> tuple[list[int], list[tuple[Pair, int]]]:
    """Return a word with a pair merged, and which neighbors came (+1) and went (-1)."""
    left, right = pair
    merged: list[int] = []
    changes = []
    i = 0
    while i < len(word):
        if word[i] != left or i + 1 == len(word) or word[i + 1] != right:
            merged.append(word[i])
            i += 1
            continue
        if merged:
            changes += [((merged[-1], left), -1), ((merged[-1], new), +1)]
        merged.append(new)
        i += 2
        if i < len(word):
            changes += [((right, word[i]), -1), ((new, word[i]), +1)]
    return merged, changes


def merge(ids: list[int], merges: Mapping[Pair, tuple[int, int]]) -> list[int]:
    """Replay the merges on a sequence of tokens: the oldest merge first, from left to right.

    The tokens form a linked list, and a heap holds the merges that are possible, so that ``n``
    tokens take ``n log n`` steps.  What the heap holds may be outdated by the time it comes up.

    Args:
        ids: The tokens, such as the bytes of a word.
        merges: For each pair of tokens that merges: its rank, the lowest first, and the new token.

    Returns:
        The tokens that are left.

    Example:
        >>> merge([75, 78, 86], {(78, 86): (0, 256), (75, 256): (1, 257)})
        [257]
    """
    end = len(ids)
    ids = [*ids, _GONE]  # a fence behind the last token and, as ids[-1], in front of the first
    before, after = list(range(-1, end)), list(range(1, end + 2))
    heap: list[tuple[int, int, int]] = []  # rank of the merge, place of its left token, new token

    def consider(left: int, right: int) -> None:
        if found := merges.get((ids[left], ids[right])):
            rank, token = found
            heappush(heap, (rank, left, token))

    for left in range(end):
        consider(left, left + 1)
    while heap:
        _, left, token = heappop(heap)
        right = after[left]
        if merges.get((ids[left], ids[right]), (0, _GONE))[1] != token:
            continue  # outdated: one of the two has merged with another neighbor
        ids[left], ids[right] = token, _GONE
        after[left] = after[right]
        before[after[right]] = left
        consider(before[left], left)
        consider(left, after[left])
    return [token for token in ids if token != _GONE]
