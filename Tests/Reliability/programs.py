"""What the checks share: simulators, gateways and wrk as processes, questions to them, and what was true."""

import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

GATEWAY = os.environ["IMAGE_GATEWAY"]
PROVIDERS = ["aries", "zenlayer", "huawei-ims", "tencent-cvm", "gmi"]


class Broken(Exception):
    """A promise that was not kept."""


def expect(holds, complaint):
    if not holds:
        raise Broken(complaint)


def until(condition, complaint, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < end, complaint)
        time.sleep(0.005)


def seen(text):
    """A line for the table."""
    print(f"seen: {text}", flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


class Program:
    """A process whose standard error is read line by line."""

    def __init__(self, *arguments, core=None, yields=False, **options):
        """`yields`: it gets of the cores what others leave."""
        command = ["nice", "-n", "15", *arguments] if yields else [*arguments]
        if core is not None and os.cpu_count() > 1:
            command = ["taskset", "-c", str(core), *command]
        self.lines = []
        self._arrived = threading.Condition()
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stderr:
            with self._arrived:
                self.lines.append(line.rstrip("\n"))
                self._arrived.notify_all()

    def line(self, part, seconds=30):
        """The first line with that part, as soon as it is there."""
        end = time.monotonic() + seconds
        with self._arrived:
            while True:
                for line in self.lines:
                    if part in line:
                        return line
                rest = end - time.monotonic()
                if rest <= 0 or (self.process.poll() is not None and not self._arrived.wait(0.2)):
                    raise Broken(f"no line with {part!r}; there were {self.lines[-20:]}")
                self._arrived.wait(rest)

    def count(self, part):
        return sum(part in line for line in self.lines)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Simulators(Program):
    def __init__(self, images, *more, **options):
        super().__init__(
            GATEWAY, "simulate", "--listen", "127.0.0.1:0", "--images", str(images), *more, **options
        )
        self.url = self.line("listening on").split()[-1]
        self.host = self.url.removeprefix("http://")

    def ask(self, method, path, body=None):
        status, _, content = ask(self.host, path, method=method, body=body)
        expect(status == 200, f"simulator: {status} for {path}")
        return json.loads(content)

    def truth(self, provider, limit=None):
        more = "" if limit is None else f"&limit={limit}"
        return self.ask("GET", f"/__simulator/truth?provider={provider}{more}")["images"]


def configuration(simulators, address, more="", upstream=""):
    """Five upstreams in JSON5; `more` has further keys of the whole, `upstream` of each."""
    credentials = {
        "aries": '{ username: "simulator", password: "simulator" }',
        "zenlayer": '{ access_key_id: "AKIDSIMULATOR", access_key_password: "simulator-secret" }',
        "huawei-ims": '{ access_key: "AKIDSIMULATOR", secret_key: "simulator-secret", '
        'project_id: "0123456789abcdef0123456789abcdef" }',
        "tencent-cvm": '{ secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" }',
        "gmi": '{ token: "simulator-token" }',
    }
    regions = {"zenlayer": "FRA-A", "huawei-ims": "cn-north-4", "tencent-cvm": "ap-guangzhou"}
    sizes = {"zenlayer": "page_size: 1000,", "huawei-ims": "page_size: 1000,"}
    upstreams = "\n".join(
        f'{{ id: "{name}-1", provider: "{name}", endpoint: "{simulators}", '
        + (f'region: "{regions[name]}", ' if name in regions else "")
        + f"{sizes.get(name, '')} {upstream} credentials: {credentials[name]} }},"
        for name in PROVIDERS
    )
    return f"""{{ listen: {{ address: "{address}" }}, log: {{ access: false }},
        cursor_key: "{'5a' * 32}", {more} upstreams: [ {upstreams} ] }}"""


class Gateway(Program):
    def __init__(self, file, core=0, awaits=True, **options):
        super().__init__(GATEWAY, "serve", "--config", file, core=core, **options)
        if awaits:
            self.host = self.line("listening on").split("//")[-1]


def ask(host, target, method="GET", body=None, fields={}, seconds=30):
    """Status, fields and content of one answer."""
    connection = http.client.HTTPConnection(host, timeout=seconds)
    try:
        connection.request(method, target, body, fields)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def get(host, target):
    status, _, content = ask(host, target)
    expect(status == 200, f"{status} for {target}: {content[:300]}")
    return json.loads(content)


def go_first(is_inherited=False):
    """Times count, not how long whoever takes them waits for a core behind those that make the load. What is started
    from here is as it was unless `is_inherited`. Returns whether that is allowed; else the figures are larger."""
    try:
        policy = os.SCHED_FIFO if is_inherited else os.SCHED_FIFO | os.SCHED_RESET_ON_FORK
        os.sched_setscheduler(0, policy, os.sched_param(1))
        return True
    except PermissionError:
        return False


def load(host, seconds, target="/v1/images?limit=25", connections=64, core=-1, script=None, secure=False, **options):
    """wrk as a process; `wrk_result` says what it saw."""
    scheme = "https" if secure else "http"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "--timeout", "5s"]
    if script:
        command += ["-s", script]
    if os.cpu_count() > 1:
        command = ["taskset", "-c", str(os.cpu_count() - 1 if core < 0 else core), *command]
    return subprocess.Popen(
        [*command, f"{scheme}://{host}{target}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options,
    )


def wrk_result(process):
    """Requests, failed ones by kind, and p99 in milliseconds, from what wrk prints."""
    text = process.communicate()[0]
    number = lambda pattern: int(found.group(1)) if (found := re.search(pattern, text)) else 0
    units = {"us": 0.001, "ms": 1, "s": 1000}
    latency = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
    return {
        "requests": number(r"(\d+) requests in"),
        "not2xx": number(r"Non-2xx or 3xx responses: (\d+)"),
        "connect": number(r"connect (\d+)"),
        "read": number(r"read (\d+)"),
        "write": number(r"write (\d+)"),
        "timeout": number(r"timeout (\d+)"),
        "p99": float(latency.group(1)) * units[latency.group(2)] if latency else None,
        "text": text,
    }


class Workshop:
    """A folder and processes that go when the check ends, however it ends."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="image-gateway-")
        self.started = []
        return self

    def run(self, program):
        self.started.append(program)
        return program

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def __exit__(self, *_):
        for program in self.started:
            if isinstance(program, Program):
                if program.process.poll() is None:
                    program.signal(signal.SIGCONT)
                program.stop()
            elif program.poll() is None:
                program.kill()
                program.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def main(check):
    """Runs a check; exit 1 and the reason where a promise was broken."""
    try:
        check()
    except Broken as broken:
        print(f"broken: {broken}", flush=True)
        raise SystemExit(1)


__all__ = [name for name in dir() if not name.startswith("_")]
