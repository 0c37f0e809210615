using System.Text.Json.Nodes;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Runner;

/// <summary>How a code cell ended.</summary>
internal enum CellOutcome
{
    /// <summary>Nothing ran it, because the notebook had stopped before.</summary>
    NotRun,

    /// <summary>It was not to be run; the reason is said.</summary>
    Skipped,

    /// <summary>It ran as it should.</summary>
    Passed,

    /// <summary>It raised an error, and the run goes on after errors.</summary>
    Allowed,

    /// <summary>It ran and failed.</summary>
    Failed,

    /// <summary>It ran, and showed something else than the file holds.</summary>
    Differs,
}

/// <summary>One code cell of a run.</summary>
internal sealed class CellResult(NotebookCell cell, string? skipReason, int? executionCount)
{
    /// <summary>The cell in its notebook.</summary>
    public NotebookCell Cell { get; } = cell;

    /// <summary>Why the cell is not to be run, or null.</summary>
    public string? SkipReason { get; } = skipReason;

    /// <summary>The number the cell runs under; null where it is skipped.</summary>
    public int? ExecutionCount { get; } = executionCount;

    /// <summary>What the file held before the run.</summary>
    public JsonArray Committed { get; } = (JsonArray)cell.Outputs.DeepClone();

    /// <summary>How far the numbers of trained outputs may be off; null for the usual.</summary>
    public double? Tolerance { get; } = cell.Tolerance;

    /// <summary>Whether the file held a result of the cell before the run.</summary>
    public bool WasExecuted { get; } = cell.Outputs.Count > 0 || cell.ExecutionCount is not null;

    /// <summary>What the cell showed.</summary>
    public CellOutputs Outputs { get; } = new();

    /// <summary>How the cell ended.</summary>
    public CellOutcome Outcome { get; set; } = skipReason is null ? CellOutcome.NotRun : CellOutcome.Skipped;

    /// <summary>The error that failed the cell, or was allowed.</summary>
    public ErrorRaised? Failure { get; set; }

    /// <summary>What differs from the file, in lines to read.</summary>
    public IReadOnlyList<string> Differences { get; set; } = [];

    /// <summary>When the cell was handed to its process.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>How long the cell ran.</summary>
    public TimeSpan Duration { get; set; }
}
