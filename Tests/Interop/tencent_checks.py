"""Tencent's SDK, with each method of signing that it offers."""

from functools import partial

from checks import KEY_ID, SECRET, TOKEN, WRONG_SECRET, equal, refused, same_ids
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.cvm.v20170312.cvm_client import CvmClient
from tencentcloud.cvm.v20170312.models import DescribeImagesRequest, Filter

PROVIDER = "tencent-cvm"
# GET and POST are written, escaped and signed in different ways.
SIGNINGS = [
    (method, verb)
    for method in ("TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1")
    for verb in ("POST", "GET")
]


def client(simulator, method="TC3-HMAC-SHA256", verb="POST", secret=SECRET, **options):
    http = HttpProfile(protocol="http", endpoint=simulator.host, reqMethod=verb, reqTimeout=60)
    region = options.get("region", "ap-guangzhou")
    credential = Credential(options.get("key_id", KEY_ID), secret, options.get("token"))
    return CvmClient(credential, region, ClientProfile(signMethod=method, httpProfile=http))


def request(filters=None, ids=None, offset=0, limit=100):
    asked = DescribeImagesRequest()
    asked.Offset, asked.Limit, asked.ImageIds = offset, limit, ids
    for name, values in (filters or {}).items():
        one = Filter()
        one.Name, one.Values = name, values
        asked.Filters = (asked.Filters or []) + [one]
    return asked


def walk(client, filters=None, limit=100):
    """All ids over all pages."""
    ids = []
    while True:
        page = client.DescribeImages(request(filters, offset=len(ids), limit=limit))
        ids += [image.ImageId for image in page.ImageSet]
        if not page.ImageSet or len(ids) >= page.TotalCount:
            equal(len(ids), page.TotalCount, "rows against TotalCount")
            return ids


def all_pages(simulator, method, verb):
    same_ids(walk(client(simulator, method, verb)), simulator.ids(PROVIDER))


def full_last_page(simulator):
    same_ids(walk(client(simulator), limit=25), simulator.ids(PROVIDER))


def filters(simulator, method, verb):
    """One that is compared exactly, one that is looked for within texts and has a blank."""
    asked = client(simulator, method, verb)
    private = walk(asked, {"image-type": ["PRIVATE_IMAGE", "SHARED_IMAGE"]})
    expected = simulator.ids(PROVIDER, visibility="private")
    same_ids(private, expected + simulator.ids(PROVIDER, visibility="shared"))
    stream = walk(asked, {"platform": ["CentOS Stream"]})
    if not stream:
        raise AssertionError("no image of the platform `CentOS Stream`")


def chosen_ids(simulator):
    ids = simulator.ids(PROVIDER)[:3]
    page = client(simulator).DescribeImages(request(ids=ids))
    same_ids([image.ImageId for image in page.ImageSet], ids)


def temporary_key(simulator):
    page = client(simulator, token=TOKEN).DescribeImages(request(limit=1))
    equal(len(page.ImageSet), 1, "rows")


def refusal(simulator, code, method="TC3-HMAC-SHA256", verb="POST", asked=None, **options):
    call = partial(client(simulator, method, verb, **options).DescribeImages, asked or request())
    refused(call, TencentCloudSDKException, TencentCloudSDKException.get_code, code)


def checks(simulator):
    for method, verb in SIGNINGS:
        title, arguments = f"{method} over {verb}", (simulator, method, verb)
        yield f"{title} lists all pages", partial(all_pages, *arguments)
        yield f"{title} filters", partial(filters, *arguments)
        wrong = partial(
            refusal, simulator, "AuthFailure.SignatureFailure", method, verb, secret=WRONG_SECRET
        )
        yield f"{title} with a wrong secret is refused", wrong
    refuse = partial(partial, refusal, simulator)
    yield "pages that are all full", partial(full_last_page, simulator)
    yield "images chosen by id", partial(chosen_ids, simulator)
    yield "a temporary key with its token", partial(temporary_key, simulator)
    yield "a foreign token is refused", refuse("AuthFailure.TokenFailure", token="foreign")
    yield "an unknown key is refused", refuse("AuthFailure.SecretIdNotFound", key_id="AKIDOTHER")
    yield "an unknown region is refused", refuse("UnsupportedRegion", region="ap-atlantis")
    yield "a limit of 101 is refused", refuse(
        "InvalidParameterValue.InvalidParameterValueLimit", asked=request(limit=101)
    )
    yield "an unknown filter is refused", refuse(
        "InvalidFilter", asked=request({"colour": ["blue"]})
    )
    yield "six values of one filter are refused", refuse(
        "InvalidFilterValue.LimitExceeded", asked=request({"platform": list("abcdef")})
    )
    yield "ids together with filters are refused", refuse(
        "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
        asked=request({"platform": ["Ubuntu"]}, ids=["img-00000000"]),
    )
