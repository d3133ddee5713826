"""What stories begin with and none of them changes, made once: each would take longer than most stories."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core.policies.library import SHIPPED, Library
from core.storage.upgrade import upgrade

SAMPLE_POLICY = Path(__file__).parents[2] / "core" / "samples" / "policy"


def new_database(path: Path) -> None:
    """An empty database as ``upgrade`` makes it; one that is there already stays as it is."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty_database())


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "zixin.db"
        upgrade(path)
        return path.read_bytes()


@cache
def sample_library() -> Library:
    """The shipped policies and, over them, the sample company's own."""
    return Library([SHIPPED, SAMPLE_POLICY])


@cache
def shipped_library() -> Library:
    """The shipped policies, without a company's."""
    return Library()
