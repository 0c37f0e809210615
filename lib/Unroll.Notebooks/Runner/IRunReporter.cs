namespace Unroll.Notebooks.Runner;

/// <summary>
/// Shows a run to a person while it happens. Notebooks start in their order; what happens in one may mix with what
/// happens in another, on any thread.
/// </summary>
internal interface IRunReporter
{
    /// <summary>Something that was named cannot be run.</summary>
    void Reject(string line);

    /// <summary>Something that a person should know before the first notebook starts.</summary>
    void Note(string line);

    /// <summary>The run starts.</summary>
    void Begin(int notebooks);

    /// <summary>A notebook starts.</summary>
    void Started(NotebookResult notebook);

    /// <summary>A cell starts.</summary>
    void Started(NotebookResult notebook, CellResult cell);

    /// <summary>A cell has ended or is skipped.</summary>
    void Finished(NotebookResult notebook, CellResult cell);

    /// <summary>A notebook has ended, and has been compared and written.</summary>
    void Finished(NotebookResult notebook);

    /// <summary>A notebook was stopped before its end, because the run was.</summary>
    void Stopped(NotebookResult notebook);

    /// <summary>The run has ended.</summary>
    void End(IReadOnlyList<NotebookResult> results, int notebooks, TimeSpan duration);
}
