namespace Unroll.Notebooks.Programs;

/// <summary>The class around a notebook's extension methods, which cannot stand among a program's statements.</summary>
internal static class ProgramExtensions
{
    public const string Class = "NotebookExtensions";

    public static IEnumerable<string> Lines(IReadOnlyList<string> methods)
    {
        if (methods.Count == 0)
            yield break;
        yield return $"static class {Class}\n{{\n{string.Join("\n\n", methods)}\n}}";
    }
}
