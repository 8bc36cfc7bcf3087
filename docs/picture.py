"""Takes the README's picture of a page: `python docs/picture.py build/graph.html` writes docs/page.png.

It needs Chromium and chromedriver (`apt-get install chromium chromium-driver`).
"""

import shutil
import sys
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

WIDTH, HEIGHT = 1440, 860
MOST_TOLD = """
const { nodes } = stateRelations.data.readings.states;
const [most] = [...nodes].sort((a, b) => b.statements.length - a.statements.length);
stateRelations.select("node", arguments[0] || most.id).then(arguments[1]);
"""


def take_picture(page: Path, picture: Path, node: str | None = None) -> None:
    """Writes a picture of the page with one node chosen: that one, else the one with most statements."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    with tempfile.TemporaryDirectory() as profile:
        for flag in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
        ):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1.25, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            driver.get(page.resolve().as_uri())
            WebDriverWait(driver, 10).until(
                lambda _: driver.execute_script("return Boolean(window.stateRelations)")
            )
            driver.execute_async_script(MOST_TOLD, node)
            driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
            driver.save_screenshot(str(picture))
        finally:
            driver.quit()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]), Path(__file__).with_name("page.png"), *sys.argv[2:3])
