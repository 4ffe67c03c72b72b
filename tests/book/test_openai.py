"""The page on OpenAI: what it says of both servers is so, its snippets run on either, and no key shows.

The page's own outputs come from ``transformers serve``.  Here the same examples run against a small
server that behaves as OpenAI's documentation says and, with ``OPENAI_API_KEY`` and
``LLMBOOK_ONLINE=1``, against OpenAI; then no output is wrong, only an exception is.
"""

import doctest
import json
import logging
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from unittest.mock import patch

import openai
import pytest
import serving
from openai import OpenAI
from transformers.cli import serve

from book import DOCS
from llmbook import load
from llmbook.hub import find_folder

PAGE = "getting-started/openai"
TEXT = (DOCS / f"{PAGE}.md").read_text("utf-8")
EXAMPLES = [
    example
    for fence in re.findall(r"^```pycon\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    for example in doctest.DocTestParser().get_examples(fence)
]
HOSTED = "gpt-6-luna"
KEY = "sk-proj-q7Zr2TnB8vLx4KdWm9Yc"  # made up


class Anything(doctest.OutputChecker):
    """Another model says something else: no output is wrong, only an exception is."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return True


def run(name: str) -> str:
    """Run the examples with another model's name, and return what is said of those that fail."""
    changed = [
        doctest.Example(
            example.source.replace('OpenAI(), "valley-chat"', f'OpenAI(), "{name}"'),
            example.want,
            lineno=number,
        )
        for number, example in enumerate(EXAMPLES)
    ]
    assert sum(new.source != old.source for new, old in zip(changed, EXAMPLES, strict=True)) == 1
    said: list[str] = []
    test = doctest.DocTest(changed, {}, PAGE, None, None, None)
    doctest.DocTestRunner(Anything(), verbose=False).run(test, out=said.append)
    return "".join(said)


@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(
    os.environ.get("LLMBOOK_ONLINE") != "1" or not os.environ.get("OPENAI_API_KEY"),
    reason=f"{len(EXAMPLES)} examples of {PAGE} were not run against OpenAI: LLMBOOK_ONLINE=1 and "
    "OPENAI_API_KEY run them, for less than a cent",
)
def test_the_examples_run_against_openai() -> None:
    assert run(HOSTED) == ""


# --- A server as OpenAI documents it --------------------------------------------------------------


class Hosted(BaseHTTPRequestHandler):
    """Knows one key and one model, keeps to schemas, calls the first tool once, and repeats keys."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Authorization"].removeprefix("Bearer ")
        if key != KEY:
            self.refuse(401, "invalid_api_key", f"Incorrect API key provided: {key}.")
        elif body["model"] != HOSTED:
            self.refuse(404, "model_not_found", f"The model `{body['model']}` does not exist.")
        elif self.path == "/v1/responses/input_tokens":
            self.reply({"object": "response.input_tokens", "input_tokens": 11})
        elif self.path == "/v1/chat/completions":
            said = {"role": "assistant", "content": "Bonjour."}
            choice = {"index": 0, "finish_reason": "stop", "message": said}
            self.reply({"id": "chat_1", "object": "chat.completion", "choices": [choice]})
        elif body.get("stream"):
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for event in (
                {"type": "response.created", "response": self.response(body) | {"output": []}},
                {"type": "response.output_text.delta", "delta": "Bon"},
                {"type": "response.output_text.delta", "delta": "jour."},
                {"type": "response.completed", "response": self.response(body)},
            ):
                self.wfile.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        else:
            self.reply(self.response(body))

    def response(self, body: dict[str, Any]) -> dict[str, Any]:
        text = "Bonjour."
        if schema := body.get("text", {}).get("format", {}).get("schema"):
            text = json.dumps(dict.fromkeys(schema["required"], "x"))
        part = {"type": "output_text", "text": text, "annotations": []}
        item: dict[str, Any] = {"type": "message", "role": "assistant", "content": [part]}
        if body.get("tools") and body["input"][-1].get("type") != "function_call_output":
            name, arguments = body["tools"][0]["name"], json.dumps({"person": "Anna"})
            item = {"type": "function_call", "call_id": "1", "name": name, "arguments": arguments}
        usage = {"input_tokens": 11, "output_tokens": 3, "total_tokens": 14}
        return {"id": "resp_1", "object": "response", "output": [item], "usage": usage}

    def reply(self, body: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def refuse(self, status: int, code: str, message: str) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        self.reply({"error": error}, status)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def hosted() -> Iterator[str]:
    """The address of that server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hosted)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_examples_run_against_a_server_like_openais(hosted: str) -> None:
    settings = {"OPENAI_BASE_URL": hosted, "OPENAI_API_KEY": KEY, "NO_PROXY": "localhost,127.0.0.1"}
    with patch.dict(os.environ, settings):
        assert run(HOSTED) == ""
        assert run("gpt-9").count("Failed example") > 3, "a wrong name is found out"


# --- Keys -----------------------------------------------------------------------------------------


def refused(hosted: str, key: str = KEY) -> openai.APIStatusError:
    """Return the error that a wrong name brings."""
    with pytest.raises(openai.APIStatusError) as caught:
        OpenAI(base_url=hosted, api_key=key).responses.create(model="gpt-9", input="Hi!")
    return caught.value


def test_the_client_shows_no_key(hosted: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        error = refused(hosted)
    shown = [repr(OpenAI(api_key=KEY)), str(error), repr(error), str(error.body), caplog.text]
    shown += traceback.format_exception(error)
    assert caplog.text, "something was logged"
    assert error.status_code == 404
    assert KEY not in "".join(shown)


def test_the_clients_own_log_shows_no_key(hosted: str) -> None:
    code = f"import openai; openai.OpenAI().responses.create(model='{HOSTED}', input='Hi!')"
    settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": hosted, "OPENAI_LOG": "debug"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | settings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "HTTP Response" in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_a_server_may_repeat_a_key_but_the_advice_of_the_page_does_not(
    hosted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = KEY[::-1]
    error = refused(hosted, wrong)
    assert wrong in str(error), "as the page warns"
    [source] = [e.source for e in EXAMPLES if e.source.startswith("ADVICE = ")]
    names: dict[str, Any] = {"openai": openai}
    exec(source, names)
    advice = next(text for kind, text in names["ADVICE"].items() if isinstance(error, kind))
    assert advice == "the key is not accepted: set another"


def test_no_key_is_in_the_pages_outputs() -> None:
    assert not re.search(r"sk-[\w-]{9,}", TEXT)


# --- Messages of the page -------------------------------------------------------------------------


def test_what_is_said_where_a_package_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import openai"], capture_output=True, text=True
    )
    assert f"| `{done.stderr.splitlines()[-1]}` |" in TEXT
    with (
        patch.object(serve, "is_serve_available", return_value=False),
        pytest.raises(ImportError) as caught,
    ):
        serve.Serve()
    assert f"| ``{caught.value} `` |" in TEXT


def test_what_is_said_where_there_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(openai.OpenAIError) as caught:
        OpenAI()
    [begin] = re.findall(r"\| ``(Missing credentials.*?) …`` \|", TEXT)
    assert str(caught.value).startswith(begin)


def test_how_long_and_how_often_the_client_tries() -> None:
    client = OpenAI(api_key=KEY)
    assert isinstance(client.timeout, openai.Timeout)
    assert client.timeout.read == 600
    assert client.max_retries == 2
    options = openai._models.FinalRequestOptions(method="post", url="/")
    for left, low, high in ((2, 0.375, 0.5), (1, 0.75, 1)):
        assert low <= client._calculate_retry_timeout(left, options) <= high
    for after, waits in (("119", True), ("121", False)):
        response = openai._base_client.httpx2.Response(429, headers={"retry-after": after})
        assert client._should_retry(response) is waits


# --- What the page's table says of transformers serve and valley-chat ------------------------------


one_server = pytest.mark.xdist_group("openai")  # with many workers, one server still does


@pytest.fixture(scope="module")
def local() -> OpenAI:
    """A client of the book's assistant."""
    url = serving.address(find_folder("valley-chat"))
    return OpenAI(base_url=url, api_key="anything")


ASK = {"model": "valley-chat", "input": "Translate into French: The dog is in the garden."}


@one_server
def test_both_forms_and_the_stream_say_the_same_and_count_as_the_book_does(local: OpenAI) -> None:
    response = local.responses.create(**ASK, stream=False)
    messages = [{"role": "user", "content": ASK["input"]}]
    chat = local.chat.completions.create(model="valley-chat", messages=messages)
    *_, last = events = list(local.responses.create(**ASK, stream=True))
    pieces = [e.delta for e in events if e.type == "response.output_text.delta"]
    lm = load("valley-chat")

    assert response.output_text == chat.choices[0].message.content == "".join(pieces)
    assert response.output_text.strip() == lm.chat(messages, temperature=0)
    assert events[0].type == "response.created"
    assert last.type == "response.completed"
    assert last.response.output_text == response.output_text
    for usage in (response.usage, last.response.usage):
        assert usage.input_tokens == chat.usage.prompt_tokens == len(lm.encode(messages))
        assert usage.output_tokens == len(pieces) + 1 == chat.usage.completion_tokens  # the end


@one_server
def test_the_server_streams_unless_it_is_told_not_to(local: OpenAI) -> None:
    assert isinstance(local.responses.create(**ASK), str)


@one_server
def test_schemas_tools_and_what_was_stored_are_ignored(local: OpenAI) -> None:
    plain = local.responses.create(**ASK, stream=False).output_text
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    tool = {"type": "function", "name": "look", "parameters": schema, "strict": True}
    form = {"format": {"type": "json_schema", "name": "form", "schema": schema, "strict": True}}
    for extra in ({"tools": [tool]}, {"text": form}, {"store": True, "previous_response_id": "1"}):
        assert local.responses.create(**ASK, **extra, stream=False).output_text == plain


@one_server
def test_what_the_server_refuses(local: OpenAI) -> None:
    with pytest.raises(openai.InternalServerError):
        local.responses.create(**ASK, instructions="Be brief.", stream=False)
    with pytest.raises(openai.NotFoundError):
        local.responses.input_tokens.count(**ASK)


@one_server
def test_a_prompt_that_is_too_long_is_read_without_a_warning(local: OpenAI) -> None:
    ask = ASK | {"input": "The dog ran. " * 200}
    response = local.responses.create(**ask, max_output_tokens=5, stream=False)
    assert response.status == "completed"
    assert response.usage.input_tokens > load("valley-chat").config.context


@one_server
def test_the_oldest_form_continues_a_text(local: OpenAI) -> None:
    done = local.completions.create(model="valley-chat", prompt="Ruth found", max_tokens=5)
    assert done.choices[0].text
