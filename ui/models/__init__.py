"""Item models that know no page: rows read when they are painted."""
