"""Painters of table cells and list rows; they read item roles only."""
