"""Make the map: ``python build_map.py --help`` lists the commands."""

import sys

from geomap.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
