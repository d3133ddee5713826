"""The part of the command line that needs the core alone; `zixin` puts it together with bot and worker."""

from core.commandline.late import Commands

# fmt: off
COMMANDS = Commands({
    "staff":     "core.commandline.staff:staff",
    "import":    "core.commandline.files:import_",
    "statement": "core.commandline.statements:statement",
    "check":     "core.commandline.questions:check",
    "customer":  "core.commandline.questions:customer",
    "rate":      "core.commandline.rating:rate",
    "report":    "core.commandline.questions:report",
    "policy":    "core.commandline.policy:policy",
    "audit":     "core.commandline.trail:audit_",
    "db":        "core.commandline.database:db",
})
# fmt: on
