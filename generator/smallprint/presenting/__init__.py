"""Policies and comparisons as what people and programs read: pages, feeds, records, and text for a terminal."""
