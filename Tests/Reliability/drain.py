"""R5: SIGTERM under load. Whoever was accepted is answered, slow requests in flight too; new requests on kept
connections are told `connection: close`; the process ends with 0 within the drain deadline. So it does where nobody reads its logs."""

import argparse
import asyncio
import fcntl

from clients import *

DRAIN_SECONDS = 10
HOT = "/v1/images?limit=25&provider=aries,zenlayer,huawei-ims,tencent-cvm"
# This one is kept for no time: each question asks the cloud, which takes its time.
SLOW = "/v1/images?provider=gmi"


async def once(shop, file, number):
    gateway = shop.run(Gateway(file))
    get(gateway.host, HOT)
    wrk = shop.run(load(gateway.host, 60, HOT, connections=32))
    hot, slow, stop = Tally(), Tally(), asyncio.Event()
    tasks = [
        asyncio.create_task(client(gateway.host, target, tally, stop))
        for target, tally, count in ((HOT, hot, 32), (SLOW, slow, 8))
        for _ in range(count)
    ]
    await asyncio.sleep(0.5 + number * 0.07 % 0.4)
    gateway.signal(signal.SIGTERM)
    sent = time.monotonic()
    status = await asyncio.to_thread(gateway.process.wait, DRAIN_SECONDS + 5)
    took = time.monotonic() - sent
    await asyncio.wait_for(asyncio.gather(*tasks), 10)
    wrk.kill()
    wrk.wait()
    expect(status == 0, f"it ended with {status}: {gateway.lines[-5:]}")
    expect(took <= DRAIN_SECONDS, f"it took {took:.1f} s to end")
    expect(gateway.count("were cut off") == 0, f"{gateway.lines[-5:]}")
    failures = hot.failures + slow.failures
    expect(not failures, f"{len(failures)} requests failed: {failures[:3]}")
    expect(hot.closed > 0 and slow.closed > 0, "nobody was told to close")
    return took, hot, slow


def unread(shop, address):
    """A gateway all of whose logs go into a pipe that is full: ends with 0, or at once when told twice."""
    file = shop.file(
        "unread.json5",
        f"""{{ listen: {{ address: "{address}" }}, limits: {{ drain_timeout: "2s" }}, upstreams: [
            {{ id: "gmi-1", provider: "gmi", endpoint: "http://127.0.0.1:1", credentials: {{ token: "x" }} }} ] }}""",
    )
    for kind, status in (("once", 0), ("twice", 130)):
        reader, writer = os.pipe()
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        gateway = subprocess.Popen([GATEWAY, "serve", "--config", file], stdout=writer, stderr=writer)
        try:
            until(lambda: is_open(address), "it does not listen")
            for _ in range(200):
                ask(address, "/v1/images")
            # Some lines are in the pipe by now, and the thread that writes is held up.
            sent = time.monotonic()
            gateway.terminate()
            if kind == "twice":
                time.sleep(0.3)
                gateway.terminate()
            ended = gateway.wait(10)
            took = time.monotonic() - sent
        finally:
            gateway.kill()
            os.close(reader)
            os.close(writer)
        expect(ended == status, f"told {kind} while nobody reads its logs it ended with {ended}")
        expect(took < 5, f"told {kind} it took {took:.1f} s")


def is_open(address):
    host, port = address.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def run(times):
    with Workshop() as shop:
        simulators = shop.run(Simulators(200, "--latency", "300ms"))
        text = configuration(
            simulators.url,
            "127.0.0.1:0",
            f'limits: {{ drain_timeout: "{DRAIN_SECONDS}s" }}, request: {{ deadline: "5s" }},',
            'deadline: "5s",',
        ).replace('id: "gmi-1"', 'id: "gmi-1", ttl: "0s", stale_while_revalidate: "0s", stale_if_error: "0s"')
        file = shop.file("gateway.json5", text)
        results = [asyncio.run(once(shop, file, number)) for number in range(times)]
        unread(shop, f"127.0.0.1:{free_port()}")
    answered = sum(hot.answered + slow.answered for _, hot, slow in results)
    closed = sum(hot.closed + slow.closed for _, hot, slow in results)
    seen(
        f"{times} × SIGTERM under wrk and 40 clients who count: {answered} requests, 0 failed, {closed} connections "
        f"told to close, exit 0 after {max(took for took, _, _ in results) * 1000:.0f} ms at the most; exit 0 with logs that nobody reads"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    main(lambda: run(arguments.times))
