using Unroll.Guests.Tests.Support;
using Unroll.TorchSharp.Natives;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>What a program says, in two lines, where libtorch cannot be had.</summary>
public class NativesTests
{
    private static readonly string Engine = Repository.PathOf("artifacts", "lib", "Unroll.TorchSharp.dll");

    [Fact]
    public async Task Without_libtorch_the_package_is_named()
    {
        Assert.SkipWhen(File.Exists(Path.Combine(Path.GetDirectoryName(Engine)!, NativeFolders.FileName("torch"))), "libtorch lies beside the library");
        using var folder = new TempFolder();
        await FailsAsync(folder, new(StringComparer.Ordinal) { ["NUGET_PACKAGES"] = folder.Path }, "is neither beside the program nor in NuGet's folder.", "dotnet add package TorchSharp-cpu");
    }

    [Fact]
    public async Task Unmended_on_an_older_runtime_what_is_needed_is_named()
    {
        Libtorch.Need();
        Assert.SkipUnless(OlderCxxRuntime.IsOlder, "this machine's C++ runtime needs no mending");
        using var folder = new TempFolder();
        await FailsAsync(
            folder,
            new(StringComparer.Ordinal) { ["UNROLL_MEND_NATIVES"] = "0" },
            "TorchSharp needs GCC 13's C++ runtime (Debian 13, Ubuntu 24.04, or newer), and this machine's is older.",
            "Unset UNROLL_MEND_NATIVES to run from a copy mended for it, or use a newer system.");
    }

    private static async Task FailsAsync(TempFolder folder, Dictionary<string, string> environment, string first, string second)
    {
        environment["UNROLL_ENGINE"] = Engine;
        var run = await Command.DotNetAsync(folder.Path, environment, Repository.Host, "run", CountedLesson.Write("01-stacked-lstm", folder.Path), "--output", folder["out"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(first, run.Printed, StringComparison.Ordinal);
        Assert.Contains(second, run.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot open shared object file", run.Printed, StringComparison.Ordinal);
    }
}
