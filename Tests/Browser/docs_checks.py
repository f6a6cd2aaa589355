"""The reference page against the document it is made of."""

from checks import equal, get_json


def checks(browser, url):
    document = get_json(f"{url}/openapi.json")

    def whole():
        browser.open(f"{url}/docs")
        browser.one("#listimages")
        text = browser.text("main")
        for path, item in document["paths"].items():
            for operation in (item[method] for method in ["get", "post"] if method in item):
                if path not in text or operation["summary"] not in text:
                    raise AssertionError(f"{path} is not on the page")
        for name, schema in document["components"]["schemas"].items():
            for member in [name, *schema.get("properties", {})]:
                if member not in text:
                    raise AssertionError(f"{member} is not on the page")
        broken = browser.run("""return [...document.querySelectorAll('a[href^="#"]')]
            .map((one) => one.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id))""")
        equal(broken, [], "links that lead nowhere")

    def examples():
        """Every example of the list runs; the demo has all that they name."""
        browser.open(f"{url}/docs")
        browser.one("#listimages [data-run]")
        for name in browser.run("return [...document.querySelectorAll('#listimages [data-run]')].map((one) => one.dataset.run)"):
            browser.run("document.querySelector('#listimages output').replaceChildren()")
            browser.click(f"#listimages [data-run='{name}']")
            browser.until(lambda: browser.text("#listimages .status strong") == "200", f"an answer to the example of {name}")
            browser.one("#listimages .snippet pre")

    def mistake():
        browser.open(f"{url}/docs")
        browser.type("#listimages .trial input", "/v1/images?nosuch=1")
        browser.click("#listimages .trial [type=submit]")
        browser.until(lambda: browser.text("#listimages .status strong") == "400", "a refusal")
        browser.expect_no_wrongs(allowed=["400 (Bad Request)"])

    return [
        ("the reference names every route, schema and member, and its links lead somewhere", whole),
        ("every example of the list runs", examples),
        ("a request with a mistake shows the problem", mistake),
    ]
