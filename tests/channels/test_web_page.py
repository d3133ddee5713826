"""The page's own files: its words in both languages (10.6), and nothing that needs another host."""

import json
import re
from pathlib import Path

import bot.web

PAGE = Path(bot.web.__file__).parent / "page"
WORDS = json.loads((PAGE / "words.json").read_text("utf-8"))
SOURCES = {path.name: path.read_text("utf-8") for path in PAGE.iterdir() if path.suffix in {".html", ".js"}}


def used() -> set[str]:
    """Every key that the page names, in markup and in scripts."""
    everything = "\n".join(SOURCES.values())
    keys = set(re.findall(r'data-word(?:-label|-placeholder)?="([^"]+)"', everything))
    keys |= set(re.findall(r'\bword\("([^"]+)"\)', everything))
    examples = re.findall(r'\{ name: "(\w+)", role', SOURCES["entrance.js"])
    keys |= {f"example-{name}-{part}" for name in examples for part in ("title", "say")}
    keys |= {f"error-{key}" for key in re.findall(r'new Failed\("([\w-]+)"\)', everything)}
    return keys | {"asking", "signing", "others"} | {f"error-{key}" for key in declined()}


def declined() -> set[str]:
    """Every key that the server declines with."""
    server = "\n".join(path.read_text("utf-8") for path in PAGE.parent.glob("*.py"))
    return set(re.findall(r'Declined\(\s*\d+, "([\w-]+)"', server)) | set(
        re.findall(r'"error": "([\w-]+)"', server)
    )


def test_both_languages_have_the_same_keys() -> None:
    assert WORDS["zh_CN"].keys() == WORDS["en"].keys()


def test_every_word_that_is_used_is_there_and_every_word_that_is_there_is_used() -> None:
    assert used() == set(WORDS["en"])


def test_no_word_is_empty() -> None:
    assert all(text.strip() for words in WORDS.values() for text in words.values())


def test_the_page_needs_no_other_host() -> None:
    for name, source in SOURCES.items():
        assert not re.search(r"https?://(?!www\.w3\.org)", source), name


def test_no_script_or_style_stands_in_the_markup() -> None:
    html = SOURCES["index.html"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)
    assert not any("innerHTML" in source or "outerHTML" in source for source in SOURCES.values())
