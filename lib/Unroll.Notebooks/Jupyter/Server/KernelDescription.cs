namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>What front ends show of a kernel, and how they colour its cells.</summary>
/// <param name="Name">The implementation.</param>
/// <param name="Version">The implementation's version.</param>
/// <param name="LanguageVersion">The version of C#.</param>
/// <param name="Banner">What a console shows at its start.</param>
internal sealed record KernelDescription(string Name, string Version, string LanguageVersion, string Banner)
{
    /// <summary>Entries of the help menu: their text and address.</summary>
    public IReadOnlyList<(string Text, string Url)> HelpLinks { get; init; } = [];
}
