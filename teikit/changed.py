"""Which files changed, as git sees it."""

from __future__ import annotations

from pathlib import Path

from teikit.diagnostics import RULES, Location
from teikit.errors import ConfigError


def changed(folder: Path, revision: str = "HEAD") -> frozenset[Path]:
    """The files of the repository around ``folder`` that differ from ``revision``.

    Those that are staged, not staged, renamed, or new and not ignored; resolved paths, without
    what was deleted. Before the first commit every file is new.

    Raises ConfigError where git is missing, there is no repository, or it has no such revision.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")).resolve()
    names = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    commit = _commit(folder, revision)
    if commit is None:
        names += _git(top, "ls-files", "-z", "--cached")
    else:
        names += _git(
            top, *("diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", commit, "--")
        )
    paths = ((top / name).resolve() for name in names.split("\0") if name)
    return frozenset(path for path in paths if path.is_file())


def _commit(folder: Path, revision: str) -> str | None:
    """The name of the commit; None for HEAD before the first commit."""
    # --end-of-options: a revision that begins with a hyphen is no option of git.
    question = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    found = _git(folder, *question, f"{revision}^{{commit}}", refused="").strip()
    if found:
        return found
    if revision == "HEAD":
        return None
    hint = "name a commit, branch or tag: --changed=main"
    if (Path.cwd() / revision).exists():
        hint = f"to look at the changed files of {revision} write --changed=HEAD {revision}"
    raise _refused(f"git knows no revision “{revision}”", hint)


def _git(folder: Path, *arguments: str, refused: str | None = None) -> str:
    """What a git command prints; ``refused`` instead where git says no, if it is given."""
    import os
    import subprocess

    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as error:
        hint = "install git, or name the files"
        raise _refused(f"git cannot be run: {error.strerror}", hint) from error
    if done.returncode == 0:
        return os.fsdecode(done.stdout)
    if refused is not None:
        return refused
    said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
    raise _refused(
        f"git does not say what changed in {folder}: {' '.join(said.split())}",
        "--changed works inside a git repository; name the files elsewhere",
    )


def _refused(message: str, hint: str) -> ConfigError:
    return ConfigError(RULES["TK901"].at(Location("--changed"), message, hints=(hint,)))
