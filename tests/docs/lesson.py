"""A page that teaches by doing: its files are written, its commands typed, its mistakes made, in its own order."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from tests.docs.pages import Page
from zixin import main

ANYTHING = "…"
"""A line of an output that the page leaves out."""
_BLOCK = re.compile(r"(^```(\w+)\n)(.*?)(^```$)", re.M | re.S)
_NAMED = re.compile(r"# ((?:draft|policy)/[\w.-]+)\n")
_CHECK = ".venv/bin/zixin policy check "


class Lesson:
    """Somebody who follows a page from its first line, in an empty folder that is the working directory."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.output = ""
        self.check = ""
        """The check that the reader typed last."""
        self.mistakes = 0

    def carried_out(self) -> str:
        """The page with what its commands really print."""
        return _BLOCK.sub(self._block, self.page.text)

    def _block(self, found: re.Match[str]) -> str:
        begin, language, body, end = found.groups()
        acts: dict[str, Callable[[str], None]] = {
            "toml": self._writes,
            "json": lambda text: _write("facts.json", text),
            "ini": lambda text: _write(".env", text),
            "sh": self._types,
            "diff": self._slips,
        }
        if language == "text":
            return f"{begin}{_told(body, self.output)}{end}"
        if language in acts:
            acts[language](body)
        return found[0]

    def _writes(self, body: str) -> None:
        if named := _NAMED.match(body):
            _write(named[1], body)

    def _types(self, body: str) -> None:
        for line in body.splitlines():
            code, self.output = typed(line)
            assert code == 0, f"{line}\n{self.output}"
            if line.startswith(_CHECK):
                self.check = line
            if line.startswith("mv "):
                *moved, to = shlex.split(line)[1:]
                for name in moved:
                    self.check = self.check.replace(name, f"{to}{Path(name).name}")

    def _slips(self, body: str) -> None:
        """Makes a mistake in the file that was checked last, has it told, and takes it back."""
        right, wrong = (
            "".join(f"{line[1:]}\n" for line in body.splitlines() if line.startswith(sign)) for sign in "-+"
        )
        path = Path(shlex.split(self.check)[3])
        text = path.read_text("utf-8")
        assert right in text, right
        path.write_text(text.replace(right, wrong, 1), "utf-8")
        code, self.output = typed(self.check)
        path.write_text(text, "utf-8")
        assert code == 1, f"no mistake: {wrong}"
        self.mistakes += 1


def typed(line: str) -> tuple[int, str]:
    """Exit code and output of a command line; what is ours runs in this process, by its clock."""
    words = shlex.split(line)
    if words[0] == ".venv/bin/zixin" and ">" not in words:
        done = CliRunner().invoke(main, words[1:], catch_exceptions=False)
        return done.exit_code, done.output
    ran = subprocess.run(line, shell=True, check=False, capture_output=True, text=True, timeout=60)
    return ran.returncode, ran.stdout + ran.stderr


def _write(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


def _told(shown: str, output: str) -> str:
    """The output as it is; what the page shows of it where that is a part, its gaps marked."""
    pattern = "".join(".*?" if line == ANYTHING else re.escape(f"{line}\n") for line in shown.splitlines())
    part = ANYTHING in shown.splitlines() and re.search(pattern, output, re.S)
    return shown if part else output
