using System.CommandLine;
using Unroll.Notebooks.Reports;

namespace Unroll.Notebooks.Commands;

/// <summary>The verb <c>lessons</c>.</summary>
internal static class LessonsVerb
{
    private const string DefaultFolder = "unroll-lessons";

    private const string Description = $"""
        Write the lessons on stacked LSTM networks, their exercises and solutions into a folder, with the libraries that they
        refer to. Lessons that are there already are kept as they are, so that nobody's work is lost; the libraries are replaced.

        Exit codes: 0 written, 2 the folder cannot be written, or this program has no lessons beside it.

        Examples:
          lessons                              into {DefaultFolder}/
          lessons class                        into class/
          run {DefaultFolder}/notebooks         execute them
        """;

    private static readonly Argument<string> Folder = new("DIR")
    {
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => DefaultFolder,
        Description = "The folder to write.",
    };

    /// <summary>The verb with its argument.</summary>
    public static Command Create()
    {
        var lessons = new Command("lessons", Description) { Folder };
        lessons.SetAction(parsed => Run(LessonFiles.OfTool, parsed.GetValue(Folder)!, Console.Out, Console.Error));
        return lessons;
    }

    /// <summary>Writes the lessons of <paramref name="source"/> into <paramref name="folder"/>; returns the exit code.</summary>
    internal static int Run(string source, string folder, TextWriter output, TextWriter errors)
    {
        if (!Directory.Exists(source))
        {
            errors.WriteLine("This program has no lessons beside it: the tool Unroll.Notebooks brings them, and a clone has them in notebooks/.");
            return ExitCode.BadInput;
        }

        try
        {
            var (written, kept) = LessonFiles.Copy(source, folder);
            output.WriteLine($"{folder}: {Summary.Count(written, "notebook")} written{(kept > 0 ? $", {kept} already there" : "")}");
            return ExitCode.Passed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{folder} cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }
    }
}
