"""smallprint: policies kept as Markdown, published with every version and every change."""
