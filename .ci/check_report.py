"""A report in a browser: it asks for nothing, answers to its controls, and says the same numbers
as the program; in the dark, on a phone, on paper, without scripts, and with hostile texts.

    python check_report.py PROGRAM FOLDER

Results, pages and screenshots are put into FOLDER. Needs playwright and a Chromium.
"""

import json
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PROGRAM, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
SIZE = ["-n", "150", "--customers", "200"]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} \u202eend"


def comity(*arguments, code=0):
    ran = subprocess.run([PROGRAM, *arguments], cwd=FOLDER, capture_output=True, text=True)
    assert ran.returncode == code, (arguments, ran.returncode, ran.stderr)
    return ran.stdout


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    return None


class Page:
    """A page of a report, watched: an error, a dialog or a request fails the check."""

    def __init__(self, browser, path, fragment="", **context):
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.wrong = []
        url = path.as_uri()
        said = lambda kind: lambda what: self.wrong.append((kind, str(what)))
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.wrong.append(("console", m.text)))
        self.page.on("pageerror", said("error"))
        self.page.on("dialog", lambda dialog: (self.wrong.append(("dialog", dialog.message)), dialog.dismiss()))
        self.page.on(
            "request",
            lambda r: r.url.split("#")[0] != url and not r.url.startswith("data:font") and self.wrong.append(("request", r.url[:100])),
        )
        self.page.goto(url + fragment)
        self.page.wait_for_load_state("load")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            assert not self.wrong, self.wrong
        self.context.close()

    def slide(self, selector, value):
        """Moves a slider as a pointer would: sets its value and tells of it."""
        self.page.eval_on_selector(
            selector,
            "(input, value) => { input.value = value;"
            " input.dispatchEvent(new Event('input', { bubbles: true })); }",
            str(value),
        )

    def text(self, selector):
        return self.page.text_content(selector)

    def fits(self):
        wide = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"the page is wider than the screen: {wide}"


def close(found, exact, what):
    assert math.isclose(float(found), exact, rel_tol=1e-9, abs_tol=1e-12), (what, found, exact)


def same_numbers(page, answers):
    """Every number of the page's live tables is the program's."""
    for answer in answers:
        box = f"#live-{answer['kind']}"
        shown = page.page.eval_on_selector(f"{box} .effective", "p => p.dataset.effective")
        close(shown, answer["effective"], "effective")
        rows = page.page.eval_on_selector_all(
            f"{box} tbody tr",
            "rows => rows.map(row => ({ name: row.dataset.name, mean: {...row.querySelector('.mean').dataset},"
            " against: {...(row.querySelector('.against') || { dataset: {} }).dataset},"
            " best: {...(row.querySelector('.best') || { dataset: {} }).dataset} }))",
        )
        assert len(rows) == len(answer["numbers"]) > 0
        for row, number in zip(rows, answer["numbers"]):
            assert row["name"] == number["name"], (row, number)
            for field, exact in number["estimate"].items():
                close(row["mean"][field], exact, (number["name"], field))
            if number.get("against_reference"):
                for field, exact in number["against_reference"].items():
                    close(row["against"][field], exact, (number["name"], "against", field))
            if "best_in" in number:
                close(row["best"]["share"], number["best_in"], (number["name"], "best"))


def live(browser, page_path, results):
    with Page(browser, page_path) as page:
        same_numbers(page, json.loads(comity("report", *results, "--json", "--to", "again.html"))["reweighted"])
        # At rest the page says what is simulated, in the same words.
        said = page.page.eval_on_selector_all(
            "#live-run tbody tr", "rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.textContent))"
        )
        assert all(row[:2] == row[2:] for row in said), said
        levers = page.page.eval_on_selector_all("input[data-lever]", "all => all.map(i => i.dataset.lever)")
        assert len(levers) >= 3, levers
        moved = [("location", 0.24), ("exposure", 1.25), ("trust", 0.26)]
        for name, to in moved:
            page.slide(f"#lever-{name}", to)
        at = [part for name, to in moved for part in ("--at", f"{name}={to}")]
        told = json.loads(comity("report", *results, "--json", "--to", "again.html", *at))["reweighted"]
        same_numbers(page, told)
        command = page.text("#live-run .command code")
        assert command == told[0]["command"], (command, told[0]["command"])
        # Far out few futures speak, and the answer is struck out.
        assert "few" not in page.page.get_attribute("#live-run", "class").split()
        page.slide("#lever-location", 0.5)
        assert "few" in page.page.get_attribute("#live-run", "class").split()
        assert "too few" in page.text("#live-run .effective")
        page.page.wait_for_timeout(200)
        fragment = page.page.evaluate("location.hash")
        assert "lever.location=0.5" in fragment, fragment
        page.page.click("#rest")
        assert "few" not in page.page.get_attribute("#live-run", "class").split()
    with Page(browser, page_path, fragment) as again:
        assert again.page.eval_on_selector("#lever-location", "i => i.dataset.to") == "0.5"
        assert "few" in again.page.get_attribute("#live-run", "class").split()
    with Page(browser, FOLDER / "again.html") as opened:
        # --at opens the page with the lever there.
        assert opened.page.eval_on_selector("#lever-location", "i => i.dataset.to") == "0.24"
        same_numbers(opened, told)


def filters_and_dates(browser, page_path):
    with Page(browser, page_path) as page:
        count = "rows => rows.filter(row => !row.hidden).length"
        rows = lambda: page.page.eval_on_selector_all("#levels tbody tr", count)
        everything = rows()
        assert everything > 50, everything
        page.page.select_option("#f-country", label="Germany")
        germany = rows()
        assert 0 < germany < everything, (germany, everything)
        page.page.select_option("#f-country", label="EU")
        page.page.select_option("#f-segment", label="regulated")
        assert 0 < rows() < germany, rows()
        assert page.page.locator("#level-chart polyline.middle").count() == 1
        before = page.text("#level-head"), page.text("#levels tbody tr:not([hidden]) td:nth-child(5)")
        page.slide("#level-date", 0)
        assert (page.text("#level-head"), page.text("#levels tbody tr:not([hidden]) td:nth-child(5)")) != before
        first = page.text("#place-table tbody tr .at")
        # A row is chosen from the keyboard, drawn, and kept in the address.
        chosen = "#levels tbody tr.chosen"
        other = page.page.locator("#levels tbody tr:not([hidden]):not(.chosen) button").first
        for key in ("Enter", "Space"):
            other.focus()
            name = other.get_attribute("aria-label")
            page.page.keyboard.press(key)
            pressed = page.page.locator("#levels button[aria-pressed=true]")
            assert pressed.count() == 1 and pressed.get_attribute("aria-label") == name
            drawn = page.text("#level-chart title")
            assert drawn in name and "regulated" in drawn, (drawn, name)
            other = page.page.locator("#levels tbody tr:not([hidden]):not(.chosen) button").last
        row = page.page.eval_on_selector(chosen, "row => row.sectionRowIndex")
        page.slide("#place-date", 3)
        assert page.text("#place-head") and page.text("#place-table tbody tr .at") != first
        page.page.wait_for_timeout(200)
        fragment = page.page.evaluate("location.hash")
    with Page(browser, page_path, fragment) as again:
        shown = again.page.eval_on_selector_all("#levels tbody tr", count)
        assert 0 < shown < germany
        assert again.page.input_value("#place-date") == "3"
        assert again.page.eval_on_selector(chosen, "row => row.sectionRowIndex") == row
        assert again.text("#level-chart title") == drawn


def keyboard_and_hover(browser, page_path):
    with Page(browser, page_path) as page:
        page.page.focus("#lever-exposure")
        page.page.keyboard.press("ArrowRight")
        page.page.keyboard.press("ArrowRight")
        to = float(page.page.eval_on_selector("#lever-exposure", "i => i.dataset.to"))
        assert to > 1.15, to
        page.page.focus("figure.drawn .plot")
        page.page.keyboard.press("Home")
        first = page.text("figure.drawn .readout")
        page.page.keyboard.press("ArrowRight")
        assert first and page.text("figure.drawn .readout") != first
        drawing = page.page.locator("figure.drawn .plot svg").first
        drawing.scroll_into_view_if_needed()
        box = drawing.bounding_box()
        page.page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"])
        said = page.text("figure.drawn .readout")
        assert said.count("; ") > 1 and "p50" not in said, said
        # Where a figure has curves, each says its values as its axis has them: with their unit.
        figures = json.loads(page.text("#data"))["figures"]
        told = {}
        for figure in figures:
            plot = f"#{figure['id']} .plot"
            page.page.focus(plot)
            page.page.keyboard.press("End")
            told[figure["kind"]] = page.text(f"#{figure['id']} .readout")
        kinds = {"fan", "endings", "survival", "locations", "reach", "exceedance", "convergence"}
        assert set(told) == kinds, told
        for kind in ("endings", "survival", "locations", "reach"):
            values = [part.rsplit(": ", 1)[1] for part in told[kind].split("; ")[1:]]
            assert values and all(" %" in value for value in values), told[kind]
        assert re.search(r"median: \d", told["fan"]) and " to " in told["fan"], told["fan"]
        assert re.search(r": USD [\d,.]+ (k|m|bn)", told["exceedance"]), told["exceedance"]
        assert told["convergence"].startswith("futures: 150; estimate: "), told["convergence"]
        story = page.page.locator("details.story").first
        story.locator("summary").focus()
        page.page.keyboard.press("Enter")
        assert story.get_attribute("open") is not None
        assert story.locator("time").count() > 3


def few_futures(browser):
    """Of too few futures what is simulated stands; a lever ends within what its family allows."""
    (FOLDER / "few.toml").write_text(
        "extends = \"preska-2014\"\n[trust]\n"
        "bad_half_life_months = { dist = \"lognormal\", median = 24, sigma = 0.3 }\n"
        "[lever.memory]\nlow = 0\n"
    )
    comity("run", "few.toml", "-n", "60", "--customers", "100", "-q", "-o", "few")
    asked = ["report", "few.toml", "few", "-n", "60", "--customers", "100", "--to", "few.html"]
    comity(*asked, "-q")
    refused = subprocess.run([PROGRAM, *asked, "--at", "memory=0"], cwd=FOLDER, capture_output=True, text=True)
    assert refused.returncode != 0 and "lognormal distribution lies above 0" in refused.stderr, refused.stderr
    with Page(browser, FOLDER / "few.html") as page:
        assert "few" not in page.page.get_attribute("#live-run", "class").split()
        status = page.text("#live-run .effective")
        assert "as simulated" in status and "move less" not in status, status
        struck = "td => getComputedStyle(td).textDecorationLine"
        assert page.page.eval_on_selector("#live-run td.mean", struck) == "none"
        least = float(page.page.get_attribute("#lever-memory", "min"))
        assert least > 0, least
        page.slide("#lever-memory", 0)
        assert float(page.page.eval_on_selector("#lever-memory", "i => i.dataset.to")) == least
        told = json.loads(comity(*asked, "--json", "--at", f"memory={least}"))["reweighted"]
        same_numbers(page, told)
        assert page.text("#live-run .command code") == told[0]["command"]
        assert page.page.eval_on_selector("#live-run td.mean", struck) == "line-through"
        assert "move less" not in page.text("#live-run .effective")


def looks(browser, page_path):
    shots = FOLDER / "shots"
    shots.mkdir(exist_ok=True)
    wide = {"width": 1200, "height": 900}
    for scheme in ("light", "dark"):
        with Page(browser, page_path, viewport=wide, color_scheme=scheme) as page:
            page.fits()
            page.page.screenshot(path=shots / f"{scheme}.png", full_page=True)
            paper = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
            # What is pale on white is lost on black.
            pale = page.page.eval_on_selector("polygon[opacity='0.13']", "p => +getComputedStyle(p).opacity")
            assert (pale > 0.2) == (scheme == "dark"), (scheme, pale)
            dark = sum(int(part) for part in paper[4:-1].split(",")) < 200
            assert dark == (scheme == "dark"), (scheme, paper)
            page.page.click("#theme")
            turned = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert turned != paper
    with Page(browser, page_path, viewport={"width": 360, "height": 740}, color_scheme="light") as page:
        page.fits()
        # A figure wider than the phone fades where it goes on, until its end is seen.
        more = "plot => plot.classList.contains('more')"
        assert page.page.eval_on_selector(".plot", more)
        page.page.eval_on_selector(".plot", "plot => { plot.scrollLeft = plot.scrollWidth; }")
        page.page.wait_for_timeout(100)
        assert not page.page.eval_on_selector(".plot", more)
        page.page.screenshot(path=shots / "phone.png", full_page=True)
    with Page(browser, page_path, viewport=wide, color_scheme="dark") as page:
        pdf = page.page.pdf(path=FOLDER / "report.pdf", format="A4", prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page") > 4, len(pdf)
        page.page.emulate_media(media="print")
        page.page.screenshot(path=shots / "print.png", full_page=True)
    with Page(browser, page_path, viewport=wide, java_script_enabled=False) as page:
        for selector in ("figure.drawn svg", "#levels tbody tr", "#live-run td", "#place-table tbody td"):
            assert page.page.locator(selector).first.is_visible(), selector
        for selector in ("#theme", "#filters", ".levers", ".readout", "#place-date"):
            assert not page.page.locator(selector).first.is_visible(), selector
        page.page.screenshot(path=shots / "no-script.png", full_page=True)


def hostile(browser):
    quoted = json.dumps(HOSTILE)  # A basic string of TOML is one of JSON, here.
    (FOLDER / "hostile.toml").write_text(
        f"extends = \"preska-2014\"\ntitle = {quoted}\nasks = {quoted}\n"
        f"[option.comply]\ntitle = {quoted}\n[option.contest]\ntitle = {quoted}\n"
        f"[metric.trust_eu_2014]\ntitle = {quoted}\n[lever.location]\nlabel = {quoted}\n"
        f"[provider.microsoft]\ntitle = {quoted}\n"
        f"[report]\nmark = {json.dumps(HOSTILE[:70])}\nauthor = {json.dumps(HOSTILE[:70])}\n"
        f"[report.labels]\namazon = {json.dumps(HOSTILE[:70])}\n"
    )
    comity("compare", "hostile.toml", "--only", "comply,contest", *SIZE, "-q", "-o", "hostile-compare")
    comity("report", "hostile.toml", "hostile-compare", *SIZE, "-q", "--to", "hostile.html")
    with Page(browser, FOLDER / "hostile.html", viewport={"width": 360, "height": 740}) as page:
        page.page.wait_for_timeout(300)
        assert page.page.locator("img").count() == 0
        assert page.page.locator("script").count() == 2
        assert "<script>alert(1)</script>" in page.text("h1")
        assert "{{7*7}}" in page.text("h1") and "\u202e" not in page.page.content()
        page.fits()
        page.page.screenshot(path=FOLDER / "shots" / "hostile.png", full_page=True)


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    os.environ.pop("COMITY_OUTPUT", None)
    comity("run", "preska-2014", *SIZE, "-q", "-o", "run")
    comity("compare", "preska-2014", "--only", "comply,contest", *SIZE, "-q", "-o", "compare")
    results = ["run", "compare"]
    page_path = FOLDER / "report.html"
    comity("report", *results, "-q", "--to", "report.html")
    size = page_path.stat().st_size
    assert size < 3e6, size
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        filters_and_dates(browser, page_path)
        live(browser, page_path, results)
        keyboard_and_hover(browser, page_path)
        few_futures(browser)
        looks(browser, page_path)
        hostile(browser)
        browser.close()
    print(f"the report answers: {size / 1e6:.1f} MB, nothing asked for, the program's numbers")


main()
