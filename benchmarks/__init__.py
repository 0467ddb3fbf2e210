"""What the program costs, beside the least it could cost; `python3 dev.py bench` runs it."""
