"""Runs the checks: run.py GATEWAY DIRECTORY [--glance], where logs go to the directory."""

import importlib
import sys

import checks
import programs

SDKS = ["tencent", "zenlayer", "huawei"]
IMAGES = "250"


def named(name, *arguments):
    module = importlib.import_module(f"{name}_checks")
    return [(f"{name}: {title}", check) for title, check in module.checks(*arguments)]


def sdks(gateway, directory):
    command = [gateway, "simulate", "--listen", "127.0.0.1:0", "--images", IMAGES]
    with programs.running(command, f"{directory}/simulator.log") as url:
        simulator = checks.Simulator(url)
        return checks.run([check for sdk in SDKS for check in named(sdk, simulator)])


def glance(gateway, directory):
    import glance_federation

    with glance_federation.running(gateway, directory) as federation:
        return checks.run(named("glance", federation))


def main():
    gateway, directory, *options = sys.argv[1:]
    programs.end_with_this_program()
    parts = [sdks] + ([glance] if "--glance" in options else [])
    passed, failed = map(sum, zip(*(part(gateway, directory) for part in parts)))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
