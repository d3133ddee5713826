"""A real browser, driven over its own debugging protocol: what a test does is what a person does."""

import asyncio
import base64
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE_SECONDS = 10.0

# What a person sees: text of what is laid out, by the deepest element that has it.
_FIND = """(text, within) => [...document.querySelectorAll(within)].filter(
  (one) => one.checkVisibility() && one.innerText.includes(text)).at(-1)"""


class Page:
    """A window. Everything that waits gives up after `PATIENCE_SECONDS` with an AssertionError that says what it saw."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read())
        self.complaints: list[str] = []
        """What the console says is wrong: exceptions, refused scripts, failed loads."""

    async def close(self) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._socket.close()

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the protocol."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await answer

    async def run(self, script: str) -> Any:
        """The value of a script in the page."""
        answer = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    async def open(self, address: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> None:
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.call("Emulation.setEmulatedMedia", features=[scheme])
        await self.call("Page.navigate", url=address)

    async def until(self, script: str) -> Any:
        """Wait until a script gives something true."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not (value := await self.run(script)):
                    await asyncio.sleep(0.03)
                return value
        except TimeoutError:
            raise AssertionError(f"never true: {script}\n{await self.text()}\n{self.complaints}") from None

    async def see(self, text: str, within: str = "body") -> None:
        await self.until(f"!!({_FIND})({json.dumps(text)}, {json.dumps(within)})")

    async def see_no_more(self, text: str) -> None:
        await self.until(f"!document.body.innerText.includes({json.dumps(text)})")

    async def text(self) -> str:
        return str(await self.run("document.body?.innerText ?? ''"))

    async def tap(self, label: str, within: str = "button, a") -> None:
        """Click what reads so, where it is, as a mouse does."""
        found = f"({_FIND})({json.dumps(label)}, {json.dumps(within)})"
        box = await self.until(
            f"""(() => {{ const one = {found}; if (!one || one.disabled) return null;
            one.scrollIntoView({{block: "nearest"}}); const box = one.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1
            )

    async def type(self, text: str) -> None:
        """Write where the focus is."""
        await self.call("Input.insertText", text=text)

    async def press(self, key: str, *, shift: bool = False) -> None:
        codes = {"Enter": 13, "Tab": 9, " ": 32}
        typed = {"Enter": "\r", " ": " "}.get(key, "")
        common = {"key": key, "windowsVirtualKeyCode": codes[key], "modifiers": 8 if shift else 0}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=typed, **common)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    async def focused(self) -> str:
        """What has the focus: its id, else what it reads."""
        return str(await self.run("document.activeElement.id || document.activeElement.innerText || ''"))

    async def screenshot(self, path: Path) -> None:
        picture = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(picture["data"]))

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            told = json.loads(message.data)
            answer = self._answers.pop(told.get("id", 0), None)
            if answer is not None and not answer.done():
                answer.set_result(told.get("result", {}))
            elif told.get("method") == "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told["params"])[:500])
            elif told.get("method") == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
                self.complaints.append(told["params"]["entry"]["text"])


class Chromium:
    def __init__(self, session: ClientSession, address: str) -> None:
        self._session = session
        self._address = address
        self._pages: list[Page] = []

    async def window(self) -> Page:
        """A new window, in the same browser: cookies are shared, as between a person's own windows."""
        async with self._session.put(f"http://{self._address}/json/new?about:blank") as answer:
            target = json.loads(await answer.text())
        page = Page(await self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
        self._pages.append(page)
        for domain in ("Page", "Runtime", "Log"):
            await page.call(f"{domain}.enable")
        return page

    async def close(self) -> None:
        for page in self._pages:
            await page.close()


@asynccontextmanager
async def chromium(language: str = "zh-CN") -> AsyncIterator[Chromium]:
    """A fresh browser that prefers ``language``. Needs `PROGRAM`."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            PROGRAM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            f"--accept-lang={language}",
            f"--user-data-dir={folder}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(folder) / "DevToolsActivePort")
            async with ClientSession() as session:
                browser = Chromium(session, f"127.0.0.1:{port}")
                try:
                    yield browser
                finally:
                    await browser.close()
        finally:
            process.terminate()
            await process.wait()


async def _port(file: Path) -> int:
    async with asyncio.timeout(30):
        while not (lines := file.read_text().splitlines() if file.exists() else []):
            await asyncio.sleep(0.05)
    return int(lines[0])
