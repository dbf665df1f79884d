"""A real browser on a real JupyterLab: a server on this machine alone, with its own folders, and a Chromium.

Fixtures for tests: `room` (Chinese system) and `english_room` are servers; `screen` opens their pages:

    def test_first_screen(room, screen):
        page = screen(room, "00_start.ipynb")      # waits until every cell has run
        page.see("你好")
        page.click("button:has-text('显示代码')")
        page.shot("first-screen")                  # tests/browser/shots/first-screen.png, never in git

`lasting_screen` does the same for a whole file, so that a page is opened once and looked at by many tests.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(__file__).parent / "shots"
FONTS = ROOT / "src" / "debtdesk" / "views" / "fonts"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
SIZE = {"width": 1280, "height": 900}
SECOND = 1000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


def find_browser() -> str | None:
    """Return a Chromium, Chrome or Edge of this machine."""
    found = [shutil.which(name) for name in NAMES]
    found += [place for place in map(os.path.expandvars, PLACES) if Path(place).is_file()]
    return next((place for place in found if place), None)


class Room:
    """A server of JupyterLab on a copy of the notebooks, with its own data folder.

    It keeps a kernel ready only if asked: tests that open few pages each would wait for kernels that nobody uses.
    """

    def __init__(self, folder: Path, language: str, command: tuple[str, ...] = (), *, spare: bool = False) -> None:
        self.folder = folder
        self.language = language
        self.spare = spare
        self.root = folder / "root"
        self.data = folder / "data"
        self.token = secrets.token_hex(16)
        self.command = command
        self.root.mkdir(parents=True)
        self.data.mkdir()
        for name in ("notebooks", "examples"):
            skipped = shutil.ignore_patterns(".ipynb_checkpoints")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name, ignore=skipped)
        (self.root / "notebooks").mkdir(exist_ok=True)

    def environment(self) -> dict[str, str]:
        """Return the environment of the server: nothing of the person who runs the tests reaches it."""
        own = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "JUPYTER", "DEBTDESK"))}
        own.pop("LANGUAGE", None)
        own["LANG"] = "zh_CN.UTF-8" if self.language == "zh" else "en_US.UTF-8"
        own["DEBTDESK_DATA"] = str(self.data)
        own["XDG_CACHE_HOME"] = str(self.folder / "cache")
        own["IPYTHONDIR"] = str(self.folder / "ipython")
        for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
            own[f"JUPYTER_{name}"] = str(self.folder / name.lower())
        for name in ("SETTINGS_DIR", "WORKSPACES_DIR"):
            own[f"JUPYTERLAB_{name}"] = str(self.folder / name.lower())
        return own

    def start(self) -> None:
        """Start the server and wait until it says where it listens."""
        command = self.command or (sys.executable, "-m", "debtdesk.lab", "--root", str(self.root))
        rest = [
            "--no-browser",
            f"--Kernels.keeps_spare={self.spare}",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",
            f"--IdentityProvider.token={self.token}",
            "--LabApp.expose_app_in_browser=True",
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        ]
        with (self.folder / "server.log").open("w") as log:
            self.process = subprocess.Popen(
                [*command, *rest], cwd=self.root, env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        told = self.folder / "runtime_dir" / f"jpserver-{self.process.pid}.json"
        end = time.monotonic() + 60
        while True:
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError("the server did not start:\n" + self.log()[-3000:])
            try:
                self.url = json.loads(told.read_text())["url"].rstrip("/")
                return
            except (OSError, ValueError):
                time.sleep(0.1)

    def tidy(self) -> None:
        """End every kernel and forget which tabs were open, so that the next test begins afresh."""
        for session in json.loads(self._ask("/api/sessions")):
            self._ask(f"/api/sessions/{session['id']}", "DELETE")
        with contextlib.suppress(urllib.error.HTTPError):  # there may be none
            self._ask("/lab/api/workspaces/default", "DELETE")

    def _ask(self, path: str, method: str = "GET") -> bytes:
        head = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=head)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())

    def log(self) -> str:
        """Return what the server has printed."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def stop(self) -> None:
        """End the server, by its own process id."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Screen:
    """One page of the browser, as a person sees it."""

    def __init__(self, page: Page, room: Room) -> None:
        self.page = page
        self.room = room
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))

    def _note(self, url: str) -> None:
        host = url.partition("://")[2].split("/")[0].split(":")[0]
        if url.startswith(("http", "ws")) and host not in ("127.0.0.1", "localhost"):
            self.outside.append(url)

    def open(self, notebook: str | None, seconds: float = 90) -> Screen:
        """Open a notebook below notebooks/, or the first screen, and wait until it has run."""
        path = f"/lab/tree/notebooks/{quote(notebook)}?reset&" if notebook else "/?"
        self.page.goto(f"{self.room.url}{path}token={self.room.token}", wait_until="domcontentloaded")
        self.ready(seconds)
        return self

    @property
    def panel(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def ready(self, seconds: float = 90) -> None:
        """Wait until the notebook in front has run all its cells."""
        settled = """() => {
            const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
            const state = panel && panel.dataset.debtdesk;
            return ['ready', 'failed'].includes(state) && state;
        }"""
        state = self.page.wait_for_function(settled, timeout=seconds * SECOND).json_value()
        assert state == "ready", self.panel.locator("[data-mime-type*=error], .jp-RenderedText").all_inner_texts()

    def see(self, text: str) -> None:
        """Wait until a text is visible in the notebook in front."""
        expect(self.shown(text)).to_be_visible(timeout=45 * SECOND)

    def not_see(self, text: str) -> None:
        """Wait until a text is no longer visible there."""
        expect(self.panel.get_by_text(text).locator("visible=true")).to_have_count(0, timeout=45 * SECOND)

    def shown(self, text: str) -> Locator:
        """Return what shows a text in the notebook in front."""
        return self.panel.get_by_text(text).locator("visible=true").first

    def click(self, selector: str) -> None:
        """Click in the notebook in front."""
        self.panel.locator(selector).first.click()

    def command(self, name: str) -> None:
        """Do what a menu entry of JupyterLab does."""
        self.page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)

    def python(self, code: str) -> str:
        """Run code in the kernel of the notebook in front and return what it prints."""
        return str(
            self.page.evaluate(
                """async code => {
                    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                    const future = kernel.requestExecute({ code, store_history: false });
                    let said = '';
                    future.onIOPub = message => {
                        if (message.header.msg_type === 'stream') said += message.content.text;
                        if (message.header.msg_type === 'error') said += message.content.evalue;
                    };
                    await future.done;
                    return said;
                }""",
                code,
            )
        )

    def visible_code(self) -> int:
        """Return how many cells show their source."""
        return sum(editor.is_visible() for editor in self.panel.locator(".jp-CodeCell .cm-editor").all())

    def overflow(self) -> int:
        """Return by how many pixels the notebook is wider than its frame."""
        return int(
            self.panel.locator(".jp-WindowedPanel-outer, .jp-Notebook").first.evaluate(
                "node => node.scrollWidth - node.clientWidth"
            )
        )

    def broken(self) -> list[str]:
        """Return what is told of each part of the page whose own script failed, so that it could not be shown."""
        failed = self.page.locator(".jupyter-widgets-error-widget")
        failed.evaluate_all("nodes => nodes.forEach(node => node.click())")  # it then tells why
        return [*failed.all_text_contents()]

    def shot(self, name: str) -> Path:
        """Keep a picture of the window for looking at."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        self.page.screenshot(path=str(path))
        return path


@pytest.fixture(scope="session")
def make_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Room]]:
    """Start servers, and end them when the tests are over."""
    rooms: list[Room] = []

    def make(
        language: str,
        command: tuple[str, ...] = (),
        prepare: Callable[[Room], None] | None = None,
        *,
        spare: bool = False,
    ) -> Room:
        room = Room(tmp_path_factory.mktemp(f"room-{language}"), language, command, spare=spare)
        if prepare is not None:
            prepare(room)
        rooms.append(room)
        room.start()
        return room

    yield make
    for room in rooms:
        room.stop()


@pytest.fixture(scope="session")
def room(make_room: Callable[..., Room]) -> Room:
    """Return a server on a system that speaks Chinese."""
    return make_room("zh")


@pytest.fixture(scope="session")
def english_room(make_room: Callable[..., Room]) -> Room:
    """Return a server on a system that speaks English."""
    return make_room("en")


@pytest.fixture(scope="module")
def own_room(make_room: Callable[..., Room]) -> Callable[[str], Room]:
    """Return servers for one file alone, one a language: for tests that keep something in the worked case."""
    return functools.cache(make_room)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless browser that knows our font; a bare machine has no Chinese one."""
    program = find_browser()
    if program is None:
        told = "no Chromium, Chrome or Edge was found: the tests in a browser are left out"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
            f"<dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
        )
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)} if sys.platform == "linux" else dict(os.environ)
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(
                executable_path=program,
                args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
                env=environment,
            )
            yield started
            started.close()


Opener = Callable[..., Screen]


@contextlib.contextmanager
def windows(browser: Browser) -> Iterator[Opener]:
    """Open notebooks in fresh windows; close them at the end, and their kernels too."""
    contexts = []
    screens = []
    rooms = set()

    def open_(room: Room, notebook: str | None = None, *, width: int = SIZE["width"]) -> Screen:
        spoken = "zh-CN" if room.language == "zh" else "en-US"
        context = browser.new_context(viewport={**SIZE, "width": width}, locale=spoken)
        contexts.append(context)
        rooms.add(room)
        screens.append(Screen(context.new_page(), room))
        return screens[-1].open(notebook)

    yield open_
    broken = [told for own in screens if not own.page.is_closed() for told in own.broken()]
    for context in contexts:
        context.close()
    for room in rooms:
        room.tidy()
    assert not broken, "a part of the page could not be shown"


@pytest.fixture
def screen(browser: Browser) -> Iterator[Opener]:
    """Open a notebook of a room in a window of its own, for one test."""
    with windows(browser) as opener:
        yield opener


@pytest.fixture(scope="module")
def lasting_screen(browser: Browser) -> Iterator[Opener]:
    """Open a notebook of a room for all tests of a file; each test leaves the page as it found it."""
    with windows(browser) as opener:
        yield opener
