"""Workbooks for the tests: honest ones by openpyxl, which is not what the product writes with, and raw ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": f"""{HEAD}<Types xmlns="{_PACKAGE}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>
        <Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""{HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">
        <sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""",
}

HONEST_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>单号</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>FP-1</t></is></c><c r="B2"><v>5</v></c></row>'
)


def honest(*rows: Sequence[Any]) -> bytes:
    """A workbook of one sheet, as a person saves it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def raw(
    sheet_data: str = HONEST_ROWS,
    *,
    before: str = "",
    strings: str = "",
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook from the XML of its cells, with XML before its root, shared strings, and any more parts."""
    parts: dict[str, str | bytes] = dict(_PARTS)
    parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{_MAIN}">{strings}</sst>'
    parts["xl/worksheets/sheet1.xml"] = (
        f'{HEAD}{before}<worksheet xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>'
    )
    parts |= more or {}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
