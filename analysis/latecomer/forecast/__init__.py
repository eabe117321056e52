"""Forecasts of an ensemble of runs, judged against observations and against rules that know no model.

Begin to read at command.py; judge.py is the order of what is judged.
"""

ORIGINS = (2005, 2010)  # years from which is forecast, unless others are asked for
