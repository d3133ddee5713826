"""What SQLAlchemy makes of a statement, made once in a test process rather than once for each database.

The program opens one database and keeps it; the tests open thousands, and a third of a story's processor time went
into compiling the same statements for its own engines again. Statements, values and rows are as they would be.
"""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine.interfaces import Dialect

from core.storage import engines


def compile_once() -> None:
    """From now on the engines that are made share a dialect, which is part of the key, and what was compiled for it."""
    dialects: dict[str, Dialect] = {}
    compiled: dict[Any, Any] = {}

    def sharing(url: str, *, begin: str = "BEGIN", **given: Any) -> Engine:
        options = {"compiled_cache": compiled}
        engine = create_engine(url, begin=begin, execution_options=options, **given)
        engine.dialect = dialects.setdefault(begin, engine.dialect)
        return engine

    setattr(engines, "create_engine", sharing)  # noqa: B010 -- a name that the module only borrows
