"""``python -m kmsguard …``: the command, byte for byte."""

from __future__ import annotations

import signal
import sys

from . import _kmsguard


def main() -> int:
    """Runs the command with the arguments of this process, and gives its exit code."""
    # Python would note an interrupt and wait for the command to end; the command ends at once, as the native one does.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _kmsguard.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
