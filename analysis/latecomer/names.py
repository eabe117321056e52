"""Names of scenarios, economies and the like as people write them: the one place where keys become words.

Files and CSV keep the keys; figures, tables, captions and the page call these functions.
"""

LONGEST_NAME = 32  # letters of a name in a figure; captions and CSV have all


def plain(key):
    """A key as people write it, on one line: `strategic_data` is "strategic data", `APP_mobility` "mobility"."""
    text = " ".join(str(key).removeprefix("APP_").replace("_", " ").split())
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def told_apart(keys):
    """Names by key, where two keys have the same name the keys themselves: for heads of columns."""
    names = {key: plain(key) for key in keys}
    found = list(names.values())
    return {key: name if found.count(name) == 1 else key for key, name in names.items()}


def words(key):
    """The same, not longer than a figure has room for."""
    return shortened(plain(key), LONGEST_NAME)


def title_words(key):
    """The same with a capital letter in front."""
    return first_capital(words(key))


def first_capital(text):
    """A text with a capital letter in front, the others as they are."""
    return text[:1].upper() + text[1:]


def shortened(text, most):
    """The text, or its beginning and its end where it is longer."""
    return text if len(text) <= most else f"{text[: most - 10]}…{text[-9:]}"
