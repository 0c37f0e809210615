using System.Text;
using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Commands;

/// <summary>The tool <c>unroll-model</c>.</summary>
internal static class Program
{
    /// <summary>What no command expects is a fault of this program, and is said in a line.</summary>
    public static int Main(string[] args)
    {
        // Summaries and pictures have lines that the code pages of older consoles lack.
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        try
        {
            return Tool.Run(args, Console.Out, Console.Error);
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"This should not happen: {error.GetType().Name}: {error.Message}");
            return ExitCode.Failed;
        }
    }
}
