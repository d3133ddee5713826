"""Commands that are imported when they are asked for: to name them all takes no more than a table."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click


class Commands(MutableMapping[str, click.Command]):
    """Commands by name; those of ``places`` lie in a module, written ``module:attribute``, until then."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._here: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._here:
            module, _, attribute = self._places[name].partition(":")
            self._here[name] = getattr(import_module(module), attribute)
        return self._here[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        del self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._places, *self._here)))

    def __len__(self) -> int:
        return len({*self._places, *self._here})
