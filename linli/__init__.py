"""Linli 邻里: the home of a community on the net."""

__version__ = "0.1.0"
