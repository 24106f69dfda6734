@echo off
rem build.cmd TARGET [arguments], TARGET one of smoke, test, bench, pack, build, clean: sets up what is missing, then runs that target of build.cake.
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_CLI_UI_LANGUAGE=en

set target=
if "%~1"=="" set target=Default
if /i "%~1"=="smoke" set target=AotSmoke
if /i "%~1"=="test" set target=Test
if /i "%~1"=="bench" set target=Bench
if /i "%~1"=="pack" set target=Pack
if /i "%~1"=="build" set target=Build
if /i "%~1"=="clean" set target=Clean
if not defined target (
  echo build.cmd: unknown target '%~1'; use smoke, test, bench, pack, build or clean 1>&2
  exit /b 1
)

dotnet --version >nul 2>&1
if errorlevel 1 (
  echo build.cmd: install the .NET SDK 10.0.100 or newer: https://dotnet.microsoft.com/download/dotnet/10.0 1>&2
  exit /b 1
)

rem NativeAOT finds the Visual C++ linker itself and names what to install when there is none.
dotnet tool restore >nul
if errorlevel 1 (
  echo build.cmd: dotnet tool restore failed ^(Cake.Tool, see .config\dotnet-tools.json^) 1>&2
  exit /b 1
)

rem Everything after the first word, as it was written.
set arguments=
for /f "tokens=1,* delims= " %%a in ("%*") do set arguments=%%b
if not defined arguments (
  dotnet cake build.cake --verbosity=quiet --no-report --target=%target%
) else (
  dotnet cake build.cake --verbosity=quiet --no-report --target=%target% "--arguments= %arguments%"
)
exit /b %errorlevel%
