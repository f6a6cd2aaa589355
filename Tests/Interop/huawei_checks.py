"""Huawei's SDK, with both lists of images, with a project id and without."""

import warnings
from functools import partial
from operator import attrgetter

from checks import KEY_ID, PROJECT_ID, SECRET, TOKEN, WRONG_SECRET, equal, refused, same_ids
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, SdkException
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkims.v2 import GlanceListImagesRequest, ImsClient, ListImagesRequest

PROVIDER = "huawei-ims"
LISTS = {
    "glance_list_images": GlanceListImagesRequest,
    "list_images": ListImagesRequest,
}
# The SDK calls the list that Glance has too outdated; what it lists is checked all the same.
warnings.filterwarnings("ignore", category=DeprecationWarning)


def client(simulator, secret=SECRET, project=PROJECT_ID, key_id=KEY_ID, token=None):
    credentials = BasicCredentials(key_id, secret, project)
    # The SDK remembers project ids by key; each check is to ask for itself.
    BasicCredentials._CACHE.clear()
    if token:
        credentials = credentials.with_security_token(token)
    builder = ImsClient.new_builder()
    if project:
        return builder.with_credentials(credentials).with_endpoint(simulator.url).build()
    region = Region("cn-north-4", simulator.url)
    credentials = credentials.with_iam_endpoint(simulator.url)
    return builder.with_credentials(credentials).with_region(region).build()


def listed(client, method, **members):
    return getattr(client, method)(LISTS[method](**members)).images


def walk(client, method, limit=100, **members):
    """All ids over all pages, each of which begins behind the one before."""
    ids, marker = [], None
    while True:
        page = listed(client, method, limit=limit, marker=marker, **members)
        ids += [image.id for image in page]
        if len(page) < limit:
            return ids
        marker = ids[-1]


def all_pages(simulator, method, limit=100, **options):
    same_ids(walk(client(simulator, **options), method, limit), simulator.ids(PROVIDER))


def next_link(simulator):
    """The reply of the list that Glance has too says whether a page follows."""
    request = GlanceListImagesRequest(limit=100)
    asked, pages = client(simulator), []
    while True:
        answer = asked.glance_list_images(request)
        pages.append(len(answer.images))
        if answer.next is None:
            return equal(pages, [100, 100, 50], "rows of the pages")
        equal(answer.images[-1].id in answer.next, True, "the marker stands in the link")
        request.marker = answer.images[-1].id


def default_page(simulator, method, rows):
    equal(len(listed(client(simulator), method)), rows, "rows without a limit")


def filters(simulator, method):
    asked = client(simulator)
    for members, meant in [
        ({"imagetype": "gold"}, {"visibility": "public"}),
        ({"imagetype": "market"}, {"visibility": "marketplace"}),
        ({"id": simulator.ids(PROVIDER)[7]}, {"native_id": simulator.ids(PROVIDER)[7]}),
        ({"created_at": "gte:2000-01-01T00:00:00Z", "limit": 20}, {}),
    ]:
        same_ids(walk(asked, method, **members), simulator.ids(PROVIDER, **meant))
    every = len(simulator.ids(PROVIDER))
    for members in [
        {"platform": "Oracle Linux"}, {"os_type": "Windows"}, {"tag": "env=prod"},
        {"protected": True}, {"status": "active"}, {"os_bit": "64", "support_kvm": "true"},
    ]:
        if not 0 < len(walk(asked, method, **members)) < every:
            raise AssertionError(f"{members} does not tell images apart")
    names = [image["name"] for image in simulator.truth(PROVIDER) if not image["name"].isascii()]
    found = listed(asked, method, name=names[0])
    equal({image.name for image in found}, {names[0]}, "the Chinese name")


def refusal(simulator, method, status, code, asked=None, **options):
    call = partial(listed, client(simulator, **options), method, **(asked or {}))
    read = attrgetter("status_code", "error_code")
    refused(call, ClientRequestException, read, (status, code))


def refused_by_identity(simulator):
    """Without a project id the SDK is refused while it asks for one, and wraps that refusal."""
    refused(
        lambda: client(simulator, secret=WRONG_SECRET, project=None),
        SdkException,
        lambda error: "APIGW.0301" in error.error_msg,
        True,
    )


def checks(simulator):
    for method in LISTS:
        refuse = partial(partial, refusal, simulator, method)
        yield f"{method} lists all pages", partial(all_pages, simulator, method)
        yield f"{method} without a project id", partial(
            all_pages, simulator, method, project=None
        )
        yield f"{method} with pages that are all full", partial(all_pages, simulator, method, 25)
        yield f"{method} with a temporary key", partial(all_pages, simulator, method, token=TOKEN)
        yield f"{method} filters", partial(filters, simulator, method)
        yield f"{method} with a wrong secret is refused", refuse(
            401, "APIGW.0301", secret=WRONG_SECRET
        )
        yield f"{method} with an unknown key is refused", refuse(
            401, "APIGW.0301", key_id="OTHER"
        )
        yield f"{method} with a foreign project is refused", refuse(
            403, "APIGW.0310", project="f" * 32
        )
        yield f"{method} with an unknown marker is refused", refuse(
            400, "IMG.0001", asked={"marker": "00000000-0000-4000-8000-000000000000"}
        )
        yield f"{method} with an unknown image type is refused", refuse(
            400, "IMG.0024", asked={"imagetype": "silver"}
        )
    yield "glance_list_images links its pages", partial(next_link, simulator)
    yield "glance_list_images gives 25 images", partial(
        default_page, simulator, "glance_list_images", 25
    )
    yield "list_images gives up to 500 images", partial(default_page, simulator, "list_images", 250)
    yield "a wrong secret is refused while a project is asked for", partial(
        refused_by_identity, simulator
    )
