"""Runs or parses the snippets of documents: snippets.py GATEWAY ADMIN FILE…

By the word behind the fence: sh is run, json5 is checked by image-gateway, hcl is parsed and its expressions
evaluated on a real answer where terraform is there, python is run, yaml is parsed, text and json are passed over,
and of a fence without a word the lines behind "$ " that ask a gateway or simulators are run. A comment in the line before a
fence, <!-- parsed only: WHY -->, says that it cannot run here."""
import atexit
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

gateway, admin, *paths = sys.argv[1:]
SMALL = '{ id: "a", provider: "aries", endpoint: "http://127.0.0.1:9100" }'


def here(text):
    """The addresses of the text, with those of the running demo in their place."""
    text = text.replace("http://127.0.0.1:8080", gateway).replace("http://127.0.0.1:8081", admin)
    return text.replace("127.0.0.1:9100", simulators()) if "127.0.0.1:9100" in text else text


@functools.cache
def simulators():
    """The address of simulators of their own, for snippets that make them ill; they end with this process."""
    process = subprocess.Popen(["image-gateway", "simulate", "--listen", "127.0.0.1:0", "--images", "20"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    atexit.register(process.kill)
    for line in process.stderr:
        if found := re.search(r"listening on http://(\S+)", line):
            return found[1]
    raise RuntimeError("the simulators did not start")


def snippets(path):
    lines = path.read_text().splitlines()
    index = 0
    while index < len(lines):
        match = re.match(r"( *)```(\S*)$", lines[index])
        if not match:
            index += 1
            continue
        indent, kind = match.groups()
        note = re.match(r" *<!-- parsed only: (.+) -->$", lines[index - 1]) if index else None
        end = next(i for i in range(index + 1, len(lines)) if lines[i].strip() == "```")
        body = "\n".join(line.removeprefix(indent) for line in lines[index + 1:end]) + "\n"
        yield f"{path}:{index + 1}", kind, body, note and note[1]
        index = end + 1


def run(command, folder, **options):
    return subprocess.run(command, cwd=folder, text=True, capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL, **options)


def failure(result):
    return None if result.returncode == 0 else f"status {result.returncode}: {result.stdout}{result.stderr}"


def shell(body, folder, parsed_only):
    if parsed_only:
        return failure(run(["bash", "-n", "-c", body], folder))
    return failure(run(["bash", "-euo", "pipefail", "-c", here(body)], folder))


def configuration(body, folder, _):
    text = re.sub(r"^\s*//.*$", "", body, flags=re.M).strip()
    if re.match(r"\{\s*id:", text):
        text = "{ upstreams: [" + text.rstrip(",") + "] }"
    elif not text.startswith("{"):
        rest = "" if "upstreams: [" in re.sub(r"clients: \[.*\]", "", text, flags=re.S) else f", upstreams: [{SMALL}]"
        text = "{ " + text.rstrip().rstrip(",") + rest + " }"
    # A digest that the text only begins with, a list that it leaves open, upstreams that are somebody's own.
    text = re.sub(r'key_sha256: "([0-9a-f]*)…"', lambda m: f'key_sha256: "{m[1]:0<64}"', text).replace("…", "")
    known = set(re.findall(r'\{ id: "([^"]+)", provider', text))
    text = re.sub(r'upstreams: \[ *("[^\]{]*)\]',
                  lambda m: m[0] if set(re.findall(r'"([^"]+)"', m[1])) <= known else 'upstreams: ["*"]', text)
    if "certificate: { san:" in text and "listen:" not in text:
        text = text.replace("{", "{ " + listening_with_certificates(folder), 1)
    environment = dict(os.environ)
    for name in re.findall(r'env: "([A-Z0-9_]+)"', text):
        environment[name] = "ab" * 32
    for name in re.findall(r'file: "([^"]+)"', text):
        local = folder / pathlib.Path(name).name
        local.write_text("ab" * 32)
        text = text.replace(f'file: "{name}"', f'file: "{local}"')
    (folder / "gateway.json5").write_text(text)
    result = run(["image-gateway", "check", "--config", "gateway.json5"], folder, env=environment)
    return result.returncode and f"{text}\n{result.stderr}"


def listening_with_certificates(folder):
    made = run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=localhost",
                "-keyout", "key.pem", "-out", "certificate.pem"], folder)
    if made.returncode:
        raise RuntimeError(made.stderr)
    return 'listen: { tls: { certificate: "certificate.pem", key: "key.pem", client_ca: "certificate.pem" } }, '


def terraform(body, folder, parsed_only):
    import hcl2
    document = hcl2.loads(body)
    if parsed_only or not shutil.which("terraform"):
        return None
    # The provider itself cannot be fetched here: its data source becomes the answer to its own question.
    (folder / "main.tf").write_text(without_provider(body, folder))
    environment = dict(os.environ, TF_CLI_CONFIG_FILE="/dev/null", CHECKPOINT_DISABLE="1")
    for command in (["init", "-no-color"], ["apply", "-no-color", "-auto-approve"]):
        result = run(["terraform", *command], folder, env=environment)
        if result.returncode:
            return failure(result)
    outputs = run(["terraform", "output", "-json"], folder, env=environment).stdout
    values = {name: output["value"] for name, output in json.loads(outputs).items()}
    return None if values and all(values.values()) else f"outputs are empty: {values}"


def block(text, start):
    """The end of the block that opens behind start."""
    depth = 0
    for index in range(text.index("{", start), len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index + 1
    raise ValueError("a block does not end")


def without_provider(body, folder):
    text = re.sub(r"(?s)terraform \{.*?\n\}\n", "", body)
    while match := re.search(r'(?m)^data "http" "(\w+)" ', text):
        end = block(text, match.start())
        url = re.search(r'url\s*=\s*"([^"]+)"', text[match.start():end])[1]
        (folder / f"{match[1]}.json").write_bytes(urllib.request.urlopen(here(url)).read())
        text = (text[:match.start()] + f'locals {{\n  http_{match[1]} = {{ status_code = 200, response_body = '
                f'file("{match[1]}.json") }}\n}}\n' + text[end:])
        text = text.replace(f"data.http.{match[1]}.", f"local.http_{match[1]}.")
    # A resource of a cloud becomes what would be asked of it.
    while match := re.search(r'(?m)^resource "\w+" "(\w+)" ', text):
        end = block(text, match.start())
        inside = text[text.index("{", match.start()):end]
        text = text[:match.start()] + f'output "resource_{match[1]}" {{\n  value = {inside}\n}}\n' + text[end:]
    return text


def python(body, folder, parsed_only):
    (folder / "snippet.py").write_text(here(body))
    if parsed_only:
        return failure(run([sys.executable, "-m", "py_compile", "snippet.py"], folder))
    return failure(run([sys.executable, "snippet.py"], folder))


def yaml_text(body, folder, _):
    import yaml
    list(yaml.safe_load_all(body))


def transcript(body, folder, parsed_only):
    for line in body.splitlines():
        if re.match(r"\$ (curl|image-gateway query) ", line):
            command = here(line[2:])
            if "image-gateway query" in command and "--demo" not in command:
                command += f" --url {gateway}"
            # 3: something is missing, which a transcript may show.
            result = run(["bash", "-c", command], folder)
            if result.returncode not in (0, 3):
                return failure(result)


KINDS = {"sh": shell, "json5": configuration, "hcl": terraform, "python": python, "yaml": yaml_text, "": transcript}
problems = count = parsed = 0
for path in map(pathlib.Path, paths):
    for place, kind, body, parsed_only in snippets(path):
        if kind in ("text", "json"):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                problem = KINDS[kind](body, pathlib.Path(folder), parsed_only)
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
        count += 1
        parsed += bool(parsed_only)
        if problem:
            problems += 1
            print(f"{place}: {problem}")
print(f"{count} snippets, {parsed} of them parsed only, {problems} with problems")
sys.exit(bool(problems))
