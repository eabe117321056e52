"""Reads the files of runs and draws figures; knows the model only by its files."""
