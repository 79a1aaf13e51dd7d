"""A small, polite client that learns whether an address answers, and can never be led to a machine of our own network.

Whoever writes a lesson chooses the addresses, and a stranger's server chooses where it redirects. So every hop is looked up anew,
each address that the name stands for must be a public one, and the connection goes to the very address that was looked at.
"""

import http.client
import ipaddress
import re
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from .models import Link

State = Link.State
TIMEOUT = 10  # seconds for each answer of the server
DEADLINE = 20  # seconds for one question, however slowly the answer drips
HOPS = 5
PORTS = {"http": 80, "https": 443}
TRANSLATES = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48")]  # lead on to addresses of version 4
SIGN_IN = re.compile(r"/(?:log-?in|sign-?in|sso|auth|saml|cas|account/login)(?:[/.?]|$)", re.I)
HEAD_IS_ENOUGH = range(200, 400)


class NotPublicError(Exception):
    """The address is none of the public web, or no address at all."""


@dataclass(frozen=True)
class Verdict:
    state: str
    code: int | None = None


@dataclass(frozen=True)
class Answer:
    code: int
    location: str


def look_at(url: str) -> Verdict:
    """What becomes of a reader who follows ``url``. Raises nothing."""
    address = url
    try:
        for _hop in range(HOPS + 1):
            answer = ask(address)
            if not (300 <= answer.code < 400 and answer.location):
                return judged(answer.code, address, url)
            address = urljoin(address, answer.location)
    except (OSError, http.client.HTTPException):  # also where a server speaks no HTTP, or has a bad certificate
        return Verdict(State.AWAY)
    except (NotPublicError, ValueError):  # also what cannot be read as an address
        return Verdict(State.REFUSED)
    return Verdict(State.AWAY, answer.code)  # round and round


def judged(code: int, address: str, asked: str) -> Verdict:
    if code in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE}:
        return Verdict(State.GONE, code)
    led_to_sign_in = SIGN_IN.search(urlsplit(address).path) and not SIGN_IN.search(urlsplit(asked).path)
    if code == http.HTTPStatus.UNAUTHORIZED or led_to_sign_in:
        return Verdict(State.LOGIN, code)
    if code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return Verdict(State.AWAY, code)
    return Verdict(State.FINE, code)  # also 403 and 429: many servers refuse whatever is no browser


def ask(url: str) -> Answer:
    """The answer to HEAD, or to GET where the server has none for HEAD. Nothing of a body is read."""
    answer = request("HEAD", url)
    return answer if answer.code in HEAD_IS_ENOUGH else request("GET", url)


def request(method: str, url: str) -> Answer:
    parts = urlsplit(iri_to_uri(url))
    with closing(connection_to(parts)) as connection:
        timer = Timer(DEADLINE, cut, [connection])
        timer.start()
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request(method, path, headers={"User-Agent": agent(), "Accept": "*/*", "Connection": "close"})
            with connection.getresponse() as response:
                return Answer(response.status, response.headers.get("Location", ""))
        finally:
            timer.cancel()


def agent() -> str:
    return f"LinkCheck/1 (+{settings.SITE_URL})"


def cut(connection: http.client.HTTPConnection) -> None:
    """End a conversation that lasts too long: whoever waits for its next byte gets an OSError."""
    with suppress(OSError):  # it has just ended by itself
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def connection_to(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to an address of ``parts`` that was found public. Raises NotPublicError."""
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise NotPublicError
    port = parts.port or PORTS[parts.scheme]
    address = public_address(parts.hostname, port, PORTS[parts.scheme])
    kind = PinnedHTTPS if parts.scheme == "https" else PinnedHTTP
    return kind(parts.hostname, port, address)


def public_address(host: str, port: int, usual: int) -> str:
    """The first address of ``host``. Raises NotPublicError where any of them is not public, or the port is unusual."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    allowed = set(settings.LINK_CHECK_ALSO)
    if not all(f"{address}:{port}" in allowed or (port == usual and is_public(address)) for address in found):
        raise NotPublicError
    return min(found, key=lambda address: (":" in address, address))


def is_public(address: str) -> bool:
    """Whether the machine stands in the public internet. False for what might lead on to one that does not."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or any(ip in net for net in TRANSLATES):
            return False
    return ip.is_global and not ip.is_multicast


class PinnedHTTP(http.client.HTTPConnection):
    """Speaks to ``host``, at the address that was looked up before."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class PinnedHTTPS(PinnedHTTP):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
