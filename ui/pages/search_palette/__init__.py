"""The palette: every record, recent and page from one line."""
