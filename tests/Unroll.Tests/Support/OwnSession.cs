using System.Runtime.CompilerServices;

namespace Unroll.Tests.Support;

/// <summary>
/// Each test has automatic names, seeds and print options of its own, so that tests run side by side; and the same seeds each
/// time, so that what fails once fails again.
/// </summary>
internal static class OwnSession
{
    private static readonly ConditionalWeakTable<object, Session> Sessions = [];

    [ModuleInitializer]
    internal static void Give() => Session.Chosen = () => TestContext.Current.Test is { } test ? Sessions.GetValue(test, _ => Seeded()) : null;

    private static Session Seeded()
    {
        var session = new Session();
        session.SetRandomSeed(1);
        return session;
    }
}
