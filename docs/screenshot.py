"""Takes the picture of a dossier that the README shows: ``python docs/screenshot.py DOSSIER.html PICTURE.png``.

Needs Chromium, its driver and selenium (the ``dev`` extra). The picture is the page's upper part at 1180 pixels.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

WIDTH, HEIGHT = 1180, 1240


def main() -> None:
    """Open the page without network and save what a person sees first."""
    page, picture = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        raise SystemExit("chromium or chromedriver is not installed")
    options = Options()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}"):
        options.add_argument(argument)
    window = webdriver.Chrome(options=options, service=Service(driver))
    try:
        window.get(page.as_uri())
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        window.save_screenshot(str(picture))
    finally:
        window.quit()


if __name__ == "__main__":
    main()
