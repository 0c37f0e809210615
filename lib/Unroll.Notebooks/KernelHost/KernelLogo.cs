namespace Unroll.Notebooks.KernelHost;

/// <summary>The kernel's picture in launchers: three cells of a network unrolled in time, each feeding the next.</summary>
internal static class KernelLogo
{
    /// <summary>What front ends look for; the resources have the same names.</summary>
    private static readonly string[] Files = ["logo-svg.svg", "logo-32x32.png", "logo-64x64.png"];

    /// <summary>Writes the files into <paramref name="folder"/>.</summary>
    public static void Write(string folder)
    {
        foreach (var file in Files)
        {
            using var picture = typeof(KernelLogo).Assembly.GetManifestResourceStream(file)!;
            using var target = File.Create(Path.Combine(folder, file));
            picture.CopyTo(target);
        }
    }
}
