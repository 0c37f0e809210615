namespace Unroll.Browser.Tests;

/// <summary>Programs that a machine with the SDK alone does not have.</summary>
internal static class Tool
{
    /// <summary>The first program of that name on the PATH; null where there is none.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>The program, or the test is skipped with <paramref name="reason"/>; in CI, which installs it, the test fails.</summary>
    public static string Require(string name, string reason) => Require([name], reason);

    /// <summary>The first of the programs that there is; where there is none, as for one.</summary>
    public static string Require(IEnumerable<string> names, string reason)
    {
        var program = names.Select(Find).FirstOrDefault(path => path is not null);
        Need(program is not null, reason);
        return program!;
    }

    /// <summary>Skips the test where a need is not met; fails it in CI.</summary>
    public static void Need(bool isMet, string reason)
    {
        if (isMet)
            return;
        if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
            Assert.Fail($"CI must have it: {reason}");
        Assert.Skip(reason);
    }
}
