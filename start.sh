#!/bin/sh
# Opens the desk by double-click: finds Python, makes .venv once, starts. A first word that is a
# folder is the map's.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
if [ -d "${1:-}" ]; then
  folder=$(CDPATH='' cd -- "$1" && pwd) || exit 1
  shift
  set -- --geodata "$folder" "$@"
fi
cd "$here" || exit 1

find_python() {
  for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python; do
    if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return 0
    fi
  done
  return 1
}

if [ ! -x .venv/bin/python ]; then
  if ! python=$(find_python); then
    echo "这台电脑没有 Python 3.11 或更新的版本，装好才能打开。" >&2
    echo "苹果电脑：打开 https://www.python.org/downloads/ ，点黄色的下载按钮，装好再双击。" >&2
    echo "Linux：用系统的软件管理装 python3 和 python3-venv，再运行。" >&2
    exit 1
  fi
  echo "第一次打开，先做准备：要上网，要几分钟，只做这一次 ..."
  "$python" -m venv .venv || exit 1
fi
if ! cmp -s pyproject.toml .venv/pyproject.done; then
  if ! .venv/bin/python -m pip install -q --disable-pip-version-check -e .; then
    echo "没有装好。看看能不能上网，再打开一次；还不行，就把上面的字发给管电脑的人。" >&2
    exit 1
  fi
  cp pyproject.toml .venv/pyproject.done
fi
exec .venv/bin/python build_map.py desk "$@"
