"""Serves Glance on a free port of this machine: glance_server.py DIRECTORY, which it fills."""

import configparser
import os
import subprocess
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from checks import PROJECT_ID, TOKEN

STORES = {
    "files": "images",
    "os_glance_staging_store": "staging",
    "os_glance_tasks_store": "tasks",
}


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_request(self, code="-", size="-"):
        """One line for each request: the status and what was asked."""
        with open(Path(sys.argv[1], "requests.log"), "a") as file:
            file.write(f"{int(code)} {self.requestline}\n")


def write(path, sections):
    parser = configparser.RawConfigParser()
    parser.read_dict(sections)
    with open(path, "w") as file:
        parser.write(file)


def configure(directory):
    """The database and the stores are files."""
    write(directory / "glance-api.conf", {
        "DEFAULT": {
            "enabled_backends": "files:file",
            "enabled_import_methods": "[]",
            "log_file": f"{directory}/glance.log",
            "worker_self_reference_url": "http://127.0.0.1",
        },
        "paste_deploy": {"flavor": "", "config_file": f"{directory}/paste.ini"},
        "database": {"connection": f"sqlite:///{directory}/glance.db"},
        "glance_store": {"default_backend": "files"},
    } | {
        store: {"filesystem_store_datadir": f"{directory}/{folder}"}
        for store, folder in STORES.items()
    })
    for folder in STORES.values():
        (directory / folder).mkdir()


def configure_pipeline(directory):
    """Glance's own, with the filter that believes what another one says about the caller."""
    parser = configparser.RawConfigParser()
    with open(f"{sys.prefix}/etc/glance/glance-api-paste.ini") as file:
        parser.read_file(file)
    parser["composite:api"]["default"] = "versionnegotiation context rootapp"
    write(directory / "paste.ini", parser)


def identified(application):
    """What the identity service's filter would do for one token that it knows."""

    def answer(environment, start):
        if environment.get("HTTP_X_AUTH_TOKEN") != TOKEN:
            start("401 Unauthorized", [("Content-Type", "text/html")])
            return [b"<html><title>401 Unauthorized</title></html>"]
        environment |= {
            "HTTP_X_IDENTITY_STATUS": "Confirmed",
            "HTTP_X_PROJECT_ID": PROJECT_ID,
            "HTTP_X_USER_ID": "simulator",
            "HTTP_X_ROLES": "admin,member,reader",
        }
        return application(environment, start)

    return answer


def main():
    directory = Path(sys.argv[1]).resolve()
    configure(directory)
    configure_pipeline(directory)
    manage = [f"{sys.prefix}/bin/glance-manage", "--config-file", f"{directory}/glance-api.conf"]
    subprocess.run([*manage, "db_sync"], check=True, stdout=subprocess.DEVNULL)
    os.environ["OS_GLANCE_CONFIG_DIR"] = str(directory)
    from glance.wsgi.api import application

    with make_server("127.0.0.1", 0, identified(application), Server, Handler) as server:
        print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


main()
