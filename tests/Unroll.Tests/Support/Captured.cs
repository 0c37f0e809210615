namespace Unroll.Tests;

/// <summary>What is written to the console meanwhile.</summary>
internal static class Captured
{
    public static (string Printed, T Result) Output<T>(Func<T> action)
    {
        var console = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(writer);
        try
        {
            var result = action();
            return (writer.ToString(), result);
        }
        finally
        {
            Console.SetOut(console);
        }
    }
}
