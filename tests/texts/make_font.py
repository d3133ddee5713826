"""The font of pictures, made from the full one: ``python -m tests.texts.make_font wqy-microhei.ttc``."""

import sys
from itertools import chain, product
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FONT = Path(__file__).parents[2] / "core" / "texts" / "fonts" / "wenquanyi-micro-hei.ttf"
LATIN, PUNCTUATION, SIGNS = range(0x20, 0x180), range(0x2010, 0x2060), range(0x2190, 0x2720)
CJK_MARKS, FULL_WIDTH = range(0x3000, 0x3020), range(0xFF00, 0xFFF0)


def gbk() -> set[int]:
    """Every character of GBK: what a Chinese company's name is written in."""
    pairs = (bytes(pair) for pair in product(range(0x81, 0xFF), range(0x40, 0xFF)))
    return {ord(mark) for pair in pairs for mark in pair.decode("gbk", "ignore")}


def main(source: str) -> None:
    font = TTCollection(source).fonts[0]
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], drop_tables=["FFTM"])
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes={*chain(LATIN, PUNCTUATION, SIGNS, CJK_MARKS, FULL_WIDTH), *gbk()})
    chosen.subset(font)
    font.save(FONT)


if __name__ == "__main__":
    main(sys.argv[1])
