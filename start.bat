@echo off
chcp 65001 >nul
rem Opens the desk by double-click: finds Python, makes .venv once, starts. A folder dropped on it is the map's.
setlocal
cd /d "%~dp0"
set "PY="
for %%V in (3.14 3.13 3.12 3.11) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY (
  echo.
  echo 这台电脑没有 Python 3.11 或更新的版本，装好才能打开。
  echo 1. 打开 https://www.python.org/downloads/ ，点黄色的下载按钮；
  echo 2. 双击下载的文件，先勾选最下面的 Add python.exe to PATH ，再点 Install Now ；
  echo 3. 装完，再双击这个 start.bat 。
  echo.
  pause
  exit /b 1
)
if not exist ".venv\Scripts\python.exe" (
  echo 第一次打开，先做准备：要上网，要几分钟，只做这一次 ...
  %PY% -m venv .venv
)
fc /b pyproject.toml ".venv\pyproject.done" >nul 2>nul
if errorlevel 1 (
  ".venv\Scripts\python.exe" -m pip install -q --disable-pip-version-check -e .
  if errorlevel 1 (
    echo.
    echo 没有装好。看看能不能上网，再双击一次；还不行，就把上面的字发给管电脑的人。
    pause
    exit /b 1
  )
  copy /y pyproject.toml ".venv\pyproject.done" >nul
)
set "FOLDER="
if not "%~1"=="" if exist "%~1\" set "FOLDER=%~1"
if defined FOLDER (
  ".venv\Scripts\python.exe" build_map.py desk --geodata "%FOLDER%"
) else (
  ".venv\Scripts\python.exe" build_map.py desk %*
)
if errorlevel 1 pause
