using System.Runtime.CompilerServices;

namespace Unroll.Tests.Support;

/// <summary>Each test has automatic names, seeds and print options of its own, so that tests run side by side.</summary>
internal static class OwnSession
{
    private static readonly ConditionalWeakTable<object, Session> Sessions = [];

    [ModuleInitializer]
    internal static void Give() => Session.Chosen = () => TestContext.Current.Test is { } test ? Sessions.GetOrCreateValue(test) : null;
}
