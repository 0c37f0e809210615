using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi;

/// <summary>
/// Where helpers such as <c>display</c> send what they show. One place a process, as Console.Out is: a task that a cell
/// left behind shows its values in whichever cell runs then.
/// </summary>
internal static class SessionOutput
{
    private static Action<SessionEvent>? _current;

    /// <summary>Sends <paramref name="happened"/> to the front end.</summary>
    public static void Publish(SessionEvent happened)
    {
        var publish = _current ?? throw new InvalidOperationException("Nothing shows values here: no notebook session runs.");
        publish(happened);
    }

    /// <summary>Tells the person who runs the notebook something that is no part of it; nobody where no session runs.</summary>
    public static void Tell(string text) => _current?.Invoke(new Notice(text));

    /// <summary>Names the session that shows values from now on.</summary>
    public static void SendTo(Action<SessionEvent> publish) => _current = publish;
}
