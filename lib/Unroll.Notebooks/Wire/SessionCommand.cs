namespace Unroll.Notebooks.Wire;

/// <summary>How this program is told to be a session; no help names it.</summary>
internal static class SessionCommand
{
    /// <summary>The verb; the name of the pipe follows.</summary>
    public const string Verb = "session";

    /// <summary>Follows the name of the pipe where a person is going to write the cells.</summary>
    public const string ForPerson = "for-person";

    /// <summary>Whether a process of .NET leaves files for debuggers; for sessions, not for what their cells start.</summary>
    public const string Diagnostics = "DOTNET_EnableDiagnostics";

    /// <summary>The whole command.</summary>
    public static string[] Arguments(string pipeName, bool isForPerson) => isForPerson ? [Verb, pipeName, ForPerson] : [Verb, pipeName];
}
