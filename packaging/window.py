"""Where the frozen window starts."""

import multiprocessing
import sys

if __name__ == "__main__":
    # First of all: in a frozen program a worker process is this file again.
    multiprocessing.freeze_support()
    from mycrm_desktop.__main__ import main

    sys.exit(main())
