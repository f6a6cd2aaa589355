"""R6: a gateway under load is killed at random moments, also while it writes lists, and started again.

Its first answer must come in time, from the lists of before, marked stale with their true age; and every row
must be one that was true. The simulators are held while rows are looked at, so that none can be new.
"""

import argparse
import calendar
import glob

from programs import *


def agrees(row, meant):
    return all(row[key] == value for key, value in meant.items())


class Truth:
    """Everything that was ever true of each image."""

    def __init__(self, simulators):
        self.simulators = simulators
        self.known = {}
        for provider in PROVIDERS:
            for image in simulators.truth(provider):
                self.note(provider, image)
        self.changes = 0

    def note(self, provider, image):
        meant = {key: value for key, value in image.items() if key != "region" or value is not None}
        versions = self.known.setdefault((provider, image["native_id"]), [])
        if meant not in versions:
            versions.append(meant)

    def change(self):
        """Edits the three newest images of a provider."""
        provider = PROVIDERS[self.changes % len(PROVIDERS)]
        self.changes += 1
        body = json.dumps({"provider": provider, "touch": 3})
        self.simulators.ask("POST", "/__simulator/images", body)
        for image in self.simulators.truth(provider, limit=3):
            self.note(provider, image)

    def check(self, host, count):
        """Every row, page by page; they must be all there are, each once, each as it once was."""
        ids, cursor, pages = set(), "", 0
        while cursor is not None:
            page = get(host, f"/v1/images?limit=1000{cursor and '&cursor=' + cursor}")
            pages += 1
            for entry in page["upstreams"]:
                expect(entry["state"] == "stale", f"{entry['id']} is {entry['state']} while nobody answers")
            for row in page["images"]:
                versions = self.known.get((row["provider"], row["native_id"]))
                expect(versions, f"there never was an image {row['id']}")
                expect(any(agrees(row, meant) for meant in versions), f"never true: {row}")
                expect(row["id"] not in ids, f"twice: {row['id']}")
                ids.add(row["id"])
            cursor = page["next_cursor"]
        expect(len(ids) == count, f"{len(ids)} rows of {count}")
        return len(ids)


def first_answer(gateway, host):
    """Milliseconds from the start of the process to its first answer, and that answer."""
    while True:
        try:
            status, _, content = ask(host, "/v1/images?limit=25", seconds=10)
            return (time.monotonic() - gateway.started) * 1000, status, content
        except (ConnectionRefusedError, ConnectionResetError):
            expect(gateway.process.poll() is None, f"it ended at its start: {gateway.lines}")
            time.sleep(0.001)


def check_first(answer, killed, started):
    milliseconds, status, content = answer
    expect(status == 200, f"the first answer is {status}: {content[:200]}")
    body = json.loads(content)
    for entry in body["upstreams"]:
        expect(entry["state"] == "stale", f"{entry['id']} is {entry['state']} in the first answer")
        age = started - calendar.timegm(time.strptime(entry["fetched_at"], "%Y-%m-%dT%H:%M:%SZ"))
        expect(
            abs(age - entry["age_seconds"]) <= 2, f"age {entry['age_seconds']}, but it is {age:.1f} s"
        )
        expect(entry["age_seconds"] >= started - killed - 1, "younger than the kill")
    return milliseconds


def disturb(truth, directory, random_, into_write):
    """Changes lists until it is time to kill: at random, or when a list is being written."""
    end = time.monotonic() + random_.uniform(0.02, 0.5)
    limit = time.monotonic() + 4
    while time.monotonic() < (limit if into_write else end):
        truth.change()
        if into_write and glob.glob(f"{directory}/*.tmp"):
            return
        time.sleep(0.002)


def run(kills, images, seed):
    random_ = random.Random(seed)
    with Workshop() as shop:
        simulators = shop.run(Simulators(images))
        truth = Truth(simulators)
        directory, port = f"{shop.folder}/state", free_port()
        text = configuration(
            simulators.url,
            f"127.0.0.1:{port}",
            f'state_directory: "{directory}", '
            'cache: { ttl: "50ms", stale_while_revalidate: "10m", stale_if_error: "24h" },',
            f'images_max: {images * 2}, body_bytes_max: "{max(64, images // 500)}MiB",',
        )
        file, host = shop.file("gateway.json5", text), f"127.0.0.1:{port}"
        gateway = shop.run(Gateway(file))
        get(host, "/v1/images?limit=25&deadline=30s")
        expect_files(directory)
        wrk = shop.run(load(host, 3600, connections=16))
        times, torn, rows = [], 0, 0
        for number in range(kills):
            disturb(truth, directory, random_, into_write=number % 2 == 1)
            gateway.kill()
            killed = time.time()
            torn += bool(glob.glob(f"{directory}/*.tmp"))
            simulators.signal(signal.SIGSTOP)
            gateway = shop.run(Gateway(file, awaits=False))
            started = time.time()
            times.append(check_first(first_answer(gateway, host), killed, started))
            rows += truth.check(host, images * len(PROVIDERS))
            expect(gateway.count("is not served") == 0, f"set aside: {gateway.lines}")
            simulators.signal(signal.SIGCONT)
            if number % 10 == 9:
                print(f"{number + 1} kills, {torn} in a write, {rows} rows looked at, all true", flush=True)
        wrk.kill()
    report(times, torn, rows, images, truth.changes)


def expect_files(directory):
    end = time.monotonic() + 20
    while len(glob.glob(f"{directory}/*.list")) < len(PROVIDERS):
        expect(time.monotonic() < end, "the lists are not written")
        time.sleep(0.01)


def report(times, torn, rows, images, changes):
    seen(
        f"{len(times)} kills under load, {torn} of them in a write, 5 × {images} images changed {changes} times: "
        f"first answer, stale, after {percentile(times, 0.5):.0f} ms in the middle and {max(times):.0f} ms at "
        f"the most; {rows} rows looked at, none that was never true"
    )
    expect(max(times) <= 200, f"a first answer took {max(times):.0f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--images", type=int, default=2000, help="per provider")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    main(lambda: run(arguments.kills, arguments.images, arguments.seed))
