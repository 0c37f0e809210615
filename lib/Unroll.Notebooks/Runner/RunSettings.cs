using Unroll.Notebooks.Documents.Parameters;

namespace Unroll.Notebooks.Runner;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunSettings
{
    /// <summary>How long a cell may take where nobody says.</summary>
    public const int DefaultTimeoutSeconds = 60;

    /// <summary>Files and folders; none means the folder <c>notebooks</c>.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Where executed copies go; null means <c>artifacts/notebooks</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Whether the files themselves get the outputs.</summary>
    public bool InPlace { get; init; }

    /// <summary>Whether outputs are compared with those in the files.</summary>
    public bool Check { get; init; }

    /// <summary>How long a cell may take.</summary>
    public TimeSpan CellTimeout { get; init; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>Whether the first failure ends the run.</summary>
    public bool FailFast { get; init; }

    /// <summary>How many notebooks run side by side.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The part of the notebooks to run; null means all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Reports of earlier runs, whose times say how to make shards equal.</summary>
    public IReadOnlyList<string> Times { get; init; } = [];

    /// <summary>Values that notebooks get.</summary>
    public IReadOnlyList<RunParameter> Parameters { get; init; } = [];

    /// <summary>Answers to what notebooks ask for, by the name or the prompt of the question.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Inputs { get; init; } = [];

    /// <summary>Whether a notebook goes on after a cell that raised an error.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>Whether cells say when they ran.</summary>
    public bool RecordTiming { get; init; }

    /// <summary>Where to write a test report as Visual Studio has it, or null.</summary>
    public string? Trx { get; init; }

    /// <summary>Where to write a test report as JUnit has it, or null.</summary>
    public string? JUnit { get; init; }
}
