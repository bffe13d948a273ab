"""`smallprint explain` knows the rules of the assessment beside the codes of faults."""

from __future__ import annotations

from click.testing import CliRunner, Result

from smallprint.assessing.rules import load_rules
from smallprint.cli.main import cli


def _explain(*names: str) -> Result:
    return CliRunner().invoke(cli, ["explain", *names])


def test_a_rule_is_explained() -> None:
    told = _explain("consent-dropped").output
    assert told.startswith("consent-dropped: reduces · consent\n")
    assert "Why it matters:" in told
    assert "GDPR" in told
    assert "{" not in told


def test_all_rules_are_listed() -> None:
    told = _explain("rules").output
    assert all(f"  {rule.id}\n" in f"{told}\n" for rule in load_rules())


def test_a_slip_is_met_with_the_rule_that_was_meant() -> None:
    done = _explain("consent-droped")
    assert done.exit_code
    assert "Did you mean consent-dropped?" in str(done.exception or done.output)


def test_codes_are_still_explained() -> None:
    assert _explain("sp101").output.startswith("SP101")
