"""The documentation as tests read it: pages, their code blocks, what they name and link to."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
DOCS = tuple(sorted((ROOT / "docs").rglob("*.md")))

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.M)


@dataclass(frozen=True)
class Page:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    def blocks(self, language: str) -> list[str]:
        """What stands in the code blocks of a language, in order."""
        return [body for found, body in _BLOCK.findall(self.text) if found == language]

    def files(self) -> dict[str, str]:
        """The files that it has its reader write, by name, from the first remark of each."""
        found = (re.match(r"# (?:draft|policy)/([\w.-]+)\n", body) for body in self.blocks("toml"))
        return {named[1]: named.string for named in found if named}

    def commands(self) -> list[str]:
        """Every command line that a reader is told to type."""
        return [line for block in self.blocks("sh") for line in block.splitlines() if line.strip()]

    def links(self) -> list[str]:
        return _LINK.findall(_BLOCK.sub("", self.text))

    def anchors(self) -> set[str]:
        """Its headings, as a link names them."""
        return {
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in _HEADING.findall(self.text)
        }


README, README_ZH = (Page(path) for path in READMES)
LESSONS = [Page(ROOT / "docs" / name) for name in ("policy.md", "policy.zh-CN.md")]
"""Pages to follow from their first line to their last."""
PAGES = [README, README_ZH, *(Page(path) for path in DOCS)]
