"""Opening the port of the web server; where that cannot be, a refusal says which setting is to be changed."""

import errno
import os
from socket import gaierror

from aiohttp import web

from core.rules.refusal import Refusal


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    """Serve at an address. Refused: one that is taken, not of this machine, or not to be had."""
    place = {"host": host, "port": str(port)}
    try:
        await web.TCPSite(runner, host, port).start()
    except (gaierror, UnicodeError) as error:  # a name that nobody knows, or that is none
        raise Refusal("host-not-here", **place) from error
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                raise Refusal("port-taken", **place) from error
            case errno.EADDRNOTAVAIL:
                raise Refusal("host-not-here", **place) from error
            case errno.EACCES | errno.EPERM:
                raise Refusal("port-not-allowed", **place) from error
            case number:
                problem = os.strerror(number) if number else str(error)
                raise Refusal("not-listening", problem=problem, **place) from error
