"""Which way out the environment names (10.1, 10.2): a company's machine seldom reaches the services directly."""

import pytest

from bot.proxy import proxy_for


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://user:word@proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,.inside.example")
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.delenv("HTTP_PROXY", raising=False)


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("https://api.telegram.org", "http://user:word@proxy.example:3128"),
        ("http://api.telegram.org", None),
        ("https://127.0.0.1:8443", None),
        ("https://bots.inside.example/", None),
        ("", None),
    ],
)
def test_a_proxy_is_for_its_scheme_and_not_for_hosts_that_are_left_out(address: str, way: str | None) -> None:
    assert proxy_for(address) == way
