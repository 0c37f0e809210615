namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Run this code.</summary>
internal sealed record ExecuteRequest(
    string Code,
    bool Silent = false,
    bool StoreHistory = true,
    Dictionary<string, string>? UserExpressions = null,
    bool AllowStdin = true,
    bool StopOnError = true);

/// <summary>What could stand at this place of the code?</summary>
internal sealed record CompleteRequest(string Code, int CursorPos);

/// <summary>What stands at this place of the code?</summary>
internal sealed record InspectRequest(string Code, int CursorPos, int DetailLevel = 0);

/// <summary>Can this code run as it is?</summary>
internal sealed record IsCompleteRequest(string Code);

/// <summary>What has been run?</summary>
internal sealed record HistoryRequest(
    string HistAccessType,
    bool Output = false,
    bool Raw = true,
    int Session = 0,
    int? Start = null,
    int? Stop = null,
    int? N = null,
    string? Pattern = null,
    bool Unique = false);

/// <summary>Which comms are open?</summary>
internal sealed record CommInfoRequest(string? TargetName = null);

/// <summary>A front end opens a comm.</summary>
internal sealed record CommOpen(string CommId, string TargetName);

/// <summary>End.</summary>
internal sealed record ShutdownRequest(bool Restart = false);

/// <summary>What the user typed.</summary>
internal sealed record InputReply(string? Value = null, string Status = "ok");
