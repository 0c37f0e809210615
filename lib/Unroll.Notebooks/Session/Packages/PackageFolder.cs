namespace Unroll.Notebooks.Session.Packages;

/// <summary>Where NuGet keeps the packages that it has unpacked on this machine.</summary>
internal static class PackageFolder
{
    /// <summary>What the environment names, else NuGet's default. A folder that only nuget.config names is not found.</summary>
    public static string OfUser => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".nuget", "packages");
}
