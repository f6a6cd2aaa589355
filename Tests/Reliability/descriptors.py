"""R9: more connections than descriptors. The gateway says so once, does not spin, serves whom it has, and goes on
by itself when descriptors come back."""

import argparse
import resource

from programs import *

DESCRIPTORS = 128


def processor_seconds(gateway):
    with open(f"/proc/{gateway.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(seconds):
    with Workshop() as shop:
        simulators = shop.run(Simulators(100))
        text = configuration(simulators.url, "127.0.0.1:0", "loops: 1,")
        file = shop.file("gateway.json5", text)
        refuses(shop, file)
        runs_out(shop, file, seconds)


def refuses(shop, file):
    """Started with few descriptors, it keeps some back. Silent connections make room for others; where requests are under
    way on all of them it tells whoever is one too many."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    gateway = shop.run(Gateway(file, preexec_fn=limit))
    gateway.line("leave room for")
    get(gateway.host, "/v1/images?limit=25&deadline=10s")
    name, port = gateway.host.rsplit(":", 1)
    silent = [socket.create_connection((name, int(port)), 10) for _ in range(2 * DESCRIPTORS)]
    expect(answers(gateway.host), "nobody gets in beside connections that say nothing")
    crowd = [under_way(name, int(port)) for _ in range(2 * DESCRIPTORS)]
    refused = sum(is_refused(connection) for connection in crowd)
    for connection in crowd + silent:
        connection.close()
    until(lambda: answers(gateway.host), "it did not recover")
    # The list is read again, for which descriptors were kept back.
    get(gateway.host, "/v1/images?limit=25&deadline=10s")
    expect(gateway.count("no new connections") == 0, "it ran out of descriptors")
    seen(f"{len(crowd)} connections to a gateway of {DESCRIPTORS} descriptors: {refused} are answered 503, later ones 200; as many "
        "silent ones keep nobody out")
    expect(DESCRIPTORS <= refused < len(crowd), f"{refused} of {len(crowd)} were refused")


def under_way(name, port):
    """A connection on which a head has begun."""
    connection = socket.create_connection((name, port), 10)
    try:
        connection.send(b"GET /v1/images HTTP/1.1\r\n")
    except OSError:
        pass
    return connection


def is_refused(connection):
    connection.settimeout(0.02)
    try:
        return connection.recv(100).startswith(b"HTTP/1.1 503")
    except TimeoutError:
        return False


def answers(host):
    return ask(host, "/v1/images?limit=25")[0] == 200


def runs_out(shop, file, seconds):
    """Descriptors taken away while it runs, so that accepting itself fails."""
    gateway = shop.run(Gateway(file))
    get(gateway.host, "/v1/images?limit=25&deadline=10s")
    kept = http.client.HTTPConnection(gateway.host, timeout=10)
    kept.connect()
    few = len(os.listdir(f"/proc/{gateway.process.pid}/fd")) + 40
    _, hard = resource.prlimit(gateway.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(gateway.process.pid, resource.RLIMIT_NOFILE, (few, hard))
    name, port = gateway.host.rsplit(":", 1)
    crowd = [socket.create_connection((name, int(port))) for _ in range(100)]
    gateway.line("no new connections", 10)
    before, asked, end = processor_seconds(gateway), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        kept.request("GET", "/v1/images?limit=25")
        answer = kept.getresponse()
        answer.read()
        expect(answer.status == 200, f"a kept connection got {answer.status}")
        asked += 1
        time.sleep(0.05)
    used = processor_seconds(gateway) - before
    lines = gateway.count("no new connections")
    for connection in crowd:
        connection.close()
    began = time.monotonic()
    get(gateway.host, "/v1/images?limit=25")
    recovered = time.monotonic() - began
    seen(
        f"descriptors run out: said in {lines} line, {asked} requests on a kept connection answered meanwhile, "
        f"{used / seconds * 100:.1f} % of a core; a new connection is answered {recovered * 1000:.0f} ms after they "
        "came back"
    )
    expect(lines == 1, f"{lines} lines")
    expect(used / seconds < 0.05, f"it used {used:.2f} s of the processor in {seconds} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    arguments = parser.parse_args()
    main(lambda: run(arguments.seconds))
