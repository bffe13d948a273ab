"""A version → the comparisons that lead to it, once people have decided on all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from smallprint.assessing import assess
from smallprint.errors import ContentError, Severity
from smallprint.reviewing.assessed import assessed_of
from smallprint.reviewing.gate import GATE_CODES, undecided, weaker_marks

if TYPE_CHECKING:
    from smallprint.model import Policy, Version
    from smallprint.reviewing.assessed import Assessed
    from smallprint.reviewing.folder import Inspected


def decided(policy: Policy, version: Version, inspected: Inspected) -> list[Assessed]:
    """Return the comparisons that lead to a version, with what people decided.

    Args:
        policy: the policy, with all its versions.
        version: one of them.
        inspected: what stands beside them.

    Raises:
        ContentError: A change is still to be decided on or was edited since, or what stands beside has faults.
    """
    own = inspected.policies[policy.slug]
    errors = [fault for fault in own.faults if fault.severity is Severity.ERROR and fault.code not in GATE_CODES]
    if faults := [*inspected.rule_faults, *errors]:
        raise ContentError(faults)
    assessed = assessed_of(policy, version, own.reviews, partial(assess, rules=inspected.rules.rules))
    if faults := [*undecided(policy, version, assessed), *weaker_marks(version, assessed)]:
        raise ContentError(faults)
    return assessed
