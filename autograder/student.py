"""The `student` that a check talks to: a submission in its sandbox, as if it were an imported module.

Calls, attributes and assignments cross as data. An object that is no data stays in the worker and is a `Remote`
here; an array or a list that the submission changes in place is changed in place here too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from autograder.printable import quoted
from autograder.sandbox import wire
from autograder.sandbox.process import SandboxError, WorkerEnded, WorkerTimeout
from autograder.session import to_place
from autograder.steps import MissingName, Step, StudentError, change_in_place, room_for_texts, same, snapshot

MODULE = 0  # the handle of the submission itself
MAX_TEXT_ROOM = 1 << 22  # characters that the texts of an answer may take as a numpy array


class Answers(Protocol):
    """What a conversation is had with: a submission in its sandbox, or a program of the exercise's own."""

    functions: set[tuple[str, str]]  # (type, name) of what is known to be callable

    def begin_check(self) -> None: ...

    def ask(self, begin: int | None, question: bytes) -> list[Any]: ...

    def spoiled(self) -> WorkerEnded: ...


Question = list[Any]  # operations that go first, the operation, its arguments


class Improvised(BaseException):
    """A check asks something that was not foretold: this submission's answers led elsewhere than the reference's."""


class Conversation:
    """What one check says to a submission, and what comes back.

    What has no answer (assignments, seeds) goes along with the next question.
    """

    def __init__(
        self, session: Answers, seed: int, wanted: set[str], foretold: list[tuple[Question, Any]] | None = None
    ) -> None:
        """`wanted` are attributes that come along with new objects; with `foretold` nothing else can be asked."""
        self.steps: list[Step] = []
        self.history: list[Step] = []  # also those with a stand-in, which nobody is told
        self.questions: list[Question] = []
        self.wanted = set(wanted)  # and what was asked of new objects besides
        self._session = session
        self._along = sorted(wanted)
        self._foretold = None if foretold is None else foretold[::-1]
        self._begin: int | None = seed
        self._has_stand_in = False
        self._first: list[list[Any]] = []
        self._came_along: dict[tuple[int, str], Any] = {}
        self._ended: Exception | None = None  # why nothing more can be asked
        self._names: dict[int, str] = {MODULE: ""}
        session.begin_check()

    def get(self, owner: "Remote", name: str) -> Any:
        if owner._name:  # an attribute of a function or a class
            owner = self._here(self._one("get", owner._number, owner._name))
        if (owner._kind, name) in self._session.functions:
            return Remote(self, owner._number, owner._kind, name)
        step = self._note("get", owner, name, [])
        value = self._value_of(owner, name)
        if isinstance(value, wire.Handle) and value.callable:
            self._session.functions.add((owner._kind, name))
            self.steps.pop()
            self.history.pop()
            return Remote(self, owner._number, owner._kind, name)
        step.result, step.answered = self._here(value), True
        return step.result

    def set(self, owner: "Remote", name: str, value: Any) -> None:
        now = snapshot(value)
        self._note("set", owner, name, [now]).answered = True
        self._session.functions.discard((owner._kind, name))
        self._came_along.clear()
        self._first.append(["set", owner._number, name, _there(now)])

    def call(self, function: "Remote", arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        now = [snapshot(argument) for argument in arguments]
        step = self._note("call", function, function._name, now, keywords)
        sent = [_there(argument) for argument in now]
        there = {name: _there(value) for name, value in keywords.items()}
        self._came_along.clear()
        match self._ask("call", function._number, function._name, sent, there, self._along):
            case [value, None | list() as changed, None | dict() as attributes]:
                self._change(arguments, changed or [])
                step.changed = changed
                if isinstance(value, wire.Handle) and attributes:
                    self._came_along = {
                        (value.number, name): attributes[name] for name in self._along if name in attributes
                    }
            case _:
                raise self._spoiled()
        step.result, step.answered = self._here(value), True
        return step.result

    def seed(self, number: int) -> None:
        """Call np.random.seed in the submission's process."""
        self._first.append(["seed", number])

    @contextmanager
    def stand_in(self, name: str, expression: str) -> Iterator[None]:
        """Put `expression`, evaluated in the submission's process, in the place of its own `name` for a while.

        The submission can read it: it must hold nothing that would help it. Its steps are not kept.
        """
        steps, self._has_stand_in = len(self.steps), True
        self._first.append(["replace", name, expression])
        yield
        self._first.append(["restore", name])  # where a check fails before this, the next one's beginning does it
        self._has_stand_in = False
        del self.steps[steps:]

    def seen(self) -> list[Step]:
        """Return all that was heard, as data alone: it may be kept when the submission is gone."""
        return [msgspec.structs.replace(s, arguments=[], keywords={}, result=_there(s.result)) for s in self.history]

    def target(self, owner: "Remote", name: str) -> str:
        """Return how a student would write `name` of `owner`."""
        known = self._names.get(owner._number, owner._kind)
        return ".".join(part for part in (known, name) if part)

    def _value_of(self, owner: "Remote", name: str) -> Any:
        if (owner._number, name) in self._came_along:
            return self._came_along[owner._number, name]
        try:
            value = self._one("get", owner._number, name)
        except StudentError as error:
            if error.kind == "AttributeError" and error.place is None:
                raise MissingName(quoted(owner._kind), name) from None
            raise
        if owner._number != MODULE:
            self.wanted.add(name)
        return value

    def _change(self, arguments: tuple[Any, ...], changed: list[Any]) -> None:
        """Change a check's own lists and arrays as the submission changed its copies."""
        for item in changed:
            match item:
                case [int(position), new] if 0 <= position < len(arguments):
                    change_in_place(arguments[position], new)
                case _:
                    raise self._spoiled()

    def _note(
        self, verb: str, owner: "Remote", name: str, arguments: list[Any], keywords: dict[str, Any] | None = None
    ) -> Step:
        step = Step(self.target(owner, name), (owner._kind, name), verb, arguments, keywords or {})
        step.has_stand_in = self._has_stand_in
        self.steps.append(step)
        self.history.append(step)
        return step

    def _ask(self, operation: str, *arguments: Any) -> list[Any]:
        if self._ended is not None:
            raise self._ended
        first, self._first = self._first, []
        question = [first, operation, *arguments]
        self.questions.append(question)
        try:
            answer = self._answer_to(question)
        except (WorkerEnded, WorkerTimeout, SandboxError) as error:
            self._ended = error
            raise
        except (wire.WireError, TypeError):
            raise self._spoiled() from None
        match answer:
            case ["value", *rest]:
                if room_for_texts(rest) > MAX_TEXT_ROOM:
                    raise ValueError("texts too long to compare")
                return rest
            case ["raised", str(kind), str(message), place, str(text), *_]:
                for step in self.history[-1:]:
                    step.raised = quoted(kind)
                raise StudentError(quoted(kind), quoted(message), to_place(place), quoted(text))
        raise self._spoiled()

    def _one(self, operation: str, *arguments: Any) -> Any:
        match self._ask(operation, *arguments):
            case [value]:
                return value
        raise self._spoiled()

    def _answer_to(self, question: Question) -> list[Any]:
        if self._foretold is None:
            begin, self._begin = self._begin, None
            return self._session.ask(begin, wire.encode(question))
        foreseen, answer = self._foretold.pop() if self._foretold else ([], b"")
        if not same(foreseen, question):
            raise Improvised
        return wire.decode_frame(answer)

    def _spoiled(self) -> Exception:
        """End the worker, whose answer makes no sense."""
        self._ended = self._session.spoiled()
        return self._ended

    def _here(self, value: Any) -> Any:
        """Return `value` as a check sees it."""
        if not isinstance(value, wire.Handle):
            return value
        if value.number not in self._names:
            name = quoted(value.type_name.lower()) or "object"
            taken = sum(known.split("_")[0] == name for known in self._names.values())
            self._names[value.number] = f"{name}_{taken + 1}" if taken else name
        return Remote(self, value.number, value.type_name, "")


class Remote:
    """The submission, or an object of its, in the sandbox."""

    __slots__ = ("_conversation", "_kind", "_name", "_number")
    _conversation: Conversation
    _number: int
    _kind: str
    _name: str

    def __init__(self, conversation: Conversation, number: int, kind: str, name: str) -> None:
        for slot, value in zip(("_conversation", "_number", "_kind", "_name"), (conversation, number, kind, name)):
            object.__setattr__(self, slot, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # numpy and pytest ask every object for such names
            raise AttributeError(name)
        return self._conversation.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._conversation.set(self, name, value)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self._conversation.call(self, arguments, keywords)

    def __repr__(self) -> str:
        return self._conversation.target(self, self._name) or "student"


def _there(value: Any) -> Any:
    return wire.Handle(value._number, value._kind, True) if isinstance(value, Remote) else value
