namespace Unroll.Notebooks.KernelHost;

/// <summary>Where Jupyter looks for kernels.</summary>
internal static class JupyterFolders
{
    /// <summary>The kernels of this user: JUPYTER_DATA_DIR, or what the system says.</summary>
    public static string User => Path.Combine(UserData(), "kernels");

    /// <summary>The kernels of an environment, such as a virtual environment or /usr/local.</summary>
    public static string Of(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    /// <summary>All places, the first before the others.</summary>
    public static IEnumerable<string> All()
    {
        var path = (Variable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] machine = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter", "kernels")]
            : [Of("/usr/local"), Of("/usr")];
        return path.Select(folder => Path.Combine(folder, "kernels")).Append(User).Concat(machine).Distinct(StringComparer.Ordinal);
    }

    private static string UserData()
    {
        if (Variable("JUPYTER_DATA_DIR") is { } said)
            return said;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
