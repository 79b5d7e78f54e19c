"""Measurements on labelled data: ``python -m quality.NAME PATH [--json]`` prints one set's figures.

PATH is a file or folder in the set's format, so the same command scores any other data of that format.
"""

import os

# as the command line does, before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
