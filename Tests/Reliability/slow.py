"""R7: ten thousand idle connections, a thousand that trickle heads and bodies, two hundred that hardly read.

Good requests must hardly notice, whoever trickles is ended in time in total, memory per connection is bounded,
and every descriptor comes back.
"""

import argparse
import functools
import resource
import selectors

from programs import *

TOTAL_SECONDS_MAX = 12
RESIDENT_BYTES_MAX = 8 << 10
# Who is slow is slow by himself: everybody has his moment of each second, and they do not all act at once.
MOMENTS = 500
# A crowd that is later than this with a byte is less of a crowd than was promised.
LATE_SECONDS_MAX = 0.1


class Crowd:
    """Connections of one thread: some silent, some that send a byte now and then, some that hardly read."""

    def __init__(self, host):
        name, port = host.rsplit(":", 1)
        self.address = (name, int(port))
        self.selector = selectors.DefaultSelector()
        self.began, self.ended, self.drips, self.readers = {}, {}, {}, []
        self.everyone = []
        self.late = 0

    def connect(self, receive=None):
        connection = socket.socket()
        if receive:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        connection.connect(self.address)
        connection.setblocking(False)
        self.everyone.append(connection)
        return connection

    def idle(self, count):
        """Each has had an answer, as idle connections have."""
        for _ in range(count):
            connection = self.connect()
            connection.send(b"GET /v1/images?limit=1 HTTP/1.1\r\nhost: a\r\n\r\n")
            self.everyone[-1].setblocking(True)
            expect(connection.recv(16_384).startswith(b"HTTP/1.1 200"), "an idle one had no answer")
            connection.setblocking(False)

    def trickle(self, count):
        """Half of them trickle a head, the others a body."""
        for index in range(count):
            connection = self.connect()
            body = b"POST /v1/images HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\n\r\n"
            connection.send(body if index % 2 else b"GET /v1/images HTTP/1.1\r\nx-slow: ")
            self.began[connection] = time.monotonic()
            self.drips[connection] = index % 2
            self.selector.register(connection, selectors.EVENT_READ)

    def hardly_read(self, count):
        for _ in range(count):
            connection = self.connect(receive=4_096)
            connection.send(b"GET /v1/images?limit=1000 HTTP/1.1\r\nhost: a\r\n\r\n")
            self.readers.append(connection)

    def live(self, seconds):
        """A byte of everybody every second; notes who is ended when."""
        begin = time.monotonic()
        everybody, moment = [list(self.drips), list(self.readers)], 0
        while time.monotonic() < begin + seconds:
            if time.monotonic() >= begin + moment / MOMENTS:
                self.drip(*(some[moment % MOMENTS :: MOMENTS] for some in everybody))
                self.late = max(self.late, time.monotonic() - begin - moment / MOMENTS)
                moment += 1
            for key, _ in self.selector.select(max(0, begin + moment / MOMENTS - time.monotonic())):
                self.look(key.fileobj)

    def drip(self, trickling, reading):
        for connection in trickling:
            if connection not in self.drips:
                continue
            try:
                connection.send(b"a")
            except OSError:
                self.note_end(connection)
        for connection in reading:
            if connection not in self.readers:
                continue
            try:
                if not connection.recv(64):
                    self.readers.remove(connection)
            except BlockingIOError:
                pass
            except OSError:
                self.readers.remove(connection)

    def look(self, connection):
        try:
            if connection.recv(4_096) == b"":
                self.note_end(connection)
            else:
                # An answer: 408, and the end comes with it.
                self.note_end(connection)
        except OSError:
            self.note_end(connection)

    def note_end(self, connection):
        if connection in self.drips:
            del self.drips[connection]
            self.ended[connection] = time.monotonic() - self.began[connection]
            self.selector.unregister(connection)

    def leave(self):
        for connection in self.everyone:
            connection.close()


def resident(gateway):
    with open(f"/proc/{gateway.process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) << 10


def descriptors(gateway):
    return len(os.listdir(f"/proc/{gateway.process.pid}/fd"))


def measured(shop, host):
    """p99 in milliseconds of 64 clients that ask some four thousand times a second. They never wait for a core behind
    the crowd, which is on the same one here and elsewhere in the world, and leave it enough of that. Others like them
    come first: memory that a machine has not used yet may be slow the first time."""
    p99_of_clients(shop, host, 2)
    return p99_of_clients(shop, host, 6)


def p99_of_clients(shop, host, seconds):
    script = shop.file("pace.lua", "function delay() return math.random(8, 24) end")
    first = functools.partial(go_first, is_inherited=True)
    result = wrk_result(load(host, seconds, script=script, preexec_fn=first))
    failed = [result[key] for key in ("not2xx", "connect", "read", "write", "timeout")]
    expect(not any(failed), f"good requests failed: {result['text']}")
    return result["p99"]


def run(idle, trickling, reading):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # The gateway has a core of its own; the crowd shares the other one with the good client.
    if os.cpu_count() > 1:
        os.sched_setaffinity(0, {os.cpu_count() - 1})
    with Workshop() as shop:
        simulators = shop.run(Simulators(1000))
        text = configuration(simulators.url, "127.0.0.1:0", "loops: 1,")
        gateway = shop.run(Gateway(shop.file("gateway.json5", text)))
        get(gateway.host, "/v1/images?limit=25&deadline=10s")
        alone = measured(shop, gateway.host)
        before, opened = resident(gateway), descriptors(gateway)
        crowd = Crowd(gateway.host)
        crowd.idle(idle)
        idling = resident(gateway)
        crowd.trickle(trickling)
        crowd.hardly_read(reading)
        work = threading.Thread(target=crowd.live, args=(18,))
        work.start()
        time.sleep(1)
        all_in = resident(gateway)
        beside = measured(shop, gateway.host)
        work.join()
        crowd.leave()
        until(lambda: descriptors(gateway) <= opened, "descriptors did not come back")
    each = (idling - before) / max(1, idle)
    # Who hardly reads has his answer wait in the process, and not where nobody sees it.
    overall = (all_in - before) / (idle + trickling + reading)
    expect(len(crowd.ended) == trickling, f"{len(crowd.drips)} that trickle were never ended")
    slowest = max(crowd.ended.values())
    seen(
        f"{idle} idle, {trickling} trickling and {reading} hardly reading: p99 {alone:.2f} ms without, {beside:.2f} ms "
        f"with them; whoever trickles is ended after {slowest:.1f} s at the most; {each / 1024:.1f} KiB resident per "
        f"idle connection, {overall / 1024:.1f} KiB over all; "
        f"{opened} descriptors before and after; no byte of the crowd was more than {1000 * crowd.late:.0f} ms late"
    )
    expect(crowd.late <= LATE_SECONDS_MAX, f"the crowd was {crowd.late:.2f} s late")
    expect(slowest <= TOTAL_SECONDS_MAX, f"one trickled for {slowest:.1f} s")
    expect(each <= RESIDENT_BYTES_MAX, f"{each / 1024:.1f} KiB per idle connection")
    expect(overall <= RESIDENT_BYTES_MAX, f"{overall / 1024:.1f} KiB per connection over all")
    expect(beside <= 2 * alone, f"p99 {beside:.2f} ms, {alone:.2f} ms alone")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--trickling", type=int, default=1_000)
    parser.add_argument("--reading", type=int, default=200)
    arguments = parser.parse_args()
    main(lambda: run(arguments.idle, arguments.trickling, arguments.reading))
