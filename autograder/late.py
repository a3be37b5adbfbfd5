"""Late submissions: how late an LMS says that one is, and the points that the course takes off for it."""

import math
from datetime import datetime

import msgspec

DAY = 86_400.0


class LatePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[late]` of assignment.toml. The deadline counts where no LMS tells its own."""

    points_per_day: float = 0  # for each day begun, of the whole exercise's points
    deadline: datetime | None = None
    grace_minutes: float = 0


class Lateness(msgspec.Struct, frozen=True):
    """How late a submission is: 0 seconds for one in time, None where the LMS says "late" and no more."""

    seconds: float | None

    @property
    def is_late(self) -> bool:
        return self.seconds is None or self.seconds > 0


def lateness(handed_in: datetime, deadline: datetime) -> Lateness:
    """Compare two instants. Both must say their offset from UTC."""
    return Lateness(max(0.0, (handed_in - deadline).total_seconds()))


def with_grace(late: Lateness | None, policy: LatePolicy | None) -> Lateness | None:
    """Return `late`, or in time where the grace period covers it."""
    if late is None or policy is None or late.seconds is None or late.seconds > policy.grace_minutes * 60:
        return late
    return Lateness(0)


def days_late(late: Lateness | None) -> int | None:
    """Return the days begun after the deadline, None where nobody knows."""
    return None if late is None or late.seconds is None else math.ceil(late.seconds / DAY)


def deduction(late: Lateness | None, policy: LatePolicy | None, score: float) -> float:
    """Return the points to take off: never more than there are, and none where nobody knows how late it is."""
    days = days_late(with_grace(late, policy))
    return min(score, days * policy.points_per_day) if policy is not None and days else 0.0
