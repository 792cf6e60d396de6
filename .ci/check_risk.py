"""Counts money at risk anew from losses.parquet and profits.parquet, with pandas and none of our
code, and holds it against what `comity risk RESULT --json` said.

    python .ci/check_risk.py FOLDER RISK_JSON

Exit code 0: all holds; 1: the first thing that does not is named.
"""

import json
import math
import pathlib
import sys

import numpy as np
import pandas as pd

MILLION = 1e6


def check(holds, what):
    if not holds:
        sys.exit(f"check_risk: {what}")


def near(found, expected):
    return found is not None and math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


def year_of(dates, start, years):
    """The whole year in which each date lies, -1 for none."""
    ends = [start + pd.DateOffset(months=12 * year) for year in range(years + 1)]
    found = np.searchsorted(np.array(ends, "M8[ns]"), np.array(dates, "M8[ns]"), side="right") - 1
    return np.where(found < years, found, -1)


def of_period(losses, period):
    """The loss reached once in so many trials, linear in the period."""
    falling = np.sort(losses)[::-1]
    periods = len(falling) / np.arange(1, len(falling) + 1)
    return float(np.interp(period, periods[::-1], falling[::-1]))


def tail_mean(losses, level):
    """Acerbi and Tasche's, by the integral of the quantile."""
    falling, mass = np.sort(losses)[::-1], len(losses) * (1 - level)
    weights = np.clip(mass - np.arange(len(falling)), 0, 1)
    return float((falling * weights).sum() / mass)


def by_year(table, value, runs, years, how):
    """A number for each run and whole year."""
    own = table[table["year"] >= 0]
    grouped = getattr(own.groupby(["run", "year"])[value], how)()
    index = pd.MultiIndex.from_product([runs, range(years)], names=["run", "year"])
    return grouped.reindex(index, fill_value=0.0).to_numpy() / MILLION


def check_periods(told, column, losses, runs):
    for row in told:
        estimate = row[column]
        if row["years"] > runs:
            check(estimate["value"] is None, f"{column}: {row['years']} years of {runs} futures")
        else:
            expected = of_period(losses, row["years"])
            said = f"{column}, {row['years']} years: {estimate['value']} for {expected}"
            check(near(estimate["value"], expected), said)


def check_levels(told, what, losses):
    for row in (row for row in told if row["what"] == what):
        if len(losses) * (1 - row["level"]) < 1 - 1e-9:
            check(row["value_at_risk"]["value"] is None, f"{what}: beyond the futures")
            continue
        var = float(np.quantile(losses, row["level"], method="inverted_cdf"))
        check(near(row["value_at_risk"]["value"], var), f"{what}: VaR {row['level']}")
        mean = tail_mean(losses, row["level"])
        check(near(row["tail_mean"]["value"], mean), f"{what}: TVaR {row['level']}")


def check_reserve(told, losses, runs):
    for row in told:
        own = losses[losses["matter"] == row["matter"]]
        if row["kind"]:
            own = own[own["kind"] == row["kind"]]
        costs = own.groupby("run")["amount"].sum().to_numpy() / MILLION
        name = f"{row['matter']}, {row['kind']}"
        check(row["count"] == len(costs), f"{name}: {row['count']} futures")
        check(near(row["expected"], costs.sum() / len(runs)), f"{name}: expected")
        if row["best"] is not None:
            best = float(np.quantile(costs, 0.5, method="inverted_cdf"))
            check(near(row["best"], best), f"{name}: best")
    matters = {row["matter"] for row in told}
    check(matters == set(losses["matter"]), "reserve: a matter is missing")


def main():
    folder, said = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
    risk, start, years = said["risk"], pd.Timestamp(said["start"]), said["risk"]["whole_years"]
    runs = pd.read_parquet(folder / "runs.parquet")["run"].to_numpy()
    losses = pd.read_parquet(folder / "losses.parquet")
    actor = said["actor"]
    losses = losses[(losses["world"] == "scenario") & (losses["actor"] == actor)]
    losses = losses.assign(year=year_of(pd.to_datetime(losses["date"]), start, years))
    if len(losses):
        largest = by_year(losses, "amount", runs, years, "max")
        check_periods(risk["exceedance"], "occurrence", largest, len(runs))
        sums = by_year(losses, "amount", runs, years, "sum")
        check_periods(risk["exceedance"], "aggregate_year", sums, len(runs))
        totals = losses.groupby("run")["amount"].sum().reindex(runs, fill_value=0.0) / MILLION
        check_levels(risk["at_risk"], "losses", totals.to_numpy())
    check_reserve(risk["reserve"], losses, runs)
    profits = pd.read_parquet(folder / "profits.parquet")
    profits = profits[profits["actor"] == actor]
    if len(profits):
        sign = np.where(profits["world"] == "baseline", 1.0, -1.0)
        profits = profits.assign(
            year=year_of(pd.to_datetime(profits["date"]), start, years),
            short=sign * profits["operating_profit"],
        )
        short = by_year(profits, "short", runs, years, "sum")
        check_periods(risk["exceedance"], "lost_business_year", short, len(runs))
        totals = profits.groupby("run")["short"].sum().reindex(runs) / MILLION
        check_levels(risk["at_risk"], "lost_business", totals.to_numpy())
    print(f"check_risk: all holds in {folder.name} ({len(losses)} losses of {actor})")


if __name__ == "__main__":
    main()
