using Unroll.Notebooks.Session;
using Unroll.Notebooks.Session.Packages;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>What the system's loader says at length, in two lines.</summary>
public sealed class NativeFaultTests
{

    private static readonly RestoredPackage Torch = new("TorchSharp", "0.107.0", "", [], [], []);

    private static string Start(string library) => $"Unable to load shared library '{library}' or one of its dependencies. "
        + "In order to help diagnose loading problems, consider using a tool like strace. If you're using glibc, consider setting the LD_DEBUG environment variable: \n";

    [Fact]
    public void A_runtime_that_is_too_old_is_named() => Assert.Equal(
        "The native library libLibTorchSharp.so of TorchSharp, 0.107.0 cannot be loaded: "
        + "it needs GLIBCXX_3.4.32 of libstdc++.so.6, which this system's is too old for.\nIt needs a system with a newer C++ runtime: GCC 13's is in Debian 13, Ubuntu 24.04 and newer ones.",
        NativeFault.Shorten(
            Start("/tmp/natives/libLibTorchSharp.so")
            + "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /tmp/natives/libLibTorchSharp.so)\n"
            + "/tmp/natives/libLibTorchSharp.so.so: cannot open shared object file: No such file or directory\n",
            Torch));

    [Fact]
    public void A_library_that_another_needs_is_named()
    {
        var lines = NativeFault.Shorten(
            Start("/tmp/natives/libLibTorchSharp.so") + "libtorch_cpu.so: cannot open shared object file: No such file or directory\n", Torch).Split('\n');
        Assert.Equal("The native library libLibTorchSharp.so of TorchSharp, 0.107.0 cannot be loaded: it needs libtorch_cpu.so, which is not found.", lines[0]);
        Assert.Equal($"Add the package that brings it for {Platform.Rid}, or install it on this system.", lines[1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void A_library_of_no_package_is_named_once_and_not_with_every_place_where_it_was_looked_for()
    {
        var places = string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"/usr/{i}/libe_sqlite3.so: cannot open shared object file: No such file or directory\n"));
        var lines = NativeFault.Shorten(Start("e_sqlite3") + places).Split('\n');
        Assert.Equal("The native library e_sqlite3 cannot be loaded.", lines[0]);
        Assert.StartsWith($"No package of this session brings it for {Platform.Rid}: ", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Other_words_are_left_as_they_are() => Assert.Equal("Dll was not found.", NativeFault.Shorten("Dll was not found."));
}
