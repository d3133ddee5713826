"""What every dated file says of itself."""

from core.policies.reader import PolicyFile, checksum
from core.rules.policy.source import Source


def read_source(file: PolicyFile) -> Source:
    """Id, version, day, document and title of a file; `PolicyError` where one is missing or wrong."""
    file.text("kind")
    return Source(
        id=file.text("id", 'id = "b9-abc"'),
        version=file.text("version", 'version = "2026-01"'),
        in_force_from=file.day("in_force_from"),
        document=file.text("document", 'document = "B9"'),
        title=file.words("title"),
        checksum=checksum(file.content),
    )
