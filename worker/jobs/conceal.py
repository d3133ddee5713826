"""Bank accounts that somebody looked at on another day are not to be seen in their chat any more (9.3)."""

from datetime import date

from core.queries.actor import CLOCK
from core.services.customers.bank_account import ConcealBankAccounts
from core.services.desk import Desk
from core.storage.database import Database
from worker.report import Report


async def conceal(day: date, *, database: Database, desk: Desk) -> Report:
    """All in one transaction: few people look, and rarely."""
    concealed = await desk.run(database, ConcealBankAccounts(day), CLOCK)
    return Report("conceal", day, {"concealed": concealed})
