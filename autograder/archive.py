"""Zips that are the same bytes whenever they hold the same files."""

import io
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
_RUN = ("setup.sh", "run_autograder")


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a zip of the files, by their names in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.external_attr = (0o755 if name in _RUN else 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()
