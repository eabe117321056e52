#!/usr/bin/env python3
"""What a quarter would cost on a cluster: a model, with measured constants.  See README.md beside.

    at_scale.py [--set CONSTANT=NUMBER ...]

A quarter is work on firms, shared by all cores; work on markets and pools, done by every rank alike; sums
over ranks; and now and then a new share-out of firms.  Nothing overlaps.
"""

import argparse
import math

# Seconds and bytes.  Measured by the commands in README.md; latency and byte are assumed.
CONSTANTS = {
    "firm": 90e-9,  # a firm and quarter on one core
    "market": 1.7e-8,  # a supplier in a market (country, position) and quarter, on every rank
    "pool": 2.4e-6,  # a pool and quarter, on every rank
    "latency": 2e-6,  # a hop of a message; assumed
    "byte": 1e-10,  # a byte of a message, and of adding it up; assumed
    "bytes_of_pool": 1384.0,  # that a rank contributes to sums in a quarter, for each pool
    "messages": 7.0,  # sums over ranks in a quarter
    "imbalance": 0.24,  # mean, between share-outs
    "moving": 1.75e-7,  # a firm that is packed, sent and put into its pool
    "moved": 0.9,  # share of a rank's firms that a share-out moves
    "quarters_between": 14.3,  # share-outs
    "bytes_of_firm": 239.0,  # resident memory
}
POSITIONS = 8
LEAD_FIRMS = 12


def quarter(firms, cores, countries, c):
    """Seconds of each part of a quarter."""
    per_core = firms / cores
    pools = countries * POSITIONS
    hops = 2.0 * math.ceil(math.log2(cores)) if cores > 1 else 0.0
    load = pools * c["bytes_of_pool"]
    return {
        "firms": per_core * c["firm"],
        "imbalance": per_core * c["firm"] * c["imbalance"] if cores > 1 else 0.0,
        "markets": countries * POSITIONS * (countries + LEAD_FIRMS) * c["market"],
        "pools": pools * c["pool"],
        "sums": c["messages"] * hops * c["latency"] + 2.0 * load * c["byte"],
        "moves": per_core * c["moved"] * c["moving"] / c["quarters_between"] if cores > 1 else 0.0,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--set", action="append", default=[], metavar="CONSTANT=NUMBER")
    constants = dict(CONSTANTS)
    for setting in parser.parse_args().set:
        name, _, number = setting.partition("=")
        if name not in constants:
            parser.error(f"no constant '{name}'; there are {', '.join(constants)}")
        constants[name] = float(number)

    print("countries        firms  cores  " + "".join(
        f"{part:>10}" for part in quarter(1, 2, 1, constants)) +
        "     total  efficiency  GiB/core  200 quarters")
    for countries in (16, 300):
        for firms, cores in ((10**7, 1), (10**8, 10**3), (10**8, 10**4), (10**9, 10**3),
                             (10**9, 10**4)):
            parts = quarter(firms, cores, countries, constants)
            total = sum(parts.values())
            memory = firms / cores * constants["bytes_of_firm"] / 2**30
            print(f"{countries:9} {firms:12,} {cores:6,}  " +
                  "".join(f"{1e3 * part:7.1f} ms" for part in parts.values()) +
                  f"{1e3 * total:7.1f} ms {parts['firms'] / total:10.2f} {memory:9.3f} "
                  f"{200 * total:9.0f} s")


if __name__ == "__main__":
    main()
