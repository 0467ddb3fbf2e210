"""Companies: the organisations the user sells to."""
