using Unroll.Keras;
using Unroll.Models;
using Unroll.ModelTool.Converting;
using Unroll.ModelTool.Files;
using Unroll.ModelTool.Inspecting;
using Unroll.ModelTool.Predicting;

namespace Unroll.ModelTool.Commands;

/// <summary>Does what a command line asks for: all of it, or nothing.</summary>
internal sealed class ToolRun(ToolRequest request)
{
    private Model? _model;

    /// <returns>The exit code.</returns>
    public static int Do(ToolRequest request, TextWriter output, TextWriter errors)
    {
        try
        {
            using var outcome = new Outcome();
            new ToolRun(request).Fill(outcome);
            outcome.Files.Commit();
            output.Write(outcome.Text);
            output.Flush();
            if (request.IsQuiet)
                return ExitCode.Fine;
            foreach (var note in outcome.Notes.Concat(outcome.Files.Targets.Select(target => $"wrote {target}")))
                errors.WriteLine(note);
            return ExitCode.Fine;
        }
        catch (ToolException error)
        {
            errors.WriteLine(error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (IsOfFile(error))
        {
            errors.WriteLine(Named(error.Message));
            return ExitCode.Failed;
        }

        // Most messages name the file already.
        string Named(string message) => message.Contains(Path.GetFileName(request.File), StringComparison.Ordinal) ? message : $"{request.File}: {message}";
    }

    /// <summary>Whether an error says what is wrong with a file, or with what it holds.</summary>
    private static bool IsOfFile(Exception error) => error is NotSupportedException or InvalidDataException or InvalidOperationException
        or ArgumentException or IOException or UnauthorizedAccessException;

    private void Fill(Outcome outcome)
    {
        foreach (var path in request.Read)
            CheckThere(path);
        if (request.IsInspection)
        {
            outcome.Text = FilePage.Of(request.File) + Environment.NewLine;
            return;
        }

        if (request.Svg is not null)
            outcome.Files.Write(request.Svg, Plot().ToSvg());
        if (request.WantsMermaid)
            Draw(Plot().ToMermaid(), outcome);
        if (request.To is not null)
            Convert(request.To, outcome);
        if (request.Data is not null)
            Prediction.Run(Load("predict with"), request.Data, request.Output, request.BatchSize, outcome);
    }

    private Pictures.Network.ModelPlot Plot() => Load("draw").Plot(expandNested: true);

    private void Draw(string chart, Outcome outcome)
    {
        if (request.Mermaid is null)
            outcome.Text += chart;
        else
            outcome.Files.Write(request.Mermaid, FileEnding.Of(request.Mermaid) == FileEnding.Markdown ? $"```mermaid\n{chart}```\n" : chart);
    }

    private void Convert(string to, Outcome outcome)
    {
        if (Conversion.IsArrays(request.File))
            Conversion.OfArrayFile(request.File, to, outcome);
        else
            Conversion.OfModel(Load("convert"), to, outcome);
    }

    /// <summary>The model, loaded once; how it was trained only matters to a copy that keeps it.</summary>
    private Model Load(string verb)
    {
        var file = Path.GetFileName(request.File);
        if (Conversion.IsArrays(request.File))
        {
            throw new ToolException(
                $"{file} has arrays and no model to {verb}. Without options the tool lists them; --to converts them to .safetensors, .npz or .npy.");
        }

        if (FileEnding.Of(request.File) == FileEnding.Onnx)
        {
            throw new ToolException(
                $"{file} is ONNX, which is written and looked into here, and not loaded: there is no model to {verb}. "
                + "Use the .keras or .h5 file that it was made from.");
        }

        return _model ??= KerasFile.Load(request.File, compile: request.To is not null && FileEnding.Of(request.To) == FileEnding.Keras);
    }

    private static void CheckThere(string path)
    {
        if (Directory.Exists(path))
            throw new ToolException($"{path} is a folder: name a file in it.");
        if (!File.Exists(path))
            throw new ToolException($"There is no file {path}.");
    }
}
