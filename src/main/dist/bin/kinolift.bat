@echo off
rem Starts Kinolift with the Java in its folder runtime, or else with a Java 25 or newer that it finds by itself.
rem
rem   KINOLIFT_JAVA       the Java to use: a JDK or JRE folder, or its java program
rem   KINOLIFT_JAVA_OPTS  more options for the JVM, such as -Xmx8g
rem
rem bin/kinolift does the same for other systems, and has the reasons. What contains a path is written in quotes and
rem never between brackets: a bracket in the path, as in "Program Files (x86)", would end them.
setlocal EnableExtensions DisableDelayedExpansion
set "wanted=25"
for %%F in ("%~dp0..") do set "home=%%~fF"

set "java="
set "looked="
if defined KINOLIFT_JAVA goto named
call :try_home "%home%\runtime"
if defined java goto found
if defined JAVA_HOME call :try_home "%JAVA_HOME%"
if defined java goto found
for %%F in (java.exe) do if not "%%~$PATH:F"=="" call :try_program "%%~$PATH:F"
if defined java goto found
for /d %%D in (
    "%ProgramFiles%\Eclipse Adoptium\*"
    "%ProgramFiles%\Java\*"
    "%ProgramFiles%\Microsoft\*"
    "%ProgramFiles%\Zulu\*"
    "%ProgramFiles%\Amazon Corretto\*"
) do if not defined java call :try_home "%%~D"
if defined java goto found
goto none

:named
rem Said in so many words: no other is tried.
call :try_home "%KINOLIFT_JAVA%"
if not defined looked if exist "%KINOLIFT_JAVA%" call :try_program "%KINOLIFT_JAVA%"
if defined java goto found

:none
if not defined looked set "looked= nothing that has a bin\java.exe"
echo kinolift: needs Java %wanted% or newer and found none. Looked at:%looked% >&2
echo in KINOLIFT_JAVA="%KINOLIFT_JAVA%", JAVA_HOME="%JAVA_HOME%", PATH and "%ProgramFiles%" >&2
echo (KINOLIFT_JAVA, when set, is the only one tried). >&2
echo Install one (https://adoptium.net) or name its folder in KINOLIFT_JAVA. >&2
exit /b 2

:found
rem Before the arguments are looked through, which shifts them.
set "command=%~1"
set "quick="
if "%command%"=="streams" set "quick=-XX:TieredStopAtLevel=1"
if not "%~3"=="" goto heap
set "last=%~2"
if not defined last set "last=%~1"
if not defined last set "last=--help"
for %%H in (-h --help -V --version) do if "%last%"=="%%H" set "quick=-XX:TieredStopAtLevel=1"

:heap
set "heap="
if "%command%"=="fit" set "heap=-Xmx640m"

set "archive="
for %%C in (upscale run ingest collect streams) do if "%command%"=="%%C" goto archive
goto start

:archive
if exist "%home%\kinolift.jsa" goto start
if not defined LOCALAPPDATA goto start
set "cache=%LOCALAPPDATA%\kinolift"
if not exist "%cache%\" mkdir "%cache%" 2>nul
if not exist "%cache%\" goto start
set "key="
for %%J in ("%home%\lib\kinolift-*.jar") do set "jar=%%~J"
for /f "skip=1" %%H in ('certutil -hashfile "%jar%" MD5') do if not defined key set "key=%%H"
if not defined key goto start
rem The folder is a part of the name, as in the other script, where the sum is also of it.
set "place=%home::=%"
set "place=%place:\=-%"
set "archive=%cache%\%command%-%key%-%place%.jsa"
if exist "%archive%" for %%A in ("%archive%") do if %%~zA LSS 20000000 del "%%~A"
if exist "%archive%" goto start
del /q "%cache%\%command%-*.jsa" 2>nul

:argument
if "%~1"=="" goto start
for %%H in (-h --help -V --version) do if "%~1"=="%%H" set "archive="
shift
goto argument

:start
set classes=
if defined archive set classes=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%archive%" -Xlog:disable
if exist "%home%\kinolift.jsa" set classes="-XX:SharedArchiveFile=%home%\kinolift.jsa" -Xlog:disable
set options=
if exist "%home%\jvm.options" set options="@%home%\jvm.options"
rem The JVM lists the folder: names of jars one by one would be more than a command line may hold here. NTFS lists in the
rem order of names. Windows does not say which vectors the CPU has, so the JVM takes its own choice.
"%java%" --add-exports=java.base/jdk.internal.module=ALL-UNNAMED --enable-native-access=ALL-UNNAMED ^
    --sun-misc-unsafe-memory-access=allow -XX:+UseParallelGC %quick% %heap% %options% ^
    %KINOLIFT_JAVA_OPTS% %classes% -cp "%home%\lib\*" io.kinolift.cli.Kinolift %*
exit /b %errorlevel%

rem Takes the Java at folder %1 if it is new enough; remembers what was looked at.
:try_home
if not exist "%~1\bin\java.exe" exit /b
set "version="
if not exist "%~1\release" goto ask
for /f "usebackq tokens=1,2 delims==" %%A in ("%~1\release") do if "%%A"=="JAVA_VERSION" set "version=%%~B"
:ask
if defined version goto feature
for /f "tokens=2,3" %%A in ('""%~1\bin\java.exe" -version 2^>^&1"') do if "%%A"=="version" set "version=%%~B"
if not defined version set "version=0"
:feature
rem 25.0.1 and 25-ea are 25, and 1.8.0 is old enough as 1.
for /f "delims=.-+_" %%A in ("%version%") do set "version=%%A"
set looked=%looked% "%~1" (%version%)
if %version% GEQ %wanted% set "java=%~1\bin\java.exe"
exit /b

rem Takes the Java whose program is %1.
:try_program
for %%F in ("%~dp1..") do call :try_home "%%~fF"
exit /b
