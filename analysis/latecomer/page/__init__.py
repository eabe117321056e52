"""One page of HTML that holds all of a result and needs nothing else."""

from latecomer.page.page import write_page

__all__ = ["write_page"]
