#!/usr/bin/python3
"""Fits the polynomials of core/kernels/elementary_parts.hpp and prints their coefficients and errors.

Each polynomial is a minimax fit (Remez exchange, 45 digits).  On an interval that begins at zero
the coefficients are rounded to doubles one by one, lowest order first; after each rounding the
others are fitted anew, so that they make up for it.  (On an interval around zero what is left
after the first would not have a unique best fit: there all are rounded at once.)  The printed
error is the largest relative error of the *function* that the rounded polynomial leaves in exact
arithmetic.  Run it without arguments; it takes a minute.
"""

from mpmath import mp, mpf, cos, exp, floor, frexp, log, lu_solve, matrix, pi, sin, sqrt

mp.dps = 45
GRID = 240


def as_double(x):
    return mpf(float(x))  # mpmath rounds to the nearest double


def taylor(term, x):
    """The sum of term(i) * x**i until nothing changes: for quotients that cancel near zero."""
    total, power, i = term(0), mpf(1), 0
    while power != 0 and abs(power) > mpf(10) ** -50:
        i += 1
        power *= x
        total += term(i) * power
    return total


def evaluate(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def chebyshev_points(n, low, high):
    return [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]


def extrema(error, low, high, wanted):
    """Places of the largest errors of alternating sign, as many as wanted."""
    grid = chebyshev_points(GRID, low, high)
    values = [error(x) for x in grid]
    peaks = []
    for x, v in zip(grid, values):
        if peaks and (v > 0) == (peaks[-1][1] > 0):
            if abs(v) > abs(peaks[-1][1]):
                peaks[-1] = (x, v)
        else:
            peaks.append((x, v))
    while len(peaks) > wanted:
        peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
    return [x for x, _ in peaks], max(abs(v) for v in values)


def remez(target, weight, low, high, count, first):
    """Minimax sum of c[i] x**(first+i), i < count, to target(x) under weight(x)."""
    points = chebyshev_points(count + 1, low, high)
    for _ in range(12):
        # A fit that has no constant term says nothing at zero.
        points = [x if x != 0 or first == 0 else (high - low) / 10000 for x in points]
        system, right = matrix(count + 1, count + 1), matrix(count + 1, 1)
        for row, x in enumerate(points):
            for i in range(count):
                system[row, i] = x ** (first + i) * weight(x)
            system[row, count] = (-1) ** row
            right[row] = target(x) * weight(x)
        solution = lu_solve(system, right)
        coefficients = [solution[i] for i in range(count)]
        level = abs(solution[count])

        def error(x):
            return (target(x) - x**first * evaluate(coefficients, x)) * weight(x)

        new_points, worst = extrema(error, low, high, count + 1)
        if len(new_points) < count + 1 or worst < level * mpf("1.001"):
            break
        points = new_points
    return coefficients


def fit(name, target, weight, low, high, count, fixed=()):
    """Fits count coefficients; those in fixed are the lowest ones and stay as they are."""
    rounded = list(fixed)
    while len(rounded) < count:
        first = len(rounded)

        def rest(x):
            return target(x) - evaluate(rounded, x)

        free = remez(rest, weight, low, high, count - first, first)
        rounded += [as_double(c) for c in (free[:1] if low == 0 else free)]

    def error(x):
        return (target(x) - evaluate(rounded, x)) * weight(x)

    worst = max(abs(error(x)) for x in chebyshev_points(1001, low, high))
    print(f"// {name}: maximal error 2^{float(log(worst, 2)):.1f}")
    for c in rounded:
        print(f"    {float(c).hex()},")


def split(name, x, bits):
    """Prints x as a double with the given number of leading bits and the double that is missing."""
    _, e = frexp(x)
    high = floor(x * mpf(2) ** (bits - e)) * mpf(2) ** (e - bits)
    print(f"// {name}: {float(high).hex()} + {float(x - high).hex()}")


def main():
    reach = log(2) / 2 * mpf("1.0001")
    fit(
        "exponential: (exp(r) - 1 - r) / r^2, |r| <= ln(2)/2",
        lambda r: taylor(lambda i: 1 / mp.factorial(i + 2), r),
        lambda r: max(r * r, mpf("0.001")) / exp(r),
        -reach, reach, 10,
    )
    fit(
        "accurate exponential, for pow: the same",
        lambda r: taylor(lambda i: 1 / mp.factorial(i + 2), r),
        lambda r: max(r * r, mpf("0.001")) / exp(r),
        -reach, reach, 11,
    )
    widest = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.0001")

    def atanh_rest(z):
        return taylor(lambda i: mpf(2) / (2 * i + 3), z)

    def atanh_weight(z):
        return (z if z > widest / 100 else widest / 100) / 2

    fit("logarithm: (2 atanh(s) / s - 2) / s^2 of z = s^2, z <= 0.0295",
        atanh_rest, atanh_weight, mpf(0), widest, 7)
    fit("accurate logarithm: the same with 2/3 in two parts",
        atanh_rest, atanh_weight, mpf(0), widest, 9, [mpf(2) / 3])
    turn = mpf(1) / 64 * mpf("1.0001")
    fit("sine: sin(2 pi r) / r of z = r^2, |r| <= 1/8, its first coefficient in two parts",
        lambda z: 2 * pi * taylor(lambda i: (-1) ** i * (4 * pi * pi) ** i / mp.factorial(2 * i + 1), z),
        lambda z: 1 / (2 * pi), mpf(0), turn, 8, [2 * pi])
    fit("cosine: cos(2 pi r) of z = r^2",
        lambda z: taylor(lambda i: (-1) ** i * (4 * pi * pi) ** i / mp.factorial(2 * i), z),
        lambda z: mpf(1), mpf(0), turn, 8, [mpf(1)])
    split("ln 2, product with 11 bits exact", log(2), 40)
    split("2/3", mpf(2) / 3, 53)
    split("2 pi", 2 * pi, 53)
    print(f"// log2(e): {float(1 / log(2)).hex()}")
    print(f"// sqrt(1/2): {float(sqrt(mpf(1) / 2)).hex()}")


if __name__ == "__main__":
    main()
