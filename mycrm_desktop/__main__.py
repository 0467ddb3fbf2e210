"""The entry point of the window."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the window, or the tour; the exit code."""
    if getattr(sys, "frozen", False):
        # Only a packaged program runs its worker processes through this file.
        import multiprocessing

        multiprocessing.freeze_support()
    from mycrm_desktop.config import read_config

    config = read_config(sys.argv[1:])
    if config.tour is not None:
        from mycrm_desktop.tour.runner import run_tour

        return run_tour(config)
    from mycrm_desktop.app import run

    return run(config)


if __name__ == "__main__":
    sys.exit(main())
