"""Deals: what is to be sold, on a board by stage and in a list."""
