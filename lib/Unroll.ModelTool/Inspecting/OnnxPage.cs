namespace Unroll.ModelTool.Inspecting;

/// <summary>Tells what is in an ONNX file.</summary>
internal static class OnnxPage
{
    public static DescribedFile Of(string path)
    {
        var file = Path.GetFileName(path);
        using var stream = File.OpenRead(path);
        var contents = Read(stream, file);
        return new DescribedFile(
                file,
                $"ONNX, IR version {contents.IrVersion}, operator set {string.Join(", ", contents.OperatorSets)}{MadeBy(contents)}",
                $"{DescribedFile.Count(contents.Operations.Count, "operation")}, {DescribedFile.Count(contents.Constants.Count, "constant")}")
            .List("Inputs", contents.Inputs)
            .List("Outputs", contents.Outputs)
            .List("Operations", contents.Operations.CountBy(operation => operation, StringComparer.Ordinal).Select(pair => $"{pair.Key} × {pair.Value}"))
            .List("Constants", contents.Constants);
    }

    private static OnnxContents Read(Stream stream, string file)
    {
        try
        {
            var contents = OnnxContents.Read(stream);
            return contents is { IrVersion: > 0, HasGraph: true } ? contents : throw new InvalidDataException("it has no graph.");
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{file} is not an ONNX file: {error.Message}", error);
        }
    }

    private static string MadeBy(OnnxContents contents) =>
        contents.Producer.Length == 0 ? "" : $", written by {contents.Producer} {contents.ProducerVersion}".TrimEnd();
}
