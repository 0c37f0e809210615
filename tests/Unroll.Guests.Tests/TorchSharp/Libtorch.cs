using System.Diagnostics;
using TorchSharp;
using Unroll.Guests.Tests.Support;
using Unroll.TorchSharp;
using Unroll.TorchSharp.Natives;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>
/// libtorch for this machine: 123 MB, which the solution's restore does not fetch. The first test that needs it restores it
/// into NuGet's folder, where later runs find it.
/// </summary>
internal static class Libtorch
{
    /// <summary>The version that TorchSharp 0.107.0 asks for; a test holds the two together.</summary>
    private const string Version = NativeFolders.LibtorchVersion;

    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>Loads libtorch, or skips the test with the reason why it is not there; in CI the test fails.</summary>
    public static void Need()
    {
        Support.Need.Met(Problem.Value is null, Problem.Value ?? "");
    }

    private static string? Load()
    {
        var problem = NativeFolders.Find(NativeFolders.FileName("torch")) is null ? Restore() : null;
        if (problem is not null)
            return problem;
        try
        {
            TorchSharpNatives.Load();
            torch.set_num_threads(1);
            return null;
        }
        catch (DllNotFoundException error)
        {
            return $"libtorch is there but cannot be loaded: {error.Message}";
        }
    }

    /// <summary>A project of its own, which takes nothing from the repository but the sources of packages.</summary>
    private static string? Restore()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "libtorch")).FullName;
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(
            Path.Combine(folder, "libtorch.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="libtorch-cpu-{NativeFolders.Platform}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        using var restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", "libtorch.csproj", "-v:q", "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = restore.StandardOutput.ReadToEndAsync();
        var errors = restore.StandardError.ReadToEndAsync();
        if (!restore.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            restore.Kill(entireProcessTree: true);
            return "libtorch (123 MB) could not be restored within 10 minutes. Try: dotnet restore artifacts/libtorch";
        }

        return restore.ExitCode == 0
            ? null
            : $"libtorch (123 MB) could not be restored: {(output.Result + errors.Result).Trim()} Try: dotnet restore artifacts/libtorch";
    }
}
