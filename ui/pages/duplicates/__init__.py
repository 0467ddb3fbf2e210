"""The review of records that may be one: the list of pairs, two side by side, and those that are none."""
