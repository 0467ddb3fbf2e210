"""Frozen dataclasses that cross the border between services and everything above them."""
