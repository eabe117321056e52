"""What is left out, in lines for the reader."""

FIRST = 5  # names of what is left out


def listed(what, names):
    """How many different ones there are, what is wrong with them, and the first few."""
    names = sorted({str(name) for name in names})
    more = ", ..." if len(names) > FIRST else ""
    return f"{len(names)} {what} and left out: {', '.join(names[:FIRST])}{more}"
