"""Holds the Kubernetes manifests against each other, and writes the ConfigMap's configuration with secrets that
lie beside it: manifests.py FOLDER TARGET."""
import pathlib
import re
import sys

import yaml

folder, target = map(pathlib.Path, sys.argv[1:3])
target.mkdir(parents=True, exist_ok=True)
problems = []


def need(condition, text):
    if not condition:
        problems.append(text)


files = {p.name: yaml.safe_load(p.read_text()) for p in folder.glob("*.yaml")}
kinds = {d["kind"]: d for n, d in files.items() if n != "kustomization.yaml"}
listed = set(files["kustomization.yaml"]["resources"])
need(listed <= set(files), f"kustomization names {listed - set(files)}")
need(set(files) - listed == {"kustomization.yaml", "secret.example.yaml"}, "kustomization leaves files out")

pod = kinds["Deployment"]["spec"]["template"]
labels = pod["metadata"]["labels"].items()
container = pod["spec"]["containers"][0]
ports = {port["name"] for port in container["ports"]}
for kind, selector in {
    "Deployment": kinds["Deployment"]["spec"]["selector"]["matchLabels"],
    "Service": kinds["Service"]["spec"]["selector"],
    "PodDisruptionBudget": kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
    "NetworkPolicy": kinds["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
}.items():
    need(selector.items() <= labels, f"{kind}: its selector finds no pod")
for port in kinds["Service"]["spec"]["ports"]:
    need(port["targetPort"] in ports, f"Service: {port['targetPort']} is no port of the container")
for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
    need(container[probe]["httpGet"]["port"] in ports, f"{probe}: no such port")
scaled = kinds["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"]
need(scaled == kinds["Deployment"]["metadata"]["name"], "HorizontalPodAutoscaler: scales somebody else")
volumes = {volume["name"] for volume in pod["spec"]["volumes"]}
mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
need(set(mounts) == volumes, "Deployment: volumes and mounts differ")
context = container["securityContext"]
need(context["readOnlyRootFilesystem"] and not context["allowPrivilegeEscalation"], "Deployment: not hardened")
need(pod["spec"]["terminationGracePeriodSeconds"] > 5 + 30, "Deployment: shorter than a drain")

text = kinds["ConfigMap"]["data"]["gateway.json5"]
secrets = kinds["Secret"]["stringData"]
for path in re.findall(r'file: "([^"]+)"', text):
    directory, name = path.rsplit("/", 1)
    need(directory == mounts["secrets"], f"ConfigMap: {path} is not where the secret is mounted")
    need(name in secrets, f"ConfigMap: the secret has no {name}")
    (target / name).write_text(secrets.get(name, "x"))
text = text.replace(mounts["secrets"], str(target))
(target / "gateway.json5").write_text(text)
print("\n".join(problems))
sys.exit(bool(problems))
