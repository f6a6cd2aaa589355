"""A gateway process whose whole output is kept, and plain HTTP calls to it."""

import http.client
import os
import re
import signal
import subprocess
import threading


class Gateway:
    def __init__(self, binary, configuration, environment):
        self.output = bytearray()
        self.process = subprocess.Popen(
            [binary, "serve", "--config", configuration],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], **environment},
        )
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        if not self.ready.wait(20):
            self.process.kill()
            raise SystemExit(f"the gateway did not start:\n{self.output.decode(errors='replace')}")
        self.arguments = open(f"/proc/{self.process.pid}/cmdline", "rb").read()
        self.public, self.admin = self.ports()

    def read(self):
        while chunk := self.process.stdout.read1(65536):
            self.output += chunk
            if b"listening on http" in self.output:
                self.ready.set()
        self.ready.set()

    def ports(self):
        text = self.output.decode()
        public = re.search(r"listening on http://127\.0\.0\.1:(\d+)", text)
        admin = re.search(r"admin port on http://127\.0\.0\.1:(\d+)", text)
        if not public or not admin:
            raise SystemExit(f"the gateway does not say where it listens:\n{text}")
        return int(public[1]), int(admin[1])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("the gateway did not end")
        self.reader.join(5)
        return status


def call(port, target, fields=None, method="GET"):
    """Status and everything that came back: status line, fields and content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, target, headers=fields or {})
        answer = connection.getresponse()
        head = "".join(f"{name}: {value}\n" for name, value in answer.getheaders())
        return answer.status, f"{answer.status} {answer.reason}\n{head}\n".encode() + answer.read()
    finally:
        connection.close()

