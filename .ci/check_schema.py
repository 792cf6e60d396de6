"""Holds every shipped scenario and library against the JSON Schema of scenario files, and
sees that the schema refuses files that are wrong.

    python .ci/check_schema.py

The program's own tests hold the schema against what is read; here another reader of schemas
and of TOML looks at it, as an editor does. Exit code 1 names what does not hold.
"""

import copy
import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"

# What is wrong, and a file in which it is.
WRONG = {
    "neither extends nor has a title": "comity = 1\n",
    "another version of the format": "extends = 'cloud-2014'\ncomity = 2\n",
    "an unknown table": "extends = 'cloud-2014'\n[choise]\nclasses = 4\n",
    "an unknown field": "extends = 'cloud-2014'\n[choice]\nclases = 4\n",
    "a text for a whole number": "extends = 'cloud-2014'\nruns = 'many'\n",
    "a part of a whole number": "extends = 'cloud-2014'\n[choice]\nclasses = 4.5\n",
    "more than the range holds": "extends = 'cloud-2014'\n[choice]\nclasses = 17\n",
    "a chance above 1": "extends = 'cloud-2014'\n[survey]\nlapse = 1.5\n",
    "never where a chance must be open": "extends = 'cloud-2014'\n[projects]\ntake_up = 0\n",
    "an unknown distribution": "extends = 'cloud-2014'\n[survey]\nnoise = { dist = 'gauss' }\n",
    "a parameter of no distribution": "extends = 'cloud-2014'\n[survey]\n"
    "noise = { dist = 'normal', mean = 1, spread = 2 }\n",
    "a distribution without its family": "extends = 'cloud-2014'\n[survey]\nnoise = { mean = 1 }\n",
    "a text that is no range": "extends = 'cloud-2014'\n[survey]\nnoise = 'about 5'\n",
    "a distribution of what is one number": "extends = 'cloud-2014'\n[network]\n"
    "mean_degree = { dist = 'uniform', low = 1, high = 2 }\n",
    "a date that is none": "extends = 'cloud-2014'\nstart = '2014-02-30'\n",
    "an unknown control structure": "extends = 'cloud-2014'\n[region.x]\ncontrol = 'remote'\n",
    "an unknown level of court": "extends = 'cloud-2014'\n[perception]\njump = { high = 1 }\n",
    "an unknown segment": "extends = 'cloud-2014'\n[market.DE]\nsegment_share = { firms = 1 }\n",
    "remove = false": "extends = 'cloud-2014'\n[provider.ovh]\nremove = false\n",
    "a source without a reason": "extends = 'cloud-2014'\n[sources]\n'survey' = 'assumed:'\n",
    "a list for a table": "extends = 'cloud-2014'\n[[choice]]\nclasses = 4\n",
}

# Right in ways that the shipped files do not show.
RIGHT = {
    "a removed provider": "extends = ['cloud-2014', 'us-sca']\n[provider.ovh]\nremove = true\n",
    "removed latencies and demands": "extends = 'cloud-2014'\n[latency.BR]\nremove = true\n"
    "[demands.US]\nremove = true\n",
    "one field of a table": "extends = './mine.toml'\n[case.ms-ireland.fine]\ndoubling_days = 14\n",
    "a range in words": "extends = 'cloud-2014'\n[survey]\nnoise = '0.05 to 0.12'\n",
    "a date as a text": "extends = 'cloud-2014'\nstart = '2014-07-31'\n",
    "no baseline": "extends = 'preska-2014'\nbaseline = ''\n",
}


def as_json(value):
    """What an editor holds against a schema: dates are texts there."""
    if isinstance(value, dict):
        return {key: as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return copy.copy(value)


def main():
    schema = json.loads((SCENARIOS / "scenario.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    validator = jsonschema.Draft7Validator(schema, format_checker=checker)
    faults = []

    def first_error(text):
        errors = validator.iter_errors(as_json(tomllib.loads(text)))
        return next((f"{error.json_path}: {error.message}" for error in errors), None)

    # A posterior is no scenario; one that is laid into a scenario is held by the tests.
    shipped = [p for p in sorted(SCENARIOS.glob("**/*.toml")) if p.parent.name != "posteriors"]
    right = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in shipped}
    for name, text in (right | RIGHT).items():
        error = first_error(text)
        if error is not None:
            faults.append(f"{name}: refused: {error[:300]}")
    faults += [f"{name}: taken" for name, text in WRONG.items() if first_error(text) is None]
    print("\n".join(faults) or (
        f"check_schema: {len(right)} shipped files and {len(RIGHT)} others hold, "
        f"{len(WRONG)} wrong ones are refused"
    ))
    sys.exit(1 if faults or len(right) < 5 else 0)


if __name__ == "__main__":
    main()
