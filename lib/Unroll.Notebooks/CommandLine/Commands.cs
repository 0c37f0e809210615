using System.CommandLine;

namespace Unroll.Notebooks.CommandLine;

/// <summary>The command line.</summary>
internal static class Commands
{
    /// <summary>Parses <paramref name="args"/> and does what they say.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        const string Description = "Runs C# notebooks (.ipynb, .dib) without a person, each in a process of its own, and converts them.";
        var root = new RootCommand(Description) { RunVerb.Create(), KernelVerb.Create(), ConvertVerb.Create() };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync().ConfigureAwait(false);

        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
        await Console.Error.WriteLineAsync("Say --help for the words this command knows.").ConfigureAwait(false);
        return Running.RunCommand.BadInput;
    }
}
