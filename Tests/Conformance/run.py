"""Holds a running gateway to its own document: run.py GATEWAY DIRECTORY, where logs go to the directory."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What runs programs is the same as for the SDKs.
sys.path.append(str(HERE.parent / "Interop"))

import programs

EXAMPLES = "60"


def main():
    gateway, directory = sys.argv[1:]
    programs.end_with_this_program()
    command = [gateway, "demo", "--listen", "127.0.0.1:0"]
    with programs.running(command, f"{directory}/demo.log") as url:
        # The demo has no admin port.
        status = subprocess.call(
            [
                str(Path(sys.executable).parent / "schemathesis"),
                "--config-file", str(HERE / "schemathesis.toml"), "run", f"{url}/openapi.json",
                "--checks", "all", "--exclude-tag", "admin", "--max-examples", EXAMPLES,
            ],
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")},
            cwd=directory,
        )
    sys.exit(status)


main()
