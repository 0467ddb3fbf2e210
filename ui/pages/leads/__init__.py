"""Leads: people who may become customers."""
