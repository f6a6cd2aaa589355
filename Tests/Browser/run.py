"""Runs the checks: run.py GATEWAY DIRECTORY, where pictures and logs go to the directory."""

import sys
from pathlib import Path

# What runs programs and compares is the same as for the SDKs.
sys.path.append(str(Path(__file__).parent.parent / "Interop"))

import checks
import docs_checks
import explorer_checks
import gateways
import pictures
import programs
import trouble_checks
from browser import Browser


def in_a_window(make, url):
    """Each check in a window of its own, so that nothing of one is left for the next."""

    def check(index):
        with Browser() as browser:
            make(browser, url)[index][1]()

    return [(title, lambda index=index: check(index)) for index, (title, _) in enumerate(make(None, url))]


def main():
    gateway, directory = sys.argv[1:]
    programs.end_with_this_program()
    with gateways.demo(gateway, directory) as url:
        healthy = in_a_window(explorer_checks.checks, url) + in_a_window(docs_checks.checks, url)
        results = [checks.run(healthy), checks.run(pictures.checks(gateway, directory, url))]
    results.append(checks.run(trouble_checks.checks(gateway, directory)))
    passed, failed = map(sum, zip(*results))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
