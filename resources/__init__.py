"""Files of the program, without logic."""
