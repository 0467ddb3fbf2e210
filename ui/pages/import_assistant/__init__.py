"""The import assistant: a file, a mapping checked by a dry run, one batch."""
