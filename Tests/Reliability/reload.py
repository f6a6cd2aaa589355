"""R4: reloads of the configuration and of certificates under load, by SIGHUP and by the admin verb. No request
fails; a bad configuration changes nothing and says why."""

import argparse
import ssl

from programs import *

ADMIN_KEY = "reliability-admin-key"


class Served:
    """A gateway under wrk, whose configuration file is rewritten."""

    def __init__(self, shop, simulators, tls=""):
        self.shop, self.simulators, self.tls = shop, simulators, tls
        self.admin = f"127.0.0.1:{free_port()}"
        self.address = f"127.0.0.1:{free_port()}"
        self.file = shop.file("gateway.json5", self.text(0))
        self.gateway = shop.run(Gateway(self.file))
        self.reloaded = 0

    def text(self, number):
        """Another configuration each time: bounds, log, waiting times and an upstream that comes and goes."""
        more = (
            f'admin: {{ address: "{self.admin}", key: "{ADMIN_KEY}" }}, '
            f"request: {{ page_size: {20 + number % 7} }}, "
            f'cache: {{ ttl: "{600 + number % 3}s" }},'
        )
        text = configuration(self.simulators.url, self.address, more)
        text = text.replace("listen: {", f"listen: {{ {self.tls}", 1)
        extra = f'{{ id: "gmi-2", provider: "gmi", region: "x", endpoint: "{self.simulators.url}", ' + (
            'credentials: { token: "simulator-token" } },'
        )
        return text if number % 2 == 0 else text.replace("upstreams: [", f"upstreams: [ {extra}", 1)

    def write(self, text):
        with open(self.file + ".new", "w") as file:
            file.write(text)
        os.replace(self.file + ".new", self.file)

    def verb(self):
        return ask(self.admin, "/v1/config:reload", "POST", fields={"authorization": f"Bearer {ADMIN_KEY}"})

    def reload(self, number):
        """One after the other by signal and by verb; returns when the new configuration is in force."""
        self.reloaded += 1
        self.write(self.text(self.reloaded))
        if number % 2 == 0:
            status, _, content = self.verb()
            expect(status == 200, f"reload answered {status}: {content}")
        else:
            before = self.gateway.count("configuration was reloaded")
            self.gateway.signal(signal.SIGHUP)
            until(lambda: self.gateway.count("configuration was reloaded") > before, "SIGHUP was not heeded")

    def break_it(self, upstreams):
        """A configuration with mistakes: refused with the place, and everything stays."""
        self.write(self.text(self.reloaded).replace('provider: "gmi"', 'provider: "gmy"'))
        status, _, content = self.verb()
        expect(status == 422 and b"did you mean" in content, f"a bad one answered {status}: {content}")
        self.gateway.signal(signal.SIGHUP)
        until(lambda: self.gateway.count("was not reloaded") >= 2, "SIGHUP said nothing of it")
        expect(self.upstreams() == upstreams, "a bad configuration changed something")

    def upstreams(self):
        _, _, content = ask(
            self.admin, "/v1/upstreams", fields={"authorization": f"Bearer {ADMIN_KEY}"}
        )
        return [entry["id"] for entry in json.loads(content)["upstreams"]]


def nothing_failed(result):
    failed = {key: result[key] for key in ("not2xx", "connect", "read", "write", "timeout") if result[key]}
    expect(not failed, f"requests failed: {failed}\n{result['text']}")
    expect(result["requests"] > 0, "no request was made")


def configurations(shop, simulators, times, seconds):
    served = Served(shop, simulators)
    get(served.gateway.host, "/v1/images?limit=25&deadline=10s")
    wrk = shop.run(load(served.gateway.host, seconds))
    for number in range(times):
        served.reload(number)
        time.sleep((seconds - 2) / times / 2)
        expect(("gmi-2" in served.upstreams()) == (served.reloaded % 2 == 1), "a reload did not take effect")
    served.break_it(served.upstreams())
    result = wrk_result(wrk)
    nothing_failed(result)
    seen(f"{times} reloads under wrk: {result['requests']} requests, 0 failed; a bad one was refused with its place")


def certificate(shop, name):
    """A new key and certificate under the same names; returns the serial number."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    files = [f"{shop.folder}/{name}.{kind}" for kind in ("key", "pem")]
    new = [f"{file}.new" for file in files]
    subprocess.run([*command.split(), "-keyout", new[0], "-out", new[1]], check=True, capture_output=True)
    for file, fresh in zip(files, new):
        os.replace(fresh, file)
    return files


def shown(host):
    """The certificate that a new connection is shown."""
    return ssl.get_server_certificate(tuple(host.rsplit(":", 1))).strip()


def certificates(shop, simulators, times, seconds):
    key, pem = certificate(shop, "server")
    served = Served(shop, simulators, f'tls: {{ certificate: "{pem}", key: "{key}" }}, ')
    host = served.gateway.host
    wrk = shop.run(load(host, seconds, secure=True))
    for number in range(times):
        time.sleep((seconds - 2) / times)
        certificate(shop, "server")
        served.reload(number)
        with open(pem) as file:
            wanted = file.read().strip()
        until(lambda: shown(host) == wanted, "the new certificate is not shown")
    os.truncate(pem, 40)
    status, _, content = served.verb()
    expect(status == 422, f"a torn certificate answered {status}: {content}")
    expect(shown(host) == wanted, "a torn certificate changed something")
    result = wrk_result(wrk)
    nothing_failed(result)
    seen(f"{times} new certificates under wrk over TLS: {result['requests']} requests, 0 failed; a torn one was refused")


def run(reloads, renewals):
    with Workshop() as shop:
        simulators = shop.run(Simulators(200))
        configurations(shop, simulators, reloads, 12)
        certificates(shop, simulators, renewals, 8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reloads", type=int, default=20)
    parser.add_argument("--renewals", type=int, default=5)
    arguments = parser.parse_args()
    main(lambda: run(arguments.reloads, arguments.renewals))
