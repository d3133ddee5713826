"""The part of the command line that needs the core alone; `zixin` puts it together with bot and worker."""

from core.commandline.database import db
from core.commandline.files import import_
from core.commandline.governance import policy_activate, policy_simulate, policy_validate
from core.commandline.policies import policy
from core.commandline.policy_check import policy_check
from core.commandline.questions import check, customer, report
from core.commandline.rating import rate
from core.commandline.staff import staff
from core.commandline.statements import statement
from core.commandline.trail import audit_
from core.commandline.vocabulary import policy_facts

for each in (policy_check, policy_simulate, policy_validate, policy_activate, policy_facts):
    policy.add_command(each)

COMMANDS = (staff, import_, statement, check, customer, rate, report, policy, audit_, db)
