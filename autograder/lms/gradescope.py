"""Gradescope's "Export submissions": a folder `submission_<id>` for each, and `submission_metadata.yml` beside them."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from autograder.handed_in import HandedIn, may_be_it, shown_name
from autograder.late import LatePolicy, lateness
from autograder.source import Unreadable
from autograder.texts import UserError
from autograder.tree import TreeFile

NAME = "gradescope"
METADATA = "submission_metadata.yml"
PATTERN = f"{METADATA}, submission_<id>/…"
_FOLDER = "submission_"
_MAX_NAMES = 20  # of a group


def handed_in(files: list[TreeFile], policy: LatePolicy | None) -> tuple[list[HandedIn], list[TreeFile]]:
    """Return who handed in what, and the files that are not Gradescope's. Raises UserError for broken metadata."""
    metadata = next((file for file in files if file.path == PurePosixPath(METADATA)), None)
    if metadata is None or not any(file.path.parts[0].startswith(_FOLDER) for file in files if file is not metadata):
        return [], files
    submitted = _read(metadata)
    found = {name: HandedIn(name, NAME, **_who(about, policy)) for name, about in submitted.items()}
    others = []
    for file in files:
        folder = file.path.parts[0]
        if folder in found and len(file.path.parts) > 1:
            own = TreeFile(PurePosixPath(*file.path.parts[1:]), file.read, file.stands_for_folder)
            if may_be_it(own):
                found[folder].files.append(own)
        elif file is not metadata:
            others.append(file)
    return list(found.values()), others


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain data, and what Ruby calls an object as nothing."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def _read(metadata: TreeFile) -> dict[str, dict[str, Any]]:
    try:
        read = yaml.load(metadata.read(), _Loader)
    except (yaml.YAMLError, Unreadable, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UserError("error.bad_metadata", name=METADATA, reason=reason) from None
    if not isinstance(read, dict):
        raise UserError("error.bad_metadata", name=METADATA, reason=type(read).__name__)
    return {
        name: about if isinstance(about, dict) else {}
        for name, about in read.items()
        if isinstance(name, str) and name.startswith(_FOLDER)
    }


def _who(about: dict[str, Any], policy: LatePolicy | None) -> dict[str, Any]:
    """Return name, address and lateness: of a group, all names and addresses."""
    submitters = [each for each in about.get(":submitters") or [] if isinstance(each, dict)][:_MAX_NAMES]
    known = {
        field: "; ".join(shown_name(each[f":{field}"]) for each in submitters if isinstance(each.get(f":{field}"), str))
        for field in ("name", "email")
    }
    created = about.get(":created_at")
    late = None
    if isinstance(created, datetime) and policy is not None and policy.deadline is not None:
        handed_in = created if created.tzinfo else created.replace(tzinfo=UTC)
        late = lateness(handed_in, policy.deadline)
    return {**known, "late": late}
