"""deploy/soak: hot, warm, cold and mistaken questions, walks and slow clients against a gateway whose clouds
suffer, change and vanish, which is reloaded, and killed in the first part. After that everybody rests every few
minutes: memory is looked at where it must be the same each time. At the end nothing may be left.

usage: soak.py GATEWAY FOLDER SECONDS
"""

import asyncio
import random
import signal
import sys
import time

import load
import trend
from cloud import PROVIDERS, Gateway, Simulators
from web import Connection, Gone, ask

# Faults whose rows, if any, are still the provider's own.
FAULTS = [
    "connection-reset", "silence", "slow-head", "stall-in-body", "short-body", "malformed-json",
    "html-page", "unauthorized", "forbidden", "not-found", "throttled", "internal-error",
    "bad-gateway", "unavailable", "gzip-bomb", "repeated-page", "deep-nesting", "header-flood",
    "broken-chunks", "slow-first-byte", "closed-while-idle", "invalid-utf8",
]


# Seconds from one rest to the next, and of a rest: free pages go back once a minute.
REST_EVERY, REST = 150, 62


class Soak:
    def __init__(self, binary, folder, seconds):
        self.simulators = Simulators(binary, folder)
        self.gateway = Gateway(binary, folder, self.simulators)
        self.journal = load.Journal()
        self.seconds = seconds
        self.is_loaded = True
        # Counts what was killed, so that a lost connection can be told from one that was cut.
        self.generation = 0
        self.suspects = []
        self.samples = []
        # Hours since the beginning, resident and allocated bytes, descriptors, threads.
        self.rests = []
        self.is_resting = False
        self.added = {}
        self.restarted = 0
        # The longest that a second of ours took, and that the gateway waited for a processor within one.
        self.lag, self.starved = 0, 0
        self.trouble_now = ""

    async def run(self):
        await self.simulators.up()
        await self.gateway.up()
        await self.truth()
        begun = rested = self.begun = time.monotonic()
        tasks = [asyncio.create_task(task) for task in self.load()]
        try:
            while time.monotonic() - begun < self.seconds:
                is_early = time.monotonic() - begun < min(self.seconds * 0.4, 900)
                await self.trouble(is_early)
                if not is_early and time.monotonic() - rested > REST_EVERY:
                    await self.rest()
                    rested = time.monotonic()
                failed = [task for task in tasks if task.done() and task.exception()]
                if failed:
                    raise failed[0].exception()
        finally:
            self.is_loaded = False
        await asyncio.gather(*tasks)
        await self.quiet()
        return self.report()

    @property
    def is_away(self):
        """Whether clients stay away, or must."""
        return self.is_resting or self.gateway.is_down

    def load(self):
        kinds = [("hot", load.hot, 0.002, 4), ("warm", load.warm, 0.005, 3), ("cold", load.cold, 0.1, 2),
                 ("mistaken", load.mistaken, 0.02, 1), ("walk", load.walk, 0.3, 2)]
        for name, make, pause, count in kinds:
            for _ in range(count):
                yield load.clients(self, name, make, pause)
        for _ in range(3):
            yield load.idle(self)
            yield load.slow_reader(self)
        yield self.sample()

    async def trouble(self, is_early):
        """One thing that goes wrong, or changes, and some seconds to live with it."""
        kinds = [self.change, self.change, self.fault, self.fault, self.reload, self.spoil, self.restart_clouds]
        kind = random.choice(kinds + [self.kill] * 2 if is_early else kinds)
        self.trouble_now = kind.__name__.replace("_", " ")
        self.journal.count(self.trouble_now)
        await kind()
        await asyncio.sleep(random.uniform(0.5, 2))

    async def change(self):
        provider = random.choice(list(PROVIDERS))
        body = {"provider": provider, "add": 3, "remove": 2, "touch": 2}
        status, value = await self.simulators.control("POST", "images", body)
        if status == 200:
            for image in value["ids"]["added"]:
                self.added[provider, image] = time.monotonic()
        await self.truth()

    async def fault(self):
        faults = [
            {"provider": random.choice(list(PROVIDERS)), "fault": random.choice(FAULTS),
             "share": random.choice([0.3, 1]), "for": "3s"}
            for _ in range(random.choice([1, 2]))
        ]
        status, _ = await self.simulators.control("POST", "faults", {"faults": faults})
        if status != 200:
            self.journal.count("faults refused")
        await asyncio.sleep(3)

    async def restart_clouds(self):
        await self.simulators.end(signal.SIGKILL)
        await asyncio.sleep(random.uniform(0.2, 2))
        await self.simulators.up()
        # What was removed is there again.
        self.restarted = time.monotonic()
        await self.truth()

    async def reload(self):
        self.gateway.write()
        self.gateway.process.send_signal(signal.SIGHUP)

    async def spoil(self):
        """A configuration with a mistake changes nothing."""
        self.gateway.write(is_good=False)
        self.gateway.process.send_signal(signal.SIGHUP)
        await asyncio.sleep(0.5)
        self.gateway.write()

    async def kill(self):
        self.gateway.is_down = True
        self.generation += 1
        await self.gateway.end(signal.SIGKILL)
        await self.gateway.up()
        self.samples.clear()
        self.rests.clear()

    async def truth(self):
        """What every provider lists; None while the simulators are away."""
        try:
            truth = await self.simulators.truth()
        except (Gone, asyncio.TimeoutError):
            return None
        for provider, ids in truth.items():
            self.journal.known.setdefault(provider, set()).update(ids)
        return truth

    def settled(self, before, after):
        """Images that were there all along, and long enough to be in every list."""
        limit = time.monotonic() - 30
        if self.restarted > limit:
            return set()
        return {
            (provider, image)
            for provider, ids in before.items()
            for image in ids & after[provider]
            if self.added.get((provider, image), 0) < limit
        }

    def standing(self):
        """What else went on, for a sentence about something that took too long."""
        return f"during '{self.trouble_now}', starved {self.starved:.1f} s at most so far"

    async def sample(self):
        waited, generation = 0, self.generation
        while self.is_loaded:
            begun = time.monotonic()
            if not self.is_away:
                self.samples.append((begun, self.gateway.resident()))
                now = self.gateway.waited_seconds()
                if generation == self.generation and waited:
                    self.starved = max(self.starved, now - waited)
                waited, generation = now, self.generation
            await asyncio.sleep(1)
            self.lag = max(self.lag, time.monotonic() - begun - 1)

    async def rest(self):
        """Nobody asks, the clouds' lists are those of the beginning, and the answers that are kept the same."""
        self.is_resting = True
        self.journal.count("rests")
        await self.restart_clouds()
        await self.emptied()
        for provider in PROVIDERS:
            await self.gateway.administer(f"upstreams/one-{provider}:purge")
        await self.fill_cache()
        resident = self.gateway.resident()
        for _ in range(REST):
            await asyncio.sleep(1)
            resident = min(resident, self.gateway.resident())
        metrics = await self.gateway.metrics()
        hours = (time.monotonic() - self.begun) / 3600
        self.rests.append((hours, resident, metrics["image_gateway_process_allocated_memory_bytes"],
                           self.gateway.descriptors(), self.gateway.threads()))
        print("rest at {:.2f} h: resident {}, in use {:.0f} bytes, {} descriptors, {} threads".format(*self.rests[-1]),
              flush=True)
        self.is_resting = False

    async def fill_cache(self):
        """More answers than each loop keeps, each asked for as often as it takes to be kept."""
        for _ in range(30):
            answer = await ask(self.gateway.port, load.HOT)
            if answer.status == 200 and answer.value["complete"]:
                break
            await asyncio.sleep(1)
        # The kernel chooses the loop: with so many hardly one in ten thousand rests finds a loop without answers.
        for _ in range(16):
            connection = await Connection.open(self.gateway.port)
            for number in range(200):
                for _ in range(3):
                    await connection.ask(f"/v1/images?limit=100&min_ram_mb_max={1 << 20 | number}")
            connection.close()

    async def emptied(self):
        """Waits until the gateway has noticed that everybody has gone; returns who is left."""
        await self.simulators.control("POST", "faults", {"faults": []})
        for _ in range(30):
            await asyncio.sleep(1)
            metrics = await self.gateway.metrics()
            if metrics["image_gateway_connections_open"] == 0:
                break
        return metrics["image_gateway_connections_open"]

    async def quiet(self):
        """Everybody has gone; the gateway has time to notice, then is looked at."""
        self.left = await self.emptied()
        await asyncio.sleep(8)
        self.descriptors, self.threads = self.gateway.descriptors(), self.gateway.threads()
        used = self.gateway.processor_seconds()
        await asyncio.sleep(3)
        self.idle_share = (self.gateway.processor_seconds() - used) / 3
        await self.truth()
        for provider, image, target in self.suspects:
            if image not in self.journal.known[provider]:
                self.journal.fail(f"{target}: {provider} never listed {image}")
        # What a gateway has open that only just began.
        status = await self.gateway.end()
        if status != 0:
            self.journal.fail(f"SIGTERM: exit {status}")
        await self.gateway.up()
        await asyncio.sleep(1)
        self.fresh_descriptors, self.fresh_threads = self.gateway.descriptors(), self.gateway.threads()
        await self.gateway.end()
        await self.simulators.end()

    def growth(self):
        """Resident memory of the last quarter over that of the second one, since the last kill."""
        sizes = [size for _, size in self.samples]
        quarter = len(sizes) // 4
        middle = lambda part: sorted(part)[len(part) // 2]
        if quarter < 5:
            return 1
        early, late = middle(sizes[quarter : 2 * quarter]), middle(sizes[-quarter:])
        # A few megabytes are the allocator's business, and lists that grow while images are added.
        return late / early if late - early > 8 << 20 else min(late / early, 1.1)

    def report(self):
        broken = list(self.journal.wrong)
        with open(self.gateway.log, errors="replace") as file:
            text = file.read()
        for mark in ("CONTINUATION MISUSE", "Fatal error", "AddressSanitizer", "ThreadSanitizer"):
            if mark in text:
                broken.append(f"the log says {mark}")
        # The kept connections to upstreams and lazily opened files of libraries are few.
        if self.descriptors > self.fresh_descriptors + 24:
            broken.append(f"{self.descriptors} descriptors at rest, {self.fresh_descriptors} when new")
        if self.threads > self.fresh_threads + 8:
            broken.append(f"{self.threads} threads at rest, {self.fresh_threads} when new")
        if self.left:
            broken.append(f"{self.left:.0f} connections are still counted as open")
        if self.idle_share > 0.02:
            broken.append(f"at rest it uses {self.idle_share:.0%} of a processor: tasks are left")
        if self.growth() > 1.1:
            broken.append(f"resident memory grew to {self.growth():.2f} times")
        hours, resident, in_use, descriptors, threads = trend.settled(self.rests)
        for what, sizes in (("resident memory", resident), ("memory in use", in_use)):
            if trend.grows(hours, sizes):
                broken.append(f"{what} grows: {trend.describe(hours, sizes)}")
        for name, count in sorted(self.journal.counts.items()):
            print(f"{count:>10}  {name}")
        span = self.samples[-1][0] - self.samples[0][0] if self.samples else 0
        print(f"seen: {self.seconds / 60:.0f} min, {self.journal.counts.get('wrong', 0)} wrong answers of "
              f"{sum(count for name, count in self.journal.counts.items() if name.startswith('status'))}; "
              f"resident × {self.growth():.3f} over {span:.0f} s ({self.samples[-1][1] >> 20} MiB); at rest "
              f"{self.descriptors} descriptors ({self.fresh_descriptors} when new), {self.threads} threads "
              f"({self.fresh_threads}), {self.idle_share:.1%} of a processor; starved at most {self.starved:.1f} s in a second, "
              f"this program {self.lag:.1f} s")
        print(f"at rests: resident {trend.describe(hours, resident)}; in use {trend.describe(hours, in_use)}; "
              f"descriptors {sorted(set(descriptors))}, threads {sorted(set(threads))}")
        for sentence in broken:
            print(f"broken: {sentence}")
        return not broken


def main():
    binary, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    random.seed(7)
    soak = Soak(binary, folder, seconds)

    async def run():
        try:
            return await soak.run()
        finally:
            for program in (soak.gateway, soak.simulators):
                if program.process and program.process.returncode is None:
                    program.process.kill()

    sys.exit(0 if asyncio.run(run()) else 1)


main()
