namespace Unroll.Notebooks.Wire;

/// <summary>What a front end asks of a session in another process. A line each (<see cref="SessionLine"/>).</summary>
internal abstract record SessionRequest;

/// <summary>Make <paramref name="Folder"/> the current directory: the process was started before its notebook was known.</summary>
internal sealed record EnterFolder(string Folder) : SessionRequest;

/// <summary>
/// Run <paramref name="Code"/>, which begins in <paramref name="Language"/>, as the cell <paramref name="Cell"/>.
/// </summary>
internal sealed record RunCell(int Cell, string Code, string Language) : SessionRequest
{
    /// <summary>Whether somebody is there to type what the cell reads.</summary>
    public bool AllowsInput { get; init; }
}

/// <summary>Stop the cell that runs, and keep the session.</summary>
internal sealed record InterruptCell : SessionRequest;

/// <summary>What was typed, null at the end of all input; or why nobody could be asked.</summary>
internal sealed record GiveInput(string? Text, string? Refusal) : SessionRequest;

/// <summary>What could stand at <paramref name="Position"/> of the code?</summary>
internal sealed record CompleteCode(int Id, string Code, int Position) : SessionRequest;

/// <summary>What stands at <paramref name="Position"/> of the code?</summary>
internal sealed record InspectCode(int Id, string Code, int Position, bool IsDetailed) : SessionRequest;

/// <summary>Is the code whole? Answered at once, also while a cell runs.</summary>
internal sealed record CheckCode(int Id, string Code) : SessionRequest;

/// <summary>No cell follows: wait a moment for what is still running, then end.</summary>
internal sealed record CloseSession : SessionRequest;
