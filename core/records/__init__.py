"""The tables, a file per noun. Importing this package makes the whole schema known."""

from core.records import (
    assessment,
    audit,
    collection,
    company,
    customer,
    import_batch,
    inbox,
    job_run,
    ledger,
    line,
    outbox,
    request,
    session,
    staff,
    survey,
)

__all__ = [
    "assessment",
    "audit",
    "collection",
    "company",
    "customer",
    "import_batch",
    "inbox",
    "job_run",
    "ledger",
    "line",
    "outbox",
    "request",
    "session",
    "staff",
    "survey",
]
