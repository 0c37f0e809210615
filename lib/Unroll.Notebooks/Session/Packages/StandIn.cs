using Microsoft.DotNet.Interactive;

namespace Unroll.Notebooks.Session.Packages;

/// <summary>
/// The assemblies of .NET Interactive, which this host stands in for: a session has no other <see cref="Kernel"/>,
/// Formatter or PocketView than the host's, whatever package depends on them. What was compiled against them finds the
/// host's types under the same names.
/// </summary>
internal static class StandIn
{
    private const string Family = "Microsoft.DotNet.Interactive";

    /// <summary>Has IHtmlContent and HtmlString, which are the host's as well, and more, which only others than the family need.</summary>
    private const string Html = "Microsoft.AspNetCore.Html.Abstractions";

    /// <summary>Packages whose values this host shows, and what those are.</summary>
    private static readonly Dictionary<string, string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Plotly.NET"] = "charts of Plotly.NET",
        ["XPlot.Plotly"] = "charts of XPlot",
        ["Microsoft.Data.Analysis"] = "data frames",
        ["SkiaSharp"] = "pictures of SkiaSharp",
        ["TorchSharp"] = "tensors of TorchSharp",
    };

    /// <summary>Whether the assembly or package called <paramref name="name"/> is .NET Interactive's.</summary>
    public static bool IsOfFamily(string name) => name.Equals(Family, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(Family + ".", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host stands in for the assembly called <paramref name="name"/> among <paramref name="packages"/>.</summary>
    public static bool Replaces(string name, IEnumerable<string> packages) =>
        IsOfFamily(name) || (IsHtml(name) && packages.Any(IsOfFamily));

    /// <summary>Whether it is the part of ASP.NET that the host has a little of.</summary>
    public static bool IsHtml(string name) => name.Equals(Html, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to say where packages of .NET Interactive are among <paramref name="packages"/>; null where none is.</summary>
    public static string? Remark(IEnumerable<string> packages) => packages.Any(IsOfFamily)
        ? $"{Family} is not loaded: this host stands in for it, and Kernel, Formatter, PocketView and display are its own."
        : null;

    /// <summary>What to say of the extension of .NET Interactive that the package <paramref name="name"/> brings.</summary>
    /// <param name="name">The package.</param>
    /// <param name="dependencies">The packages that it needs.</param>
    /// <returns>Null where nothing is missed.</returns>
    public static string? RemarkOnExtension(string name, IEnumerable<string> dependencies)
    {
        if (Shown.ContainsKey(name))
            return null;
        var shown = dependencies.Select(each => Shown.GetValueOrDefault(each)).FirstOrDefault(words => words is not null);
        return shown is null
            ? $"{name} brings an extension of .NET Interactive, which this host does not load; its types are there."
            : $"{name} brings an extension of .NET Interactive, which is not needed here: this host shows {shown} by itself.";
    }
}
