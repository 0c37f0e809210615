using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Packages;

namespace Unroll.Notebooks.Session.Language;

/// <summary>The packages and sources that a piece of C# asks for, and the C# without those lines.</summary>
/// <param name="Code">The code; what was taken out is blank, so that lines and columns stay.</param>
/// <param name="Packages">What <c>#r "nuget: …"</c> asks for, with its line.</param>
/// <param name="Sources">What <c>#i "nuget: …"</c> names, with its line.</param>
internal sealed partial record PackageDirectives(
    string Code,
    IReadOnlyList<(PackageRequest Package, int Line)> Packages,
    IReadOnlyList<(string Source, int Line)> Sources)
{
    private const string Scheme = "nuget:";

    /// <summary>Takes the lines out of <paramref name="code"/>, and looks through the files that it loads.</summary>
    /// <exception cref="DirectiveException">One of the lines is not understood.</exception>
    public static PackageDirectives Extract(string code, SourceReferenceResolver files)
    {
        if (!code.Contains('#', StringComparison.Ordinal))
            return new PackageDirectives(code, [], []);

        var packages = new List<(PackageRequest, int)>();
        var sources = new List<(string, int)>();
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directive in DirectivesOf(code))
        {
            if (ExtractFrom(directive, packages, sources))
                code = Blank(code, directive.Span.Start, directive.Span.Length);
            else if (directive.GetStructure() is LoadDirectiveTriviaSyntax load)
                Follow(load.File.ValueText, baseFile: null, LineOf(directive));
        }

        return new PackageDirectives(code, packages, sources);

        // A file that is missing is the compiler's to report.
        void Follow(string file, string? baseFile, int line)
        {
            if (files.ResolveReference(file, baseFile) is not { } path || !loaded.Add(path))
                return;
            foreach (var directive in DirectivesOf(files.ReadText(path).ToString()))
            {
                if (directive.GetStructure() is LoadDirectiveTriviaSyntax load)
                    Follow(load.File.ValueText, path, line);
                else
                    ExtractFrom(directive, packages, sources, line);
            }
        }
    }

    private static IEnumerable<SyntaxTrivia> DirectivesOf(string code) =>
        ScriptSyntax.Parse(code).GetRoot().DescendantTrivia().Where(trivia => trivia.IsDirective);

    private static bool ExtractFrom(
        SyntaxTrivia directive, List<(PackageRequest, int)> packages, List<(string, int)> sources, int? loadedAt = null)
    {
        var line = loadedAt ?? LineOf(directive);
        if (directive.GetStructure() is ReferenceDirectiveTriviaSyntax reference)
        {
            var text = reference.File.ValueText.Trim();
            if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
                return false;
            packages.Add((PackageRequest.Parse(text[Scheme.Length..]) ?? throw new DirectiveException(
                $"#r \"{text}\" is not understood. Expected #r \"nuget: Name, Version\" or #r \"nuget: Name\".", line), line));
            return true;
        }

        var written = directive.ToString().Trim();
        if (!SourceStart().IsMatch(written))
            return false;
        var match = SourceLine().Match(written);
        if (!match.Success)
        {
            throw new DirectiveException(
                $"{written} is not understood. Expected #i \"nuget: SOURCE\", where SOURCE is a folder or an address.", line);
        }

        sources.Add((match.Groups["source"].Value.Trim(), line));
        return true;
    }

    private static int LineOf(SyntaxTrivia trivia) => trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Line ends stay: a directive's span may hold its own.</summary>
    private static string Blank(string code, int start, int length) => string.Concat(
        code.AsSpan(0, start),
        string.Concat(code.Substring(start, length).Select(c => c is '\n' or '\r' ? c : ' ')),
        code.AsSpan(start + length));

    [GeneratedRegex(@"^#\s*i(\s|"")", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourceStart();

    [GeneratedRegex(@"^#\s*i\s*""\s*nuget:(?<source>[^""]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourceLine();
}
