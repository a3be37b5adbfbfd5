# es: Con este archivo `pytest` encuentra tu código y te cuenta, comprobación por comprobación, qué falta.
# es: No hace falta leerlo ni cambiarlo.
# en: With this file `pytest` finds your code and tells you, check by check, what is missing.
# en: There is no need to read it or to change it.

import importlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.checking import FollowThrough, StandIn, tell

MODULE = "exercise"
LANGUAGE = "es"  # es
LANGUAGE = "en"  # en


@pytest.fixture(scope="session")
def student() -> ModuleType:
    return importlib.import_module(MODULE)


@pytest.fixture
def seed() -> Callable[[int], None]:
    return np.random.seed


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(list(request.node.name.encode()))


@pytest.fixture
def stand_in(student: ModuleType, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    @contextmanager
    def put(name: str, expression: str) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(student, name, eval(expression, {"np": np}), raising=False)
            yield

    return put


@pytest.fixture
def follow_through(stand_in: StandIn) -> FollowThrough:
    return FollowThrough(stand_in)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "check: part, points")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Function, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    report = (yield).get_result()
    mark = item.get_closest_marker("check")
    if call.excinfo is not None and mark is not None:
        lines = ["✘ " + mark.kwargs[LANGUAGE], *tell(call.excinfo.value, item.function, MODULE)]
        report.longrepr = "\n    ".join(lines)
