"""The market benchmark, written a second time from docs/model.md ("The market benchmark")
in NumPy, and held against the engine.

    python .ci/market_benchmark.py PROGRAM [--seeds S] [--runs-per-seed R] [--customers N]

The program runs `bench-market` under S seeds, R runs each; this script simulates S x R
runs of its own. Compared are
- the mean shares of the 12 offerings after 3, 12, 60 and 120 months: the first two say how
  fast customers move, the last two where to;
- how far the shares of offerings and of providers scatter over runs after 60 and 120
  months, which tells whether trust and neighbours pull as they should (mean shares alone
  hardly change when neighbours are left out);
- the same pooled: how far all early shares have gone toward the late ones, and the sum of
  all squares.

Error. The engine draws the customers' switching costs once a seed, so its runs of one
seed are not independent: each *seed's* mean counts as one observation. Here they are drawn
anew for every run. With S = 100 seeds, a difference of 5 joint standard errors has
probability 3e-6 (Student, 99 degrees of freedom); over 86 numbers a right engine fails
with probability below 3e-4. All seeds are fixed, so the outcome does not change from day
to day. Exit code 0: all within; 1: not.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

GROUPS, OFFERINGS, PROVIDERS, MONTHS = 20, 12, 4, 120
EARLY = (3, 12)
LATE = (MONTHS // 2, MONTHS)
OFFSETS = np.array([1, -1, 7, -7, 53, -53, 401, -401])
LIMIT = 5.0


def simulate(customers, rng):
    """Share of each offering in percent, [month, offering], at the compared months."""
    number = np.arange(customers)
    group = number % GROUPS
    offering = number % OFFERINGS
    cost = 2.0 * np.exp(0.5 * rng.standard_normal(customers))
    provider_of = np.arange(OFFERINGS) % PROVIDERS
    fixed = np.sin(
        12.9898 * np.arange(GROUPS)[:, None] + 78.233 * np.arange(OFFERINGS)[None, :]
    )
    alpha = np.full((GROUPS, PROVIDERS), 2.0)
    beta = alpha.copy()
    kept = 0.5 ** (1 / 12)
    shares = []
    for month in range(1, MONTHS + 1):
        heads = rng.random(alpha.shape) < 0.5
        alpha = 2.0 + kept * (alpha - 2.0) + heads
        beta = 2.0 + kept * (beta - 2.0) + 2.0 * ~heads
        trust = alpha / (alpha + beta)
        appeal = fixed + 2.0 * np.log(trust / (1.0 - trust))[:, provider_of]

        who = np.flatnonzero(rng.random(customers) < 1 / 12)
        neighbours = (who[:, None] + OFFSETS[None, :]) % customers
        their_provider = provider_of[offering[neighbours]]
        peers = (their_provider[:, :, None] == np.arange(PROVIDERS)).mean(axis=1)
        utility = appeal[group[who]] + 0.5 * peers[:, provider_of]
        utility -= cost[who][:, None]
        utility[np.arange(who.size), offering[who]] += cost[who]
        # Gumbel noise: the largest sum is a draw from the softmax.
        choice = np.argmax(utility + rng.gumbel(size=utility.shape), axis=1)
        offering = offering.copy()
        offering[who] = choice
        if month in EARLY + LATE:
            shares.append(100.0 * np.bincount(offering, minlength=OFFERINGS) / customers)
    return np.array(shares)


def engine_runs(program, seed, runs, customers, folder):
    """Mean shares at the early months, and the shares of every run at the late ones."""
    out = pathlib.Path(folder) / f"seed-{seed}"
    command = [program, "run", "bench-market", "--runs", str(runs)]
    command += ["--customers", str(customers), "--seed", str(seed), "--out", str(out), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    table = pd.read_parquet(out / "runs.parquet")
    assert len(table) == runs, f"{len(table)} rows for {runs} runs"
    late = [
        [f"out_share_offering_{o:02d}_month_{month:03d}" for o in range(OFFERINGS)]
        for month in LATE
    ]
    late = np.stack([table[names].to_numpy() for names in late], axis=1)
    series = pd.read_parquet(out / "series.parquet")
    means = series.pivot(index="date", columns="provider", values="mean").sort_index()
    assert means.shape == (MONTHS + 1, OFFERINGS), f"series of shape {means.shape}"
    return means.to_numpy()[list(EARLY)], late


def observation(early, late, centre):
    """One row of the comparison: early and late means, then squares about `centre`, the
    script's mean late shares, of offerings and of providers; then all of it pooled."""
    away = late - centre
    by_provider = away.reshape(len(away), len(LATE), -1, PROVIDERS).sum(axis=2)
    squares = [(away**2).mean(axis=0), (by_provider**2).mean(axis=0)]
    toward = centre[-1] - 100.0 / OFFERINGS
    gone = (early - 100.0 / OFFERINGS) @ toward / (toward @ toward)
    parts = [early, late.mean(axis=0), *squares, gone, *(s.sum(axis=1) for s in squares)]
    return np.concatenate([np.ravel(part) for part in parts])


def names():
    of = {"offering": OFFERINGS, "provider": PROVIDERS}
    kinds = [("mean", "offering", EARLY), ("mean", "offering", LATE)]
    kinds += [("square", "offering", LATE), ("square", "provider", LATE)]
    single = [
        f"{kind:6s} {whose} {number:2d} month {month:3d}"
        for kind, whose, months in kinds
        for month in months
        for number in range(of[whose])
    ]
    pooled = [f"way gone, all       month {month:3d}" for month in EARLY]
    pooled += [f"square {whose}s all month {month:3d}" for whose in of for month in LATE]
    return single + pooled


def mean_and_error(observations):
    observations = np.asarray(observations)
    error = observations.std(axis=0, ddof=1) / np.sqrt(len(observations))
    return observations.mean(axis=0), error


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--runs-per-seed", type=int, default=4)
    parser.add_argument("--customers", type=int, default=10_000)
    wanted = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        engine = [
            engine_runs(wanted.program, seed, wanted.runs_per_seed, wanted.customers, folder)
            for seed in range(1, wanted.seeds + 1)
        ]
    rng = np.random.default_rng(20140731)
    runs = wanted.seeds * wanted.runs_per_seed
    script = np.array([simulate(wanted.customers, rng) for _ in range(runs)])
    early, late = script[:, : len(EARLY)], script[:, len(EARLY) :]
    centre = late.mean(axis=0)

    engine_at, engine_error = mean_and_error([observation(*seed, centre) for seed in engine])
    script_at, script_error = mean_and_error(
        [observation(e, l[None], centre) for e, l in zip(early, late)]
    )
    z = (engine_at - script_at) / np.hypot(engine_error, script_error)
    print(f"{runs} runs of {wanted.customers} customers each; shares in percent")
    print(f"{'':32s}  engine           numpy               z")
    for place, name in enumerate(names()):
        print(
            f"{name:32s} {engine_at[place]:7.3f} ± {engine_error[place]:.3f}"
            f"  {script_at[place]:7.3f} ± {script_error[place]:.3f} {z[place]:7.2f}"
        )
    worst = np.abs(z).max()
    print(f"largest |z| {worst:.2f} of {len(z)}, allowed {LIMIT}")
    sys.exit(0 if worst < LIMIT else 1)


if __name__ == "__main__":
    main()
