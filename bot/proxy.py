"""The proxy that the environment names for an address, looked up once: left to it, aiohttp does so for every request, in two
threads of its own, which takes longer than the request.
"""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_for(address: str) -> str | None:
    """What ``HTTPS_PROXY`` or ``HTTP_PROXY`` says, unless ``NO_PROXY`` names the host; None: straight on."""
    parts = urlsplit(address)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)
