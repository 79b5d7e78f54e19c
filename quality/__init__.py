"""Measurements on labelled data: ``python -m quality.NAME PATH [--json]`` prints one set's figures.

PATH is a file or folder in the set's format, so the same command scores any other data of that format.
"""
