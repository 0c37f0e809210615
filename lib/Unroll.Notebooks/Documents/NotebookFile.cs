namespace Unroll.Notebooks.Documents;

/// <summary>The kinds of file that hold a notebook, told by their names.</summary>
internal static class NotebookFile
{
    /// <summary>Jupyter's, with outputs.</summary>
    public const string Ipynb = ".ipynb";

    /// <summary>Polyglot Notebooks' own: text without outputs.</summary>
    public const string Dib = ".dib";

    /// <summary>A program's, which <c>dotnet run</c> takes.</summary>
    public const string Program = ".cs";

    /// <summary>Whether the name is that of a Jupyter notebook.</summary>
    public static bool IsIpynb(string path) => Has(path, Ipynb);

    /// <summary>Whether the name is that of a .dib file.</summary>
    public static bool IsDib(string path) => Has(path, Dib);

    /// <summary>Whether the name is that of a C# program.</summary>
    public static bool IsProgram(string path) => Has(path, Program);

    private static bool Has(string path, string ending) =>
        string.Equals(Path.GetExtension(path), ending, StringComparison.OrdinalIgnoreCase);
}
