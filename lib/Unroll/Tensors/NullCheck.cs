using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>Checks that a list is there, and all of its items.</summary>
internal static class NullCheck
{
    public static void Items<T>(IEnumerable<T?> items, [CallerArgumentExpression(nameof(items))] string argument = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, argument);
        var place = 0;
        foreach (var item in items)
        {
            if (item is null)
                throw new ArgumentNullException(argument, $"{argument}[{place}] is null.");
            place++;
        }
    }
}
