using System.Diagnostics;

namespace Unroll.Keras.Tests;

/// <summary>Debian's Python, which reads what we write without any of our code.</summary>
internal static class PythonProgram
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Skips the test where Python or a module is not there; in CI it must be.</summary>
    public static void Need(params string[] modules)
    {
        var isThere = File.Exists(Python) && Run(Path.GetTempPath(), "-c", $"import {string.Join(", ", modules)}").ExitCode == 0;
        var packages = string.Join(' ', modules.Select(module => $"python3-{module}"));
        if (!isThere && Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"CI must have {Python} with {string.Join(" and ", modules)}: apt-get install {packages}");
        Assert.SkipUnless(isThere, $"needs {Python} with {string.Join(" and ", modules)}: apt-get install {packages}");
    }

    public static (int ExitCode, string Output) Run(string folder, params string[] arguments)
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
