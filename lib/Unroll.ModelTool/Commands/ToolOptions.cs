using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Unroll.ModelTool.Converting;
using Unroll.ModelTool.Files;
using Unroll.ModelTool.Predicting;

namespace Unroll.ModelTool.Commands;

/// <summary>The argument and the options of the tool.</summary>
internal static class ToolOptions
{
    public static readonly Argument<string> FileName = new("FILE")
    {
        Description = "The file: .keras, .h5, .weights.h5, .safetensors, .npz, .npy or .onnx.",
    };

    public static readonly Option<string?> Svg = new("--svg")
    {
        HelpName = "OUT.svg",
        Description = "Draw the network as SVG, which light and dark pages show.",
    };

    public static readonly Option<string?> Mermaid = new("--mermaid")
    {
        HelpName = "OUT.mmd",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Draw the network as a Mermaid flow chart: to the console, to OUT.mmd, or as a block of Markdown to OUT.md.",
    };

    public static readonly Option<string?> To = new("--to")
    {
        HelpName = "OUT",
        Description = "Convert, as the ending of OUT says: .onnx, .keras, .weights.h5, .safetensors and .npz (weights), .json (structure). "
            + "Of .safetensors, .npz and .npy each becomes each of them.",
    };

    public static readonly Option<string?> Data = new("--predict")
    {
        HelpName = "DATA",
        Description = "Predict from DATA. Of .npy and .npz arrays are taken as they are, a single sample as a batch of one; a model of several "
            + "inputs takes an .npz with an array of the name of each. A .csv has numbers with commas between them, and names in "
            + "its first line or not. A row is a sample where it has as many numbers as one; otherwise it is a time step, and "
            + "a sample is as many consecutive rows as the model takes, without overlap, or all of them where it takes any number.",
    };

    public static readonly Option<string?> Output = new("--output")
    {
        HelpName = "OUT",
        Description = "Where the predictions go: .csv, .npy or .npz. Without it they are printed as CSV, with a line of names and nine digits.",
    };

    public static readonly Option<string?> BatchSize = new("--batch-size")
    {
        HelpName = "N",
        Description = "How many samples are predicted at a time. Default: 32, or what the model is bound to.",
    };

    public static readonly Option<bool> Quiet = new("--quiet") { Description = "No notes on how it was done; warnings and errors remain." };

    /// <summary>All of them, for one command.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(FileName);
        foreach (var option in (Option[])[Svg, Mermaid, To, Data, Output, BatchSize, Quiet])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            foreach (var fault in Faults(result))
                result.AddError(fault);
        });
    }

    /// <summary>What the words mean.</summary>
    public static ToolRequest Read(ParseResult parsed) => Read(parsed.CommandResult);

    private static ToolRequest Read(CommandResult result) => new()
    {
        File = result.GetValue(FileName) ?? "",
        Svg = result.GetValue(Svg),
        WantsMermaid = result.GetResult(Mermaid) is not null,
        Mermaid = result.GetValue(Mermaid),
        To = result.GetValue(To),
        Data = result.GetValue(Data),
        Output = result.GetValue(Output),
        BatchSize = WholeNumber(result.GetValue(BatchSize)),
        IsQuiet = result.GetValue(Quiet),
    };

    private static IEnumerable<string> Faults(CommandResult result)
    {
        var request = Read(result);
        if (request.File.StartsWith('-') && !System.IO.File.Exists(request.File))
            yield return $"There is no option {request.File}.";
        if (request.File.Length == 0 && request.Mermaid is not null)
            yield return $"--mermaid took {request.Mermaid} as the name of its output: name FILE first.";
        else if (Ending("--mermaid", request.Mermaid, FileEnding.Mermaid, FileEnding.Markdown) is { } mermaid)
            yield return mermaid;
        string?[] others =
        [
            Ending("--svg", request.Svg, FileEnding.Svg),
            Ending("--predict", request.Data, InputData.Endings),
            Ending("--output", request.Output, Prediction.Endings),
            request.To is null ? null : Conversion.Fault(request.To),
        ];
        foreach (var fault in others.OfType<string>())
            yield return fault;
        if (request.Data is null && request.Output is not null)
            yield return "--output is where predictions go: give --predict DATA too.";
        if (result.GetValue(BatchSize) is { } size)
        {
            if (request.BatchSize is null)
                yield return $"--batch-size needs a whole number above 0; got \"{size}\".";
            if (request.Data is null)
                yield return "--batch-size is for predictions: give --predict DATA too.";
        }

        if (request is { WantsMermaid: true, Mermaid: null, Data: not null, Output: null })
            yield return "--mermaid and --predict would both print: give one of them a file.";
        foreach (var fault in Overwritten(request))
            yield return fault;
    }

    private static IEnumerable<string> Overwritten(ToolRequest request)
    {
        var written = request.Written.ToList();
        foreach (var (option, path) in written)
        {
            if (request.Read.FirstOrDefault(read => read.Length > 0 && SamePath.Are(read, path)) is { } read)
                yield return $"{option} {path} would overwrite {read}, which is read: name another file.";
        }

        for (var i = 1; i < written.Count; i++)
        {
            if (written.Take(i).FirstOrDefault(other => SamePath.Are(other.Path, written[i].Path)) is { Path: not null } twice)
                yield return $"{twice.Option} and {written[i].Option} name the same file, {written[i].Path}: give each its own.";
        }
    }

    private static string? Ending(string option, string? path, params string[] endings) =>
        path is null || endings.Contains(FileEnding.Of(path), StringComparer.Ordinal)
            ? null
            : $"{option} {path}: the name must end in {FileEnding.List(endings)}.";

    private static int? WholeNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
