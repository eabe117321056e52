"""Statistics of firms on data whose answer is known.

    python3 -m unittest tests.analysis.test_statistics_firms
"""

import unittest

import numpy as np
import pandas as pd

from latecomer.statistics import adoption, estimate, firms, growth, tails
from latecomer.statistics.estimate import NoData


def pareto(exponent, count=20000, seed=1):
    return np.random.default_rng(seed).pareto(exponent, count) + 1.0


def table(revenue, capability=1.0, export_share=0.0, country="A", position="ANA", birth=-1):
    """A snapshot as it comes from a file."""
    revenue = np.asarray(revenue, float)
    count = len(revenue)
    births = np.broadcast_to(np.asarray(birth), count) + 1
    identities = (births.astype(np.uint64) << np.uint64(28)) + np.arange(count, dtype=np.uint64)
    columns = {
        "country": country, "position": position, "revenue": revenue, "export_share": export_share, "windows": 0,
    }
    for stage in ("collection", "storage", "analytics", "applications"):
        columns[f"capability_{stage}"] = capability
    return firms.with_derived_columns(pd.DataFrame(columns, index=identities))


class Tails(unittest.TestCase):
    def test_both_estimators_find_the_exponent_of_a_pareto_law(self):
        for exponent in (0.8, 1.06, 2.0):
            sizes = pareto(exponent)
            for estimator in (tails.hill, tails.rank_half):
                found = estimator(sizes)
                # 2000 firms in the tail: 4 standard errors of the wider estimator
                self.assertAlmostEqual(found.value, exponent, delta=4 * exponent * np.sqrt(2 / 2000))
                self.assertLess(found.low, found.value)

    def test_intervals_are_those_of_the_papers(self):
        sizes = pareto(1.0)
        by_rank, hill = tails.rank_half(sizes), tails.hill(sizes)
        self.assertEqual(by_rank.count, 2000)
        self.assertAlmostEqual(by_rank.high / by_rank.value - 1.0, 1.959964 * np.sqrt(2.0 / 2000), places=6)
        self.assertAlmostEqual(hill.high / hill.value - 1.0, 1.959964 / np.sqrt(2000), places=6)

    def test_exact_ranks_give_the_exact_exponent(self):
        ranks = np.arange(1, 1001)
        sizes = (ranks - 0.5) ** (-1.0 / 1.5)  # ln(rank - 1/2) = -1.5 ln size
        self.assertAlmostEqual(tails.rank_half(sizes).value, 1.5, places=10)

    def test_exact_excesses_give_the_exact_exponent_of_hill(self):
        sizes = np.exp(np.arange(100.0))  # the 50 largest exceed the next by 1 .. 50 in logs, 25.5 on average
        self.assertAlmostEqual(tails.hill(sizes).value, 1.0 / 25.5, places=12)

    def test_sizes_of_an_unbounded_tail_are_told_from_uniform_ones(self):
        self.assertGreater(tails.rank_half(np.random.default_rng(1).uniform(0, 1, 20000)).low, 5.0)

    def test_too_few_or_equal_firms_are_no_data(self):
        for sizes in (np.ones(10), np.ones(1000), np.zeros(1000)):
            for estimator in (tails.hill, tails.rank_half):
                with self.assertRaises(NoData):
                    estimator(sizes)


class Growth(unittest.TestCase):
    def test_laplace_has_shape_one_and_normal_two(self):
        random = np.random.default_rng(2)
        for rates, shape in ((random.laplace(0.1, 0.3, 20000), 1.0), (random.normal(0.1, 0.3, 20000), 2.0)):
            found = growth.subbotin(rates)
            self.assertLess(found.low, shape)
            self.assertGreater(found.high, shape)
            self.assertLess(found.high - found.low, 0.2)

    def test_the_profile_interval_is_as_wide_as_fisher_information_says(self):
        # Information on (shape, scale) of one observation at b = 1, a = 1, Bottazzi and Secchi (2006).
        from scipy.special import digamma, polygamma

        found = growth.subbotin(np.random.default_rng(3).laplace(0, 1, 20000))
        b = 1.0
        s = 1 + 1 / b
        information_bb = (s * polygamma(1, s) + (digamma(s) + np.log(b)) ** 2 - 1) / b**3
        information_ba = -(np.log(b) + digamma(s)) / b  # with scale 1
        information_aa = b
        error = 1 / np.sqrt(20000 * (information_bb - information_ba**2 / information_aa))
        self.assertAlmostEqual((found.high - found.low) / (2 * 1.96 * error), 1.0, delta=0.1)

    def test_the_slope_of_volatility_is_found(self):
        random = np.random.default_rng(4)
        log_size = random.normal(0, 2, 50000)
        rates = np.exp(-0.17 * log_size) * random.laplace(0, 0.1, 50000)
        found = growth.volatility_slope(log_size, rates)
        self.assertAlmostEqual(found.value, -0.17, delta=0.015)
        self.assertLess(found.high, 0.0)

    def test_growth_is_of_firms_that_stay_in_their_pool_and_less_its_mean(self):
        before, after = table([1.0, 2.0, 4.0, 8.0]), table([2.0, 2.0, 16.0, 8.0])
        after.loc[after.index[3], "pool"] = "A STO"
        rates = growth.growth_rates(before, after)
        np.testing.assert_allclose(rates["growth"], np.log(2) * (np.array([1, 0, 2]) - 1.0))
        np.testing.assert_allclose(rates["log_size"], np.log([0.5, 1.0, 2.0]), atol=1e-12)


class Firms(unittest.TestCase):
    def test_an_identity_tells_the_birth_quarter(self):
        self.assertEqual(list(table([1.0, 1.0], birth=[-1, 57])["birth_quarter"]), [-1, 57])

    def test_the_gap_of_productivity_is_that_within_pools(self):
        # Capabilities exp(0 .. 1) in one pool, 100 times that in the other: the gap within is 0.8 in both.
        steps = np.exp(np.linspace(0, 1, 101))
        both = pd.concat([table(np.ones(101), steps), table(np.ones(101), 100 * steps, country="B")])
        self.assertAlmostEqual(firms.productivity_gap(both).value, 0.8, places=10)

    def test_the_position_decides_which_capability_counts(self):
        one = table([1.0], position="STO")
        one["capability_storage"] = np.e
        self.assertAlmostEqual(float(firms.with_derived_columns(one)["log_capability"].iloc[0]), 1.0)

    def test_turnover_is_that_of_a_year(self):
        found = firms.turnover([3] * 20, [2] * 20, [100] * 20)
        self.assertAlmostEqual(found.value, 4 * 0.05)

    def test_entrants_are_looked_for_at_the_age_of_two_years(self):
        entrants = np.full(40, 10)
        births = {20: [11] * 7, 30: [21] * 5 + [22] * 4}
        found = firms.entrants_gone(entrants, births)
        self.assertAlmostEqual(found.value, (3 + 5) / 20)
        self.assertEqual(found.count, 20)
        self.assertAlmostEqual(firms.entrants_gone(entrants, births, burn_in=12).value, 0.5)

    def test_the_largest_share_is_a_mean_over_pools_of_twenty_firms_or_more(self):
        shares = np.array([[0.1, 0.5, 0.9, np.nan], [0.3, np.nan, 0.9, np.nan]])
        numbers = np.array([[20, 30, 19, 50], [20, 10, 20, 50]])  # the third has 19.5 on average
        found = firms.largest_share(shares, numbers)
        self.assertAlmostEqual(found.value, (0.2 + 0.5) / 2)
        self.assertEqual(found.count, 2)
        with self.assertRaisesRegex(NoData, "no pool has 20 firms"):
            firms.largest_share(shares[:, 2:], numbers[:, 2:])

    def test_the_premium_of_exporters_is_that_within_pools(self):
        # Country B is rich and exports little: over all firms, exporters would look poor.
        random = np.random.default_rng(5)
        parts = []
        for number, (name, level, share) in enumerate((("A", 0.0, 0.8), ("B", 3.0, 0.2), ("C", 1.0, 0.5))):
            exports = random.uniform(size=3000) < share
            part = table(np.ones(3000), np.exp(level + 0.3 * exports + random.normal(0, 0.2, 3000)), exports, name)
            part.index = part.index + np.uint64(number << 44)
            parts.append(part)
        every = pd.concat(parts)
        found = firms.exporter_premium(every, "log_capability")
        self.assertAlmostEqual(found.value, 0.3, delta=0.02)
        self.assertGreater(found.low, 0.2)

    def test_the_premium_equals_least_squares_with_dummies_of_pools(self):
        import statsmodels.formula.api as formula

        random = np.random.default_rng(6)
        parts = [table(np.ones(50), np.exp(random.normal(size=50)), random.uniform(size=50) < 0.4, name)
                 for name in "ABCDE"]
        every = pd.concat(parts, ignore_index=True)
        every["exports"] = every["exporter"].astype(float)
        oracle = formula.ols("log_capability ~ exports + C(pool)", every).fit()
        found = firms.exporter_premium(every, "log_capability")
        self.assertAlmostEqual(found.value, oracle.params["exports"], places=10)

    def test_large_firms_that_adopt_first_show_as_a_positive_slope(self):
        random = np.random.default_rng(7)
        size = random.normal(0, 1.5, 8000)
        before = pd.concat([table(np.exp(size[:4000]), position="STO", country="A"),
                            table(np.exp(size[4000:]), position="STO", country="B")])
        before.index = np.arange(8000)
        after = before.copy()
        adopts = random.uniform(size=8000) < 1 / (1 + np.exp(1.0 - 0.5 * size))
        after["windows"] = np.where(adopts, 2, 0) + random.integers(0, 2, 8000)  # bit 0 says nothing
        found = adoption.size_bias(before, after, 1, "storage")
        self.assertAlmostEqual(found.value, 0.5, delta=0.08)
        self.assertGreater(found.low, 0.3)
        self.assertAlmostEqual(adoption.size_bias(before, after, 0, "storage").value, 0.0, delta=0.08)


class Estimates(unittest.TestCase):
    def test_the_mean_of_a_series_counts_its_dependence(self):
        random = np.random.default_rng(8)
        shocks, series = random.normal(size=2000), np.zeros(2000)
        for t in range(1, 2000):
            series[t] = 0.8 * series[t - 1] + shocks[t]
        found = estimate.mean_of_series(series)
        # The mean of this process has the standard error 1 / (1 - 0.8) / sqrt(n); independence would give 1 / 0.6.
        self.assertAlmostEqual((found.high - found.low) / 2 / 1.96, 5 / np.sqrt(2000), delta=0.2 * 5 / np.sqrt(2000))

    def test_resampled_intervals_are_those_of_the_mean_and_do_not_change(self):
        values = np.random.default_rng(9).normal(size=400)
        found = estimate.resampled(np.mean, values)
        half = 1.96 * values.std() / 20
        self.assertAlmostEqual(found.low, values.mean() - half, delta=0.2 * half)
        self.assertAlmostEqual(found.high, values.mean() + half, delta=0.2 * half)
        self.assertEqual(found, estimate.resampled(np.mean, values))

    def test_wilson_by_hand(self):
        # 3 of 10: (0.3 + z2/20 -+ z sqrt(0.021 + z2/400)) / (1 + z2/10), z = 1.959964
        found = estimate.proportion(3, 10)
        self.assertAlmostEqual(found.low, 0.10779, places=5)
        self.assertAlmostEqual(found.high, 0.60322, places=5)
        self.assertEqual(estimate.proportion(0, 10).low, 0.0)


if __name__ == "__main__":
    unittest.main()
