"""Learn the weights of the assessment: `python tests/bench/train.py --cases DIR [--histories DIR]`.

Writes `generator/smallprint/assessing/weights.json`. Run it when a rule or the vocabulary changed, then read what
`make bench` says of companies left out; with `--sweep` it prints the measures for a range of thresholds instead.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
from judging import at_threshold, left_out_weights, relearn, score
from labelled import EXAMPLE, read_cases, read_histories, read_write_ups

from smallprint.assessing import weighing
from smallprint.assessing.weighing import Head, Weights

_FILE = Path(weighing.__file__).with_name("weights.json")
_START = Weights(
    Head(0, {}),
    Head(0, {}),
    Head(0, {}),
    [],
    material_from=0.34,  # a missed reduction is a broken promise, a false one costs counsel a minute
    reduces_from=0.4,
    expands_from=0.4,
    unclear_from=0.37,
)
"""Where an answer is taken for yes; nothing else of this is used."""


def main() -> None:
    """Learn and write, or sweep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, required=True, help="folder of labelled cases")
    parser.add_argument("--histories", type=Path, help="folder of histories that tests/bench/labels is about")
    parser.add_argument("--sweep", action="store_true", help="print the measures on companies left out, write nothing")
    options = parser.parse_args()
    cases, said = read_cases(options.cases)
    histories = read_histories(options.histories)[1] if options.histories else []
    learned_from = [*said, *histories, *read_write_ups(EXAMPLE)]
    if options.sweep:
        weights = left_out_weights(cases, learned_from, _START)
        print("from   recall precision notice")
        for percent in range(20, 61, 2):
            done = score(cases, said, {company: at_threshold(own, percent / 100) for company, own in weights.items()})
            print(f"{percent / 100:.2f}   {done.recall:.3f}  {done.precision:.3f}     {done.notice:.3f}")
        return
    weights = relearn(learned_from, _START)
    _FILE.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(f"Learned from {len(learned_from)} sentences: {_FILE}")


if __name__ == "__main__":
    main()
