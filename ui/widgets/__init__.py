"""Reusable controls; they know no page and no service."""
