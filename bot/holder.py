"""Who holds a lease: a process of a machine, so that another one on the same machine can tell when it is gone."""

import os
import secrets
import socket


def this_process() -> str:
    """A name for this process that none before or beside it has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"


def is_gone(holder: str) -> bool:
    """Is the holder a process of this machine that has ended? Of another machine's nothing is known.

    Called by somebody else than the holder: a holder with our own process number is an earlier one.
    """
    host, _, rest = holder.partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
