using System.Runtime.CompilerServices;
using System.Text;

namespace Unroll.Tests;

/// <summary>What is written to the console meanwhile, by this test and no other.</summary>
internal static class Captured
{
    private static readonly AsyncLocal<StringWriter?> Writer = new();

    public static (string Printed, T Result) Output<T>(Func<T> action)
    {
        using var writer = new StringWriter();
        Writer.Value = writer;
        try
        {
            var result = action();
            return (writer.ToString(), result);
        }
        finally
        {
            Writer.Value = null;
        }
    }

    [ModuleInitializer]
    internal static void TakeConsole() => Console.SetOut(new ConsoleParts(Console.Out));

    /// <summary>The console belongs to the process; tests that run side by side have a part of it each.</summary>
    private sealed class ConsoleParts(TextWriter console) : TextWriter
    {
        public override Encoding Encoding => console.Encoding;

        private TextWriter Current => Writer.Value ?? console;

        public override void Write(char value) => Current.Write(value);

        public override void Write(string? value) => Current.Write(value);

        public override void Flush() => Current.Flush();
    }
}
