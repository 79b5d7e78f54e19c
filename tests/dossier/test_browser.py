"""The page in a real browser, from disk: a number opens its words; nothing is asked of any host; nothing is logged.

Needs Chromium and its driver (Debian: ``chromium``, ``chromium-driver``); skipped aloud where they are not found.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from firsthand.dossier import compile_dossier, render_page
from firsthand.records import Findings

webdriver = pytest.importorskip("selenium.webdriver", reason="SKIPPED ALOUD: selenium is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="SKIPPED ALOUD: no Chromium with chromedriver is installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

EVIL = "<script>document.title='ran'</script><img src='https://example.invalid/x' onerror=\"document.title='ran'\">"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1280,900",
        "--disable-dev-shm-usage",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER), log_output=os.devnull))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def file(make: Callable[..., Findings], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample's page, its first page's headline a script tag."""
    path: Path = tmp_path_factory.mktemp("dossier") / "dossier.html"
    run = make(headline=EVIL, word="javascript:document.title='ran'", outlet="Vellmark \u202eCourier")
    path.write_text(render_page(compile_dossier(run)), encoding="utf-8")
    return path.as_uri()


def size(browser: Any, width: int, height: int = 900) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@pytest.fixture
def page(browser: Any, file: str) -> Iterator[Any]:
    """The open page. Afterwards: nothing was logged, and nothing but the file itself was asked for."""
    browser.get("about:blank")
    size(browser, 1280)
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get(file)
    yield browser
    assert browser.title != "ran"
    assert browser.get_log("browser") == []
    messages = [json.loads(row["message"])["message"] for row in browser.get_log("performance")]
    asked = [row["params"]["request"]["url"] for row in messages if row["method"] == "Network.requestWillBeSent"]
    assert set(asked) == {file}


def click(page: Any, selector: str) -> None:
    page.find_element("css selector", selector).click()


def shown(page: Any, selector: str) -> bool:
    return bool(page.find_element("css selector", selector).is_displayed())


def test_a_number_opens_its_words(page: Any) -> None:
    assert not shown(page, "#s1c1-words")
    click(page, 'a[href="#s1c1-words"]')
    assert shown(page, "#s1c1-words")
    words = page.find_element("css selector", "#s1c1-words").text
    assert "The ferry Maren lost power off Oster Quay on Tuesday with 41 people aboard" in words
    assert "This site says that two harbour officials (unnamed because “the inquiry is not finished”) said:" in words
    assert "Sund Chronicle says that Tamber Wire reported" in words


def test_an_interval_opens_its_reasons_by_keyboard(page: Any) -> None:
    link = page.find_element("css selector", 'a[href="#s1c1-origins"]')
    assert link.text == "1–2"
    page.execute_script("arguments[0].focus()", link)
    outline = page.execute_script("return getComputedStyle(arguments[0]).outlineStyle", link)
    link.send_keys("\ue007")  # Enter
    assert outline == "solid"
    text = page.find_element("css selector", "#s1c1-origins").text
    assert "Open: origins 1 and 2 may be one." in text
    assert page.execute_script("return document.activeElement.id") == "s1c1-origins"


def test_the_first_stop_is_the_skip_link(page: Any) -> None:
    page.find_element("css selector", "body").send_keys("\ue004")  # Tab
    assert page.execute_script("return document.activeElement.className") == "skip"
    assert page.execute_script("return document.activeElement.getBoundingClientRect().left") >= 0


def test_a_number_opens_its_words_without_script(browser: Any, file: str) -> None:
    """The links lead into closed details; a browser opens them for a link of the page itself."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(file)
        click(browser, 'a[href="#s1c1-words"]')
        assert shown(browser, "#s1c1-words")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_choosing_a_pair_shows_it_alone(page: Any) -> None:
    from selenium.webdriver.support.select import Select

    Select(page.find_element("css selector", "select[data-pairs]")).select_by_value("s1p2")
    assert shown(page, "#s1p2 .two") and not shown(page, "#s1p1 .two")
    click(page, '#s1p2-a2 a[href="#s1p2-b2"]')
    assert page.execute_script("return document.activeElement.id") == "s1p2-b2"


def test_a_story_of_many_pages_scrolls_inside_its_boxes(browser: Any, make: Any, tmp_path: Path) -> None:
    dossier = compile_dossier(make())
    story, first = dossier["stories"][0], dossier["pages"][0]
    more = [{**first, "id": f"page-x{n}", "location": f"crawl/{'long-name-' * 9}{n}.html"} for n in range(45)]
    dossier["pages"] += more
    story["pages"] += [page["id"] for page in more]
    path = tmp_path / "dossier.html"
    path.write_text(render_page(dossier), encoding="utf-8")
    size(browser, 360)
    browser.get(path.as_uri())
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    assert "40 of 50 pages are shown." in browser.find_element("css selector", "main").text


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_level_scroll_sideways(page: Any, width: int) -> None:
    size(page, width)
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


def test_print_opens_everything(page: Any) -> None:
    page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert page.execute_script("return document.querySelectorAll('details:not([open])').length") == 0
    page.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert page.execute_script("return document.querySelectorAll('details:not([open])').length") > 0


CONTRAST = """
const rgb = value => value.match(/[\\d.]+/g).map(Number);
const light = c => {
  const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b; };
const paper = node => { for (; node; node = node.parentElement) { const c = rgb(getComputedStyle(node).backgroundColor);
  if (c.length < 4 || c[3] > 0) { return c.slice(0, 3); } } return [255, 255, 255]; };
document.querySelectorAll('details').forEach(d => d.open = true);
const bad = [];
for (const node of document.querySelectorAll('main *, .masthead *')) {
  if (!node.getClientRects().length || ![...node.childNodes].some(n => n.nodeType === 3 && n.data.trim())) { continue; }
  const svg = node.closest('svg'), style = getComputedStyle(node);
  const a = light(rgb(svg ? style.fill : style.color).slice(0, 3)), b = light(paper(svg ? svg.parentElement : node));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) { bad.push([node.tagName, node.className.baseVal ?? node.className, ratio.toFixed(2)].join(' ')); }
}
return [...new Set(bad)];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(page: Any, scheme: str) -> None:
    """WCAG 2.2, 1.4.3 (AA): 4.5 to 1 for text, https://www.w3.org/TR/WCAG22/#contrast-minimum."""
    media = {"media": "", "features": [{"name": "prefers-color-scheme", "value": scheme}]}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    assert page.execute_script(CONTRAST) == []
