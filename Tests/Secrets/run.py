#!/usr/bin/env python3
"""Plants secrets of every kind in a gateway and looks for them in everything it emits.

    Tests/Secrets/run.py PATH-OF-IMAGE-GATEWAY

Emitted is: standard output and error at every log level, every route's answers and errors on both ports, the files of
state_directory, the process's arguments, what `check` (with and without --online), `query` and `schema` print, and what they
say of a broken configuration. The upstreams repeat what they are told in every part of an answer that errors have.
Exit 1 and the kinds of secrets where one shows up. Needs Python 3.10 and openssl; stays on loopback.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from echo_cloud import MODES, EchoCloud
from gateway import Gateway, call, free_port
from vault import Vault

LEVELS = ["trace", "debug", "info", "warning", "error"]

# Ways to write into a target what belongs into a field. An answer may name them to whoever sent them; no log does.
MISPLACED = [
    *(f"/v1/images?{name}={{}}" for name in (
        "api_key", "access_token", "password", "SAMLResponse", "refresh", "csrf", "state", "%73tate", "a%5B%5D")),
    "/v1/images?{}", "/v1/images?{}=", "/v1/images?{}==", "/v1/images?token:{}", "/v1/images?limit=1&{}&q=x",
    "/v1/images?limit=1?token={}", "/v1/images?limit=1?state:{}", "/v1/images?limit=1%3Fstate%3D{}",
    "/v1/images?limit=1%26state%3D{}", "/v1/images?limit?state={}", "/v1/images??state={}", "/v1/images?limit%3D{}",
    "/v1/images?q=x;token={}", "/v1/images?q=x%3Btoken%3D{}", "/v1/images?state%3D{}=1",
    *(f"/v1/images{mark}token={{}}" for mark in (";", "&", "=", "%3F", "%3f", "%3B", "%26", "%3D", "%253F")),
    "/v1/images%3Ftoken%3D{}", "/v1/images;{}?limit=1", "/v1/upstreams?state={}", "/nothing?state={}", "/?{}",
    # Mistakes, and routes that read no parameters.
    "/v1/images?limit={}", "/v1/images?sort={}", "/v1/images?limit=1;pw={}", "/v1/images?cursor={}",
    *(f"{path}?name={{}}" for path in ("/", "/docs", "/openapi.json", "/v1/upstreams", "/v1/images/x", "/nothing")),
    # Values that are good ones, too.
    *(f"/v1/images?name={before}{{}}" for before in (
        "a%23token=", "a%20token=", "a+token=", "a,token=", "access_token%3D", "access_token%253D", "%25", "%253F")),
    "/v1/images?tag=token={}", "/v1/images?tag=env=prod,api_key={}", "/v1/images?q=https://user:{}@host",
    "/v1/images?name=eyJhbGciOiJFZERTQSJ9.{}", "/v1/images/eyJhbGciOiJFZERTQSJ9.{}", "/v1/images?eyJhbGciOiJFZERTQSJ9.{}",
    "/v1/images%23token={}", "/user:{}@host", "/https://{}%40host/v1/images",
]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Signs tokens with a key of its own, by way of openssl."""

    def __init__(self, folder):
        self.key = folder / "issuer.key"
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key)
        public = run("openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER")
        (folder / "jwks.json").write_text(json.dumps({"keys": [
            {"kty": "OKP", "crv": "Ed25519", "kid": "one", "x": base64url(public[-32:])}]}))

    def token(self, **claims):
        header = {"alg": "EdDSA", "kid": "one"}
        text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        with tempfile.NamedTemporaryFile() as message:
            message.write(text.encode())
            message.flush()
            signature = run("openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", message.name)
        return f"{text}.{base64url(signature)}"


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


class Setup:
    """A folder with a configuration in which every secret there can be is given, in all three ways."""

    def __init__(self, vault, cloud, folder):
        self.vault, self.cloud, self.folder = vault, cloud, folder
        self.environment = {}
        self.public, self.admin = free_port(), free_port()
        self.issuer = Issuer(folder)
        now = int(time.time())
        self.key = vault.plant("key of a client")
        self.admin_key = self.env("ADMIN_KEY", vault.plant("admin key"))
        claims = {"iss": "issuer", "aud": "gateway", "exp": now + 600, "jti": vault.plant("claim of a token")}
        self.token = self.plant_token("token of a client", **claims)
        self.old_token = self.plant_token("token that has expired", **{**claims, "exp": now - 600})
        self.foreign_token = self.plant_token("token for another audience", **{**claims, "aud": "other"})
        self.wrong_key = vault.plant("key that is nobody's")
        self.misplaced = vault.plant("secret in a target")

    def plant_token(self, kind, **claims):
        token = self.issuer.token(**claims)
        header, payload, signature = token.split(".")
        self.vault.plant(f"payload of a {kind}", payload)
        self.vault.plant(f"signature of a {kind}", signature)
        return token

    def env(self, name, value):
        self.environment[name] = value
        return f'{{ env: "{name}" }}'

    def file(self, name, value):
        (self.folder / name).write_text(value)
        return f'{{ file: "{name}" }}'

    def upstreams(self):
        plant, env, file = self.vault.plant, self.env, self.file
        iam = f'iam_endpoint: "{self.cloud.origin}",'
        rows = [
            ("aries", "", f'username: "user", password: {env("A1", plant("password of Aries"))}'),
            ("aries", "", f'token: "{plant("token of Aries, in the file itself")}"'),
            ("aries", "", f'header_name: "X-Secret-Header", header_value: {file("a3", plant("field of Aries"))}'),
            ("zenlayer", 'region: "FRA-A",',
             f'access_key_id: "id", access_key_password: {env("Z1", plant("password of Zenlayer"))}'),
            ("zenlayer", 'region: "FRA-B",', f'token: {file("z2", plant("token of Zenlayer"))}'),
            ("huawei-ims", 'region: "cn-north-4",',
             f'access_key: "AK", secret_key: {env("H1", plant("secret key of Huawei"))}, '
             f'project_id: "{"0" * 32}", security_token: {file("h1", plant("security token of Huawei"))}'),
            ("huawei-ims", f'region: "cn-north-1", {iam}',
             f'username: "user", password: {file("h2", plant("password of Huawei"))}, domain: "d", project: "cn-north-1"'),
            ("huawei-ims", 'region: "cn-east-3",', f'token: "{plant("token of Huawei, in the file itself")}"'),
            ("tencent-cvm", 'region: "ap-guangzhou",',
             f'secret_id: "ID", secret_key: {env("T1", plant("secret key of Tencent"))}, '
             f'token: {env("T2", plant("token of Tencent"))}'),
            ("tencent-cvm", 'api: "2017", region: "ap-beijing",',
             f'secret_id: "ID", secret_key: "{plant("secret key of Tencent, in the file itself")}"'),
            ("gmi", "", f'token: {env("G1", plant("token of GMI"))}'),
            ("gmi", "", f'email: "a@example.com", password: {file("g2", plant("password of GMI"))}'),
        ]
        return ",\n".join(
            f'{{ id: "up-{index}", provider: "{provider}", endpoint: "{self.cloud.origin}", {extra} retries: 0, '
            f'breaker: {{ failures: 1000, open_for: "1s" }}, credentials: {{ {credentials} }} }}'
            for index, (provider, extra, credentials) in enumerate(rows)
        )

    def write(self, level, extra=""):
        cursor_key = self.file("cursor", self.vault.planted.get("cursor key") or self.vault.plant("cursor key", os.urandom(32).hex()))
        digest = run("sh", "-c", f"printf %s '{self.key}' | sha256sum").split()[0].decode()
        path = self.folder / "gateway.json5"
        if not hasattr(self, "rows"):
            self.rows = self.upstreams()
        path.write_text(f"""{{
          listen: {{ address: "127.0.0.1:{self.public}" }},
          admin: {{ address: "127.0.0.1:{self.admin}", key: {self.admin_key} }},
          cursor_key: {cursor_key}, state_directory: "{self.folder}/state",
          log: {{ level: "{level}" }}, request: {{ deadline: "5s" }}, {extra}
          clients: [
            {{ id: "keyed", key_sha256: "{digest}" }},
            {{ id: "tokened", jwt: {{ issuer: "issuer", audience: ["gateway"], jwks: {{ file: "jwks.json" }} }} }},
            {{ id: "fetched", jwt: {{ issuer: "other", audience: ["gateway"],
               jwks: {{ url: "{self.cloud.origin}/keys?{self.query_secret}" }} }} }},
          ],
          upstreams: [ {self.rows} ],
        }}""")
        return path

    @property
    def query_secret(self):
        kind = "query of a URL of keys"
        return self.vault.planted.get(kind) or self.vault.plant(kind)


class Emitted:
    """All bytes that came out, by where they did."""

    def __init__(self):
        self.parts = []

    def add(self, place, data):
        self.parts.append((place, bytes(data)))

    def report(self, vault):
        leaks = [(place, kind) for place, data in self.parts for kind in vault.found(data)]
        for place, kind in sorted(set(leaks)):
            print(f"LEAK: the {kind} shows up in {place}", file=sys.stderr)
        return len(leaks)


def drive(setup, gateway, emitted, level):
    """Every route with every way to be known, while the upstreams go through all their modes."""
    admin = {"Authorization": f"Bearer {setup.vault.planted['admin key']}"}
    keyed, tokened = {"X-API-Key": setup.key}, {"Authorization": f"Bearer {setup.token}"}

    def ask(port, target, fields=None, method="GET", expected=None):
        status, data = call(port, target, fields, method)
        emitted.add(f"the answer to {method} {target} at level {level}, mode {setup.cloud.mode}", data)
        if expected is not None and status not in expected:
            raise SystemExit(f"{method} {target}: status {status}, not one of {expected}\n{data.decode(errors='replace')}")
        return data

    for mode in MODES:
        setup.cloud.mode = mode
        for index in range(12):
            ask(gateway.admin, f"/v1/upstreams/up-{index}:purge", admin, "POST", [202])
        # 200 where a mode happens to make an empty list.
        ask(gateway.public, "/v1/images?explain=true", keyed, expected=[200, 502, 504])
        ask(gateway.public, "/v1/images/aries:x:1", tokened)
        ask(gateway.public, "/v1/images?require=complete&facets=provider", tokened)
        listed = ask(gateway.public, "/v1/upstreams", keyed, expected=[200])
        if b"up-11" not in listed:
            raise SystemExit("the list of upstreams is not whole, so looking at it proves nothing")
        ask(gateway.admin, "/v1/upstreams", admin, expected=[200])
        ask(gateway.admin, "/metrics", admin, expected=[200])
    wrong = [({"Authorization": f"Bearer {text}"}, [401]) for text in (
        setup.old_token, setup.foreign_token, setup.wrong_key, setup.token + "A", setup.token[:-9])]
    wrong += [({"X-API-Key": setup.wrong_key}, [401]), ({"Authorization": f"Basic {setup.wrong_key}"}, [401])]
    for fields, expected in wrong:
        for target in ("/v1/images", "/v1/upstreams", "/nothing"):
            ask(gateway.public, target, fields, expected=expected)
        ask(gateway.admin, "/metrics", fields, expected=expected)
    for target in ("/", "/openapi.json", "/v1/images?cursor=x&sort=y", "/v1/images?upstream=nobody", "/nothing"):
        ask(gateway.public, target, keyed)
    for target in MISPLACED:
        call(gateway.public, target.format(setup.misplaced), keyed)
    call(gateway.public, "/v1/images", keyed, method=setup.misplaced)
    for target in ("/healthz", "/readyz", "/nothing"):
        ask(gateway.admin, target, admin)
    reload_all(setup, gateway, ask, admin, level)


def reload_all(setup, gateway, ask, admin, level):
    """Configurations with mistakes beside secrets, then the good one again."""
    literal = setup.vault.plant("literal beside a mistake")
    for extra in broken(literal):
        setup.write(level, extra)
        ask(gateway.admin, "/v1/config:reload", admin, "POST", [422])
    setup.write(level)
    ask(gateway.admin, "/v1/config:reload", admin, "POST", [200])


def broken(secret):
    """Mistakes in which a secret stands where something else belongs."""
    return [
        f'cors: {{ origins: ["https://user:{secret}@portal.example"] }},', f'loops: "{secret}",',
        f'cache: {{ ttl: "{secret}" }},', f'cors: {{ origins: ["{secret}"] }},',
        f'limits: {{ connections_max: {{ env: "{secret}" }} }},',
    ]


def command_lines(binary, setup, emitted, folder):
    """What the other commands print, of a good configuration and of broken ones."""
    environment = {"PATH": os.environ["PATH"], "IMAGE_GATEWAY_KEY": setup.key, **setup.environment}
    path = setup.write("info")
    commands = [["check"], ["check", "--online"], ["query", "--output", "json"], ["query"]]
    for command in commands:
        show(binary, command + ["--config", str(path)], environment, emitted)
    show(binary, ["schema"], environment, emitted)
    secret = setup.vault.plant("literal beside a mistake, read by check")
    text = path.read_text()
    cases = [text.replace('listen: {', f'{extra} listen: {{', 1) for extra in broken(secret)]
    proxy = f'http://user:{secret}@proxy.example:3128'
    cases += [
        text.replace('retries: 0,', f'proxy: "{proxy}",', 1),
        text.replace('retries: 0,', f'credentials_: {{ token: "{secret}" }},', 1),
        text.replace(f'endpoint: "{setup.cloud.origin}"', f'endpoint: "https://u:{secret}@a.example"', 1),
        text.replace('"X-Secret-Header"', f'"{secret} {secret}"', 1),
        text.replace('env: "A1"', f'env: "{secret}"', 1), text.replace('password:', f'pasword:', 1),
        text.replace('env: "A1"', f'"{secret}": "A1"', 1), text.replace('password:', f'"{secret}":', 1),
        text[: len(text) // 2], text.replace('"id"', f'"{secret}\\u0007"', 1),
        text.replace('jwks.json', 'gateway.json5', 1),
        text.replace('/keys?', f'/keys?{secret}#', 1), text.replace('http://127.0.0.1', f'http://u:{secret}@127.0.0.1', 1),
    ]
    for index, case in enumerate(cases):
        other = folder / f"broken-{index}.json5"
        other.write_text(case)
        show(binary, ["check", "--config", str(other)], environment, emitted)


def show(binary, arguments, environment, emitted):
    result = subprocess.run(
        [binary, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=120)
    if result.returncode < 0:
        raise SystemExit(f"{arguments} ended by signal {-result.returncode}")
    emitted.add(f"the output of {' '.join(arguments[:2])} ({arguments[-1].split('/')[-1]})", result.stdout)


def main(binary):
    vault, emitted = Vault(), Emitted()
    cloud = EchoCloud(vault)
    with tempfile.TemporaryDirectory(prefix="gateway-secrets-") as name:
        folder = pathlib.Path(name)
        setup = Setup(vault, cloud, folder)
        for level in LEVELS:
            gateway = Gateway(binary, str(setup.write(level)), setup.environment, setup.public, setup.admin)
            try:
                drive(setup, gateway, emitted, level)
            finally:
                status = gateway.end()
            if status != 0:
                raise SystemExit(f"the gateway ended with {status}")
            emitted.add(f"the log at level {level}", gateway.output)
            emitted.add("the process's arguments", gateway.arguments)
        command_lines(binary, setup, emitted, folder)
        for file in sorted((folder / "state").rglob("*")) if (folder / "state").exists() else []:
            if file.is_file():
                emitted.add(f"state_directory: {file.name}", file.read_bytes())
    check_use(vault, cloud)
    leaks = emitted.report(vault)
    size = sum(len(data) for _, data in emitted.parts)
    print(
        f"seen: {leaks} occurrences of {len(vault.planted)} planted secrets in {size // 1024} KiB of output from "
        f"{len(emitted.parts)} places, {len(MODES)} ways to echo them, {len(LEVELS)} log levels")
    return 1 if leaks else 0


def check_use(vault, cloud):
    """The secrets that go out as they are did go out, or a run without leaks would prove nothing."""
    received = "\n".join(cloud.received).encode()
    sent = vault.found(received)
    missing = [kind for kind in vault.planted if kind.split(" of ")[0] in (
        "token", "password", "field", "security token", "session token", "first token") and "client" not in kind
        and "has expired" not in kind and kind not in sent and kind != "password of Zenlayer"]
    if missing:
        raise SystemExit(f"never in use, so nothing is proved: {missing}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1]))
