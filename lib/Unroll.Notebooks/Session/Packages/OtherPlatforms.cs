namespace Unroll.Notebooks.Session.Packages;

/// <summary>
/// Native payloads of platforms that this machine is not. TorchSharp-cpu asks for libtorch of all of them, over a gigabyte;
/// a session needs its own.
/// </summary>
internal static class OtherPlatforms
{
    private const string Libtorch = "libtorch-cpu-";
    private static readonly string[] Payloads = ["linux-x64", "osx-arm64", "win-arm64", "win-x64"];

    /// <summary>The packages to leave out.</summary>
    public static IEnumerable<string> Packages =>
        Payloads.Where(payload => payload != Platform.Rid).Select(payload => Libtorch + payload);
}
