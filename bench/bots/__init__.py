"""The processes of `bench.telegram_step`: the crowd and its Telegram, the stock bot, and ours."""

PEOPLE = 300
FIRST_PERSON = 10_001
"""The stand-in numbers its people from here."""
TOKEN = "4242:stand-in-token-of-the-test-bot"
