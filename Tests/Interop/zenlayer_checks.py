"""Zenlayer's SDK, with both editions of the machine API and both ways to say who asks."""

from functools import partial

from checks import KEY_ID, SECRET, TOKEN, WRONG_SECRET, equal, refused, same_ids
from zenlayercloud.common.config import Config
from zenlayercloud.common.credential import Credential, TokenCredential
from zenlayercloud.common.excpetion.zenlayer_cloud_sdk_exception import ZenlayerCloudSdkException
from zenlayercloud.vm.v20230313 import models as models2023, vm_client as client2023
from zenlayercloud.vm.v20260401 import models as models2026, vm_client as client2026

PROVIDER = "zenlayer"
EDITIONS = {"2023-03-13": (client2023, models2023), "2026-04-01": (client2026, models2026)}
SIGNED = Credential(KEY_ID, SECRET)


def describe(simulator, credential=SIGNED, edition="2023-03-13", **members):
    clients, models = EDITIONS[edition]
    config = Config(scheme="http", domain=simulator.host, rate_limit_max_retries=0)
    request = models.DescribeImagesRequest()
    for name, value in ({"zoneId": "FRA-A", "pageSize": 100} | members).items():
        setattr(request, name, value)
    return clients.VmClient(credential, config).DescribeImages(request)


def walk(simulator, **members):
    """All ids over all pages."""
    ids, number = [], 1
    while True:
        page = describe(simulator, pageNum=number, **members)
        ids += [image.imageId for image in page.dataSet]
        if not page.dataSet or len(ids) >= page.totalCount:
            equal(len(ids), page.totalCount, "rows against totalCount")
            return ids
        number += 1


def all_pages(simulator, **members):
    same_ids(walk(simulator, **members), simulator.ids(PROVIDER))


def filters(simulator, edition):
    for asked, meant in [
        ({"imageType": "CUSTOM_IMAGE"}, {"visibility": "private"}),
        ({"imageStatus": "AVAILABLE"}, {"status": "available"}),
    ]:
        same_ids(walk(simulator, edition=edition, **asked), simulator.ids(PROVIDER, **meant))
    ids = simulator.ids(PROVIDER)[:3]
    same_ids(walk(simulator, edition=edition, imageIds=ids), ids)
    for asked in [{"osType": "linux"}, {"category": "Ubuntu"}, {"imageName": "x86 64-bit"}]:
        if not 0 < len(walk(simulator, edition=edition, **asked)) < len(simulator.ids(PROVIDER)):
            raise AssertionError(f"{asked} does not tell images apart")


def refusal(simulator, code, credential=SIGNED, **members):
    call = partial(describe, simulator, credential, **members)
    refused(call, ZenlayerCloudSdkException, ZenlayerCloudSdkException.get_code, code)


def checks(simulator):
    refuse = partial(partial, refusal, simulator)
    for edition in EDITIONS:
        yield f"{edition} lists all pages", partial(all_pages, simulator, edition=edition)
        yield f"{edition} filters", partial(filters, simulator, edition)
        yield f"{edition} with a wrong secret is refused", refuse(
            "AUTHFAILURE_SIGNATURE_FAILURE", Credential(KEY_ID, WRONG_SECRET), edition=edition
        )
    token = TokenCredential(TOKEN)
    yield "a token lists all pages", partial(all_pages, simulator, credential=token)
    yield "pages that are all full", partial(all_pages, simulator, pageSize=25)
    yield "one page of 1000", partial(all_pages, simulator, pageSize=1000)
    yield "a wrong token is refused", refuse(
        "AUTHFAILURE_INVALID_AUTHORIZATION", TokenCredential("foreign")
    )
    yield "an unknown zone is refused", refuse("INVALID_ZONE_NOT_FOUND", zoneId="ATL-Z")
    yield "a page of 1001 is refused", refuse("INVALID_PARAMETER_EXCEED_MAXIMUM", pageSize=1001)
    yield "page 0 is refused", refuse("INVALID_PARAMETER_LESS_MINIMUM", pageNum=0)
    yield "an unknown type is refused", refuse("INVALID_PARAMETER_VALUE", imageType="GOLD")
