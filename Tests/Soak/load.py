"""Clients of a soak. Each checks every answer; what is wrong goes to the journal."""

import asyncio
import random
import socket
from urllib.parse import urlencode

from web import Connection, Gone, ask

MEMBERS = {
    "id", "provider", "region", "native_id", "name", "description", "os", "architecture",
    "visibility", "status", "boot_mode", "size_bytes", "min_disk_gb", "min_ram_mb", "created_at",
    "updated_at", "tags", "sources",
}
HOT = "/v1/images?os_family=linux&architecture=x86_64&limit=25"


class Journal:
    def __init__(self):
        self.counts = {}
        self.wrong = []
        # Ids that some provider has listed at some time.
        self.known = {}

    def count(self, name, number=1):
        self.counts[name] = self.counts.get(name, 0) + number

    def fail(self, text):
        self.count("wrong")
        if len(self.wrong) < 20:
            self.wrong.append(text[:600])


async def clients(soak, name, make, pause):
    """One client: asks until the load ends; reconnects where the gateway was down on purpose."""
    connection, generation = None, 0
    while soak.is_loaded:
        try:
            if soak.is_away:
                raise Gone("away")
            if connection is None:
                generation = soak.generation
                connection = await Connection.open(soak.gateway.port)
            await make(soak, connection)
            soak.journal.count(name)
            await asyncio.sleep(pause)
        except Gone as error:
            if connection:
                connection.close()
            connection = None
            if not soak.is_away and generation == soak.generation:
                soak.journal.fail(f"{name}: the connection ended: {error}")
            await asyncio.sleep(0.1)
        except asyncio.TimeoutError:
            soak.journal.fail(f"{name}: no answer within 20 s, {soak.standing()}")
            connection.close()
            connection = None
    if connection:
        connection.close()


async def hot(soak, connection):
    check(soak, HOT, await connection.ask(HOT))


async def warm(soak, connection):
    question = {
        "limit": random.choice([1, 10, 100]),
        "sort": random.choice(["-created_at", "name", "os_version,name", "-size_bytes"]),
        "created_after": f"20{random.randint(10, 25)}-0{random.randint(1, 9)}-01T00:00:00Z",
        "facets": random.choice(["provider", "os_distribution,status"]),
    }
    if random.random() < 0.5:
        question["os_family"] = random.choice(["linux", "windows", "linux,bsd"])
    if random.random() < 0.3:
        question["q"] = random.choice(["ubuntu", "server 2019", "镜像", "x"])
    target = f"/v1/images?{urlencode(question)}"
    check(soak, target, await connection.ask(target), question)


async def cold(soak, connection):
    check(soak, HOT, await connection.ask(HOT, fields=["Cache-Control: no-cache"]))


async def mistaken(soak, connection):
    target = random.choice(
        ["/v1/images?limit=0", "/v1/images?cursor=abc", "/v1/images?os_famly=x", "/v1/nothing"]
    )
    answer = await connection.ask(target)
    if answer.status not in (400, 404) or b"urn:image-gateway:problem:" not in answer.body:
        soak.journal.fail(f"{target}: {answer.status} {answer.body[:200]}")


def check(soak, target, answer, question=None):
    """What must hold of a list whatever state the clouds are in."""
    journal = soak.journal
    journal.count(f"status {answer.status}")
    if answer.status != 200:
        # No list at all was to be had: nothing was kept, and nobody answered.
        if answer.status not in (429, 502, 503, 504):
            journal.fail(f"{target}: {answer.status} {answer.body[:300]}")
        return None
    page = answer.value
    rows = page["images"]
    ids = [row["id"] for row in rows]
    failed = [entry for entry in page["upstreams"] if entry["state"] in ("failed", "partial")]
    if len(set(ids)) != len(ids):
        journal.fail(f"{target}: an image twice on a page")
    if len(page["upstreams"]) != 5:
        journal.fail(f"{target}: {len(page['upstreams'])} upstreams")
    if failed and page["complete"]:
        journal.fail(f"{target}: complete, but {failed}")
    if any(entry["state"] == "failed" and not entry["error"] for entry in page["upstreams"]):
        journal.fail(f"{target}: a failure without a reason")
    if page["total"] < len(rows) or page["total"] != sum(
        entry["matched"] for entry in page["upstreams"]
    ):
        journal.fail(f"{target}: total {page['total']}")
    for row in rows:
        if row.keys() != MEMBERS:
            journal.fail(f"{target}: members {sorted(row)}")
        if row["native_id"] not in journal.known.get(row["provider"], ()):
            soak.suspects.append((row["provider"], row["native_id"], target))
    families = (question or {"os_family": "linux"}).get("os_family")
    if families and any(row["os"]["family"] not in families.split(",") for row in rows):
        journal.fail(f"{target}: another family")
    # Without the Z a second is less than its fractions in texts, too.
    dates = [(row["created_at"] or "").rstrip("Z") for row in rows]
    if question is None and dates != sorted(dates, reverse=True):
        journal.fail(f"{target}: not in order")
    return page


async def walk(soak, connection):
    """Follows the cursor: whoever exists throughout appears exactly once, where nobody is missing."""
    before = await soak.truth()
    target, seen, is_complete = "/v1/images?sort=name&fields=id,provider,native_id&limit=150", {}, True
    while target:
        answer = await connection.ask(target)
        if answer.status != 200:
            soak.journal.count("walks broken off")
            return
        page = answer.value
        is_complete = is_complete and page["complete"]
        for row in page["images"]:
            seen[row["id"]] = seen.get(row["id"], 0) + 1
        cursor = page["next_cursor"]
        target = cursor and (
            "/v1/images?sort=name&fields=id,provider,native_id&limit=150&" + urlencode({"cursor": cursor})
        )
    repeated = [image for image, count in seen.items() if count > 1]
    if repeated:
        soak.journal.fail(f"a walk saw {len(repeated)} images twice: {repeated[:3]}")
    after = await soak.truth()
    if before is None or after is None or not is_complete:
        soak.journal.count("walks without somebody")
        return
    # A list may be as old as its ttl: who came within it is not missed.
    natives = {tuple(image.split(":", 1)[:1]) + (image.rpartition(":")[2],) for image in seen}
    settled = soak.settled(before, after)
    missing = [image for image in settled if image not in natives]
    if missing:
        soak.journal.fail(f"a walk missed {len(missing)} images: {missing[:3]}")
    soak.journal.count("whole walks")


async def idle(soak):
    """Connections that say nothing, or half a head, byte by byte; the gateway ends those in time."""
    while soak.is_loaded:
        if soak.is_away:
            await asyncio.sleep(0.2)
            continue
        try:
            connection = await Connection.open(soak.gateway.port)
        except Gone:
            continue
        try:
            for byte in "GET / HTTP/1.1\r\nHost: soak-that-is-never-done":
                connection.writer.write(byte.encode())
                # Nothing comes before the head is whole but a refusal, or the end.
                answer = asyncio.ensure_future(connection.reader.read(1))
                await asyncio.wait({answer}, timeout=0.4)
                if answer.done():
                    answer.exception()
                    soak.journal.count("slow heads ended")
                    break
                answer.cancel()
                if not soak.is_loaded:
                    break
            else:
                soak.journal.fail(f"a head was let trickle for 17 s, {soak.standing()}")
        except OSError:
            soak.journal.count("slow heads ended")
        connection.close()


async def slow_reader(soak):
    """Asks for large pages and reads next to nothing, then goes away."""
    while soak.is_loaded:
        if soak.is_away:
            await asyncio.sleep(0.2)
            continue
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_connect(plain, ("127.0.0.1", soak.gateway.port))
            request = b"GET /v1/images?limit=1000&fields=id,raw HTTP/1.1\r\nHost: soak\r\n\r\n"
            await loop.sock_sendall(plain, request * 8)
            for _ in range(10):
                await asyncio.sleep(0.3)
                await asyncio.wait_for(loop.sock_recv(plain, 512), 2)
            soak.journal.count("slow readers")
        except (OSError, asyncio.TimeoutError):
            pass
        plain.close()
