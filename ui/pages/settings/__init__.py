"""The settings of the user, of this window and of the open workspace."""
