"""Text for LaTeX: escapes, and tables in the style of booktabs."""


def escape(text):
    """The text with every character that LaTeX would take for a command written out."""
    raise NotImplementedError


def booktabs(frame, caption, label, notes=""):
    """A table environment; long ones (more than 40 lines) as a longtable.  Texts are escaped here."""
    raise NotImplementedError
