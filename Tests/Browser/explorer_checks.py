"""The explorer on healthy sources, against what the API says."""

import json
import subprocess
import urllib.parse

from checks import equal, get_json
from gateways import images, walk
from selenium.webdriver.common.keys import Keys


def checks(browser, url):
    total = images(url, "limit=1")["total"]

    def fresh(query=""):
        browser.open(f"{url}/{query}")
        browser.until(lambda: browser.count() >= 0, "a count")

    def search():
        fresh()
        browser.settled(total)
        browser.type("#search", "debian 11")
        expected = images(url, "q=debian+11&limit=50")
        browser.settled(expected["total"])
        equal(browser.ids(), [image["id"] for image in expected["images"]], "rows")
        equal(browser.address(), "?q=debian+11", "address")

    def overtaken():
        """A slow answer to an older question never replaces the newer one's."""
        fresh()
        browser.run("""
            const real = window.fetch;
            window.fetch = (path, options) => String(path).includes('q=centos')
              ? new Promise((done) => setTimeout(() => done(real(path, { ...options, signal: undefined })), 700))
                .finally(() => { window.__slow = true; })
              : real(path, options);""")
        browser.type("#search", "centos")
        browser.until(lambda: browser.address() == "?q=centos", "the first question")
        browser.type("#search", "debian")
        expected = images(url, "q=debian&limit=1")["total"]
        browser.settled(expected)
        browser.until(lambda: browser.run("return window.__slow"), "the slow answer")
        browser.driver.execute_async_script("setTimeout(arguments[0], 200)")
        equal(browser.count(), expected, "images after the slow answer")

    def facets():
        fresh()
        for distribution in ["debian", "ubuntu"]:
            browser.click(f"[data-focus='os_distribution:{distribution}']")
        expected = images(url, "os_distribution=debian,ubuntu&limit=50&facets=provider,architecture")
        browser.settled(expected["total"])
        equal(browser.ids(), [image["id"] for image in expected["images"]], "rows")
        equal(browser.address(), "?os_distribution=debian,ubuntu", "address")
        equal(len(browser.all("#chips .chip")), 2, "chips")
        # Counts of the field itself stay those without its own filter, so that a third can be added.
        counts = images(url, "limit=1&facets=os_distribution")["facets"]["os_distribution"]
        equal(browser.text("[data-focus='os_distribution:centos'] ~ .number"), str(counts["centos"]), "count of centos")
        arm = expected["facets"]["architecture"]["arm64"]
        equal(browser.text("[data-focus='architecture:arm64'] ~ .number"), str(arm), "count of arm64")
        browser.click("[data-focus='architecture:arm64']")
        browser.settled(arm)
        equal(browser.focus() and browser.run("return document.activeElement.dataset.focus"), "architecture:arm64", "focus after a click")
        browser.click("[data-focus='chip:os_distribution:debian']")
        browser.settled(images(url, "os_distribution=ubuntu&architecture=arm64&limit=1")["total"])
        browser.click("[data-focus='clear']")
        browser.settled(total)
        equal(browser.address(), "", "address without filters")

    def unhurried():
        """An answer that comes while the pointer is down does not take the click away."""
        fresh()
        browser.settled(total)
        browser.run("""
            const real = window.fetch;
            window.fetch = (...question) => new Promise((done) => setTimeout(() => done(real(...question)), 150))
              .finally(() => setTimeout(() => { window.__answered = true; }, 150));""")
        browser.click("[data-focus='os_distribution:debian']")
        browser.hold(
            "[data-focus='os_distribution:ubuntu']",
            lambda: browser.until(lambda: browser.run("return window.__answered"), "an answer meanwhile"),
        )
        browser.settled(images(url, "os_distribution=debian,ubuntu&limit=1")["total"])

    def sort():
        fresh()
        for field, query in [("name", "name"), ("name", "-name"), ("disk", "min_disk_gb"), ("system", "os_distribution,-os_version")]:
            browser.click(f"[data-focus='sort:{field}']")
            expected = [image["id"] for image in images(url, f"sort={query}&limit=50")["images"]]
            browser.until(lambda: browser.ids()[:50] == expected, f"rows by {query}")
            direction = "descending" if query == "-name" else "ascending"
            equal(browser.one(f"th.column-{field}").get_attribute("aria-sort"), direction, "aria-sort")
            equal(browser.address(), f"?sort={query}", "address")

    def paging():
        fresh("?os_family=linux&provider=huawei-ims")
        expected = walk(url, "os_family=linux&provider=huawei-ims&limit=200")
        browser.settled(len(expected))
        if len(expected) < 120:
            raise AssertionError("too few images to page through")
        def bottom():
            browser.run("scrollTo(0, document.body.scrollHeight)")
            return len(browser.ids()) == len(expected)
        browser.until(bottom, "all rows")
        equal(browser.ids(), expected, "rows of all pages")
        equal(browser.text("#more"), "That is all.", "end of the list")

    def latest():
        fresh()
        browser.choose("#latest", "os_distribution")
        expected = images(url, "latest_by=os_distribution&limit=50")
        browser.settled(expected["total"])
        equal(browser.ids(), [image["id"] for image in expected["images"]], "rows")
        names = [image["os"]["distribution"] for image in expected["images"]]
        equal(len(set(names)), len(names), "one row for each distribution")
        equal(browser.address(), "?latest_by=os_distribution", "address")

    def detail():
        fresh("?provider=gmi")
        image = images(url, "provider=gmi&limit=3")["images"][2]
        browser.one(f"tr[data-id='{image['id']}'] .name-text").click()
        browser.one("#detail pre.raw")
        raw = get_json(f"{url}/v1/images/{urllib.parse.quote(image['id'])}?fields=raw")["raw"]
        equal(json.loads(browser.text("#detail pre.raw")), raw, "the provider's object")
        panel = browser.text("#detail")
        for value in [image["name"], image["id"], image["native_id"], image["created_at"], *image["tags"], *image["sources"]]:
            if str(value) not in panel:
                raise AssertionError(f"{value} is not in the panel")
        equal(len(browser.all("#detail dt")), 16, "members")
        browser.click("#detail .close")
        equal(browser.all("#detail:not([hidden])"), [], "the panel after closing")
        equal(browser.focus(), image["id"], "focus after closing")

    def copies():
        sources = {
            "huawei-ims": 'data "huaweicloud_images_image" ', "tencent-cvm": 'data "tencentcloud_images" ',
            "zenlayer": 'data "zenlayercloud_images" ', "aries": None, "gmi": None,
        }
        for provider, start in sources.items():
            image = images(url, f"provider={provider}&limit=1")["images"][0]
            fresh(f"?image={urllib.parse.quote(image['id'])}")
            browser.one("#detail pre.raw")
            browser.click("[data-copy='id']")
            browser.until(lambda: browser.text("[data-copy='id']") == "Copied", "a word of success")
            equal(browser.copied(url), image["id"], "copied id")
            browser.click("[data-copy='curl']")
            command = browser.until(lambda: browser.copied(url) != image["id"] and browser.copied(url), "a command")
            answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
            equal(json.loads(answer)["id"], image["id"], "what the copied command answers")
            if start is None:
                equal(browser.all("[data-copy='terraform']"), [], f"Terraform of {provider}")
                continue
            browser.click("[data-copy='terraform']")
            snippet = browser.until(lambda: browser.copied(url) != command and browser.copied(url), "a snippet")
            if start not in snippet or image["native_id"] not in snippet:
                raise AssertionError(f"{provider}: {snippet}")
        fresh("?q=debian&sort=name")
        browser.click("#copy-search")
        browser.until(lambda: browser.text("#copy-search") == "Copied", "a word of success")
        answer = subprocess.run(["sh", "-c", browser.copied(url)], capture_output=True, text=True, check=True).stdout
        equal(json.loads(answer)["total"], browser.count(), "what the copied search answers")

    def keyboard():
        fresh()
        browser.settled(total)
        browser.press("/")
        equal(browser.focus(), "search", "focus after a slash")
        browser.press(Keys.ARROW_DOWN)
        first, second, third = browser.ids()[:3]
        equal(browser.focus(), first, "focus after the first arrow")
        browser.press(Keys.ARROW_DOWN)
        browser.press(Keys.ARROW_DOWN)
        equal(browser.focus(), third, "focus after three arrows")
        browser.press(Keys.ARROW_UP)
        equal(browser.focus(), second, "focus after an arrow back")
        width = browser.run("return getComputedStyle(document.activeElement).outlineWidth")
        equal(width, "2px", "outline of the focus")
        browser.press(Keys.ENTER)
        browser.one("#detail pre.raw")
        equal(browser.address(), f"?image={second}", "address of an open image")
        browser.press(Keys.ESCAPE)
        equal(browser.focus(), second, "focus after Escape")
        equal(browser.all("#detail:not([hidden])"), [], "the panel after Escape")
        browser.press(Keys.END)
        if browser.focus() == second:
            raise AssertionError("End does not move")
        for role in ["grid", "search"]:
            browser.one(f"[role='{role}']")

    def address():
        image = images(url, "q=64&os_distribution=debian&limit=1")["images"][0]
        query = f"?q=64&os_distribution=debian,ubuntu&sort=name&latest_by=provider,os_distribution&image={image['id']}"
        fresh(query)
        expected = images(url, "q=64&os_distribution=debian,ubuntu&sort=name&latest_by=provider,os_distribution&limit=50")
        browser.settled(expected["total"])
        browser.one("#detail pre.raw")
        equal(browser.ids(), [image["id"] for image in expected["images"]], "rows of a link")
        equal(browser.one("#search").get_attribute("value"), "64", "search of a link")
        equal(browser.one("#latest").get_attribute("value"), "provider,os_distribution", "choice of a link")
        equal(browser.address(), query, "address after opening a link")

    def history():
        fresh()
        browser.settled(total)
        browser.click("[data-focus='provider:gmi']")
        gmi = images(url, "provider=gmi&limit=1")["total"]
        browser.settled(gmi)
        browser.type("#search", "ubuntu")
        both = images(url, "provider=gmi&q=ubuntu&limit=1")["total"]
        browser.settled(both)
        browser.run("history.back()")
        browser.settled(gmi)
        equal(browser.one("#search").get_attribute("value"), "", "search after going back")
        browser.run("history.back()")
        browser.settled(total)
        browser.run("history.go(2)")
        browser.settled(both)
        equal(browser.one("#search").get_attribute("value"), "ubuntu", "search after going forward")

    def nothing():
        fresh("?q=no-such-image-anywhere")
        browser.settled(0)
        browser.click("#board button")
        browser.settled(total)

    def mistakes():
        browser.open(f"{url}/?created_after=yesterday")
        browser.one("[data-notice='refusal']")
        if "created_after" not in browser.text("#notices"):
            raise AssertionError("the refusal does not name the parameter")
        browser.click("[data-focus='chip:created_after:yesterday']")
        browser.settled(total)
        browser.open(f"{url}/?sort=nosuch")
        browser.click("[data-notice='refusal'] a")
        browser.settled(total)
        equal(browser.address(), "", "address after starting over")
        browser.expect_no_wrongs(allowed=["400 (Bad Request)"])

    return [
        ("a search as one types gives what the API gives", search),
        ("an answer that a newer question has overtaken is dropped", overtaken),
        ("facets: several of one field, counts, chips, focus", facets),
        ("a click is not lost to an answer that comes meanwhile", unhurried),
        ("columns sort as the API does, both ways", sort),
        ("scrolling follows the cursor to the end, each image once", paging),
        ("the latest of each distribution", latest),
        ("an image shows every member and its provider's object exactly", detail),
        ("what is copied works: ids, commands, Terraform where there is a data source", copies),
        ("keys: slash, arrows, Enter, Escape, visible focus", keyboard),
        ("a link reproduces the view", address),
        ("back and forward", history),
        ("nothing found, and the way out", nothing),
        ("a bad parameter in a link is named and can be taken away", mistakes),
    ]
