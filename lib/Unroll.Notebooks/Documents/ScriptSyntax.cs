using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Documents;

/// <summary>How cells are parsed: as scripts, in the C# of .NET Interactive.</summary>
internal static class ScriptSyntax
{
    /// <summary>Longer code of strangers is not parsed.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Nor is code that nests deeper: 20,000 times <c>A&lt;</c> overflow the stack, and with it the process ends.</summary>
    public const int MaxNesting = 50;

    /// <summary>Nor is it parsed for longer: how long it takes can be seen from no count (<see cref="LimitedThread"/>).</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    /// <summary>The options.</summary>
    public static CSharpParseOptions Options { get; } = new(LanguageVersion.CSharp14, kind: SourceCodeKind.Script);

    /// <summary>The tree of code that a session runs: in its own process, which may end by it.</summary>
    public static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, Options);

    /// <summary>The tree of a stranger's code, or null where parsing could harm the process or takes long.</summary>
    public static SyntaxTree? TryParse(string code) =>
        code.Length <= MaxLength && Nesting(code) <= MaxNesting ? LimitedThread.Run(() => Parse(code), MaxTime) : null;

    /// <summary>
    /// How deep brackets nest at most. Those in strings and comments count too: whether they are in one is what only a
    /// parser knows. A <c>&lt;</c> that opens no list of types ends with its statement.
    /// </summary>
    private static int Nesting(string code)
    {
        var (depth, angles, deepest) = (0, 0, 0);
        foreach (var character in code)
        {
            (depth, angles) = character switch
            {
                '(' or '[' => (depth + 1, angles),
                '{' => (depth + 1, 0),
                ')' or ']' => (Math.Max(depth - 1, 0), angles),
                '}' => (Math.Max(depth - 1, 0), 0),
                '<' => (depth, angles + 1),
                '>' => (depth, Math.Max(angles - 1, 0)),
                ';' or '=' or '"' => (depth, 0),
                _ => (depth, angles),
            };
            deepest = Math.Max(deepest, depth + angles);
        }

        return deepest;
    }
}
