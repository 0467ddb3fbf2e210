"""Where the frozen command line starts."""

import multiprocessing

if __name__ == "__main__":
    # First of all: in a frozen program a worker process is this file again.
    multiprocessing.freeze_support()
    from mycrm_desktop.cli.main import main

    main()
