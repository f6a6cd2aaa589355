"""Gateways to look at: healthy, with sources that fail, with keys, with names made to do harm."""

import contextlib
import hashlib
import http.server
import json
import threading

import checks
import programs

KEY = "browser-check-key"

HOSTILE = [
    "<img src=x onerror=\"document.title='harm'\">", "<script>document.title='harm'</script>",
    "\u202ereversed\u202c \u200bname", "${jndi:x} %{if true} \"quoted\" \\ back'tick`",
    "很长的中文镜像名称" * 40, "tab\tline\nbreak", "",
]


@contextlib.contextmanager
def demo(gateway, directory, images=200):
    """A gateway over the built-in simulators."""
    command = [gateway, "demo", "--listen", "127.0.0.1:0", "--images", str(images)]
    with programs.running(command, f"{directory}/demo.log") as url:
        yield url


def upstream(name, endpoint, **others):
    """A source that talks Aries, which needs the least."""
    return {
        "id": name, "provider": "aries", "region": name, "endpoint": endpoint, "retries": 0,
        "credentials": {"username": "simulator", "password": "simulator"}, **others,
    }


@contextlib.contextmanager
def serve(gateway, directory, name, **configuration):
    """A gateway with a configuration of its own."""
    path = f"{directory}/{name}.json5"
    with open(path, "w") as file:
        json.dump({"listen": {"address": "127.0.0.1:0"}, **configuration}, file)
    with programs.running([gateway, "serve", "--config", path], f"{directory}/{name}.log") as url:
        yield url


@contextlib.contextmanager
def simulators(gateway, directory, images=60, latency="0ms"):
    """The other side of every provider."""
    command = [gateway, "simulate", "--listen", "127.0.0.1:0", "--images", str(images), "--latency", latency]
    with programs.running(command, f"{directory}/simulate.log") as url:
        yield url


def client():
    """A client whose key is `KEY`."""
    digest = hashlib.sha256(KEY.encode()).hexdigest()
    return {"id": "browser", "key_sha256": digest, "upstreams": ["*"]}


class HostileCloud(http.server.BaseHTTPRequestHandler):
    """Lists images as Aries does, with names that mean harm."""

    def do_GET(self):
        rows = [
            {
                "id": 9007199254740993 + index, "name": name, "os_type": "linux", "os_name": "Ubuntu",
                "description": name, "created_at": f"2026-01-{index + 1:02}T00:00:00Z",
                "updated_at": "2026-02-01T00:00:00Z", "exact": 12345678901234567890,
            }
            for index, name in enumerate(HOSTILE)
        ]
        body = json.dumps(rows).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def hostile_cloud():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), HostileCloud) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def closed_port():
    """An address where nobody listens."""
    with http.server.HTTPServer(("127.0.0.1", 0), HostileCloud) as server:
        return f"http://127.0.0.1:{server.server_port}"


def images(url, query):
    """The whole answer of the API to a query."""
    return checks.get_json(f"{url}/v1/images?{query}")


def walk(url, query):
    """Ids of all pages of a query."""
    ids, cursor = [], ""
    while True:
        answer = images(url, query + cursor)
        ids += [image["id"] for image in answer["images"]]
        if answer["next_cursor"] is None:
            return ids
        cursor = f"&cursor={answer['next_cursor']}"
