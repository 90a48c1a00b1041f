#!/bin/sh
# macOS opens this by double-click: the same as start.sh.
exec "$(dirname -- "$0")/start.sh" "$@"
