using System.Diagnostics;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>What we write, read by NumPy itself.</summary>
public class NumPyTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void NumPy_reads_what_is_written() => Samples.WithPath("w.npy", path =>
    {
        var folder = Path.GetDirectoryName(path)!;
        var hasNumPy = File.Exists(Python) && Run(folder, "-c", "import numpy").ExitCode == 0;
        if (!hasNumPy && Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"CI must have {Python} with NumPy: apt-get install python3-numpy");
        Assert.SkipUnless(hasNumPy, $"needs {Python} with NumPy: apt-get install python3-numpy");

        var w = Tensor.Arange(6).Reshape(2, 3) / 4 - 0.75f;
        KeyValuePair<string, Tensor>[] both = [KeyValuePair.Create("w", w), KeyValuePair.Create("a/s", (Tensor)2.5f)];
        NpyFile.Save(path, w);
        NpzFile.Save(Path.Combine(folder, "stored.npz"), both);
        NpzFile.Save(Path.Combine(folder, "compressed.npz"), both, compressed: true);
        SafetensorsFile.Save(Path.Combine(folder, "both.safetensors"), both, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        var (exitCode, output) = Run(folder, "-B", Samples.Of("read_back.py"), folder);
        Assert.Equal((0, "read back"), (exitCode, output.Trim()));
    });

    private static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
