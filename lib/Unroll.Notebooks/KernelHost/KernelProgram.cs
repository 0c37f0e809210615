using System.Globalization;
using System.Runtime.InteropServices;
using Unroll.Notebooks.Jupyter.Log;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Jupyter.Server;

namespace Unroll.Notebooks.KernelHost;

/// <summary>The kernel as a process: what a front end starts with <c>kernel run CONNECTION_FILE</c>.</summary>
internal static class KernelProgram
{
    private static readonly TimeSpan ParentPause = TimeSpan.FromSeconds(1);

    /// <summary>Serves front ends until one shuts the kernel down, or the process that started it is gone.</summary>
    /// <returns>False where the connection file cannot be served; the log says why.</returns>
    public static async Task<bool> RunAsync(string connectionFile)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var log = new KernelLog(Console.Error);
        using var end = new CancellationTokenSource();

        // Front ends interrupt by message; Ctrl+C in the terminal that Jupyter runs in is not meant for the kernel.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            end.Cancel();
        });
        try
        {
            await using var engine = new KernelEngine(Environment.CurrentDirectory, log);
            await using var server = new KernelServer(ConnectionFile.Load(connectionFile), engine, log);
            _ = EndWithParentAsync(end);
            await server.RunAsync(end.Token).ConfigureAwait(false);
            return true;
        }
        catch (BadConnectionFileException error)
        {
            log.Write(error.Message);
            return false;
        }
    }

    /// <summary>A front end that crashes cannot shut its kernels down: they look after it.</summary>
    private static async Task EndWithParentAsync(CancellationTokenSource end)
    {
        var text = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parent) || parent <= 1)
            return;
        while (Parent.IsAlive(parent))
            await Task.Delay(ParentPause, end.Token).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
    }
}
