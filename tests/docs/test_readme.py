"""Every command that a page tells its reader to type is typed here, in the order of the page.

Two are not, and this says so aloud: ``make demo`` and ``make test`` would run this suite inside itself (and `make
setup` its own environment anew); they are only held to be targets of the Makefile. What serves until it is stopped is
started, asked, and stopped as a person stops it; what answers and is done runs in this process, which has all loaded.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.docs.lesson import typed
from tests.docs.pages import LESSONS, PAGES, README, README_ZH, ROOT, Page
from tests.docs.pairs import pairs

SERVING = {"run", "bot", "demo"}
SISTERS = [pair.chinese for pair in pairs()]
PATIENCE_SECONDS = 60
FACTS = '{"资产负债率": 45.5, "quick_ratio": 0.8, "law_abiding": true}'
# What the reader has at hand when the page says so.
BOOKS = {
    "customers.csv": "客户编码,客户名称,业务员\nC0001,示例机械有限公司,王小雨\n",
    "invoices.csv": "单号,客户编码,开票日,金额,到期日\nFP-0001,C0001,2026-03-05,12300,2026-04-04\n",
    "receipts.csv": "单号,客户编码,收款日,金额,核销发票\nSK-0001,C0001,2026-04-02,10000,FP-0001\n",
}
PREPARED = (
    ".venv/bin/zixin staff add --name 王小雨 --role sales --telegram 10001",
    "mkdir -p policy && cp core/samples/policy/b9-abc.company.toml policy/",
    "printf 'ZIXIN_WEB_CHAT=login\\nZIXIN_POLICY_DIR=policy\\n' > .env",
)
"""What the README has made the reader do before they open another page."""


def _own(page: Page) -> list[str]:
    """The commands of a page that the README does not show."""
    return [line for line in page.commands() if line not in README.commands()]


class Reader:
    """Somebody with a fresh clone, who types what a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (".venv", "core", "Makefile"):
            (folder / name).symlink_to(ROOT / name)
        for name, rows in BOOKS.items():
            (folder / name).write_text(rows, "utf-8")
        (folder / "facts.json").write_text(FACTS, "utf-8")

    def types(self, line: str) -> None:
        words = shlex.split(line)
        if words[0] == "make":
            self.finds_target(words[1])
        elif Path(words[0]).name == "zixin" and len(words) > 1 and words[1] in SERVING:
            self.serves(words)
        elif Path(words[0]).name == "zixin" and words[1:] == ["worker"]:
            self.keeps_time(words)
        else:
            code, output = typed(line)
            assert code == 0, f"{line}\n{output}"

    def finds_target(self, target: str) -> None:
        """The Makefile has it: what it does is not done here."""
        makefile = (self.folder / "Makefile").read_text("utf-8")
        assert re.search(rf"^{target}:", makefile, re.M), f"no target {target}"

    def serves(self, words: list[str]) -> None:
        port = _free_port()
        with self._started(words, port) as process:
            _wait_for(process, f"http://127.0.0.1:{port}/healthz")
            self._stops(process)

    def keeps_time(self, words: list[str]) -> None:
        """The worker has no page to ask: it says in its log what it did first."""
        with self._started(words, _free_port()) as process:
            assert process.stderr is not None
            assert "worker.fence" in process.stderr.readline()
            self._stops(process)

    def _started(self, words: list[str], port: int) -> "subprocess.Popen[str]":
        options = ["--no-open"] if words[1] == "demo" else []
        return subprocess.Popen(
            [*words, *options],
            env=os.environ | {"ZIXIN_HTTP_PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @staticmethod
    def _stops(process: "subprocess.Popen[str]") -> None:
        process.send_signal(signal.SIGINT)
        _, trouble = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, trouble


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: "subprocess.Popen[str]", address: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError(f"{address} never answered:\n{process.communicate()[1]}")


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    if not (ROOT / ".venv").exists():
        pytest.skip("no .venv: the commands of the documentation are NOT run")
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("ZIXIN_"):  # the settings of whoever runs the suite are not the reader's
            monkeypatch.delenv(name)
    return Reader(tmp_path)


def test_the_two_readmes_show_the_same_commands() -> None:
    assert README_ZH.commands() == README.commands()


@pytest.mark.parametrize("page", [README, README_ZH], ids=lambda page: page.name)
def test_the_readme_shows_what_the_facts_look_like_that_it_has_rated(page: Page) -> None:
    assert f"`{FACTS}`" in page.text


def test_every_command_of_the_readme_works(reader: Reader) -> None:
    for line in README.commands():
        reader.types(line)


def test_demo_and_test_are_targets_and_this_says_that_they_are_not_run_here() -> None:
    made = [line for line in README.commands() if line.startswith("make ")]
    assert made == ["make demo", "make test", "make setup"]
    pytest.skip(f"{', '.join(made)}: held to be targets of the Makefile, NOT run from inside the suite")


@pytest.mark.parametrize(
    "page",
    # Sisters in Chinese have the same commands: `tests.docs.test_pairs`.
    [page for page in PAGES[2:] if _own(page) and page not in (*LESSONS, *SISTERS)],
    ids=lambda page: page.name,
)
def test_every_further_command_of_a_page_works(page: Page, reader: Reader) -> None:
    for line in (*PREPARED, *_own(page)):
        reader.types(line)


def test_a_command_that_does_not_work_is_noticed(reader: Reader) -> None:
    with pytest.raises(AssertionError, match="no target fly"):
        reader.types("make fly")
    with pytest.raises(AssertionError, match="zixin customer show"):
        reader.types(".venv/bin/zixin customer show C9999")
