"""The explorer where something is wrong: sources that fail, keys, hostile names, narrow windows."""

import contextlib
import json
import subprocess

import gateways
from browser import PHONE, Browser
from checks import equal


def checks(gateway, directory):
    def failing():
        with gateways.simulators(gateway, directory) as simulator, gateways.serve(
            gateway, directory, "failing", upstreams=[
                gateways.upstream("good", simulator), gateways.upstream("gone", gateways.closed_port()),
            ],
        ) as url, Browser() as browser:
            browser.open(url)
            browser.settled(60)
            notice = browser.one("[data-notice='missing']").text
            for words in ["1 source of 2 missing", "gone", "aries", "Connection failed"]:
                if words not in notice:
                    raise AssertionError(f"'{words}' is not in: {notice}")
            equal(browser.text("#count"), "60 images, not all", "count")
            browser.shoot(f"{directory}/failing-1280-light.png")

    def stale():
        with contextlib.ExitStack() as cloud:
            simulator = cloud.enter_context(gateways.simulators(gateway, directory))
            with gateways.serve(
                gateway, directory, "stale", upstreams=[gateways.upstream("old", simulator)],
            ) as url, Browser() as browser:
                browser.open(url)
                browser.settled(60)
                equal(browser.all("[data-notice]"), [], "notices while all is well")
                cloud.close()
                browser.click("#refresh")
                notice = browser.one("[data-notice='missing']").text
                for words in ["old", "is shown from an old list, read", "Connection failed"]:
                    if words not in notice:
                        raise AssertionError(f"'{words}' is not in: {notice}")
                equal(browser.count(), 60, "images of the old list")

    def too_often():
        with gateways.simulators(gateway, directory) as simulator, gateways.serve(
            gateway, directory, "often", upstreams=[gateways.upstream("good", simulator)],
        ) as url, Browser() as browser:
            browser.open(url)
            browser.settled(60)
            # More than the burst that one caller has.
            browser.run("""
                const others = [1, 2, 3, 4, 5, 6].map((limit) => fetch(`/v1/images?limit=${limit}`, { cache: "reload" }));
                Promise.all(others).then(() => document.querySelector("#refresh").click());
            """)
            browser.one("[data-notice='refusal']")
            equal(browser.count(), 60, "images while a newer list was refused")
            browser.expect_no_wrongs(allowed=["429"])

    def all_failing():
        with gateways.serve(
            gateway, directory, "nobody", upstreams=[gateways.upstream("gone", gateways.closed_port())],
        ) as url, Browser() as browser:
            browser.open(url)
            notice = browser.one("[data-notice='refusal']").text
            if "Upstreams failed" not in notice or "gone" not in notice:
                raise AssertionError(notice)
            browser.click("[data-notice='refusal'] button")
            browser.one("[data-notice='refusal']")
            browser.expect_no_wrongs(allowed=["502 (Bad Gateway)", "429"])

    def keys():
        with gateways.simulators(gateway, directory) as simulator, gateways.serve(
            gateway, directory, "keys", clients=[gateways.client()], upstreams=[gateways.upstream("good", simulator)],
        ) as url, Browser() as browser:
            browser.open(f"{url}/?q=a")
            browser.type("#key-input", "wrong-key")
            browser.click("#key-form [type=submit]")
            browser.until(lambda: browser.text("#key-wrong"), "a complaint about a wrong key")
            browser.shoot(f"{directory}/key-1280-light.png")
            browser.type("#key-input", gateways.KEY)
            browser.click("#key-form [type=submit]")
            browser.until(lambda: browser.count() > 0, "a list")
            if browser.all("dialog[open]"):
                raise AssertionError("the dialog stays")
            kept = browser.run("return [JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie, location.href]")
            equal([gateways.KEY in one for one in kept], [True, False, False, False], "where the key is")
            browser.open(f"{url}/?sort=name")
            browser.settled(60)
            browser.click("#copy-search")
            browser.until(lambda: browser.text("#copy-search") == "Copied", "a command")
            command = browser.copied(url)
            if gateways.KEY in command:
                raise AssertionError("the command holds the key")
            answer = subprocess.run(
                ["sh", "-c", command], capture_output=True, text=True, check=True, env={"IMAGE_GATEWAY_KEY": gateways.KEY, "PATH": "/usr/bin:/bin"},
            ).stdout
            equal(json.loads(answer)["total"], 60, "what the copied command answers")
            browser.open(f"{url}/docs")
            browser.one("#listimages")
            browser.click("#key")
            browser.click("#key-forget")
            browser.one("#key-input")
            browser.expect_no_wrongs(allowed=["401 (Unauthorized)"])

    def hostile():
        with gateways.hostile_cloud() as cloud, gateways.serve(
            gateway, directory, "hostile", upstreams=[gateways.upstream("hostile", cloud)],
        ) as url, Browser(PHONE) as browser:
            browser.open(f"{url}/?sort=created_at")
            browser.settled(len(gateways.HOSTILE))
            names = browser.run("return [...document.querySelectorAll('.name-text')].map((one) => one.textContent)")
            expected = [image["name"] or "(no name)" for image in gateways.images(url, "sort=created_at")["images"]]
            equal(names, expected, "names as texts")
            equal(browser.all("main img, main script, main iframe"), [], "elements made of names")
            for identity in browser.ids():
                browser.run("document.querySelector(`tr[data-id='${arguments[0]}'] td`).click()", identity)
                browser.one("#detail pre.raw")
                raw = browser.text("#detail pre.raw")
                if "12345678901234567890" not in raw or identity.split(":")[-1] not in raw:
                    raise AssertionError(f"numbers are not as they came: {raw}")
                within(browser)
                equal(browser.all("#detail img, #detail script"), [], "elements made of names")
                browser.click("#detail .close")
            within(browser)
            if "harm" in browser.run("return document.title"):
                raise AssertionError("a name ran as a script")
            browser.shoot(f"{directory}/hostile-390-light.png")

    def languages():
        with gateways.hostile_cloud() as cloud, gateways.serve(
            gateway, directory, "languages", upstreams=[gateways.upstream("hostile", cloud)],
        ) as url, Browser() as browser:
            browser.open(url)
            browser.settled(len(gateways.HOSTILE))
            marked = browser.run("return [...document.querySelectorAll('.name-text')].map((one) => [one.lang, /\\p{Script=Han}/u.test(one.textContent)])")
            equal([lang == "zh-CN" for lang, _ in marked], [is_han for _, is_han in marked], "Chinese names are marked as such")
            lines = browser.run("return [...document.querySelectorAll('tbody tr')].map((row) => row.offsetHeight)")
            equal(max(lines) < 60, True, f"heights of rows {lines}")
            within(browser)

    def slow_start():
        """A list that is still being read says so and is asked for again until it is whole."""
        with gateways.simulators(gateway, directory, images=4000, latency="60ms") as simulator, gateways.serve(
            gateway, directory, "slow", upstreams=[{
                "id": "slow", "provider": "huawei-ims", "region": "cn-north-4", "endpoint": simulator,
                "deadline": "200ms", "page_size": 50, "credentials": {"token": "simulator-token"},
            }],
        ) as url, Browser() as browser:
            browser.open(url)
            browser.until(lambda: "still being read" in browser.text("#notices"), "word of a list being read")
            browser.settled(4000)
            browser.until(lambda: not browser.all("[data-notice]"), "no notice at the end")
            browser.expect_no_wrongs(allowed=["504 (Gateway Timeout)"])

    return [
        ("a source that fails is named, with its reason", failing),
        ("a list stays where a newer one is refused", too_often),
        ("an old list is shown with its age and the reason", stale),
        ("nobody answers", all_failing),
        ("a client key is asked for, kept for the tab, never shown", keys),
        ("names that mean harm are texts, numbers stay exact, nothing overflows", hostile),
        ("Chinese names are set as such and stay in one row", languages),
        ("a list that is still being read is asked for again", slow_start),
    ]


def within(browser):
    """Nothing is wider than the window."""
    equal(browser.run("return document.documentElement.scrollWidth <= innerWidth"), True, "the page fits the window")
