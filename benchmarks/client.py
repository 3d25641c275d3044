"""A person at a browser, as far as the server can tell: cookies, the CSRF token, one kept connection."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str


@dataclass
class Client:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def request(self, method: str, path: str, body: bytes | None = None, media: str = FORM) -> Answer:
        """Ask once; a connection that has gone stale is opened again before anything is sent."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": media, "X-CSRFToken": self.token}
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self._connection.request(method, path, body, headers)
            with self._connection.getresponse() as response:
                text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        return Answer(response.status, text, response.headers.get("Location", ""))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, path: str) -> Answer:
        answer = self.request("GET", path)
        found = TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: str) -> Answer:
        return self.request("POST", path, urlencode(fields).encode())

    def upload(self, path: str, *, name: str, content: bytes, **fields: str) -> Answer:
        """Send a form with one file, called `file`."""
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain'
        parts += [f"--{mark}\r\n{head}\r\n\r\n".encode(), content, f"\r\n--{mark}--\r\n".encode()]
        return self.request("POST", path, b"".join(parts), f"multipart/form-data; boundary={mark}")

    def sign_in(self, email: str, password: str) -> None:
        self.get("/account/login/")
        answer = self.post("/account/login/", login=email, password=password)
        if answer.status != 302:
            raise PermissionError(f"{email} cannot sign in ({answer.status}).")
        self.get("/")
