"""What a change does to the rights of readers: rules propose, with reasons and quotes; a person's review decides."""

from smallprint.assessing.assess import assess
from smallprint.assessing.assessment import judge
from smallprint.assessing.digest import words_digest

__all__ = ["assess", "judge", "words_digest"]
