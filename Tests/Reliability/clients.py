"""Clients that know of each request what became of it, beside wrk, which only counts."""

import asyncio
import re
from typing import NamedTuple

from programs import *


class Tally:
    def __init__(self):
        self.answered = 0
        self.closed = 0
        self.failures = []
        self.refused = 0


class Answer(NamedTuple):
    status: int
    # The head, in lower case.
    fields: str
    content: bytes

    @property
    def is_last(self):
        return "connection: close" in self.fields


async def read_answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.decode("latin-1").lower()
    length = int(re.search(r"content-length: (\d+)", fields).group(1))
    content = await reader.readexactly(length)
    return Answer(int(head.split(b" ")[1]), fields, content)


async def client(host, target, tally, stop, fields=""):
    """Asks again and again on kept connections until `stop` is set or nobody listens any more."""
    name, port = host.rsplit(":", 1)
    request = f"GET {target} HTTP/1.1\r\nhost: {host}\r\n{fields}\r\n".encode()
    while not stop.is_set():
        try:
            reader, writer = await asyncio.open_connection(name, int(port))
        except ConnectionRefusedError:
            tally.refused += 1
            return
        except OSError as error:
            tally.failures.append(f"connect: {error}")
            return
        try:
            while not stop.is_set():
                writer.write(request)
                answer = await read_answer(reader)
                tally.answered += 1
                if answer.status != 200:
                    tally.failures.append(f"{answer.status}: {answer.content[:200]}")
                if answer.is_last:
                    tally.closed += 1
                    break
        except (OSError, asyncio.IncompleteReadError) as error:
            tally.failures.append(f"no answer: {error!r}")
            return
        finally:
            writer.close()
