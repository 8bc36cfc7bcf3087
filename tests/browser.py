"""A headless Chromium that tells what it asked for."""

import json
import os
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
)


class Browser:
    """A page in Chromium, and what a reader does with it."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, page, width=1440, height=900, fragment="", scheme="light"):
        """Opens a file or an address anew, as at first or as the fragment says."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": features})
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        address = page if isinstance(page, str) else page.resolve().as_uri()
        self.driver.get(f"{address}#{fragment}" if fragment else address)
        self.wait("return Boolean(window.stateRelations)")
        return self

    def settle(self):
        """Waits until what was chosen is read and drawn."""
        self.driver.execute_async_script(
            "setTimeout((f) => requestAnimationFrame(() => requestAnimationFrame(f)), 300, arguments[0])"
        )

    def wait(self, script, *arguments):
        return WebDriverWait(self.driver, 120).until(lambda _: self.run(script, *arguments))

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_elements("css selector", selector)

    def text(self, selector):
        return "\n".join(element.text for element in self.find(selector))

    def press(self, selector):
        (element,) = self.find(selector)
        element.click()

    def click_canvas(self, point):
        """A real click of the mouse on a point of the drawing."""
        canvas = self.find("#graph canvas")[0]
        x, y = (
            round(point[axis] - canvas.size[side] / 2) for axis, side in (("x", "width"), ("y", "height"))
        )
        webdriver.ActionChains(self.driver).move_to_element_with_offset(canvas, x, y).click().perform()
        self.wait("return stateRelations.state.selection")

    def choose(self, kind, id_):
        """Chooses a node, an edge or a statement, and waits for its evidence."""
        self.driver.execute_async_script(
            "stateRelations.select(arguments[0], arguments[1]).then(arguments[2])", kind, id_
        )

    def exported(self, script, button):
        """The content of the file that a button of the export menu gives."""
        return self.driver.execute_async_script(script, button)

    def requests(self):
        """The addresses that the page asked for, besides itself."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent if each["request"]["url"] != each["documentURL"]]

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    binary = shutil.which("chromium") or shutil.which("chromium-browser")
    chromedriver = shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: apt-get install chromium chromium-driver")
        pytest.skip("no Chromium here: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    driver.set_script_timeout(120)
    yield Browser(driver)
    driver.quit()
