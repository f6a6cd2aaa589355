"""R8: twice as many cold requests as can be answered, beside hot ones and probes.

Hot answers and health must hardly notice; of the cold requests as many are answered as without overload, and the
rest are told so at once, with the time to come back.
"""

import argparse
import asyncio
import hashlib

from clients import *

KEYS = {"hot": "key-of-the-hot-client", "cold": "key-of-the-cold-client"}

# Every question is another one, so that no answer is shared; what came of them is counted by status.
SCRIPT = """
local words = {{"ubuntu", "centos", "debian", "windows", "rocky", "64", "lts", "server", "gpu", "2022"}}
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function init() good, shed, other, number, hinted = 0, 0, 0, math.random(1000000), 0 end
function delay() return {delay} end
function request()
    number = number + 1
    return wrk.format("GET", "/v1/images?limit=" .. (number % 50 + 1) .. "&q=" .. words[number % 10 + 1] .. "&min_disk_gb_max=" .. number,
        {{["authorization"] = "Bearer {key}"}})
end
function response(status, headers, body)
    if status == 200 then good = good + 1 elseif status == 503 then shed = shed + 1 else other = other + 1 end
    if status == 503 and headers["retry-after"] then hinted = hinted + 1 end
end
function done(summary)
    local sums = {{good = 0, shed = 0, other = 0, hinted = 0}}
    for _, thread in ipairs(threads) do
        for name, sum in pairs(sums) do sums[name] = sum + thread:get(name) end
    end
    print("statuses " .. sums.good .. " " .. sums.shed .. " " .. sums.other .. " " .. sums.hinted)
end
"""


def cold_load(shop, host, seconds, connections, delay=0):
    script = shop.file("cold.lua", SCRIPT.format(delay=delay, key=KEYS["cold"]))
    return shop.run(load(host, seconds, "/", connections, script=script))


def cold_result(process, seconds):
    """Answers a second by what they were."""
    result = wrk_result(process)
    found = re.search(r"statuses (\d+) (\d+) (\d+) (\d+)", result["text"])
    expect(found, result["text"])
    good, shed, other, hinted = (int(number) for number in found.groups())
    expect(other == 0, f"{other} answers are neither 200 nor 503")
    expect(hinted == shed, f"{shed - hinted} refusals do not say when to come back")
    return good / seconds, shed / seconds


async def probe(host, target, fields, seconds, pause):
    """Milliseconds of each answer, by status."""
    times, end = {}, time.monotonic() + seconds
    reader, writer = await asyncio.open_connection(*host.rsplit(":", 1))
    number = 0
    while time.monotonic() < end:
        number += 1
        began = time.monotonic()
        writer.write(f"GET {target.format(number)} HTTP/1.1\r\nhost: a\r\n{fields}\r\n".encode())
        status, isLast, _ = await read_answer(reader)
        times.setdefault(status, []).append((time.monotonic() - began) * 1000)
        if isLast:
            writer.close()
            reader, writer = await asyncio.open_connection(*host.rsplit(":", 1))
        await asyncio.sleep(pause)
    writer.close()
    return times


async def probes(host, admin, seconds):
    """Hot answers, health and cold refusals at the same time, as few that they add no load."""
    keys = {name: f"authorization: Bearer {key}\r\n" for name, key in KEYS.items()}
    hot, health, *cold = await asyncio.gather(
        probe(host, "/v1/images?limit=25", keys["hot"], seconds, 0.005),
        probe(admin, "/healthz", "", seconds, 0.02),
        *(
            probe(host, f"/v1/images?limit={limit}&min_ram_mb_max={{}}", keys["cold"], seconds, 0.02)
            for limit in range(1, 9)
        ),
    )
    expect(set(hot) == {200} and set(health) == {200}, f"hot {set(hot)}, health {set(health)}")
    refusals = [time for times in cold for time in times.get(503, [])]
    return percentile(hot[200], 0.99), percentile(health[200], 0.99), refusals


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
        asyncio.run(probes(host, admin, 1))
        hot, health, _ = asyncio.run(probes(host, admin, seconds))
        # Few connections mostly wait for the clouds, many are refused: what can be done is told by the best of them.
        capacity = max(cold_result(cold_load(shop, host, seconds, count), seconds)[0] for count in (64, 256))
        connections = 1000
        process = cold_load(shop, host, seconds + 1, connections, f"{1000 * connections / (2 * capacity):.0f}")
        time.sleep(0.5)
        hot_beside, health_beside, refusals = asyncio.run(probes(host, admin, seconds - 1))
        good, shed = cold_result(process, seconds + 1)
    slowest = percentile(refusals, 0.99) if refusals else 0
    seen(
        f"cold capacity {capacity:.0f}/s; at twice that, {good:.0f}/s are answered and {shed:.0f}/s are told 503 "
        f"({len(refusals)} looked at, p99 {slowest:.1f} ms); hot p99 {hot:.2f} ms alone, {hot_beside:.2f} ms beside; "
        f"health {health:.2f} and {health_beside:.2f} ms"
    )
    expect(good >= 0.9 * capacity, f"only {good:.0f} of {capacity:.0f} answers a second")
    expect(hot_beside <= 2 * hot, f"hot p99 {hot_beside:.2f} ms, {hot:.2f} ms alone")
    expect(health_beside <= 2 * health, f"health p99 {health_beside:.2f} ms, {health:.2f} ms alone")
    expect(refusals, "nobody was refused: that was no overload")
    expect(slowest <= 10, f"a refusal took {slowest:.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--images", type=int, default=200, help="per provider")
    arguments = parser.parse_args()
    main(lambda: run(arguments.seconds, arguments.images))
