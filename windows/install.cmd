@echo off
rem Installs from the wheels beside me, without a network. Only ASCII in here.
setlocal EnableExtensions DisableDelayedExpansion
set "PY="
for %%P in (3.13 3.12 3.11) do if not defined PY py -%%P -c "" >nul 2>nul && set "PY=py -%%P"
if not defined PY python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY for %%I in ("%~dp0python-3*.exe") do if not defined PY (
    "%%~fI" /passive InstallAllUsers=0 Include_launcher=1 PrependPath=0 && set "PY=py -3"
)
if not defined PY (
    echo Python 3.11 or later is missing. Put its installer, python-3.12.x-amd64.exe, beside this file.
    pause
    exit /b 2
)
if not exist "%~dp0env\Scripts\python.exe" %PY% -m venv "%~dp0env" || goto failed
"%~dp0env\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%~dp0wheels" xltools || goto failed
exit /b 0
:failed
echo Installation failed; see the lines above.
pause
exit /b 2
