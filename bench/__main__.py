"""``python -m bench [names]``: a table of ratios; exit code 1 when a limit is not met."""

import sys
from collections.abc import Callable, Sequence

from bench import (
    approvals,
    channels,
    daily_run,
    facts,
    import_rows,
    kept_grades,
    rating,
    simulation,
    soak,
    start,
    telegram_step,
    unit_of_work,
    wecom,
)
from bench.ratio import Ratio

BENCHES: dict[str, Callable[[], Sequence[Ratio]]] = {
    "unit_of_work": unit_of_work.measure,
    "telegram_step": telegram_step.measure,
    "channels": channels.measure,
    "wecom": wecom.measure,
    "approvals": approvals.measure,
    "daily_run": daily_run.measure,
    "import": import_rows.measure,
    "simulation": simulation.measure,
    "facts": facts.measure,
    "rating": rating.measure,
    "kept_grades": kept_grades.measure,
    "start": start.measure,
    "soak": soak.measure,
}
_LINE = "{:<52} {:>12} {:>12} {:<10} {:>7} {:>8}  {:<6} {}"


def _print(ratio: Ratio) -> None:
    bound = "–" if ratio.limit is None else f"{'≥' if ratio.at_least else '≤'} {ratio.limit:g}"
    verdict = "" if ratio.limit is None else "met" if ratio.met else "NOT MET"
    if ratio.goal is not None and ratio.met and ratio.value < ratio.goal:
        verdict = f"met, short of the goal {ratio.goal:g}"
    line = _LINE.format(
        ratio.what,
        f"{ratio.ours:,.4g}",
        f"{ratio.reference:,.4g}",
        ratio.unit,
        f"{ratio.value:.2f}",
        bound,
        verdict,
        f"against {ratio.against}",
    )
    print(line, flush=True)


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    print(_LINE.format("", "ours", "reference", "unit", "ratio", "limit", "", "").rstrip())
    missed = 0
    for name in names or BENCHES:
        for ratio in BENCHES[name]():
            _print(ratio)
            missed += not ratio.met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
