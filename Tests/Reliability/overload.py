"""R8: twice as many cold requests as can be answered, beside hot ones and probes.

Hot answers and health must hardly notice; of the cold requests as many are answered as without overload, and the
rest are told so at once, with the time to come back.
"""

import argparse
import asyncio
import hashlib
import statistics

from clients import *

CROWD = 4000
# How often the capacity and the overload are measured, one after the other.
ROUNDS = 4
KEYS = {"hot": "key-of-the-hot-client", "cold": "key-of-the-cold-client"}

# Every question is another one, so that no answer is shared. wrk counts by itself: a look at each answer in Lua costs
# more than the answer, and a load that comes slower than it says is none.
SCRIPT = """
local words = {{"ubuntu", "centos", "debian", "windows", "rocky", "64", "lts", "server", "gpu", "2022"}}
local number = 0
function request()
    number = number + 1
    return "GET /v1/images?limit=" .. (number % 50 + 1) .. "&q=" .. words[number % 10 + 1] .. "&min_disk_gb_max=" .. number
        .. " HTTP/1.1\\r\\nHost: gateway\\r\\nAuthorization: Bearer {key}\\r\\n\\r\\n"
end
"""
# Milliseconds between an answer and the next question.
PAUSE = "function delay() return math.random(0, {}) end\n"


class ColdLoad:
    """`count` connections that ask at once or, with `rate`, as many questions a second all together."""

    def __init__(self, shop, host, admin, seconds, count, rate=None):
        script = SCRIPT.format(key=KEYS["cold"]) + (PAUSE.format(round(2000 * count / rate)) if rate else "")
        self.admin, self.seconds = admin, seconds
        self.others_before = self.others()
        self.process = shop.run(load(host, seconds, "/", count, script=shop.file("cold.lua", script)))

    def others(self):
        """How often the gateway has given an answer that is neither a list nor a refusal because of overload."""
        _, _, content = ask(self.admin, "/metrics")
        pattern = r'^image_gateway_problems_total\{problem="(?!overloaded")[^"]*"\} (\d+)'
        return sum(map(int, re.findall(pattern, content.decode(), re.MULTILINE)))

    def result(self):
        """Good answers and refusals a second; there must be nothing else."""
        result = wrk_result(self.process)
        missing = sum(result[what] for what in ("connect", "read", "write", "timeout"))
        expect(missing == 0, f"{missing} answers are missing: {result['text']}")
        others = self.others() - self.others_before
        expect(others == 0, f"{others} answers are neither lists nor refusals")
        return (result["requests"] - result["not2xx"]) / self.seconds, result["not2xx"] / self.seconds


async def probe(host, target, fields, seconds, pause):
    """Milliseconds of each answer, by status."""
    times, end = {}, time.monotonic() + seconds
    reader, writer = await asyncio.open_connection(*host.rsplit(":", 1))
    number = 0
    while time.monotonic() < end:
        number += 1
        began = time.monotonic()
        writer.write(f"GET {target.format(number)} HTTP/1.1\r\nhost: a\r\n{fields}\r\n".encode())
        answer = await read_answer(reader)
        times.setdefault(answer.status, []).append((time.monotonic() - began) * 1000)
        expect(answer.status != 503 or "retry-after: " in answer.fields, "a refusal does not say when to come back")
        if answer.is_last:
            writer.close()
            reader, writer = await asyncio.open_connection(*host.rsplit(":", 1))
        await asyncio.sleep(pause)
    writer.close()
    return times


async def probes(host, admin, seconds):
    """Milliseconds of hot answers, health and cold refusals at the same time, as few that they add no load."""
    keys = {name: f"authorization: Bearer {key}\r\n" for name, key in KEYS.items()}
    hot, health, *cold = await asyncio.gather(
        probe(host, "/v1/images?limit=25", keys["hot"], seconds, 0.005),
        probe(admin, "/healthz", "", seconds, 0.005),
        *(
            probe(host, f"/v1/images?limit={limit}&min_ram_mb_max={{}}", keys["cold"], seconds, 0.02)
            for limit in range(1, 9)
        ),
    )
    expect(set(hot) == {200} and set(health) == {200}, f"hot {set(hot)}, health {set(health)}")
    refusals = [time for times in cold for time in times.get(503, [])]
    return hot[200], health[200], refusals


def text(simulators, address, admin):
    """Five upstreams that are kept, and the same five kept for no time."""
    kept = configuration(simulators, address)
    begin, end = kept.index("upstreams: [") + len("upstreams: ["), kept.rindex("] }")
    passing = kept[begin:end].replace('-1", provider', '-0", provider').replace(
        "credentials", 'ttl: "0s", stale_while_revalidate: "0s", stale_if_error: "0s", credentials'
    )
    clients = ", ".join(
        f'{{ id: "{name}", key_sha256: "{hashlib.sha256(key.encode()).hexdigest()}", upstreams: ['
        + ", ".join(f'"{provider}-{number}"' for provider in PROVIDERS)
        + "] }"
        for (name, key), number in zip(KEYS.items(), (1, 0))
    )
    more = f'loops: 1, admin: {{ address: "{admin}" }}, clients: [ {clients} ],'
    return kept[:begin].replace("upstreams: [", f"{more} upstreams: [") + kept[begin:end] + passing + "] }"


def run(seconds, images):
    if not go_first():
        seen("the probes may not go first, and wait for a core like the load does")
    with Workshop() as shop:
        # They take no core from the gateway, which is what is overloaded here.
        simulators = shop.run(Simulators(images, "--latency", "5ms", yields=True))
        admin = f"127.0.0.1:{free_port()}"
        gateway = shop.run(Gateway(shop.file("gateway.json5", text(simulators.url, "127.0.0.1:0", admin))))
        host = gateway.host
        # Nor do the probes.
        os.sched_setaffinity(0, {os.cpu_count() - 1})
        asyncio.run(probes(host, admin, 1))
        hot_alone, health_alone, _ = asyncio.run(probes(host, admin, seconds))
        # Few connections mostly wait for the clouds, many are refused: the best of them tells what can be done.
        half = max(2, seconds // 2)
        loads = [(64, None), (128, None), (256, None), (CROWD, 8000)]
        best = max(loads, key=lambda load: ColdLoad(shop, host, admin, half, *load).result()[0])
        # Whoever waits for an answer asks nothing meanwhile, so more is asked for than is to come: how much more is
        # found out first, and again each time.
        pressure = 2.4
        # The machine has faster and slower moments. Both sides of the ratio have their share of them.
        capacities, goods, sheds, hots, healths, refusals = [], [], [], [], [], []
        for number in range(ROUNDS + 1):
            capacity = ColdLoad(shop, host, admin, half, *best).result()[0]
            overload = ColdLoad(shop, host, admin, half + 1, CROWD, pressure * capacity)
            time.sleep(0.5)
            hot_times, health_times, refused = asyncio.run(probes(host, admin, half - 0.5))
            good, shed = overload.result()
            pressure *= 2 * capacity / (good + shed)
            if number == 0:
                continue
            capacities.append(capacity)
            hots += hot_times
            healths += health_times
            refusals += refused
            goods.append(good)
            sheds.append(shed)
        capacity, good, shed = map(statistics.mean, (capacities, goods, sheds))
    hot, health, hot_beside, health_beside = (
        percentile(times, 0.99) for times in (hot_alone, health_alone, hots, healths)
    )
    slowest = percentile(refusals, 0.99) if refusals else 0
    seen(
        f"cold capacity {capacity:.0f}/s; at twice that, {good:.0f}/s are answered and {shed:.0f}/s are told 503 "
        f"({len(refusals)} looked at, p99 {slowest:.1f} ms); hot p99 {hot:.2f} ms alone, {hot_beside:.2f} ms beside; "
        f"health {health:.2f} and {health_beside:.2f} ms"
    )
    expect(good >= 0.9 * capacity, f"only {good:.0f} of {capacity:.0f} answers a second")
    expect(hot_beside <= 2 * hot, f"hot p99 {hot_beside:.2f} ms, {hot:.2f} ms alone")
    expect(health_beside <= 2 * health, f"health p99 {health_beside:.2f} ms, {health:.2f} ms alone")
    expect(good + shed >= 1.9 * capacity, "that was less than twice the capacity")
    expect(refusals, "nobody was refused: that was no overload")
    expect(slowest <= 10, f"a refusal took {slowest:.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--images", type=int, default=200, help="per provider")
    arguments = parser.parse_args()
    main(lambda: run(arguments.seconds, arguments.images))
