"""Holds a compose file against what its schema cannot say: names and files that must exist."""
import pathlib
import sys

import yaml

path = pathlib.Path(sys.argv[1])
document = yaml.safe_load(path.read_text())
problems = []


def need(condition, text):
    if not condition:
        problems.append(text)


for name, config in document["configs"].items():
    if "file" in config:
        need((path.parent / config["file"]).is_file(), f"configs.{name}: {config['file']} is not there")
for name, service in document["services"].items():
    for network in service.get("networks", []):
        need(network in document["networks"], f"{name}: network {network} is not declared")
    for volume in service.get("volumes", []):
        need(volume.split(":")[0] in document["volumes"], f"{name}: volume {volume} is not declared")
    for config in service.get("configs", []):
        need(config["source"] in document["configs"], f"{name}: config {config['source']} is not declared")
    for other in service.get("depends_on", []):
        need(other in document["services"], f"{name}: depends on {other}")
    for port in service.get("ports", []):
        need(port.startswith("127.0.0.1:"), f"{name}: port {port} is open to others")
    need(service.get("read_only") and service.get("cap_drop") == ["ALL"], f"{name}: is not hardened")
    build = service.get("build")
    if build:
        context = (path.parent / build["context"]).resolve()
        need((context / build["dockerfile"]).is_file(), f"{name}: {build['dockerfile']} is not there")
print("\n".join(problems))
sys.exit(bool(problems))
