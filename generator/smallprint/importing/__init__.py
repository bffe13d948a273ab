"""What exists → versions: web pages, texts, Word files and git histories become Markdown with clause ids."""
