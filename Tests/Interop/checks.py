"""What all checks share: the simulator's accounts and truth, assertions, and the run itself."""

import json
import urllib.error
import urllib.request

KEY_ID = "AKIDSIMULATOR"
SECRET = "simulator-secret"
WRONG_SECRET = "another-secret"
TOKEN = "simulator-token"
PROJECT_ID = "0123456789abcdef0123456789abcdef"

# A proxy of the environment never stands between two programs on one machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def exchange(url, body=None, headers=None, method=None):
    """The status, the header fields and the text of an answer, whatever the status says."""
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with _opener.open(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read().decode()


def get_json(url):
    """The content of an answer with status 200."""
    status, _, text = exchange(url)
    equal(status, 200, f"status of {url}")
    return json.loads(text)


class Simulator:
    """A running simulator and what its generator meant."""

    def __init__(self, url):
        self.url = url
        self.host = url.removeprefix("http://")

    def truth(self, provider):
        """The images that one provider has, in the gateway's own words."""
        answer = get_json(f"{self.url}/__simulator/truth?provider={provider}")
        equal(len(answer["images"]), answer["total"], "rows of the truth")
        return answer["images"]

    def ids(self, provider, **members):
        """The provider's own ids of the images with these members."""
        return [
            image["native_id"]
            for image in self.truth(provider)
            if all(image[name] == value for name, value in members.items())
        ]


def equal(actual, expected, what):
    """Fails unless both are the same."""
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r} instead of {expected!r}")


def same_ids(actual, expected):
    """Fails unless each expected id was listed exactly once, and no other."""
    actual, expected = list(actual), list(expected)
    if not expected:
        raise AssertionError("the truth holds no such image, so the check shows nothing")
    missing, foreign = set(expected) - set(actual), set(actual) - set(expected)
    if missing or foreign or len(actual) != len(expected):
        raise AssertionError(
            f"{len(actual)} ids instead of {len(expected)}, "
            f"{len(missing)} missing, {len(foreign)} foreign"
        )


def refused(call, kind, read, expected):
    """Fails unless the call raises this kind of error and `read` finds the expected code in it."""
    try:
        call()
    except kind as error:
        equal(read(error), expected, "code of the refusal")
        return
    raise AssertionError(f"no {kind.__name__} was raised")


def run(checks):
    """Runs named checks and prints one line for each; returns how many passed and failed."""
    passed = failed = 0
    for title, check in checks:
        try:
            check()
        except Exception as error:  # Whatever an SDK raises fails one check, not the run.
            failed += 1
            print(f"FAILED  {title}: {type(error).__name__}: {error}", flush=True)
        else:
            passed += 1
            print(f"passed  {title}", flush=True)
    return passed, failed
