"""Days of traffic with a fault in every minute: ``python -m tests.reliability.soak --hours 24``.

The program's own parts run before stand-ins of Telegram and of both ways into WeCom, on clocks that jump a minute at a
time. People type and tap through real dialogs meanwhile. A minute takes as long as its work.
"""
