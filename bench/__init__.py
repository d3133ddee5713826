"""Performance, as ratios to a limit measured in the same run: ``python -m bench [names]``.

What ours is held against may need libraries that the program itself has no use for (the extra ``bench``): ``make bench``
installs them, from ``requirements/bench.txt``, and runs everything.
"""
