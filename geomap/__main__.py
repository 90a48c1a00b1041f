"""The command ``geomap``, also ``python -m geomap`` and ``python build_map.py``."""

import gc
import os
import sys

#: Objects made before the collector looks for cycles: a map is 100,000 records that stay.
_MADE_BETWEEN_LOOKS = 100_000


def run(program: str = "geomap") -> int:
    """Run one command; Ctrl-C is answered from the first moment, while the parts still load."""
    gc.set_threshold(_MADE_BETWEEN_LOOKS)
    # Read when numpy is loaded: our own threads share the cores, its would wait in a busy loop.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from geomap.cli import main

        try:
            return main(sys.argv[1:], program)
        finally:
            gc.freeze()  # what is left ends with the process: nobody looks through it again
    except (MemoryError, ImportError) as error:
        # A library that finds no room to be loaded says "failed to map segment".
        if isinstance(error, ImportError) and "map segment" not in str(error):
            raise
        print("错误：内存不够；关掉别的程序再运行", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止；没有改动任何东西", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(run())
