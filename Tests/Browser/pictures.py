"""Pictures of every page at two widths, light and dark, for people to look at."""

import gateways
from browser import DESKTOP, PHONE, Browser
from checks import equal


def checks(gateway, directory, url):
    def picture(size, dark):
        name = f"{size[0]}-{'dark' if dark else 'light'}"
        with Browser(size, dark) as browser:
            for page, query in [("all", ""), ("filtered", "?os_distribution=ubuntu,debian"), ("latest", "?latest_by=os_distribution&sort=os_distribution,-os_version")]:
                browser.open(f"{url}/{query}")
                browser.until(lambda: browser.count() > 0, "a list")
                fits(browser)
                browser.shoot(f"{directory}/{page}-{name}.png")
            image = gateways.images(url, "provider=huawei-ims&q=64bit&limit=1")["images"][0]
            browser.open(f"{url}/?provider=huawei-ims&image={image['id']}")
            browser.one("#detail pre.raw")
            fits(browser)
            browser.shoot(f"{directory}/detail-{name}.png")
            browser.run("document.getElementById('detail').scrollTo(0, 560)")
            browser.shoot(f"{directory}/detail-below-{name}.png")
            if size == PHONE:
                browser.click("#detail .close")
                browser.click("#filters")
                browser.shoot(f"{directory}/filters-{name}.png")
            browser.open(f"{url}/docs")
            browser.click("#listimages [data-run='os_version']")
            browser.one("#listimages .snippet pre")
            fits(browser)
            browser.shoot(f"{directory}/docs-{name}.png")

    return [
        (f"everything fits {size[0]} pixels, {'dark' if dark else 'light'}", lambda size=size, dark=dark: picture(size, dark))
        for size in [DESKTOP, PHONE] for dark in [False, True]
    ]


def fits(browser):
    equal(browser.run("return document.documentElement.scrollWidth <= innerWidth"), True, "the page fits the window")
