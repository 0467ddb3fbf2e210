"""Files of the program, without logic."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """A file of this package, in a checkout, a wheel and a frozen build alike."""
    return files(__name__).joinpath(*parts)
