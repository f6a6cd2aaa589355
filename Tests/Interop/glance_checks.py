"""The gateway before a Glance, which is what an upstream `huawei-ims` with a token may be."""

import json
from functools import partial
from urllib.parse import quote

from checks import equal, exchange, get_json, same_ids
from glance_federation import COUNT, CUT_IMAGES_MAX, CUT_PAGE_SIZE, PAGE_SIZES

STATUSES = {"active": "available", "queued": "pending"}


def asked(federation, query, page_size=25):
    return get_json(f"{federation.gateway}/v1/images?upstream=pages-of-{page_size}&{query}")


def native_ids(answer):
    return [image["native_id"] for image in answer["images"]]


def whole_list(federation, page_size):
    answer = asked(federation, "limit=1000", page_size)
    equal((answer["total"], answer["complete"]), (COUNT, True), "total and complete")
    same_ids(native_ids(answer), federation.ids())


def all_pages(federation, page_size):
    """A page that is full is followed by another call, even where nothing follows."""
    asked(federation, "limit=1", page_size)
    calls = federation.calls(page_size)
    equal([call[:3] for call in calls], ["200"] * (COUNT // page_size + 1), "calls to Glance")
    equal(sum("marker=" in call for call in calls), len(calls) - 1, "calls with a marker")


def own_pages(federation):
    """The gateway's pages, which are others than Glance's."""
    ids, cursor = [], None
    while True:
        answer = asked(federation, "limit=7" + (f"&cursor={quote(cursor)}" if cursor else ""))
        ids += native_ids(answer)
        if not (cursor := answer["next_cursor"]):
            return same_ids(ids, federation.ids())


def members(federation):
    """Each image means the same on both sides."""
    listed = {image["native_id"]: image for image in asked(federation, "limit=1000")["images"]}
    for source in federation.images:
        image = listed[source["id"]]
        actual = {
            "name": image["name"],
            "status": image["status"],
            "visibility": image["visibility"],
            "boot mode": image["boot_mode"],
            "disk": image["min_disk_gb"],
            "memory": image["min_ram_mb"],
            "size": image["size_bytes"],
            "tags": sorted(image["tags"]),
            "dates": (image["created_at"], image["updated_at"]),
        }
        equal(actual, expected_members(source), f"image {source['id']}")


def expected_members(source):
    return {
        "name": source["name"],
        "status": STATUSES[source["status"]],
        "visibility": source["visibility"],
        "boot mode": source.get("hw_firmware_type", "bios"),
        "disk": source["min_disk"] or None,
        "memory": source["min_ram"] or None,
        "size": source["size"] or None,
        "tags": sorted(source["tags"]),
        "dates": (source["created_at"], source["updated_at"]),
    }


def systems(federation):
    for query, properties in [
        ("os_distribution=ubuntu&os_version=22.04&architecture=x86_64", {"os_distro": "ubuntu"}),
        ("os_distribution=centos&os_version=7&architecture=arm64", {"os_distro": "centos"}),
        ("os_family=windows&boot_mode=uefi", {"os_distro": "windows"}),
    ]:
        expected = [
            image["id"] for image in federation.images if properties.items() <= image.items()
        ]
        same_ids(native_ids(asked(federation, f"limit=1000&{query}")), expected)


def filters(federation):
    image = federation.images[17]
    for query, expected in [
        ("visibility=public", federation.ids(visibility="public")),
        ("visibility=shared", federation.ids(visibility="shared")),
        ("status=available", federation.ids(status="active")),
        ("created_after=2000-01-01T00:00:00Z", federation.ids()),
        ("tag=number%3D2", [federation.images[2]["id"]]),
        (f"name={quote(image['name'])}", [image["id"]]),
        (f"id={image['id']}", [image["id"]]),
    ]:
        same_ids(native_ids(asked(federation, f"limit=1000&{query}")), expected)


def filters_of_glance(federation):
    """A list that is too long to hold is filtered where it is, so that nothing is lost."""
    url = f"{federation.gateway}/v1/images?upstream=cut&limit=1000"
    equal(get_json(url)["complete"], False, "whether the list that was cut is complete")
    image = federation.images[0]
    for query, asked_of_glance, expected in [
        ("visibility=private", "visibility=private", federation.ids(visibility="private")),
        ("status=available", "status=active", federation.ids(status="active")),
        (f"id={image['id']}", f"id={image['id']}", [image["id"]]),
        (
            "visibility=public&created_after=2000-01-01T00:00:00Z",
            "created_at=gte%3A2000-01-01T00%3A00%3A00Z",
            federation.ids(visibility="public"),
        ),
    ]:
        answer = get_json(f"{url}&{query}")
        equal((answer["total"], answer["complete"]), (len(expected), True), query)
        same_ids(native_ids(answer), expected)
        last = federation.calls(CUT_PAGE_SIZE)[-1]
        equal(asked_of_glance in last, True, f"{asked_of_glance} in the call {last}")


def one_image(federation):
    image = federation.images[33]
    answer = get_json(f"{federation.gateway}/v1/images/huawei-ims:pages-of-25:{image['id']}")
    equal(answer["name"], image["name"], "name")


def stranger(federation):
    """Glance's refusal has no content that a program could read; its status has to do."""
    status, fields, text = exchange(f"{federation.gateway}/v1/images?upstream=stranger")
    equal((status, fields["Content-Type"]), (502, "application/problem+json"), "refusal")
    state = {row["id"]: row for row in json.loads(text)["upstreams"]}["stranger"]
    problem = state["error"]["type"]
    equal(problem, "urn:image-gateway:problem:unauthorized", "type of the problem")


def checks(federation):
    for page_size in PAGE_SIZES:
        title = f"with pages of {page_size}"
        yield f"{title} every image is listed once", partial(whole_list, federation, page_size)
        yield f"{title} all pages are walked once", partial(all_pages, federation, page_size)
    yield "the gateway's own pages hold every image once", partial(own_pages, federation)
    yield "members mean what they mean in Glance", partial(members, federation)
    yield "operating systems are told apart", partial(systems, federation)
    yield "filters", partial(filters, federation)
    title = f"filters of Glance, where more than {CUT_IMAGES_MAX} images are not held"
    yield title, partial(filters_of_glance, federation)
    yield "one image by its id", partial(one_image, federation)
    yield "a token that Glance does not know is said to be refused", partial(stranger, federation)
