"""A small OAuth2 service on this machine: gives tokens, says whose a token is, and refuses when told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from moothall.letters.tests.mail_server import free_port


class TokenServer:
    """What it gave, to whom, and what it is to answer."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[dict[str, str]] = []
        self.given: dict[str, str] = {}  # token -> the user name it opens
        self.user = ""
        self.seconds: Any = 3600
        self.renews = False
        self.refuses = ""
        self.status = 200
        self._numbers = count(1)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def answer(self, path: str, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path.startswith("/introspect"):
            user = self.given.get(given.get("token", ""))
            return 200, {"active": True, "username": user} if user else {"active": False}
        self.asked.append(given)
        if self.status != 200:
            return self.status, {}
        if self.refuses:
            return 400, {"error": self.refuses, "error_description": "The grant has ended."}
        token = f"token-{next(self._numbers)}"
        self.given[token] = self.user
        answer: dict[str, Any] = {"access_token": token, "expires_in": self.seconds, "token_type": "Bearer"}
        return 200, answer | ({"refresh_token": f"refresh-{token}"} if self.renews else {})

    def end_all(self) -> None:
        """Every token that was given so far opens nothing any more."""
        self.given.clear()


@contextmanager
def token_server() -> Iterator[TokenServer]:
    tokens = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            given = {name: values[0] for name, values in parse_qs(body).items()}
            status, answer = tokens.answer(self.path, given)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", tokens.port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield tokens
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
