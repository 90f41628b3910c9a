@echo off
rem Drop a folder or files on me. Only ASCII in here: cmd reads this file in the console code page.
setlocal EnableExtensions EnableDelayedExpansion
set "XLTOOLS_CMDLINE=!cmdcmdline!"
set "XLTOOLS_HOME=%~dp0"
setlocal DisableDelayedExpansion
if exist "%~dp0env\Scripts\python.exe" (
    "%~dp0env\Scripts\python.exe" -m xltools.cli.launch @JOB@
) else (
    call "%~dp0install.cmd" && "%~dp0env\Scripts\python.exe" -m xltools.cli.launch @JOB@
)
rem exit, not exit /b: what follows an ampersand in a dropped name must not run
exit
