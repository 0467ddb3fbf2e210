"""Contacts: the people the user knows."""
