using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>
/// Where all events of a session pass, so that code which runs other code (<see cref="NestedWork"/>) learns what that shows:
/// it listens to what happens in its own flow.
/// </summary>
internal sealed class EventTap(Action<SessionEvent> publish)
{
    private static readonly AsyncLocal<Action<SessionEvent>?> Listener = new();

    /// <summary>Passes an event on.</summary>
    public void Publish(SessionEvent happened)
    {
        Listener.Value?.Invoke(happened);
        publish(happened);
    }

    /// <summary>
    /// Has <paramref name="heard"/> called for what happens in this flow from now on, on the thread that it happens on. Who
    /// listened before hears it too.
    /// </summary>
    public static void Listen(Action<SessionEvent> heard)
    {
        var before = Listener.Value;
        Listener.Value = happened =>
        {
            heard(happened);
            before?.Invoke(happened);
        };
    }
}
