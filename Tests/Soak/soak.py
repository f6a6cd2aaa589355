"""deploy/soak: hot, warm, cold and mistaken questions, walks and slow clients against a gateway whose clouds
suffer, change and vanish, which is reloaded, and killed in the first part. At the end nothing may be left.

usage: soak.py GATEWAY FOLDER SECONDS
"""

import asyncio
import random
import signal
import statistics
import sys
import time

import load
from cloud import PROVIDERS, Gateway, Simulators
from web import Gone

# Faults whose rows, if any, are still the provider's own.
FAULTS = [
    "connection-reset", "silence", "slow-head", "stall-in-body", "short-body", "malformed-json",
    "html-page", "unauthorized", "forbidden", "not-found", "throttled", "internal-error",
    "bad-gateway", "unavailable", "gzip-bomb", "repeated-page", "deep-nesting", "header-flood",
    "broken-chunks", "slow-first-byte", "closed-while-idle", "invalid-utf8",
]


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
        self.in_use = []
        self.added = {}
        self.restarted = 0
        # The longest that a second of ours took, and that the gateway waited for a processor within one.
        self.lag, self.starved = 0, 0
        self.trouble_now = ""

    async def run(self):
        await self.simulators.up()
        await self.gateway.up()
        await self.truth()
        begun = time.monotonic()
        tasks = [asyncio.create_task(task) for task in self.load()]
        try:
            while time.monotonic() - begun < self.seconds:
                is_early = time.monotonic() - begun < min(self.seconds * 0.4, 900)
                await self.trouble(is_early)
                failed = [task for task in tasks if task.done() and task.exception()]
                if failed:
                    raise failed[0].exception()
        finally:
            self.is_loaded = False
        await asyncio.gather(*tasks)
        await self.quiet()
        return self.report()

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
        self.in_use.clear()

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
            if not self.gateway.is_down:
                self.samples.append((begun, self.gateway.resident()))
                await self.note_in_use(begun)
                now = self.gateway.waited_seconds()
                if generation == self.generation and waited:
                    self.starved = max(self.starved, now - waited)
                waited, generation = now, self.generation
            await asyncio.sleep(1)
            self.lag = max(self.lag, time.monotonic() - begun - 1)

    async def note_in_use(self, now):
        if self.in_use and now - self.in_use[-1][0] < 5:
            return
        generation = self.generation
        try:
            metrics = await self.gateway.metrics()
        except (Gone, OSError, asyncio.TimeoutError):
            return
        if generation == self.generation:
            self.in_use.append((now, metrics["image_gateway_process_allocated_memory_bytes"]))

    async def quiet(self):
        """Everybody has gone; the gateway has time to notice, then is looked at."""
        await self.simulators.control("POST", "faults", {"faults": []})
        for _ in range(30):
            await asyncio.sleep(1)
            metrics = await self.gateway.metrics()
            if metrics["image_gateway_connections_open"] == 0:
                break
        await asyncio.sleep(8)
        self.left = metrics["image_gateway_connections_open"]
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

    def trend(self, samples):
        """How a size grows, in words: per cent an hour and its standard error, by the least of each minute since a
        quarter of the time after the last kill. The least, because free pages go back once a minute."""
        if not samples or samples[-1][0] - samples[0][0] < 1200:
            return "too short to tell"
        begin = samples[0][0] + (samples[-1][0] - samples[0][0]) / 4
        minutes = {}
        for moment, size in samples:
            if moment >= begin:
                minute = int((moment - begin) / 60)
                minutes[minute] = min(size, minutes.get(minute, size))
        hours, sizes = [minute / 60 for minute in minutes], list(minutes.values())
        slope, intercept = statistics.linear_regression(hours, sizes)
        mean, center = statistics.fmean(sizes), statistics.fmean(hours)
        rest = sum((size - intercept - slope * hour) ** 2 for hour, size in zip(hours, sizes))
        spread = sum((hour - center) ** 2 for hour in hours)
        error = (rest / (len(sizes) - 2) / spread) ** 0.5
        return f"{100 * slope / mean:+.1f} ± {100 * error / mean:.1f} %/h over {len(sizes)} min ({mean / (1 << 20):.1f} MiB)"

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
        for name, count in sorted(self.journal.counts.items()):
            print(f"{count:>10}  {name}")
        span = self.samples[-1][0] - self.samples[0][0] if self.samples else 0
        print(f"seen: {self.seconds / 60:.0f} min, {self.journal.counts.get('wrong', 0)} wrong answers of "
              f"{sum(count for name, count in self.journal.counts.items() if name.startswith('status'))}; "
              f"resident × {self.growth():.3f} over {span:.0f} s ({self.samples[-1][1] >> 20} MiB); at rest "
              f"{self.descriptors} descriptors ({self.fresh_descriptors} when new), {self.threads} threads "
              f"({self.fresh_threads}), {self.idle_share:.1%} of a processor; starved at most {self.starved:.1f} s in a second, "
              f"this program {self.lag:.1f} s")
        print(f"resident, least of each minute: {self.trend(self.samples)}; in use: {self.trend(self.in_use)}")
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
