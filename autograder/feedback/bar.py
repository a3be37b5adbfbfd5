"""A bar that shows on a terminal how far grading has come."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from autograder.texts import text

_One = TypeVar("_One")


def with_bar(graded: Iterable[_One], total: int, language: str) -> Iterator[_One]:
    """Pass `graded` on, with a bar while it lasts."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(text(language, "report.progress"), total=total)
        for one in graded:
            progress.advance(task)
            yield one
