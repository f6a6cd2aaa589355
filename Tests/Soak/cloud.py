"""The two programs of a soak: simulators that suffer and a gateway that is watched."""

import asyncio
import json
import os
import re
import signal

from web import ask

PROVIDERS = {
    "aries": {"credentials": {"token": "simulator-token"}},
    "zenlayer": {"region": "FRA-A", "credentials": {"token": "simulator-token"}},
    "huawei-ims": {
        "region": "cn-north-4",
        "page_size": 50,
        "credentials": {
            "access_key": "AKIDSIMULATOR",
            "secret_key": "simulator-secret",
            "project_id": "0123456789abcdef0123456789abcdef",
        },
    },
    "tencent-cvm": {
        "region": "ap-guangzhou",
        "page_size": 50,
        "credentials": {"secret_id": "AKIDSIMULATOR", "secret_key": "simulator-secret"},
    },
    "gmi": {"credentials": {"token": "simulator-token"}},
}


class Program:
    """A process that says on standard error where it listens."""

    environment = None

    def __init__(self, log):
        self.log = log
        self.process = None
        self.ports = []

    async def start(self, *words):
        output = open(self.log, "ab")
        begin = output.tell()
        self.process = await asyncio.create_subprocess_exec(
            *words, stdout=asyncio.subprocess.DEVNULL, stderr=output, env=self.environment
        )
        output.close()
        for _ in range(400):
            await asyncio.sleep(0.05)
            with open(self.log, "rb") as text:
                text.seek(begin)
                said = text.read().decode(errors="replace")
            # The gateway's own address is the last one it names.
            if re.search(r"[^n] ?listening on http", said):
                self.ports = [int(port) for port in re.findall(r"http://127\.0\.0\.1:(\d+)", said)]
                return
            if self.process.returncode is not None:
                raise RuntimeError(f"it ended: {said}")
        raise RuntimeError(f"it does not listen: {said}")

    async def end(self, number=signal.SIGTERM):
        """Its exit status; None where it had to be killed."""
        if self.process.returncode is not None:
            return self.process.returncode
        self.process.send_signal(number)
        try:
            return await asyncio.wait_for(self.process.wait(), 30)
        except asyncio.TimeoutError:
            self.process.kill()
            await self.process.wait()
            return None


class Simulators(Program):
    def __init__(self, binary, folder):
        super().__init__(f"{folder}/simulators.log")
        self.binary = binary
        self.address = "127.0.0.1:0"

    async def up(self):
        await self.start(
            self.binary, "simulate", "--listen", self.address, "--images", "300", "--latency", "5ms"
        )
        # The same port after each restart: the configuration names it.
        self.address = f"127.0.0.1:{self.ports[0]}"

    @property
    def port(self):
        return int(self.address.rpartition(":")[2])

    async def control(self, method, path, body=None):
        answer = await ask(self.port, f"/__simulator/{path}", method=method, body=body)
        return answer.status, json.loads(answer.body) if answer.status == 200 else None

    async def truth(self):
        """By provider, the ids that the provider lists now."""
        ids = {}
        for provider in PROVIDERS:
            _, value = await self.control("GET", f"truth?provider={provider}")
            ids[provider] = {image["native_id"] for image in value["images"]}
        return ids


class Gateway(Program):
    # Chunks that a thread frees and keeps for itself count as memory in use: without them it is what the program holds.
    environment = {**os.environ, "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}

    def __init__(self, binary, folder, simulators):
        super().__init__(f"{folder}/gateway.log")
        self.binary = binary
        self.folder = folder
        self.simulators = simulators
        self.configuration = f"{folder}/gateway.json5"
        self.version = 0
        # Set while it is down on purpose.
        self.is_down = True

    def write(self, is_good=True):
        """Each version differs from the one before in what a reload may change."""
        self.version += 1
        origin = f"http://{self.simulators.address}"
        value = {
            "listen": {"address": "127.0.0.1:0"},
            "admin": {"address": "127.0.0.1:0"},
            "cursor_key": "5a" * 32,
            "state_directory": f"{self.folder}/state",
            "request": {"deadline": "1500ms" if self.version % 2 else "1600ms"},
            "cache": {"ttl": "2s", "stale_while_revalidate": "1s", "stale_if_error": "1h",
                      # Full soon, so that memory that still grows is no cache.
                      "response_bytes_max": "4MiB"},
            "upstreams": [
                {
                    "id": f"one-{provider}",
                    "provider": provider,
                    "endpoint": origin,
                    "breaker": {"failures": 5, "open_for": "1s"},
                    "tags": [f"version-{self.version}"],
                    **settings,
                }
                for provider, settings in PROVIDERS.items()
            ],
        }
        if not is_good:
            value["upstreams"][0]["providr"] = "aries"
        with open(self.configuration, "w") as file:
            json.dump(value, file)

    async def up(self):
        os.makedirs(f"{self.folder}/state", exist_ok=True)
        self.write()
        await self.start(self.binary, "serve", "--config", self.configuration)
        self.admin, self.port = await self.told_apart()
        self.is_down = False

    async def told_apart(self):
        """Which of the ports it named is the administrator's."""
        for port in self.ports:
            if (await ask(port, "/healthz")).status == 200:
                return port, next(other for other in self.ports if other != port)
        raise RuntimeError(f"no health on {self.ports}")

    async def metrics(self):
        text = (await ask(self.admin, "/metrics")).body.decode()
        lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
        return {name: float(number) for name, _, number in lines}

    async def administer(self, verb):
        answer = await ask(self.admin, f"/v1/{verb}", method="POST")
        if answer.status not in (200, 202, 204):
            raise RuntimeError(f"{verb}: {answer.status} {answer.body[:200]}")

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def waited_seconds(self):
        """How long its threads have waited for a processor, all together."""
        seconds = 0
        for thread in os.listdir(f"/proc/{self.process.pid}/task"):
            with open(f"/proc/{self.process.pid}/task/{thread}/schedstat") as file:
                seconds += int(file.read().split()[1]) / 1e9
        return seconds

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
