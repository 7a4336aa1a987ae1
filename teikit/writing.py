"""Writing a file so that it is whole at every moment: beside its place first, then renamed."""

from __future__ import annotations

from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` into the file ``path``; whoever reads it sees the old bytes or the new ones.

    The mode of a file that is already there is kept. Raises OSError when the disk refuses; the old
    file is unharmed then and nothing is left beside it.
    """
    import os
    import stat
    import tempfile

    target = path.resolve()  # a symbolic link stays one
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o644
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
