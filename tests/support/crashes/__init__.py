"""Experiments that kill, fail or race a run at every step it takes on the disk.

`python -m tests.support.crashes …` is the victim: a program with one thread that forks a child for each experiment
from a process that is warm, so that an experiment costs some 50 ms. It prints one JSON object.
"""
