using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Runner;

/// <summary>A notebook to run, and where its executed copy goes.</summary>
internal sealed record NotebookTask(Notebook Notebook, string Shown, string Target)
{
    /// <summary>What a person should know about the notebook before it runs.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whether a folder led to it; nobody asked for it by name, so it may be in another language.</summary>
    public bool IsFromFolder { get; init; }

    /// <summary>Why it cannot be run, or null; the others of its folder still are.</summary>
    public string? Fault { get; init; }
}
