"""The `_headers` file: what hosts that know it (Cloudflare Pages, Netlify …) send with each file."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EVERYWHERE = (
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Strict-Transport-Security: max-age=31536000; includeSubDomains",
    "Cross-Origin-Opener-Policy: same-origin",
    "Permissions-Policy: camera=(), geolocation=(), microphone=()",
    "Cache-Control: public, max-age=300, must-revalidate",
)
_TYPES = (
    ("/*.md", "text/markdown; charset=utf-8"),
    ("/*.atom", "application/atom+xml; charset=utf-8"),
    ("/feed.json", "application/feed+json; charset=utf-8"),
    ("/*/feed.json", "application/feed+json; charset=utf-8"),
    ("/*/material.json", "application/feed+json; charset=utf-8"),
)


def headers_file(*, strict_policy: bool) -> bytes:
    """Return the file's text.

    No file of ours has its hash in its name, so none may be cached for good: all are asked for again after five
    minutes. With `strict_policy`, pages may load nothing from elsewhere and run no script but the site's own files;
    the theme smallprint keeps to that, others do not.
    """
    lines = ["/*"]
    lines += [f"  {line}" for line in _EVERYWHERE]
    if strict_policy:
        lines.append(f"  Content-Security-Policy: {_POLICY}")
    for pattern, media_type in _TYPES:
        lines += [pattern, f"  Content-Type: {media_type}"]
    return ("\n".join(lines) + "\n").encode()
