"""The site: a MkDocs plugin that hands our pages to MkDocs, and what puts the finished site in place."""
