@echo off
chcp 65001 >nul
rem Opens the desk by double-click: finds Python, makes .venv once, starts. A folder dropped on it is the map's.
setlocal EnableExtensions DisableDelayedExpansion
rem What other programs set for a Python of their own would lead ours astray.
set "PYTHONHOME="
set "PYTHONPATH="
cd /d "%~dp0" 2>nul
if not exist "build_map.py" (
  echo.
  echo 这里只有 start.bat ，别的文件不在旁边，打不开。
  echo 下载的是压缩包，就先“全部解压缩”到这台电脑自己的硬盘上，再双击解压出来的 start.bat 。
  echo 放在网络文件夹里的，也先整个复制到自己的硬盘上。
  echo.
  pause
  exit /b 1
)
echo 正在打开，请稍等 ...
rem A 32-bit Python has no packages to install. The name of the Store that answers to "python" alone fails here too.
set "PY="
set "FITS=import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32)"
for %%V in (3.14 3.13 3.12 3.11) do if not defined PY (py -%%V -c "%FITS%" >nul 2>nul && set "PY=py -%%V")
if not defined PY (python -c "%FITS%" >nul 2>nul && set "PY=python")
if not defined PY (
  echo.
  echo 这台电脑没有 Python 3.11 或更新的 64 位版本，装好才能打开。
  echo 1. 打开 https://www.python.org/downloads/ ，点黄色的下载按钮；
  echo 2. 双击下载的文件，看到 Add python.exe to PATH 就先勾选，再点 Install Now ；
  echo 3. 装完，再双击这个 start.bat 。
  echo.
  pause
  exit /b 1
)
rem One that does not run was made by a Python that is gone, or on another computer.
".venv\Scripts\python.exe" -c "" >nul 2>nul
if errorlevel 1 (
  echo 第一次打开，先做准备：要上网，要几分钟，只做这一次 ...
  if exist ".venv" rd /s /q ".venv"
  %PY% -m venv .venv
)
fc /b pyproject.toml ".venv\pyproject.done" >nul 2>nul
if errorlevel 1 (
  rem Not -e: Python 3.11 and 3.12 read the path that it writes in the code page, and fail at a Chinese one.
  ".venv\Scripts\python.exe" -m pip install -q --disable-pip-version-check .
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
  ".venv\Scripts\python.exe" build_map.py desk --geodata "%FOLDER%\."
) else (
  ".venv\Scripts\python.exe" build_map.py desk %*
)
if errorlevel 1 pause
