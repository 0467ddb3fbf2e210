"""`mycrm`: the same services as the window, for scripts, IT and tests; one file per area."""
