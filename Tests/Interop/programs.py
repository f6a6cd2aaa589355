"""Programs that run for as long as a check needs them."""

import contextlib
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

READY = re.compile(r"listening on (http://\S+)")
SECONDS_TO_START = 120
SECONDS_TO_END = 20


@contextlib.contextmanager
def running(command, log):
    """Starts a program, yields the URL it listens at, and ends it; a file gets its words."""
    with open(log, "w+") as words, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        found, done = [], threading.Event()
        reader = threading.Thread(target=_read, args=(process.stdout, words, found, done))
        reader.start()
        try:
            if not done.wait(SECONDS_TO_START) or not found:
                raise SystemExit(f"{command[0]} does not listen:\n{Path(log).read_text()[-4000:]}")
            yield found[0]
        finally:
            _end(process)
            reader.join()


def _read(lines, words, found, done):
    for line in lines:
        words.write(line)
        words.flush()
        if not found and (match := READY.search(line)):
            found.append(match[1])
            done.set()
    done.set()


def _end(process):
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()


def end_with_this_program():
    """Makes a request to end unwind the stack, so that whatever was started is ended too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
