"""The service as `gisapp serve` starts it, a process of its own."""

import contextlib
import http.client
import socket
import time

import pytest

from tests.office import start

#: Readers, and the connections that a browser keeps open to one host.
READERS, KEPT = 60, 6


@pytest.fixture
def port(web_office, tmp_path):
    """A port on which the office is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    with (tmp_path / "told.txt").open("w", encoding="utf-8") as told:
        service = start(
            "--office", str(web_office.folder), "serve", "--port", str(number),
            stdout=told, stderr=told,
        )  # fmt: skip
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number)):
                break
            time.sleep(0.05)
        yield number
        service.terminate()
        service.wait(20)


def test_the_next_reader_is_answered_while_many_keep_their_connections(port):
    kept = [
        http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(READERS * KEPT)
    ]
    for line in kept:
        line.request("GET", "/healthz")
        answer = line.getresponse()
        assert answer.status == http.client.OK
        answer.read()
    for line in kept:
        line.close()
