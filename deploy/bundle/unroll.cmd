@rem The host, on the .NET that lies beside it, or else on the machine's own.
@setlocal
@set "dotnet=%~dp0dotnet\dotnet.exe"
@if not exist "%dotnet%" set "dotnet=dotnet"
@"%dotnet%" exec "%~dp0host\Unroll.Notebooks.dll" %*
