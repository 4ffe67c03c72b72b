"""The loop carries calls out, hands their results on, and ends."""

from collections.abc import Callable, Sequence

import pytest

from llmbook.agent import Run, run, use
from llmbook.chat import Message
from llmbook.errors import InputError


def double(text: str) -> str:
    """Double a number, if it is one."""
    if not text.isdecimal():
        raise InputError(f"{text} is no number")
    return str(2 * int(text))


def script(*lines: str) -> Callable[[Sequence[Message]], str]:
    """Return a model that says its lines, whatever it hears."""
    said = iter(lines)
    return lambda messages: next(said)


def contents(done: Run) -> list[str]:
    return [message["content"] for message in done.messages]


def test_a_call_is_carried_out_and_its_result_is_the_users_next_message() -> None:
    done = run(
        script("double: 3", "double: 6", "twelve"), {"double": double}, "Three, doubled twice?"
    )
    assert done.answer == "twelve"
    assert contents(done) == [
        "Three, doubled twice?",
        "double: 3",
        "6",
        "double: 6",
        "12",
        "twelve",
    ]
    assert [m["role"] for m in done.messages] == ["user", "assistant"] * 3
    assert done.calls == ["double: 3", "double: 6"]


def test_the_model_sees_all_that_was_said() -> None:
    seen = []

    def say(messages: Sequence[Message]) -> str:
        seen.append([message["content"] for message in messages])
        return "double: 1" if len(messages) < 3 else "two"

    run(say, {"double": double}, "?")
    assert seen == [["?"], ["?", "double: 1", "2"]]


def test_what_is_no_call_ends_the_run_at_once() -> None:
    done = run(script("I do not know.", "never said"), {"double": double}, "?")
    assert done.answer == "I do not know." and done.calls == []


def test_a_model_that_never_answers_is_stopped() -> None:
    done = run(lambda messages: "double: 1", {"double": double}, "?", steps=3)
    assert done.answer is None and len(done.calls) == 3 and len(done.messages) == 7


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("halve: 4", "error: there is no tool halve"),
        ("double: x", "error: x is no number"),
        ("double: ", "error:  is no number"),
        ("double: 1\n2", "error: 1\n2 is no number"),
    ],
)
def test_a_bad_call_is_answered_with_an_error_and_the_run_goes_on(call: str, result: str) -> None:
    done = run(script(call, "sorry"), {"double": double}, "?")
    assert contents(done)[1:] == [call, result, "sorry"]


def test_an_error_of_the_tool_itself_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        use({"divide": lambda text: str(1 / int(text))}, "divide", "0")


def test_no_steps_make_no_sense() -> None:
    with pytest.raises(InputError, match="at least one step"):
        run(script(), {}, "?", steps=0)
