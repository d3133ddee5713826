"""Policy files for stories about changing policies: editions and cousins of the one that the product ships."""

from pathlib import Path

from core.policies.library import SHIPPED

_SHIPPED_TEXT = (SHIPPED / "b9-abc.toml").read_text("utf-8")


def write_policy(
    folder: Path,
    *,
    policy: str = "b9-abc",
    version: str = "2026-01",
    from_day: str = "2026-01-01",
    title: str = "",
) -> Path:
    """A policy file: the shipped one under another id, version or name."""
    text = _SHIPPED_TEXT.replace('id = "b9-abc"', f'id = "{policy}"', 1)
    text = text.replace('version = "2026-01"', f'version = "{version}"', 1)
    text = text.replace("in_force_from = 2026-01-01", f"in_force_from = {from_day}", 1)
    if title:
        text = text.replace('zh = "企业客户信用等级管理制度（ABC）"', f'zh = "{title}"', 1)
    path = folder / f"{policy}-{version}.toml"
    path.write_text(text, "utf-8")
    return path


def write_overlay(
    folder: Path,
    *,
    policy: str,
    version: str = "2026-01",
    standard: int = 500_000,
    from_day: str = "2026-01-01",
    **more: int,
) -> Path:
    """The company's own values over a policy: its standard for a year's receipts and shipments, in yuan, and more."""
    values = {"annual_receipts_standard": standard, "annual_shipments_standard": standard, **more}
    path = folder / f"{policy}-{version}.company.toml"
    path.write_text(
        f'kind = "overlay"\nover = "{policy}"\nover_version = "{version}"\nversion = "{from_day}"\n'
        f"in_force_from = {from_day}\n[parameters]\n"
        + "".join(f"{key} = {value}\n" for key, value in values.items()),
        "utf-8",
    )
    return path


def write_tolerances(
    folder: Path, said: str, *, version: str = "2026-01", from_day: str = "2026-01-01"
) -> Path:
    """The company's own tolerances: what a file of them says after its head."""
    path = folder / f"tolerances-{version}.toml"
    path.write_text(
        f'kind = "tolerances"\nversion = "{version}"\nin_force_from = {from_day}\n{said}', "utf-8"
    )
    return path
