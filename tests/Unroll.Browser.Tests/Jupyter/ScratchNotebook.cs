namespace Unroll.Browser.Tests.Jupyter;

/// <summary>
/// A notebook that tests use one after the other, each with its own cells: a page and a kernel take longer to come than
/// most tests to run.
/// </summary>
public sealed class ScratchNotebook : IAsyncDisposable
{
    /// <summary>The open notebook; null before the first test and after one that failed.</summary>
    public NotebookPage? Page { get; set; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Page?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The tests that share the notebook: they do not run at the same time.</summary>
[CollectionDefinition(nameof(ScratchCollection))]
public sealed class ScratchCollection : ICollectionFixture<ScratchNotebook>;
