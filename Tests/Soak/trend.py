"""How sizes grow between one rest and the next."""

import statistics

# So many rests, at least, tell a trend.
FEWEST = 8


def settled(rests):
    """The columns of what was seen after a quarter of the time: until then caches and buffers find their sizes."""
    if not rests:
        return ((),) * 5
    begin = rests[0][0] + (rests[-1][0] - rests[0][0]) / 4
    return tuple(zip(*(rest for rest in rests if rest[0] >= begin)))


def fit(hours, sizes):
    """Per cent an hour by least squares, and its standard error."""
    slope, intercept = statistics.linear_regression(hours, sizes)
    mean, center = statistics.fmean(sizes), statistics.fmean(hours)
    rest = sum((size - intercept - slope * hour) ** 2 for hour, size in zip(hours, sizes))
    spread = sum((hour - center) ** 2 for hour in hours)
    error = (rest / (len(sizes) - 2) / spread) ** 0.5
    return 100 * slope / mean, 100 * error / mean


def describe(hours, sizes):
    if len(sizes) < FEWEST:
        return f"{len(sizes)} rests are too few to tell"
    slope, error = fit(hours, sizes)
    return (f"{slope:+.2f} ± {error:.2f} %/h over {len(sizes)} rests in {60 * (hours[-1] - hours[0]):.0f} min "
            f"({statistics.fmean(sizes) / (1 << 20):.2f} MiB, from {min(sizes) / (1 << 20):.2f} to {max(sizes) / (1 << 20):.2f})")


def grows(hours, sizes):
    """Whether it surely grows by more than 1 % an hour."""
    if len(sizes) < FEWEST:
        return False
    slope, error = fit(hours, sizes)
    return slope - 2 * error > 1
