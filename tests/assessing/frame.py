"""A small policy of ordinary sentences, in which the examples of rules are tried."""

from __future__ import annotations

from typing import Final

FRAME: Final = """\
# Privacy Policy {#policy}

## About this text {#about}

This text tells how we handle information about the people who use our website.
It was written by the team that runs the website, in plain words.
Words that begin with a capital letter mean the same here as in our terms of service.

## What we do {#practice}

When you register, you tell us your name and your email address.
We run the website with this information and answer the questions that you send us.

EXAMPLE

Our offices are open on weekdays from nine to five.
Letters that reach us later are opened on the next working day.

## Keeping in touch {#contact}

Please write to us if anything in this text stays unclear.
You find our telephone number and the names of our team at the end of every page.
"""


def framed(sentence: str) -> str:
    """Return the small policy with one sentence more, or as it is where the sentence is empty."""
    return FRAME.replace("EXAMPLE\n\n", f"{sentence}\n\n" if sentence else "")
