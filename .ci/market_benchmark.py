"""The market benchmark, written a second time from docs/model.md ("The market benchmark")
in NumPy, and held against the engine.

    python .ci/market_benchmark.py PROGRAM [--seeds S] [--runs-per-seed R] [--customers N]

The program runs `bench-market` under S seeds, R runs each; this script simulates S x R
runs of its own. Compared are the mean shares of the 12 offerings after 60 and 120 months.

Error. The engine draws the customers' switching costs once a seed, so its runs of one
seed are not independent: each *seed's* mean counts as one observation. Here they are drawn
anew for every run. With S = 100 seeds, a difference of 5 joint standard errors has
probability 3e-6 (Student, 99 degrees of freedom); over 24 shares a right engine fails with
probability below 1e-4. All seeds are fixed, so the outcome does not change from day to
day. Exit code 0: all within; 1: not.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

GROUPS, OFFERINGS, PROVIDERS, MONTHS = 20, 12, 4, 120
COMPARED = (MONTHS // 2, MONTHS)
OFFSETS = np.array([1, -1, 7, -7, 53, -53, 401, -401])
LIMIT = 5.0


def simulate(customers, rng):
    """Share of each offering, in percent, at the end of each compared month."""
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
        if month in COMPARED:
            shares.append(100.0 * np.bincount(offering, minlength=OFFERINGS) / customers)
    return np.concatenate(shares)


def columns():
    return [
        f"out_share_offering_{o:02d}_month_{month:03d}"
        for month in COMPARED
        for o in range(OFFERINGS)
    ]


def engine_mean(program, seed, runs, customers, folder):
    out = pathlib.Path(folder) / f"seed-{seed}"
    command = [program, "run", "bench-market", "--runs", str(runs)]
    command += ["--customers", str(customers), "--seed", str(seed), "--out", str(out), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stderr}")
    table = pd.read_parquet(out / "runs.parquet")
    assert len(table) == runs, f"{len(table)} rows for {runs} runs"
    return table[columns()].mean().to_numpy()


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
            engine_mean(wanted.program, seed, wanted.runs_per_seed, wanted.customers, folder)
            for seed in range(1, wanted.seeds + 1)
        ]
    rng = np.random.default_rng(20140731)
    runs = wanted.seeds * wanted.runs_per_seed
    script = [simulate(wanted.customers, rng) for _ in range(runs)]

    engine_at, engine_error = mean_and_error(engine)
    script_at, script_error = mean_and_error(script)
    z = (engine_at - script_at) / np.hypot(engine_error, script_error)
    print(f"{runs} runs of {wanted.customers} customers each; shares in percent")
    print("offering month  engine          numpy               z")
    for place, value in enumerate(z):
        month = COMPARED[place // OFFERINGS]
        print(
            f"{place % OFFERINGS:8d} {month:5d}"
            f"  {engine_at[place]:7.3f} ± {engine_error[place]:.3f}"
            f" {script_at[place]:7.3f} ± {script_error[place]:.3f} {value:7.2f}"
        )
    worst = np.abs(z).max()
    print(f"largest |z| {worst:.2f}, allowed {LIMIT}")
    sys.exit(0 if worst < LIMIT else 1)


if __name__ == "__main__":
    main()
