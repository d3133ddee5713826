"""The database, from the command line."""

from pathlib import Path

import click

from core.commandline.command import command
from core.commandline.running import told
from core.commandline.worded import Group
from core.settings import Settings
from core.storage import backup as copies
from core.storage.upgrade import upgrade


@click.group(cls=Group)
def db() -> None:
    """The database."""


@db.command("upgrade")
@command
def db_upgrade(settings: Settings) -> None:
    """Bring the database to the schema of this version."""
    click.echo(told(settings, "db-upgraded", revision=upgrade(settings.database_path)))


@db.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@command
def db_backup(settings: Settings, target: Path) -> None:
    """A whole copy, while people work."""
    copies.backup(settings.database_path, target)
    click.echo(told(settings, "db-backed-up", path=str(target)))


@db.command("restore")
@click.argument("source", type=click.Path(path_type=Path))
@command
def db_restore(settings: Settings, source: Path) -> None:
    """Put a copy in the database's place; what was there is kept beside it."""
    copies.restore(source, settings.database_path)
    click.echo(told(settings, "db-restored", path=str(source)))
