using System.Diagnostics;
using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Tests.Support;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Tests.Guests;

/// <summary>TorchSharp with libtorch for this machine, which is 123 MB to download: where that cannot be had, the tests are skipped.</summary>
public sealed class TorchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_layer_before_any_other_call_finds_libtorch_and_tensors_print_as_NumPy_prints_them()
    {
        var cells = await RunAsync(null, "nn.LSTM(3, 5, batchFirst: true).GetType().Name", "arange(6).reshape(2, 3)", "rand(40, 50)");
        Assert.Equal("execute_result text/plain: LSTM", cells[1].Shown[^1]);
        Assert.Equal(["execute_result text/plain: [[0 1 2]\n [3 4 5]]\ntorch.Tensor, shape (2, 3), int64, cpu"], cells[2].Shown);
        Assert.Contains("...", cells[3].Shown[0], StringComparison.Ordinal);
        Assert.EndsWith("\ntorch.Tensor, shape (40, 50), float32, cpu", cells[3].Shown[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_C_plus_plus_runtime_is_too_old_and_nothing_is_mended_the_error_has_two_lines()
    {
        var cells = await RunAsync("0", "nn.LSTM(3, 5, batchFirst: true).GetType().Name");
        Assert.SkipUnless(
            TorchSharp.Natives.OlderCxxRuntime.IsOlder,
            "This system's C++ runtime is GCC 13's or newer, and loads TorchSharp as it is: Debian 12 has an older one.");
        var lines = cells[1].Error.Value.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(
            "The native library libLibTorchSharp.so of TorchSharp, 0.107.0 cannot be loaded: it needs GLIBCXX_3.4.32", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Unset UNROLL_MEND_NATIVES to load a mended copy", lines[1], StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<ExecutedCell>> RunAsync(string? mends, params string[] code)
    {
        var notebook = new NotebookBuilder().Code($"""
            #r "nuget: TorchSharp, 0.107.0"
            #r "nuget: libtorch-cpu-{Platform.Rid}, 2.10.0"
            using TorchSharp;
            using static TorchSharp.torch;
            """);
        foreach (var cell in code)
            notebook.Code(cell);
        notebook.Save(_folder["notebooks"], "torch.ipynb");
        var start = HostCommand.Create(["run", "--allow-errors"], _folder.Path);
        start.Environment["XDG_DATA_HOME"] = _folder["data"];
        start.Environment["UNROLL_MEND_NATIVES"] = mends;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        CliResult result;
        try
        {
            result = await Cli.FinishAsync(process);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Skip($"libtorch-cpu-{Platform.Rid} (123 MB) could not be restored in time: run the test again once the packages folder has it.");
            throw;
        }

        var cells = new ExecutedNotebook(_folder["artifacts", "notebooks", "torch.ipynb"]).Cells;
        var missing = cells[0].Shown.FirstOrDefault(line => line.Contains("(NU1", StringComparison.Ordinal));
        Assert.SkipWhen(missing is not null, $"No source of this machine has TorchSharp and libtorch-cpu-{Platform.Rid}: {missing}");
        Assert.True(cells.Count == code.Length + 1, result.Output);
        return cells;
    }
}
