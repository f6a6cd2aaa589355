"""Chromium without a window, and what a person does with a page."""

import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SECONDS_TO_COME = 15
DESKTOP, PHONE = (1280, 860), (390, 844)

# Runs before any script of a page: what it must never do is written down.
WATCH = """
window.__wrongs = [];
addEventListener('securitypolicyviolation', (event) => __wrongs.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener('error', (event) => __wrongs.push(`error: ${event.message}`), true);
addEventListener('unhandledrejection', (event) => __wrongs.push(`rejection: ${event.reason}`));
"""


class Browser:
    """One window. Leaving it fails where a page did what it must never do."""

    def __init__(self, size=DESKTOP, dark=False):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-sandbox",
            "--hide-scrollbars", "--no-proxy-server", "--force-color-profile=srgb", "--lang=en",
        ]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self._command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1],
                      deviceScaleFactor=1, mobile=size == PHONE)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", features=[scheme])
        self._command("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.expect_no_wrongs()
        finally:
            self.driver.quit()

    def _command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def expect_no_wrongs(self, allowed=()):
        """Refusals that a check provokes are in the console, too; `allowed` are parts of such lines."""
        wrongs = self.run("return window.__wrongs ?? []")
        lines = [line["message"] for line in self.driver.get_log("browser")]
        wrongs += [line for line in lines if not any(part in line for part in allowed)]
        if wrongs:
            raise AssertionError(f"the page did what it must not: {wrongs}")

    # Looking

    def open(self, url):
        self.driver.get(url)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        """The first that matches, as soon as there is one in sight."""
        return self.until(lambda: next((one for one in self.all(selector) if one.is_displayed()), None), selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector)

    def ids(self):
        """Ids of the rows, in their order."""
        return self.run("return [...document.querySelectorAll('tbody tr')].map((row) => row.dataset.id)")

    def count(self):
        """How many images the page says there are; -1 before it says so."""
        digits = "".join(one for one in self.text("#count strong") if one.isdigit())
        return int(digits) if digits else -1

    def focus(self):
        """What has the focus: a row's id, an element's id or its name."""
        return self.run("const it = document.activeElement; return it.dataset.id || it.id || it.tagName")

    def address(self):
        return self.run("return decodeURIComponent(location.search)")

    def until(self, condition, what):
        """The first true value of a condition; fails where there is none in time."""
        end = time.monotonic() + SECONDS_TO_COME
        while True:
            try:
                if value := condition():
                    return value
            except StaleElementReferenceException:
                pass
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}")
            time.sleep(0.02)

    def settled(self, count):
        """Waits until the page shows a list of that many images."""
        self.until(lambda: self.count() == count and not self.all("#board.waiting"), f"{count} images, not {self.count()}")

    # Doing

    def click(self, selector):
        # What a new answer replaces in between was not clicked.
        self.until(lambda: self.one(selector).click() or True, f"a click on {selector}")

    def hold(self, selector, meanwhile):
        """Presses the pointer on an element and lets it go after something has happened."""
        x, y = self.run("const it = document.querySelector(arguments[0]).getBoundingClientRect(); return [it.x + it.width / 2, it.y + it.height / 2]", selector)
        self._command("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
        meanwhile()
        self._command("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=1)

    def press(self, *keys):
        """Keys to whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def type(self, selector, text):
        box = self.one(selector)
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(Keys.DELETE)
        box.send_keys(text)

    def choose(self, selector, value):
        self.one(f"{selector} option[value='{value}']").click()

    def copied(self, origin):
        """What is on the clipboard."""
        self._command("Browser.grantPermissions", origin=origin, permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        return self.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))")

    def shoot(self, path):
        self.driver.save_screenshot(str(path))
