"""Our tokenizer beside the ``tokenizers`` library: same file, same texts, same numbers.

The four modules are tested here together, as ``tokenizer`` uses them: ``pretokenize``, ``bpe`` and
``tokenizer_json``.
"""

import json
import random
import sys
import unicodedata
from collections import Counter
from functools import cache
from itertools import chain

import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Regex, models, normalizers, pre_tokenizers, processors, trainers

from llmbook import bpe, pretokenize
from llmbook.errors import InputError
from llmbook.tokenizer import Tokenizer

SPECIAL = ("<|end|>", "<|user|>", "<|end|>!")
SIZE = 500
FAMILY = "👩\u200d👩\u200d👧\u200d👦"  # four people and three joiners, shown as one
CORPUS = (
    "It's the same thing, isn't it? They'll say: the more the merrier, and WE'RE all here.\n"
    "def add(left: int, right: int) -> int:\n    if left:\n        return left + right  # 1234\n"
    "Élève à l'école, où es-tu ?  Größe, Straße.  Привет, мир.  Γειά σου.  שלום.  مرحبا.\n"
    "नमस्ते दुनिया 日本語のテキスト。 中文文本。 한국어 텍스트 e\u0301a\u0308 ½ Ⅻ ٣٤٥ 一二三\r\n\t\t\n"
    + f"{FAMILY} 👍🏽 🇫🇷 " * 8 + "-" * 97 + " " * 61 + "=" * 45
)  # fmt: skip
TEXTS = [
    "",
    " ",
    "\n",
    "\r\n\r\n",
    "   ",
    "   x",
    "x   ",
    " \n x \t\n\n y\r\n  z",
    "\0\0a\0",
    "a\u00a0b\u3000c\u2028d\x85e\x1cf\x1dg\x0bh\x0c",  # characters that are white space to somebody
    "'s'S'RE'll'Ve'ſ 'tis can't CAN'T '' '",
    "12345678 1.5e10 0x1F ½⅔ Ⅻ ٣٤٥ ²³",
    "_under_score __init__ a_1",
    FAMILY + "👍🏽🇫🇷 ☝\ufe0f 🏴\U000e0067\U000e0062\U000e007f",
    "e\u0301 \u0301 a\u0308\u0323 ﷽ ｆｕｌｌ ﬁ İıŞ ß ǅ ʰ ª",
    "\U0010ffff\ufffd\ufeff\u200b\u200d\ufffe",
    "".join(map(chr, range(0x250))),
    "<|end|> <|END|> <|user|><|end|>!<|end|><|end",
    CORPUS,
]
NASTY = st.lists(
    st.sampled_from([*TEXTS[1:-1], "<|", "|>", "end", "'", "s", "re", " ", "  ", "\r", "\n", "\t",
                     "7", "é", "e", "\u0301", "\u200d", "the", "---", "=", "\x1c"])
    | st.text(max_size=3),
    max_size=12,
).map("".join)  # fmt: skip


@cache
def unlike() -> frozenset[str]:
    """Characters of which this Python's Unicode and the library's say different things."""
    everything = "".join(map(chr, chain(range(0xD800), range(0xE000, 0x40000))))
    different: set[str] = set()
    for kind in (r"\p{L}+", r"\p{N}+"):
        cut = pre_tokenizers.Split(Regex(kind), "removed").pre_tokenize_str(everything)
        others = set("".join(piece for piece, _ in cut))
        different |= (set(everything) - others) ^ set(
            "".join(pretokenize.pattern(kind).findall(everything))
        )
    return frozenset(different)


def known(text: str) -> str:
    return "".join(c for c in text if c not in unlike())


def reference(tokenizer: Tokenizer, tmp_path) -> tokenizers.Tokenizer:
    tokenizer.save(tmp_path / "tokenizer.json")
    return tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))


def trained_by_the_library(texts: list[str], size: int, special: tuple[str, ...] = ()):
    theirs = tokenizers.Tokenizer(models.BPE())
    theirs.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    theirs.decoder = tokenizers.decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=0,
        special_tokens=list(special),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    theirs.train_from_iterator(texts, trainer)
    return theirs


def document(tokenizer: Tokenizer, tmp_path) -> dict:
    tokenizer.save(tmp_path / "document.json")
    return json.loads((tmp_path / "document.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def ours() -> Tokenizer:
    unlike()  # slow, and so not left to the first test that happens to ask
    return Tokenizer.train([CORPUS], SIZE, SPECIAL)


@pytest.fixture(scope="module")
def theirs(ours, tmp_path_factory) -> tokenizers.Tokenizer:
    return reference(ours, tmp_path_factory.mktemp("theirs"))


# -- Text to numbers and back


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_lost(ours, text):
    assert ours.decode(ours.encode(text)) == text
    assert ours.decode(ours.encode(text, allow_special=True)) == text
    assert "".join(ours.decode_stream(ours.encode(text))) == text


@given(st.text() | NASTY)
def test_nothing_is_lost_in_any_text(ours, text):
    assert ours.decode(ours.encode(text)) == text
    assert "".join(pretokenize.split(text)) == text


def test_every_byte_is_a_token(ours):
    singles = [ours.token_bytes(i) for i in range(len(SPECIAL), len(SPECIAL) + 256)]
    assert sorted(singles) == [bytes([b]) for b in range(256)]


@pytest.mark.parametrize("text", TEXTS)
def test_same_numbers_as_the_library(ours, theirs, text):
    assert ours.encode(text, allow_special=True) == theirs.encode(text).ids
    theirs.encode_special_tokens = True
    assert ours.encode(text) == theirs.encode(text).ids
    theirs.encode_special_tokens = False


@given((st.text() | NASTY).map(known))
def test_same_numbers_as_the_library_on_any_text(ours, theirs, text):
    assert ours.encode(text, allow_special=True) == theirs.encode(text).ids


def test_same_classes_of_characters_as_the_library():
    # The library may know a newer Unicode, or an older one; of old characters all say the same.
    old = {c for c in unlike() if unicodedata.ucd_3_2_0.category(c) != "Cn"}
    assert not old
    assert len(unlike()) < 20_000
    # pretokenize looks at the first four planes only
    assert not {unicodedata.category(chr(c))[0] for c in range(0x40000, 0x110000)} & {*"LNZ"}


@given(st.lists(st.integers(0, SIZE - 1)))
def test_same_text_as_the_library_for_any_numbers(ours, theirs, ids):
    text = theirs.decode(ids, skip_special_tokens=False)
    assert ours.decode(ids) == text
    assert "".join(ours.decode_stream(ids)) == text


def test_the_stream_waits_for_whole_characters(ours):
    plain = Tokenizer.train(["x"], 256)
    assert list(plain.decode_stream(plain.encode("é👍a"))) == ["é", "👍", "a"]
    assert list(plain.decode_stream(plain.encode("👍")[:-1])) == ["�"]
    received = []
    for piece in plain.decode_stream(received.append(i) or i for i in plain.encode("ab")):
        assert plain.decode(received).endswith(piece)  # not a token later than it could be
    assert list(ours.decode_stream([])) == []


def test_there_is_no_such_token(ours):
    assert ours.vocab_size == SIZE
    for token in (-1, SIZE):
        with pytest.raises(InputError, match=f"no token {token}"):
            ours.decode([token])


def test_half_a_character_is_refused(ours):
    for text in ("\ud800", "ab\udfff", "\ud83d \udc4d"):
        with pytest.raises(InputError, match=r"lone surrogate, '\\ud"):
            ours.encode(text)
        with pytest.raises(InputError, match="lone surrogate"):
            Tokenizer.train([text], 300)


def test_encoding_takes_time_in_proportion(ours):
    # Counted in steps of Python and not in seconds, so that a busy machine does not matter.
    def steps(length: int) -> int:
        word = "".join(random.Random(length).choices("etaoinshrdlu", k=length))
        count = 0

        def trace(*_):
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            ours.encode(word)
        finally:
            sys.setprofile(None)
        return count

    assert steps(40_000) < 4.4 * steps(10_000)
    megabyte = "ab" * 500_000
    assert ours.decode(ours.encode(megabyte)) == megabyte  # not after hours


def test_the_memory_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr("llmbook.tokenizer._CACHED_WORDS", 3)
    tokenizer = Tokenizer.train(["one two three"], 260)
    text = "one two three four five six seven " * 2
    assert tokenizer.decode(tokenizer.encode(text)) == text
    assert len(tokenizer._words) <= 3


# -- Special tokens


def test_plain_text_cannot_become_a_special_token(ours):
    for text in ("<|end|>", "a<|end|>!b", " <|user|>\n"):
        assert not {*ours.encode(text)} & {*ours.special.values()}
    assert ours.encode("<|end|>", allow_special=True) == [ours.special["<|end|>"]] == [0]
    assert ours.encode("<|end|>!", allow_special=True) == [2]  # the longest


@given(NASTY)
def test_no_text_at_all_becomes_a_special_token(ours, text):
    assert min(ours.encode(text), default=3) >= 3


def test_a_special_token_that_text_can_spell_is_refused():
    for special in (["the"], ["a"], ["Ġ"], [""], ["<|x|>", "<|x|>"]):
        with pytest.raises(InputError, match="cannot be a special token"):
            Tokenizer.train(["the " * 9], 280, special)
    assert Tokenizer.train(["abc abc"], 280, ["the"]).encode("the") != [0]  # not learned, so safe


# -- Training


def corpora():
    rng = random.Random(7)
    yield [CORPUS], 500
    yield [CORPUS, CORPUS[:200], "", "\n"], 3000  # runs out of pairs
    yield ["a"], 300
    yield ["aaaaaaaaaaaaaaaaaaa aaaaaaaa aaaa"], 290
    yield ["ab ba ab ba cd dc cd dc"], 290  # nothing but ties
    yield ["the <|end|> of the <|end|>"], 290
    for alphabet in ("ab", "abc", "a -", "é日"):
        for _ in range(6):
            words = ["".join(rng.choices(alphabet, k=rng.randint(1, 25))) for _ in range(40)]
            yield [" ".join(words)], 256 + rng.randint(1, 200)


@pytest.mark.parametrize(("texts", "size"), [*corpora()])
def test_same_merges_as_the_library(texts, size, tmp_path):
    for special in ((), SPECIAL):
        ours = document(Tokenizer.train(texts, size + len(special), special), tmp_path)
        theirs = json.loads(trained_by_the_library(texts, size + len(special), special).to_str())
        assert ours["model"] == theirs["model"]
        assert ours["added_tokens"] == theirs["added_tokens"]


@settings(max_examples=200)
@given(st.lists(st.text("ab \n-é", max_size=40), min_size=1, max_size=5), st.integers(256, 330))
def test_same_merges_as_the_library_on_any_text(texts, size):
    if not any(texts):
        return
    theirs = json.loads(trained_by_the_library(texts, size).to_str())["model"]["merges"]
    words = Counter(chain.from_iterable(map(pretokenize.split, texts)))
    tokens, merges = bpe.learn(words, size)
    letters = dict(zip(bpe.ALPHABET, sorted(pre_tokenizers.ByteLevel.alphabet()), strict=True))
    names = ["".join(letters[byte] for byte in token) for token in tokens]
    assert [[names[left], names[right]] for left, right in merges] == theirs


def test_training_refuses_what_it_cannot_use():
    for texts in ([], [""], ["", ""]):
        with pytest.raises(InputError, match="empty text"):
            Tokenizer.train(texts, 300)
    with pytest.raises(InputError, match=r"vocabulary of 257 is too small.* need 258"):
        Tokenizer.train(["abc"], 257, ["<|a|>", "<|b|>"])
    with pytest.raises(TypeError, match="brackets"):
        Tokenizer.train("abc", 300)
    assert Tokenizer.train(["abc"], 256).vocab_size == 256


# -- The file


def test_the_file_is_the_one_that_the_library_writes(ours, tmp_path):
    theirs = reference(ours, tmp_path)
    assert (tmp_path / "tokenizer.json").read_text("utf-8") == theirs.to_str(pretty=True)
    assert [path.name for path in tmp_path.iterdir()] == ["tokenizer.json"]


def test_a_saved_tokenizer_is_the_same(ours, tmp_path):
    ours.save(tmp_path / "tokenizer.json")
    again = Tokenizer.load(tmp_path / "tokenizer.json")
    assert again.special == ours.special == {name: i for i, name in enumerate(SPECIAL)}
    assert again.encode(CORPUS) == ours.encode(CORPUS)
    again.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "tokenizer.json").read_bytes()


def test_transformers_takes_the_file(ours, tmp_path):
    transformers = pytest.importorskip("transformers")
    ours.save(tmp_path / "tokenizer.json")
    theirs = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(tmp_path / "tokenizer.json"), eos_token="<|end|>"
    )
    assert theirs(CORPUS + "<|end|>")["input_ids"] == ours.encode(
        CORPUS + "<|end|>", allow_special=True
    )
    assert len(theirs) == ours.vocab_size


def from_the_library(theirs: tokenizers.Tokenizer, tmp_path) -> Tokenizer:
    theirs.save(str(tmp_path / "theirs.json"))
    return Tokenizer.load(tmp_path / "theirs.json")


def split_at(expression: str):
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(expression), "isolated"), byte_level]
    )


CUTS = {
    "GPT-2": pre_tokenizers.ByteLevel(add_prefix_space=False),
    "prefix space": pre_tokenizers.ByteLevel(add_prefix_space=True),
    "no cuts": pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    "GPT-2 in words": split_at(pretokenize.GPT2),
    "Llama 3": split_at(pretokenize.LLAMA3),
    "Qwen 2": split_at(pretokenize.QWEN2),
    "digits": pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    ),
}


@pytest.mark.parametrize("name", CUTS)
@pytest.mark.parametrize("options", [{}, {"ignore_merges": True}])
def test_files_of_other_models(name, options, theirs, tmp_path):
    model = json.loads(theirs.to_str())["model"]
    vocab = {token: i for token, i in model["vocab"].items() if token not in SPECIAL}
    vocab = {token: i - len(SPECIAL) for token, i in vocab.items()}
    whole = vocab | {"Ġunmergeable": len(vocab), "qzqz": len(vocab) + 1}  # no merges lead to them
    other = tokenizers.Tokenizer(models.BPE(whole, [tuple(m) for m in model["merges"]], **options))
    other.pre_tokenizer = CUTS[name]
    other.decoder = tokenizers.decoders.ByteLevel()
    other.add_special_tokens(["<|begin|>", "<|end|>"])
    other.add_tokens(["<tool>", "<tool>s", "  "])
    begin = len(whole)
    template = processors.TemplateProcessing(
        single="<|begin|> $A <|end|>", special_tokens=[("<|begin|>", begin), ("<|end|>", begin + 1)]
    )
    other.post_processor = processors.Sequence([processors.ByteLevel(), template])
    mine = from_the_library(other, tmp_path)
    assert (mine.prefix, mine.suffix) == ([begin], [begin + 1])

    @settings(max_examples=60)
    @given((st.text() | NASTY | st.just("x qzqz unmergeable qz<tool>s<tool>")).map(known))
    def same(text):
        expected = other.encode(text).ids
        assert mine.encode(text, allow_special=True, add_special=True) == expected
        assert mine.encode(text, allow_special=True) == expected[1:-1]
        assert mine.decode(expected) == other.decode(expected, skip_special_tokens=False)

    for text in [*TEXTS, "qzqz unmergeable qzqz"]:
        expected = other.encode(text, add_special_tokens=False).ids
        assert mine.encode(text, allow_special=True) == expected
    same()


def test_unicode_is_normalized_where_the_file_says_so(theirs, tmp_path):
    other = tokenizers.Tokenizer.from_str(theirs.to_str())
    other.normalizer = normalizers.NFC()
    mine = from_the_library(other, tmp_path)
    for text in ("e\u0301<|end|>e\u0301", "a\u0308\u0323", "\u1100\u1161", "\u212b"):
        assert mine.encode(text, allow_special=True) == other.encode(text).ids
    assert mine.decode(mine.encode("e\u0301")) == "é"


def test_old_files_write_merges_as_text(ours, tmp_path):
    content = document(ours, tmp_path)
    content["model"]["merges"] = [" ".join(pair) for pair in content["model"]["merges"]]
    del content["model"]["type"], content["added_tokens"], content["normalizer"]
    assert Tokenizer(content).encode(CORPUS) == ours.encode(CORPUS)


REFUSED = {
    "another model": (["model", "type"], "WordPiece", "the model WordPiece is not supported"),
    "SentencePiece": (["model", "byte_fallback"], True, "a SentencePiece tokenizer (byte_"),
    "dropout": (["model", "dropout"], 0.1, "the option dropout is not"),
    "normalizer": (["normalizer"], {"type": "Lowercase"}, "the normalizer Lowercase is not"),
    "decoder": (["decoder"], {"type": "Metaspace"}, "the decoder Metaspace is not"),
    "no decoder": (["decoder"], None, "the decoder None is not"),
    "no pre-tokenizer": (["pre_tokenizer"], None, "without a pre-tokenizer is not"),
    "pre-tokenizer": (["pre_tokenizer"], {"type": "Metaspace"}, "pre-tokenizer Metaspace is not"),
    "split": (["pre_tokenizer"], "SPLIT .*", "splits at {'Regex': '.*'} is not"),
    "split and remove": (["pre_tokenizer"], "REMOVE", "splits with behavior Removed is not"),
    "other step": (["pre_tokenizer"], "OTHER", "the pre-tokenizer Punctuation is not"),
    "space after a cut": (["pre_tokenizer"], "SPACE", "add_prefix_space after another"),
    "post-processor": (["post_processor"], {"type": "BertProcessing"}, "BertProcessing is not"),
    "greedy token": (["added_tokens", 0, "lstrip"], True, "the option lstrip of the token"),
    "no model": (["model"], [], "damaged tokenizer: "),
    "no vocabulary": (["model", "vocab"], None, "damaged tokenizer: "),
    "empty cuts": (["pre_tokenizer"], "EMPTY", "damaged tokenizer: "),
    "lost bytes": (["model", "vocab"], {}, "damaged tokenizer: "),
    "two tokens in one place": (["model", "vocab", "a"], 5, "not numbered 0, 1, 2"),
    "a number that is text": (["model", "vocab", "a"], "5", "damaged tokenizer: "),
    "a gap": (["model", "vocab", "gap"], 9999, "not numbered 0, 1, 2"),
    "empty token": (["added_tokens", 0, "content"], "", "an added token is empty"),
    "moved token": (["added_tokens", 0, "id"], 1, "damaged tokenizer: "),
    "merge of three": (["model", "merges", 2], ["a", "b", "c"], "merge 2 is not a pair"),
    "merge of nothing": (["model", "merges", 2], ["zq", "qz"], "merge 2 needs 'zq', which is no"),
    "merge to nothing": (["model", "merges", 2], ["!", "!"], "merge 2 needs '!!', which is no"),
    "merge that is no text": (["model", "merges", 2], 7, "damaged tokenizer: "),
    "forgery": (["added_tokens", 0, "content"], "ing", "can spell the special token 'ing'"),
    "stolen byte": (["added_tokens", 0, "content"], "b", "no plain token for the byte 98"),
    "template": (["post_processor"], "TEMPLATE", "adds a token that there is not"),
}  # fmt: skip


def special_value(value):
    """Spell out the longer values of the table above."""
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False}
    split = {"type": "Split", "pattern": {"Regex": pretokenize.LLAMA3}}
    isolated = {"behavior": "Isolated", "invert": False}
    steps = {
        "SPLIT .*": [split | isolated | {"pattern": {"Regex": ".*"}}, byte_level],
        "REMOVE": [split | {"behavior": "Removed", "invert": True}, byte_level],
        "OTHER": [{"type": "Punctuation"}, byte_level],
        "SPACE": [split | isolated, byte_level | {"add_prefix_space": True}],
        "EMPTY": [],
    }
    if value == "TEMPLATE":
        special = {"<s>": {"ids": [99999]}}
        return {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}],
            "special_tokens": special,
        }
    if isinstance(value, str) and value in steps:
        return {"type": "Sequence", "pretokenizers": steps[value]}
    return value


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_are_refused(name, tmp_path):
    where, value, message = REFUSED[name]
    tokenizer = Tokenizer.train(["singing ringing king"], 262, ["<|end|>"])
    content = document(tokenizer, tmp_path)
    place = content
    for key in where[:-1]:
        place = place[key]
    place[where[-1]] = special_value(value)
    if name in ("forgery", "stolen byte"):  # a special token with a plain token's number
        place["id"] = content["model"]["vocab"][value]
        del content["model"]["vocab"]["<|end|>"]
        shift(content)
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError) as caught:
        Tokenizer.load(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value).splitlines()) == 1


def shift(content: dict) -> None:
    """Close the gap that token 0 left."""
    vocab = content["model"]["vocab"]
    content["model"]["vocab"] = {token: number - 1 for token, number in vocab.items()}
    for token in content["added_tokens"]:
        token["id"] -= 1


def test_files_that_are_no_tokenizer_at_all(ours, tmp_path):
    ours.save(tmp_path / "whole.json")
    whole = (tmp_path / "whole.json").read_bytes()
    cases = [b"", b"null", b"[]", b"{}", b'"text"', b"\xff\xfe", b"[" * 100_000, whole[:-1]]
    cases += [whole[:i] for i in range(1, len(whole), len(whole) // 9)]
    for content in cases:
        (tmp_path / "tokenizer.json").write_bytes(content)
        with pytest.raises(InputError, match="damaged tokenizer") as caught:
            Tokenizer.load(tmp_path / "tokenizer.json")
        assert len(str(caught.value).splitlines()) == 1
    for missing in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(InputError, match=r": (No such file|Is a directory|Permission)"):
            Tokenizer.load(missing)
