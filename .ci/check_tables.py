"""Reads a result folder with pandas and with DuckDB and checks what a reader relies on:
checksums, types, row counts, quantiles in order, dates within the horizon, differences
that are differences.

    python .ci/check_tables.py FOLDER

Exit code 0: all holds; 1: the first thing that does not is named.
"""

import hashlib
import json
import math
import pathlib
import sys

import duckdb
import pandas as pd

QUANTILES = ["p025", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p975"]
TYPES = {"BIGINT", "DOUBLE", "VARCHAR", "DATE", "BOOLEAN"}


def check(holds, what):
    if not holds:
        sys.exit(f"check_tables: {what}")


def check_files(folder, manifest):
    for name, digest in manifest["files"].items():
        path = folder / name
        check(path.is_file(), f"{name} is in the manifest but not in the folder")
        expected = digest["sha256"] if isinstance(digest, dict) else digest
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
        check(actual == expected, f"{name}: checksum differs from the manifest's")


def read_both(folder):
    """Every Parquet table through pandas, after DuckDB agreed on columns, types and rows."""
    tables = {}
    for path in sorted(folder.glob("*.parquet")):
        name, table = path.stem, pd.read_parquet(path, dtype_backend="pyarrow")
        described = duckdb.execute("describe select * from read_parquet(?)", [str(path)])
        kinds = {column: kind for column, kind, *_ in described.fetchall()}
        check(list(table.columns) == list(kinds), f"{name}: columns differ")
        for column, kind in kinds.items():
            check(kind in TYPES, f"{name}.{column} has type {kind}")
        counts = ", ".join(f'count("{column}")' for column in kinds)
        counted = duckdb.execute(f"select count(*), {counts} from read_parquet(?)", [str(path)])
        rows, *present = counted.fetchall()[0]
        check(len(table) == rows, f"{name}: pandas sees {len(table)} rows, DuckDB {rows}")
        for column, count in zip(kinds, present):
            same = int(table[column].notna().sum()) == count
            check(same, f"{name}.{column}: pandas and DuckDB differ on what is missing")
        tables[name] = table
    return tables


def check_dictionary(folder, tables):
    known = pd.read_csv(folder / "dictionary.csv", keep_default_na=False)
    for name, table in tables.items():
        told = set(known.loc[known["table"] == name, "column"])
        check(told >= set(table.columns), f"dictionary.csv lacks {set(table.columns) - told}")


def check_runs(runs, manifest):
    wanted = manifest["runs_ok"] + manifest["runs_failed"]
    check(len(runs) == manifest["runs_ok"], f"runs: {len(runs)} rows")
    check(runs["run"].is_monotonic_increasing and runs["run"].is_unique, "runs: order of run")
    check(runs["run"].between(0, wanted - 1).all(), "runs: a run beyond those asked for")
    check((runs["weight"] == 1).all(), "runs: a weight that is not 1")
    numbers = runs.astype("float64")
    check(not numbers.isin([math.inf, -math.inf]).any().any(), "runs: an infinite number")
    inputs = [c for c in runs if c.startswith("in_")]
    check(not numbers[inputs].isna().any().any(), "runs: an input without a value")
    for column in (c for c in runs if c.startswith("diff_")):
        out, base = (numbers[p + column.removeprefix("diff_")] for p in ("out_", "base_"))
        gap = (numbers[column] - (out - base)).abs().max()
        check(not gap > 0, f"runs.{column} is not out_ less base_")


def check_series(series, runs):
    check((series["n"] <= len(runs)).all(), "series: more values than runs")
    some = series[series["n"] > 0]
    check(len(some) > 0, "series: no values at all")
    check((some["se"].dropna() >= 0).all(), "series: a negative standard error")
    for low, high in zip(QUANTILES, QUANTILES[1:]):
        check(not (some[low] > some[high]).any(), f"series: {low} above {high}")
    for name in ("p05", "p50", "p95"):
        check(not (some[f"{name}_low"] > some[name]).any(), f"series: {name}_low above it")
        check(not (some[f"{name}_high"] < some[name]).any(), f"series: {name}_high below it")
    keys = ["estimand", "metric", "provider", "jurisdiction", "segment"]
    dates = series.groupby(keys, dropna=False)["date"]
    check((dates.nunique() == dates.size()).all(), "series: a date twice for one key")
    check(dates.size().nunique() == 1, "series: keys with dates missing")
    return series["date"].min(), series["date"].max(), dates.size().iloc[0]


def check_paths(paths, runs, series, dates):
    check(len(paths) == dates * paths["run"].nunique(), "paths: rows missing")
    if paths["run"].nunique() < len(runs) or "trust_eu_in_parent_us" not in paths:
        return
    of = (series["estimand"] == "level") & (series["metric"] == "trust")
    of &= (series["provider"] == "parent:US") & (series["jurisdiction"] == "EU")
    of &= series["segment"].isna()
    told = series[of].set_index("date")["mean"].astype("float64")
    taken = paths.groupby("date")["trust_eu_in_parent_us"].mean().astype("float64")
    check(len(told) == len(taken), "paths: other dates than series")
    check((told - taken).abs().max() < 1e-6, "paths and series differ in their mean")


def check_stories(tables, runs, first, last):
    known = set(runs["run"])
    for name in ("milestones", "cases", "steps", "losses", "profits", "events"):
        table = tables.get(name)
        if table is None or table.empty:
            continue
        check(set(table["run"]) <= known, f"{name}: a run that runs.parquet lacks")
        check(set(table["world"]) <= {"scenario", "baseline"}, f"{name}: an unknown world")
        check((table["date"] <= last).all(), f"{name}: a date after the horizon")
    milestones, cases = tables["milestones"], tables["cases"]
    check((milestones["date"] >= first).all(), "milestones: a date before the start")
    if not cases.empty:
        keys = cases.groupby(["run", "world", "case"]).size()
        check((keys == 1).all(), "cases: a case twice in one run")
        worlds = cases["world"].nunique() * cases["case"].nunique()
        check(len(cases) == len(runs) * worlds, "cases: rows missing")
        check((cases["duration_days"] >= 0).all(), "cases: a negative duration")
        check((cases["censored"] == (cases["outcome"] == "open")).all(), "cases: open, censored")
    steps = tables["steps"]
    if not steps.empty:
        check((steps["entered"] <= steps["date"]).all(), "steps: left before it was entered")
        of = ["run", "world", "case"]
        before = steps.groupby(of)["date"].shift()
        check((before.isna() | (before == steps["entered"])).all(), "steps: a gap between two")
    losses = tables["losses"]
    check((losses["amount"] > 0).all(), "losses: an amount that is not above 0")
    check((losses["date"] >= first).all(), "losses: a date before the start")
    events = tables.get("events")
    if events is not None and not events.empty:
        caused = events.dropna(subset=["cause_id"])
        check((caused["cause_id"] < caused["event_id"]).all(), "events: a cause after its effect")


def main():
    folder = pathlib.Path(sys.argv[1])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    check_files(folder, manifest)
    json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    tables = read_both(folder)
    wanted = {"runs", "series", "milestones", "cases", "steps", "losses", "profits"}
    check(wanted <= set(tables), "a table is missing")
    check_dictionary(folder, tables)
    runs, series = tables["runs"], tables["series"]
    check_runs(runs, manifest)
    first, last, dates = check_series(series, runs)
    if "paths" in tables and not tables["paths"].empty:
        check_paths(tables["paths"], runs, series, dates)
    check_stories(tables, runs, first, last)
    rows = ", ".join(f"{name} {len(table)}" for name, table in tables.items())
    print(f"check_tables: all holds in {folder.name} ({rows} rows)")


if __name__ == "__main__":
    main()
