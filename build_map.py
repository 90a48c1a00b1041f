"""Make the map: ``python build_map.py --help`` lists the commands."""

import sys

from geomap.__main__ import run

if __name__ == "__main__":
    sys.exit(run("python build_map.py"))
