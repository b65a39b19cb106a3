"""Which requests the preview answers: a request's head, as it came, → what is asked for.

A page of another site can send requests here from the same browser. So only this computer's own
names are answered to, and requests that other sites make are refused. Nothing is guessed: what is
not as RFC 9112 has it is no request.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.serving.overlay import ON

NAMES = ("127.0.0.1", "localhost", "[::1]")
FOREIGN = "Another site asked for this; the preview is not for other sites."
# A request line and fields (RFC 9112, 3 and 5): no HTTP/0.9, no line that goes on in the next, no
# CR, LF or NUL in a value. A target is a path: a proxy's, a CONNECT's and OPTIONS' are none.
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_FIELD = rb"%s:[^\r\n\0]*\r\n" % _TOKEN
_HEAD = re.compile(rb"(%s) (/[^\0-\x20\x7f]*) HTTP/1\.[01]\r\n((?:%s)*)" % (_TOKEN, _FIELD))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a request."""

    status: int
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    location: str = ""
    cookie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A GET, as far as it matters: the path and the query as sent, the cookies, and the port.

    Who asks with HEAD wants an answer ``without_body``.
    """

    path: str
    query: str = ""
    cookies: str = ""
    port: int = 0
    without_body: bool = False


def read(head: bytes, port: int) -> Request | Answer:
    """The request whose head this is, with the CRLF of its last line; or the answer it gets."""
    match = _HEAD.fullmatch(head)
    if not match:
        return _refused(400, "This is no request that the preview can read.")
    method, target = match[1].decode(), match[2].decode("latin-1")
    fields = _fields(match[3])
    path, _, query = target.partition("?")
    if why := refusal(fields, port, visits=path != ON):
        return _refused(403, why)
    if method not in ("GET", "HEAD"):
        return _refused(405, "Only GET and HEAD are answered here.")
    cookies = "; ".join(fields.get("cookie", ()))
    head_only = method == "HEAD"
    return Request(path=path, query=query, cookies=cookies, port=port, without_body=head_only)


def _refused(status: int, why: str) -> Answer:
    return Answer(status=status, body=f"{why}\n".encode())


def _fields(lines: bytes) -> Mapping[str, tuple[str, ...]]:
    """The values of each field, in order, by its name in lower case."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in lines.decode("latin-1").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        found[name.lower()] += (value.strip(" \t"),)
    return found


def refusal(fields: Mapping[str, tuple[str, ...]], port: int, *, visits: bool = True) -> str:
    """Why a request is refused; empty when it is the own browser that asks, for its own pages.

    A link on another site may lead here, where ``visits`` are welcome.
    """
    hosts = {f"{name}:{port}" for name in NAMES} | ({*NAMES} if port == 80 else set())
    asked = [host.lower() for host in fields.get("host", ())]
    if len(asked) != 1 or asked[0] not in hosts:
        return f"This preview is at http://127.0.0.1:{port}/ and has no other name."
    origins = {f"http://{host}" for host in hosts}
    if any(origin.lower() not in origins for origin in fields.get("origin", ())):
        return FOREIGN
    own = {*fields.get("sec-fetch-site", ())} <= {"none", "same-origin"}
    modes = (fields.get("sec-fetch-mode"), fields.get("sec-fetch-dest"))
    visit = visits and modes == (("navigate",), ("document",))
    return "" if own or visit else FOREIGN
