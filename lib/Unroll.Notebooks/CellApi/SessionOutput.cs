using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi;

/// <summary>
/// Where helpers such as <c>display</c> send what they show. One place a process, as Console.Out is: a task that a cell
/// left behind shows its values in whichever cell runs then.
/// </summary>
internal static class SessionOutput
{
    private static Action<SessionEvent>? _current;
    private static bool _isForPerson;

    /// <summary>Sends <paramref name="happened"/> to the front end.</summary>
    public static void Publish(SessionEvent happened)
    {
        var publish = _current ?? throw new InvalidOperationException("Nothing shows values here: no notebook session runs.");
        publish(happened);
    }

    /// <summary>
    /// Tells the person who runs the notebook something that is not of the notebook: below the cell, or, where nobody is at
    /// it, in the report of the run. Nobody is told where no session runs.
    /// </summary>
    public static void Tell(string text) => _current?.Invoke(_isForPerson ? new StreamWritten("stderr", text + "\n") : new Notice(text));

    /// <summary>Names the session that shows values from now on.</summary>
    public static void SendTo(Action<SessionEvent> publish, bool isForPerson)
    {
        _current = publish;
        _isForPerson = isForPerson;
    }
}
