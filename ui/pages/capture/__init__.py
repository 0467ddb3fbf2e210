"""Quick capture: one line over the window becomes contacts, deals, tasks and entries of a timeline."""
