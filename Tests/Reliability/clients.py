"""Clients that know of each request what became of it, beside wrk, which only counts."""

import asyncio
import re

from programs import *


class Tally:
    def __init__(self):
        self.answered = 0
        self.closed = 0
        self.failures = []
        self.refused = 0


async def read_answer(reader):
    """Status, whether the connection ends with it, and the content."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = head.decode("latin-1").lower()
    length = int(re.search(r"content-length: (\d+)", fields).group(1))
    content = await reader.readexactly(length)
    return int(head.split(b" ")[1]), "connection: close" in fields, content


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
                status, isLast, content = await read_answer(reader)
                tally.answered += 1
                if status != 200:
                    tally.failures.append(f"{status}: {content[:200]}")
                if isLast:
                    tally.closed += 1
                    break
        except (OSError, asyncio.IncompleteReadError) as error:
            tally.failures.append(f"no answer: {error!r}")
            return
        finally:
            writer.close()
