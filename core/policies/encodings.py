"""What a file is that is not the UTF-8 text that a policy file has to be."""

import codecs

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
"""How workbooks, Word's files, old Office files, RTF and PDF begin."""
_SIXTEEN_BITS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_text(data: bytes) -> bool:
    """Whether it could be text at all, in whichever encoding."""
    return not data.startswith(_PACKED) and (b"\0" not in data or data.startswith(_SIXTEEN_BITS))


def likely_encoding(data: bytes) -> str:
    """The encoding that a Chinese Windows gave it, where it is not UTF-8; empty where nobody could tell."""
    if data.startswith(_SIXTEEN_BITS):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"
