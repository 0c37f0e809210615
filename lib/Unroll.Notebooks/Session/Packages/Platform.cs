using System.Runtime.InteropServices;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>What this machine is, in NuGet's words.</summary>
internal static class Platform
{
    /// <summary>
    /// The portable runtime identifier, such as <c>linux-x64</c>: packages know those, and not a distribution's own.
    /// </summary>
    public static string Rid { get; } = $"{System}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The target framework that runs cells.</summary>
    public static string Framework { get; } = $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    private static string System => OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : IsMusl ? "linux-musl"
        : "linux";

    private static bool IsMusl => RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
}
