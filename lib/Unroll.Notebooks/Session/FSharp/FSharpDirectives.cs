using System.Text.RegularExpressions;
using Unroll.Notebooks.Session.Language;
using Unroll.Notebooks.Session.Packages;

namespace Unroll.Notebooks.Session.FSharp;

/// <summary>Takes the lines about packages out of F#: the session gets them, as it does for C#.</summary>
internal static partial class FSharpDirectives
{
    /// <summary>The packages and sources, and the code with those lines blank.</summary>
    /// <exception cref="DirectiveException">One of the lines is not understood.</exception>
    public static PackageDirectives Extract(string code)
    {
        var packages = new List<(PackageRequest, int)>();
        var sources = new List<(string, int)>();
        var lines = code.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Pattern().Match(lines[i]) is not { Success: true } match)
                continue;
            var text = match.Groups["text"].Value.Trim();
            if (match.Groups["kind"].Value == "i")
            {
                sources.Add((text, i + 1));
            }
            else
            {
                packages.Add((PackageRequest.Parse(text) ?? throw new DirectiveException(
                    $"#r \"nuget:{text}\" is not understood. Expected #r \"nuget: Name, Version\" or #r \"nuget: Name\".", i + 1), i + 1));
            }

            lines[i] = "";
        }

        return new PackageDirectives(string.Join('\n', lines), packages, sources);
    }

    [GeneratedRegex(
        @"^\s*#(?<kind>[ri])\s*@?""{1,3}\s*nuget:(?<text>[^""]*)""{1,3}\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
