"""As much of an HTTP client as a soak needs."""

import asyncio
import json
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    fields: dict
    body: bytes

    @property
    def value(self):
        return json.loads(self.body)


class Gone(Exception):
    """The connection failed or ended before a whole answer."""


class Connection:
    """One connection, kept between requests."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    @staticmethod
    async def open(port):
        try:
            return Connection(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 24))
        except OSError as error:
            raise Gone(str(error)) from error

    async def ask(self, target, method="GET", fields=(), body=None, timeout=20):
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *fields]
        if body is not None:
            lines += [f"Content-Length: {len(content)}", "Content-Type: application/json"]
        try:
            self.writer.write("\r\n".join(lines + ["", ""]).encode() + content)
            return await asyncio.wait_for(self.read(method), timeout)
        except asyncio.TimeoutError:
            # An OSError, too, which is not what happened.
            raise
        except (OSError, EOFError) as error:
            raise Gone(repr(error)) from error

    async def read(self, method):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        status = int(head[0].split()[1])
        fields = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        length = 0 if method == "HEAD" or status in (204, 304) else int(fields["content-length"])
        return Answer(status, fields, await self.reader.readexactly(length))

    def close(self):
        self.writer.close()


async def ask(port, target, **words):
    connection = await Connection.open(port)
    try:
        return await connection.ask(target, **words)
    finally:
        connection.close()
