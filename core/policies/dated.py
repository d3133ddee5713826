"""Policies as they stand from a day on: with the overlay of that day, and the limit models that they name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.policies.policy_file import Overlay, overlaid, read_overlay
from core.policies.reader import PolicyFile, checksum, nearest
from core.rules.policy.policy import Policy

Read = dict[tuple[str, str], tuple[Policy, PolicyFile]]
"""Policies with their files, by id and version."""


@dataclass(frozen=True)
class Dated:
    """A policy as it stands from a day on; where nothing was put over it, as its document leaves it."""

    policy: Policy
    file: PolicyFile
    overlay_from: date = date.min
    models_from: date = date.min

    @property
    def rank(self) -> tuple[date, date, date]:
        """The higher one holds: a newer version follows an older one whatever overlays the older one still gets."""
        return self.policy.source.in_force_from, self.overlay_from, self.models_from

    def begun(self, on: date) -> bool:
        """Whether it holds by this day."""
        return max(self.rank) <= on


def in_force(dated: Iterable[Dated], policy_id: str, on: date) -> Dated | None:
    """The one of this id that holds on a day."""
    begun = [each for each in dated if each.policy.id == policy_id and each.begun(on)]
    return max(begun, key=lambda each: each.rank, default=None)


def with_overlays(read: Read, overlays: Iterable[PolicyFile]) -> list[Dated]:
    """Every policy by itself, and with each of its overlays from the overlay's day on."""
    dated = [Dated(policy, file) for policy, file in read.values()]
    for overlay in map(read_overlay, overlays):
        policy, base = _base_of(overlay, read)
        dated.append(Dated(overlaid(policy, overlay, base), overlay.file, overlay.in_force_from))
    return dated


def with_limit_models(dated: Sequence[Dated], models: Sequence[Dated]) -> list[Dated]:
    """Every policy with the limit models that it names, anew from each day on which one of them changes."""
    return [each for one in dated for each in _with_models(one, models)]


def _with_models(one: Dated, models: Sequence[Dated]) -> Iterator[Dated]:
    named = one.policy.limit_models
    if not named:
        yield one
        return
    for model in named:
        if all(each.policy.id != model for each in models):
            known = "|".join(sorted({each.policy.id for each in models}))
            raise one.file.error(
                "limit_models",
                "unknown_policy",
                'limit_models = ["limit-net-worth"]',
                over=model,
                known=known,
            )
    first = max(one.policy.source.in_force_from, one.overlay_from)
    changes = {max(*each.rank, first) for each in models if each.policy.id in named}
    for day in sorted(changes):
        found = [in_force(models, model, day) for model in named]
        policies = [each.policy for each in found if each is not None]
        yield replace(one, policy=joined(one.policy, policies), models_from=day)


def joined(policy: Policy, models: Sequence[Policy]) -> Policy:
    """The policy with the ceilings of limit models; their parameters are named after the model (``limit-x.share``)."""
    parameters = dict(policy.parameters)
    ceilings = list(policy.ceilings)
    for model in models:
        for key, parameter in model.parameters.items():
            parameters[f"{model.id}.{key}"] = replace(parameter, key=f"{model.id}.{key}")
        ceilings += [replace(ceiling, model=model.id) for ceiling in model.ceilings]
    sums = [{"policy": each.checksum} for each in (policy, *models)]
    source = replace(policy.source, checksum=checksum(*sums))
    return replace(policy, source=source, parameters=parameters, ceilings=tuple(ceilings))


def _base_of(overlay: Overlay, read: Read) -> tuple[Policy, PolicyFile]:
    try:
        return read[overlay.over, overlay.over_version]
    except KeyError:
        versions = [version for policy_id, version in read if policy_id == overlay.over]
        if versions:
            raise overlay.file.error(
                "over_version",
                "unknown_version",
                f'over_version = "{versions[-1]}"',
                over=overlay.over,
                version=overlay.over_version,
                known="|".join(versions),
            ) from None
        known = list(dict.fromkeys(policy_id for policy_id, _ in read))
        example = f'over = "{nearest(overlay.over, known)}"'
        raise overlay.file.error(
            "over", "unknown_policy", example, over=overlay.over, known="|".join(known)
        ) from None
