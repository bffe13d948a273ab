"""Markdown with front matter → versions; a content folder → policies."""
