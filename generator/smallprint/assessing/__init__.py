"""What a change does to the rights of readers: rules propose, with reasons and quotes."""

from smallprint.assessing.assess import assess

__all__ = ["assess"]
