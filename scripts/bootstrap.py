"""Make .venv and fill it from the locks: the first step of every make target. Standard library only.

Runs on any Python 3, so that an unfit one gets a sentence instead of a stack trace. Done steps are skipped:
the stamp in .venv holds a digest of the lock files.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SUPPORTED = ("3.11", "3.12")
NEEDED_GB = 3


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""


def main():
    """Prepare the environment; with --dev also what tests and checks need."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="install what tests and checks need, too")
    parser.add_argument("--python", default="", help="interpreter to use instead of the first fit one")
    arguments = parser.parse_args()
    try:
        prepare(arguments.dev, arguments.python)
    except SetupError as error:
        print("attune: %s" % error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nattune: set-up stopped; run the same command to go on", file=sys.stderr)
        return 130
    return 0


def prepare(dev, wanted):
    """Create the environment where it is missing and install each lock whose digest has changed."""
    if not (VENV / "bin" / "python").exists():
        create_environment(find_python(wanted))
    install("base.txt", "the libraries of the service", ["--require-hashes"])
    # Rasa's metadata asks for Python below 3.11 and for TensorFlow: docs/adr/0001-lean-rasa.md.
    install("nodeps.txt", "Rasa and the encoder", ["--require-hashes", "--no-deps", "--ignore-requires-python"])
    if dev:
        install("dev.txt", "tools for tests and checks", ["--require-hashes"])


def find_python(wanted):
    """Return the path of a supported interpreter: the wanted one, this one, or the first on the PATH."""
    names = [wanted] if wanted else [sys.executable, *("python%s" % version for version in SUPPORTED)]
    for name in names:
        path = shutil.which(name)
        if path and version_of(path) in SUPPORTED:
            return path
    if wanted:
        raise SetupError("%s is not Python %s; give another with PYTHON=..." % (wanted, " or ".join(SUPPORTED)))
    raise SetupError(
        "this is Python %d.%d, and Attune runs on %s; install one (for example `uv python install 3.12`) and run "
        "`make run PYTHON=/path/to/python3.12`" % (sys.version_info[0], sys.version_info[1], " or ".join(SUPPORTED))
    )


def version_of(path):
    """Return "3.11" and the like, or "" when `path` does not run (a version manager's unset shim, say)."""
    command = [path, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def create_environment(python):
    """Make .venv after a look at the free space."""
    free = shutil.disk_usage(str(ROOT)).free / 1e9
    if free < NEEDED_GB:
        raise SetupError("%.1f GB are free in %s and %d GB are needed; make room and try again" % (free, ROOT, NEEDED_GB))
    print("Making .venv with Python %s" % version_of(python), flush=True)
    if subprocess.run([python, "-m", "venv", str(VENV)]).returncode:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise SetupError("the environment could not be made; on Debian and Ubuntu `apt install python3-venv` helps")


def install(lock, what, options):
    """Install one lock unless the stamp says that it is installed."""
    path = ROOT / "requirements" / lock
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    stamp = VENV / (".installed-" + lock)
    if stamp.exists() and stamp.read_text() == digest:
        return
    total = len(re.findall(r"^[a-zA-Z0-9].*==", text, re.MULTILINE))
    print("Installing %s (%d packages)" % (what, total), flush=True)
    run_pip([str(VENV / "bin" / "python"), "-m", "pip", "install", *options, "-r", str(path)], total)
    stamp.write_text(digest)


def run_pip(command, total):
    """Run pip and show how many packages it has looked up; its own words only when it fails."""
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    process = subprocess.Popen(
        command + options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, env=environment()
    )
    lines, seen = [], 0
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Collecting "):
            seen += 1
            show("  %d of %d: %s" % (seen, total, line.split()[1].split("==")[0]))
        elif line.startswith("Installing collected"):
            show("  unpacking")
    show("")
    if process.wait():
        reason = next((line for line in reversed(lines) if line.startswith("ERROR")), "".join(lines[-5:]))
        raise SetupError("pip could not install them; is the network reachable?\n%s" % reason.strip())


def environment():
    """Return the environment for pip; Python's own warnings belong to no visitor of the terminal."""
    return dict(os.environ, PYTHONWARNINGS="ignore", PIP_ROOT_USER_ACTION="ignore")


def show(text):
    """Show progress in place on a terminal; elsewhere nothing, so that a log stays short."""
    if sys.stdout.isatty():
        print("\r\033[K" + text, end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
