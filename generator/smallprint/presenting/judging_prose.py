"""The page on how changes are judged: what is asked, who decides, what material means, and what it is not.

Titles with their paragraphs. They hold for any policy, whoever judges it.
"""

from __future__ import annotations

from typing import Final

ENGLISH_QUESTIONS: Final = (
    (
        "What is asked",
        (
            (
                "Of every change between two versions of a policy one question is asked: does it leave you and the "
                "other people whose data the policy is about with fewer rights, less protection or less choice than "
                "the version before?"
            ),
            (
                "The whole policy is looked at. A sentence that moved, or still stands elsewhere, is not lost; a right"
                " that is dropped in one clause and kept in another is kept; more words about a practice that was "
                "allowed before change nothing."
            ),
        ),
    ),
    (
        "Who decides",
        (
            (
                "Rules read both versions and propose what a change does, with their reason and the words of both "
                "versions. A person then decides: only what a person has decided is shown here, with a name, a day and"
                " a reason. The decision is always shown as that person’s, and what the rules said stands beside it, "
                "whether the person agreed or not."
            ),
            (
                "Those who decide may work for the publisher of the policy, or may be others who read its texts. "
                "Where it was said who judges a policy, and from what, the pages with the verdicts say so."
            ),
            (
                "A decision is about exact words. If either version is edited afterwards, it no longer counts, and the"
                " change has to be decided again."
            ),
            (
                "Where a change shows no verdict, nobody has decided on it. Changes are counted by what they do only "
                "once every change of a step that had to be decided is decided. Those in which the rules found nothing,"
                " and which nobody had to decide, are then counted as doing neither and marked “no effect found”: no "
                "person has vouched for that."
            ),
        ),
    ),
    (
        "What material means",
        (
            (
                "A change that takes something away is called material where people would expect to be told before it "
                "takes effect, because it could change whether or how they use the service: sharing or selling to new "
                "kinds of recipients, sensitive data, consent that is no longer asked, a right dropped or narrowed, "
                "data kept longer, claims that can no longer be brought to court, and the like. A small addition of a "
                "kind already named is not material."
            ),
            (
                "A change to the words of a policy need not be a change in what is done. Where the person who "
                "decided says which of the two it is, the verdict says so."
            ),
        ),
    ),
    (
        "What this is not",
        (
            (
                "This is not legal advice. It tells how the changes look to those who decided on them; it does not "
                "tell whether they are lawful, or what you should do. The texts themselves are what counts: every "
                "version is here in full, and every word that changed is marked."
            ),
        ),
    ),
)
