#!/usr/bin/env bash
# Once, when the container is made: builds the library and the host, and installs the kernel for the container's user.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build lib/Unroll.Notebooks --nologo -v q -nodeReuse:false
# One name: under two the list of kernels would show the same thing twice.
dotnet run --no-build --project lib/Unroll.Notebooks -- kernel install --name .net-csharp --replace
