"""A gateway process whose whole output is kept, and plain HTTP calls to it."""

import http.client
import os
import signal
import socket
import subprocess
import threading
import time


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Gateway:
    """Listens on the ports of its configuration: it says where at the levels up to info only."""

    def __init__(self, binary, configuration, environment, public, admin):
        self.public, self.admin = public, admin
        self.output = bytearray()
        self.process = subprocess.Popen(
            [binary, "serve", "--config", configuration],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], **environment},
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        for port in (public, admin):
            self.wait_for(port)
        self.arguments = open(f"/proc/{self.process.pid}/cmdline", "rb").read()

    def read(self):
        while chunk := self.process.stdout.read1(65536):
            self.output += chunk

    def wait_for(self, port):
        end = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end:
            try:
                return socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                time.sleep(0.02)
        self.process.kill()
        raise SystemExit(f"the gateway did not start:\n{self.output.decode(errors='replace')}")

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

