"""What deploy/faults runs: simulators that fall ill, a gateway before them, and what is seen."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PROGRAM = os.environ["IMAGE_GATEWAY"]
SECONDS = int(os.environ.get("IMAGE_GATEWAY_SECONDS", "60"))
PROVIDERS = ["aries", "zenlayer", "huawei-ims", "tencent-cvm", "gmi"]
CREDENTIALS = {
    "aries": 'credentials: { username: "simulator", password: "simulator" }',
    "zenlayer": 'region: "FRA-A", page_size: 100, '
    'credentials: { access_key_id: "AKIDSIMULATOR", access_key_password: "simulator-secret" }',
    "huawei-ims": 'region: "cn-north-4", page_size: 100, credentials: { access_key: "AKIDSIMULATOR", '
    'secret_key: "simulator-secret", project_id: "0123456789abcdef0123456789abcdef" }',
    "tencent-cvm": 'region: "ap-guangzhou", page_size: 100, '
    'credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" }',
    "gmi": 'credentials: { token: "simulator-token" }',
}
broken = []


def seen(text):
    print(f"seen: {text}", flush=True)


def hold(condition, text):
    if not condition:
        broken.append(text)
        print(f"BROKEN: {text}", flush=True)


@contextlib.contextmanager
def program(*arguments):
    """A process of the product, once it listens; yields it and its port."""
    process = subprocess.Popen(
        [PROGRAM, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        port = None
        for line in process.stderr:
            found = re.search(r"listening on https?://[^ \"]*:(\d+)", line)
            if found:
                port = int(found.group(1))
                break
        assert port, f"{arguments[0]} did not start"
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield process, port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def ask(port, path, method="GET", body=None, fields=None):
    """Status, body and seconds."""
    begin = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, fields or {})
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response.status, data, time.monotonic() - begin


def faults(port, *rules):
    status, data, _ = ask(port, "/__simulator/faults", "POST", json.dumps(rules))
    assert status == 200, data


def calls(port):
    return json.loads(ask(port, "/__simulator/requests")[1])["requests"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def gateway(upstreams, extra="", admin=None):
    text = f'{{ listen: {{ address: "127.0.0.1:0" }}, log: {{ access: false }}, {extra}'
    if admin:
        text += f' admin: {{ address: "127.0.0.1:{admin}" }},'
    text += f" upstreams: [{', '.join(upstreams)}] }}"
    with tempfile.NamedTemporaryFile("w", suffix=".json5") as file:
        file.write(text)
        file.flush()
        with program("serve", "--config", file.name) as (process, port):
            yield process, port


def upstream(provider, endpoint, more=""):
    return f'{{ id: "{provider}", provider: "{provider}", endpoint: "{endpoint}", {CREDENTIALS[provider]}, {more} }}'


def all_upstreams(port, more=""):
    return [upstream(provider, f"http://127.0.0.1:{port}", more) for provider in PROVIDERS]


def entries(data):
    return {entry["id"]: entry for entry in json.loads(data)["upstreams"]}


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def sick():
    extra = 'cache: { ttl: "1s", stale_while_revalidate: "1s", stale_if_error: "1h" },'
    with program("simulate", "--listen", "127.0.0.1:0", "--images", "500") as (_, cloud):
        with gateway(all_upstreams(cloud, 'breaker: { open_for: "10s" }'), extra) as (_, port):
            while not json.loads(ask(port, "/v1/images?limit=1")[1])["complete"]:
                time.sleep(0.05)
            begin = time.monotonic()
            faults(cloud, {"provider": "gmi", "fault": "unavailable"})
            ask(cloud, "/__simulator/requests:reset", "POST", "")
            load = subprocess.Popen(
                ["wrk", "-t1", "-c64", f"-d{SECONDS}s", f"http://127.0.0.1:{port}/v1/images?limit=20"],
                stdout=subprocess.PIPE,
                text=True,
            )
            wrong, count = [], 0
            while load.poll() is None:
                status, data, _ = ask(port, "/v1/images?limit=1&explain=true")
                entry = entries(data)["gmi"]
                age = time.monotonic() - begin
                count += 1
                good = status == 200 and entry["matched"] == 500 and abs(entry["age_seconds"] - age) < 3
                if not good or (age > 4 and (entry["state"] != "stale" or not entry["error"])):
                    wrong.append(entry)
                time.sleep(0.2)
            words = load.stdout.read()
            made = calls(cloud)["gmi"]
            budget = 5 + SECONDS // 10
            rate = re.search(r"Requests/sec: *([\d.]+)", words).group(1)
            bad = re.search(r"Non-2xx.*", words)
            seen(
                f"{SECONDS} s of 64 connections ({rate} answers a second): {made} calls to the sick upstream "
                f"(5 open the breaker, then 1 in 10 s: {budget}); {count} answers looked at, {len(wrong)} wrong"
            )
            hold(made <= budget, f"{made} calls")
            hold(not wrong, f"wrong answers such as {wrong[:1]}")
            hold(not bad, str(bad and bad.group(0)))
            faults(cloud)
            begin = time.monotonic()
            while entries(ask(port, "/v1/images?limit=1")[1])["gmi"]["error"]:
                time.sleep(0.05)
                assert time.monotonic() - begin < 60
            seen(f"whole again {time.monotonic() - begin:.1f} s after the fault ended")
            hold(time.monotonic() - begin < 12, "recovery took longer than open_for")


def half():
    extra = 'cache: { ttl: "0s", stale_while_revalidate: "0s", stale_if_error: "1h" },'
    more = 'breaker: { failures: 20, open_for: "1s" }'
    sick_ones = ["zenlayer", "tencent-cvm", "huawei-ims"]
    admin = free_port()
    with contextlib.ExitStack() as all_of:
        # Two of all, one of which stays well, asked in turns: what the machine does besides befalls both.
        clouds, ports = [], []
        for place in (admin, None):
            cloud = program("simulate", "--listen", "127.0.0.1:0", "--images", "300", "--latency", "2ms")
            clouds.append(all_of.enter_context(cloud)[1])
            ports.append(all_of.enter_context(gateway(all_upstreams(clouds[-1], more), extra, place))[1])
        faults(clouds[0], *({"provider": name, "fault": "internal-error", "share": 0.5} for name in sick_ones))

        def load(providers, pause):
            times, end = ([], []), time.monotonic() + SECONDS
            while time.monotonic() < end:
                for port, taken in zip(ports, times):
                    taken.append(ask(port, f"/v1/images?limit=1&provider={providers}")[2])
                # A failure is told at once: without a pause this program would be as busy as the gateways.
                time.sleep(pause)
            return times

        threads = [threading.Thread(target=load, args=(name, 0.02)) for name in sick_ones]
        for thread in threads:
            thread.start()
        times = load("aries,gmi", 0.001)
        for thread in threads:
            thread.join()
        text = ask(admin, "/metrics")[1].decode()
    for name in sick_ones:
        figures = {
            key: int(float(value))
            for key, value in re.findall(rf'image_gateway_upstream_(\w+)_total{{upstream="{name}"}} (\S+)', text)
        }
        first = figures["calls"] - figures["retries"]
        share = figures["retries"] / max(1, first)
        seen(
            f"{name}, half of its calls failing: {first} calls, {figures['retries']} repeated "
            f"({share:.1%}), {figures['retries_withheld']} not for want of budget, "
            f"{figures['breaker_openings']} openings"
        )
        hold(figures["retries"] <= max(0.1 * first, 2 * (SECONDS / 60 + 1)), f"{name}: {share:.1%}")
    sick, well = (percentile(taken, 0.99) * 1000 for taken in times)
    seen(f"the well upstreams' p99 {well:.1f} ms beside well ones, {sick:.1f} ms beside sick ones")
    hold(sick <= 1.5 * well + 5, "well upstreams are slower beside sick ones")


def resident(process):
    with open(f"/proc/{process.pid}/status") as file:
        text = file.read()
    return [int(re.search(rf"{key}:\s+(\d+)", text).group(1)) / 1024 for key in ("VmRSS", "VmHWM")]


def bodies():
    hostile = [
        "gzip-bomb", "huge-body", "endless-body", "deep-nesting", "invalid-utf8", "header-flood",
        "interim-flood", "repeated-page", "repeated-image", "absurd-numbers", "control-characters",
        "wrong-types", "nulls", "broken-chunks", "wrong-content-length", "foreign-next", "lying-total",
    ]  # fmt: skip
    more = 'retries: 0, body_bytes_max: "8MiB", call_timeout: "5s", deadline: "6s", breaker: { open_for: "100ms" }'
    admin = free_port()
    with program("simulate", "--listen", "127.0.0.1:0", "--images", "500") as (_, cloud):
        with gateway(all_upstreams(cloud, more), 'request: { deadline: "7s" },', admin) as (process, port):
            ask(port, "/v1/images?limit=1000")
            # What a second walk holds beside the first one's list belongs to the product, not to the faults.
            for _ in range(5):
                for name in PROVIDERS:
                    ask(admin, f"/v1/upstreams/{name}:purge", "POST", "")
                ask(port, "/v1/images?limit=1000")
            base = resident(process)
            answers = {}
            for fault in hostile:
                faults(cloud, {"provider": "*", "fault": fault})
                for name in PROVIDERS:
                    ask(admin, f"/v1/upstreams/{name}:purge", "POST", "")
                    ask(admin, f"/v1/upstreams/{name}:reset", "POST", "")
                status, data, spent = ask(port, "/v1/images?limit=1000")
                words = {entry["error"]["type"].split(":")[-1] for entry in entries(data).values() if entry["error"]}
                answers[fault] = (status, sorted(words), spent)
                hold(status in (200, 502, 504), f"{fault}: status {status}")
                hold(spent < 7.05 + 1, f"{fault}: {spent:.1f} s")
            faults(cloud)
            for name in PROVIDERS:
                ask(admin, f"/v1/upstreams/{name}:reset", "POST", "")
            whole = json.loads(ask(port, "/v1/images?limit=1")[1])["complete"]
            after = resident(process)
            hold(whole, "not whole afterwards")
            hold(process.poll() is None, "the gateway ended")
            hold(after[1] - base[0] < 64, f"{after[1] - base[0]:.0f} MiB more at the highest")
            hold(after[0] - base[0] < max(0.1 * base[0], 8), f"{after[0] - base[0]:.0f} MiB more afterwards")
            seen(
                f"{len(hostile)} kinds of hostile answers from 5 upstreams at once: resident {base[0]:.0f} MiB before, "
                f"{after[1]:.0f} at the highest, {after[0]:.0f} afterwards; slowest answer "
                f"{max(spent for _, _, spent in answers.values()):.1f} s"
            )
            for fault, (status, words, spent) in answers.items():
                print(f"{fault:22} {status} {spent:5.2f} s {', '.join(words)}")


def name_answer(question, knows):
    """What a name server says: 127.0.0.1, or that there is no such name."""
    end = question.index(b"\0", 12) + 5
    is_address = question[end - 4 : end - 2] == b"\0\1"
    head = question[:2] + (b"\x81\x80" if knows else b"\x81\x83") + b"\0\1"
    if not (knows and is_address):
        return head + bytes(6) + question[12:end]
    # A pointer to the name of the question, an address of the Internet, no time to live, four bytes.
    record = b"\xc0\x0c\0\1\0\1" + bytes(4) + b"\0\4\x7f\0\0\1"
    return head + b"\0\1" + bytes(4) + question[12:end] + record


def names():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("nameserver 127.0.0.1\n")
        file.flush()
        subprocess.run(["mount", "--bind", file.name, "/etc/resolv.conf"], check=True)
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", 53))
        mode = {}

        def serve():
            while True:
                question, peer = server.recvfrom(2048)
                if mode["now"] != "hangs":
                    server.sendto(name_answer(question, mode["now"] == "is well"), peer)

        threading.Thread(target=serve, daemon=True).start()
        with program("simulate", "--listen", "127.0.0.1:0", "--images", "50") as (_, cloud):
            for ill, kind in (("hangs", "deadline-exceeded"), ("knows no such name", "name-resolution-failed")):
                found = [nameless(provider, cloud, mode, ill, kind) for provider in PROVIDERS]
                answer, meanwhile, recovery = (max(times) * 1000 for times in zip(*found))
                seen(
                    f"a name server that {ill}, for each of {len(found)} providers: {kind} within {answer:.0f} ms of "
                    f"600, the others meanwhile within {meanwhile:.0f} ms, whole again within {recovery:.0f} ms"
                )


def nameless(provider, cloud, mode, ill, kind):
    """One provider has a name, the others an address. Seconds: the slowest answer, the others' slowest, recovery."""
    more = 'retries: 0, call_timeout: "400ms", deadline: "500ms", breaker: { open_for: "200ms" }'
    hosts = {name: "cloud.example" if name == provider else "127.0.0.1" for name in PROVIDERS}
    upstreams = [upstream(name, f"http://{host}:{cloud}", more) for name, host in hosts.items()]
    others = [name for name in PROVIDERS if name != provider]
    mode["now"] = ill
    slowest, quick, kinds = 0, 0, set()
    with gateway(upstreams, 'request: { deadline: "600ms" },') as (_, port):
        time.sleep(0.5)
        for _ in range(3):
            status, data, spent = ask(port, "/v1/images?limit=1")
            entry = entries(data)[provider]
            slowest = max(slowest, spent)
            hold(status == 200 and entry["state"] == "failed", f"{provider}: {status} {entry}")
            kinds.add(entry["error"]["type"].split(":")[-1])
            for name in others:
                hold(entries(data)[name]["matched"] == 50, f"{name} suffers with {provider}")
            quick = max(quick, ask(port, f"/v1/images?limit=1&provider={','.join(others)}")[2])
            time.sleep(0.25)
        mode["now"] = "is well"
        begin = time.monotonic()
        while entries(ask(port, "/v1/images?limit=1")[1])[provider]["matched"] != 50:
            time.sleep(0.01)
            assert time.monotonic() - begin < 60
        recovery = time.monotonic() - begin
    hold(slowest < 0.65, f"{provider}: {slowest:.2f} s")
    hold(kind in kinds and kinds <= {kind, "circuit-open"}, f"{provider}: {kinds}")
    hold(recovery < 0.45, f"{provider}: whole again after {recovery:.2f} s")
    return slowest, quick, recovery


def tails():
    extra = 'cache: { ttl: "0s", stale_while_revalidate: "0s", stale_if_error: "0s" },'
    with program("simulate", "--listen", "127.0.0.1:0", "--images", "500", "--latency", "10ms") as (_, cloud):
        slow = {"provider": "tencent-cvm", "fault": "slow-first-byte", "delay": "1s", "share": 0.02}
        for hedge in ("false", "true"):
            more = f'hedge: {{ enabled: {hedge} }}, deadline: "5s"'
            cloud_only = [upstream("tencent-cvm", f"http://127.0.0.1:{cloud}", more)]
            admin = free_port()
            with gateway(cloud_only, extra + ' request: { deadline: "6s" },', admin) as (_, port):
                for _ in range(10):
                    ask(port, "/v1/images?limit=1")
                faults(cloud, slow)
                times, end = [], time.monotonic() + SECONDS / 3
                while time.monotonic() < end:
                    times.append(ask(port, "/v1/images?limit=1")[2] * 1000)
                faults(cloud)
                text = ask(admin, "/metrics")[1].decode()
                figures = [
                    int(float(re.search(rf'upstream_{key}_total{{upstream="tencent-cvm"}} (\S+)', text).group(1)))
                    for key in ("calls", "hedges", "hedges_won")
                ]
                seen(
                    f"hedging {hedge}: {len(times)} walks, p50 {percentile(times, 0.5):.0f} ms, p90 "
                    f"{percentile(times, 0.9):.0f} ms, p99 {percentile(times, 0.99):.0f} ms; "
                    f"{figures[0]} calls, {figures[1]} of them second attempts, {figures[2]} of those first"
                )
                hold(hedge == "false" or figures[1] <= 0.05 * figures[0] + 3, "more second attempts than the budget")


{"sick": sick, "half": half, "bodies": bodies, "names": names, "tails": tails}[sys.argv[1]]()
sys.exit(1 if broken else 0)
