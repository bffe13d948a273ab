"""`smallprint explain`."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False, metavar="[CODE | RULE]")
def explain(name: str | None) -> None:
    """Tell what the CODE of a fault or a RULE of the assessment means.

    Of a code: why it matters, and what wrong and right look like. Of a rule: what it says, why, and the provision it
    rests on. `smallprint explain rules` lists the rules; without a name, the codes are listed.
    """
    from smallprint.assessing.explain import explain_rule, find_rule, list_rules, nearest_rule
    from smallprint.assessing.rules import load_rules
    from smallprint.errors import UsageError
    from smallprint.reading.explain import explain_code, find_code, list_codes, nearest_code

    if name is None:
        click.echo(list_codes())
        return
    if code := find_code(name):
        click.echo(explain_code(code))
        return
    rules = load_rules()
    if name.strip().lower() == "rules":
        click.echo(list_rules(rules))
        return
    if rule := find_rule(name, rules):
        click.echo(explain_rule(rule))
        return
    if rule_id := nearest_rule(name, rules):
        raise UsageError(f"There is no code and no rule “{name}”. Did you mean {rule_id}?")
    near = nearest_code(name)
    hint = f" Did you mean {near.code} ({near.title})?" if near else ""
    raise UsageError(f"There is no code “{name}”.{hint}\n\n{list_codes()}")
