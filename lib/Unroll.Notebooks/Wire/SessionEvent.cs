namespace Unroll.Notebooks.Wire;

/// <summary>What a session tells its front end. A line each (<see cref="SessionLine"/>) when the session lives in another process.</summary>
internal abstract record SessionEvent
{
    /// <summary>The number of the cell that was running, or ran last; 0 before the first.</summary>
    public int Cell { get; init; }
}

/// <summary>The session takes cells now.</summary>
internal sealed record SessionReady : SessionEvent;

/// <summary>Text written to standard output (<c>stdout</c>) or standard error (<c>stderr</c>).</summary>
internal sealed record StreamWritten(string Name, string Text) : SessionEvent;

/// <summary>A value was shown; <paramref name="DisplayId"/> is how it is updated.</summary>
internal sealed record Displayed(MimeBundle Data, string DisplayId) : SessionEvent;

/// <summary>What was shown under <paramref name="DisplayId"/> looks different now.</summary>
internal sealed record DisplayUpdated(MimeBundle Data, string DisplayId) : SessionEvent;

/// <summary>What the cell has shown is removed: now, or when the next output comes.</summary>
internal sealed record OutputCleared(bool Waits) : SessionEvent;

/// <summary>The value of the cell's trailing expression.</summary>
internal sealed record ValueReturned(MimeBundle Data) : SessionEvent;

/// <summary>An error in the cell, in Jupyter's words, and its place in the cell where that is known.</summary>
internal sealed record ErrorRaised(string Name, string Value, string[] Traceback) : SessionEvent
{
    /// <summary>The line of the running cell, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column of the running cell, from 1.</summary>
    public int? Column { get; init; }
}

/// <summary>The cell wrote more than <paramref name="Limit"/> characters; the rest is not sent.</summary>
internal sealed record OutputCut(long Limit) : SessionEvent
{
    /// <summary>How many characters one cell may show.</summary>
    public const long CellLimit = 4_000_000;
}

/// <summary>The cell is done; an error, if there was one, came before.</summary>
internal sealed record CellFinished : SessionEvent;

/// <summary>The cell waits for packages, or for a compiler to start: that has a time limit of its own.</summary>
internal sealed record RestoreStarted(double LimitSeconds) : SessionEvent;

/// <summary>They are there, or cannot be had; the cell continues.</summary>
internal sealed record RestoreEnded : SessionEvent;

/// <summary>Something a person should know that belongs to no output.</summary>
internal sealed record Notice(string Text) : SessionEvent;

/// <summary>The cell waits for a line that somebody types.</summary>
internal sealed record InputRequested(string Prompt, bool IsPassword) : SessionEvent
{
    /// <summary>What the answer is called beside its prompt, the best name first, for who answers without being asked.</summary>
    public string[] Names { get; init; } = [];
}

/// <summary>The answer to a question about code; <paramref name="Fault"/> says why there is none.</summary>
internal abstract record CodeAnswer(int Id, string? Fault) : SessionEvent;

/// <summary>What could stand in the code from <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal sealed record CodeCompleted(int Id, CodeItem[] Items, int Start, int End, string? Fault = null) : CodeAnswer(Id, Fault);

/// <summary>One of the things that could stand there, its kind in Jupyter's words.</summary>
internal sealed record CodeItem(string Text, string Kind, string Signature);

/// <summary>What stands there; null where nothing is known.</summary>
internal sealed record CodeInspected(int Id, MimeBundle? Data, string? Fault = null) : CodeAnswer(Id, Fault);

/// <summary>Whether the code is whole.</summary>
internal sealed record CodeChecked(int Id, Completeness Found) : CodeAnswer(Id, Fault: null);

/// <summary>No further event follows.</summary>
internal sealed record SessionClosed : SessionEvent;
