"""Start-up of the program: builds every part and joins them."""

__version__ = "0.1.0"
