"""Pure normalisation of values: text, names, addresses, numbers, dates; no database, no files, no clock."""
