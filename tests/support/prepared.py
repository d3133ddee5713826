"""What stories begin with and none of them changes, made once: each would take longer than most stories."""

from collections.abc import Iterable
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


def library_of(folders: Iterable[Path]) -> Library:
    """The policy files of some folders, not read again while there are the same and they say the same."""
    places = tuple(folders)
    return _read(places, tuple((path, path.read_bytes()) for each in places for path in each.rglob("*.toml")))


@cache
def _read(folders: tuple[Path, ...], _files: tuple[tuple[Path, bytes], ...]) -> Library:
    return Library(folders)


def sample_library() -> Library:
    """The shipped policies and, over them, the sample company's own."""
    return library_of([SHIPPED, SAMPLE_POLICY])


def shipped_library() -> Library:
    """The shipped policies, without a company's."""
    return library_of([SHIPPED])
