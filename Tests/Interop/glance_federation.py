"""A Glance that holds 60 images, and a gateway that lists them."""

import contextlib
import json
import sys
from pathlib import Path

import programs
from checks import TOKEN, equal, exchange

# Sixty images in pages of twenty end with a page that is empty.
PAGE_SIZES = [25, 20]
# An upstream whose list is too long to hold asks Glance to filter it.
CUT_PAGE_SIZE = 10
CUT_IMAGES_MAX = 30
COUNT = 60
NAMES = ["web-01", "测试镜像", "  spaced  out ", "naïve “quotes” & <tags>", "a/b?c=d#e", "★"]
VISIBILITIES = ["public", "private", "shared"]
SYSTEMS = [
    {"os_distro": "ubuntu", "os_version": "22.04", "architecture": "x86_64"},
    {"os_distro": "centos", "os_version": "7", "architecture": "aarch64", "os_type": "linux"},
    {"os_distro": "windows", "os_type": "windows", "hw_firmware_type": "uefi"},
    {"hw_disk_bus": "virtio", "note": "长" * 80, "empty": ""},
]


class Federation:
    """Both programs' addresses, and the images as Glance described them when they were made."""

    def __init__(self, glance, requests):
        self.glance, self._requests = glance, requests
        self.images = [self._create(index) for index in range(COUNT)]
        self.gateway = None

    def ids(self, **members):
        return [
            image["id"]
            for image in self.images
            if all(image[name] == value for name, value in members.items())
        ]

    def calls(self, page_size):
        """The list calls with this page size that Glance has seen, each after its status."""
        lines = self._requests.read_text().splitlines()
        start = f" /v2/images?limit={page_size}"
        return [line for line in lines if f"{start}&" in line or f"{start} " in line]

    def ask(self, path, method=None, body=None, kind="application/json"):
        headers = {"X-Auth-Token": TOKEN, "Content-Type": kind}
        return exchange(f"{self.glance}{path}", body, headers, method)

    def _create(self, index):
        properties = {
            "name": f"{NAMES[index % len(NAMES)]} {index}",
            "visibility": VISIBILITIES[index % len(VISIBILITIES)],
            "disk_format": "qcow2" if index % 2 else "raw",
            "container_format": "bare",
            "min_disk": index % 5 * 10,
            "min_ram": index % 3 * 512,
            "tags": [f"number={index}", "plain"][: index % 3],
            "protected": index % 7 == 0,
        } | SYSTEMS[index % len(SYSTEMS)]
        status, _, text = self.ask("/v2/images", body=json.dumps(properties).encode())
        equal(status, 201, f"status of a new image, with the answer {text}")
        image = json.loads(text)
        return self._upload(image, bytes(index)) if index % 4 == 2 else image

    def _upload(self, image, content):
        """An image with content is active and has a size; one without is queued."""
        path = f"/v2/images/{image['id']}"
        status, _, text = self.ask(f"{path}/file", "PUT", content, "application/octet-stream")
        equal(status, 204, f"status of an upload, with the answer {text}")
        return json.loads(self.ask(path)[2])


def configuration(glance):
    """Each upstream has a region of its own, so that its images are not merged with another's."""
    shared = {"provider": "huawei-ims", "endpoint": glance, "deadline": "60s"}
    upstreams = [
        {"id": f"pages-of-{size}", "region": f"pages-of-{size}", "page_size": size}
        | {"credentials": {"token": TOKEN}}
        for size in PAGE_SIZES
    ]
    cut = upstreams[0] | {"id": "cut", "region": "cut", "page_size": CUT_PAGE_SIZE}
    cut["images_max"] = CUT_IMAGES_MAX
    stranger = {"id": "stranger", "region": "stranger", "credentials": {"token": "foreign"}}
    return {
        "listen": {"address": "127.0.0.1:0"},
        "admin": {"address": "127.0.0.1:0"},
        "request": {"deadline": "60s"},
        "upstreams": [upstream | shared for upstream in [*upstreams, cut, stranger]],
    }


@contextlib.contextmanager
def running(gateway, directory):
    home = Path(directory, "glance")
    home.mkdir()
    server = [sys.executable, str(Path(__file__).with_name("glance_server.py")), str(home)]
    with programs.running(server, f"{directory}/glance.log") as url:
        federation = Federation(url, home / "requests.log")
        file = Path(directory, "gateway.json5")
        file.write_text(json.dumps(configuration(url)))
        command = [gateway, "serve", "--config", str(file)]
        with programs.running(command, f"{directory}/gateway.log") as federation.gateway:
            yield federation
