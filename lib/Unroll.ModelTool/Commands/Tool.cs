using System.CommandLine;
using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Commands;

/// <summary>The command line.</summary>
internal static class Tool
{
    private const string Description = """
        Looks into files of models, draws and converts them, and predicts. Without options it prints who wrote FILE, its layers,
        its weights, and what of it is not supported. No Python, and nothing of a file is run.

        Files are written when everything that was asked for has gone well, and replace those of their names; FILE itself is
        never written to. Notes on how it was done go to the error output.

        Exit codes: 0 fine (a file with layers that are not supported can be looked into), 1 a file cannot be read, is not
        supported, or cannot be written, 2 wrong usage.

        Examples:
          unroll-model lstm_model.keras                              what is in it
          unroll-model lstm_model.keras --svg net.svg                a drawing; --mermaid for Markdown
          unroll-model lstm_model.h5 --to lstm_model.onnx            for ONNX Runtime, in any language
          unroll-model lstm_model.keras --to weights.safetensors     the weights by name
          unroll-model lstm_model.keras --predict series.csv         one prediction for each sample
          unroll-model lstm_model.keras --predict x.npy --output y.npy
        """;

    /// <summary>Parses <paramref name="args"/> and does what they say.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand(Description);
        ToolOptions.AddTo(root);
        root.SetAction(parsed => ToolRun.Do(ToolOptions.Read(parsed), output, errors));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });

        foreach (var fault in parsed.Errors)
            errors.WriteLine(fault.Message);
        errors.WriteLine("Run with --help to see the options.");
        return ExitCode.WrongUsage;
    }
}
