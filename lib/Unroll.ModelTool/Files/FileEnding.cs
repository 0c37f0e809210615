namespace Unroll.ModelTool.Files;

/// <summary>The endings of names, by which the tool knows what to write, and what to read where it is not a file of Keras.</summary>
internal static class FileEnding
{
    public const string Csv = ".csv";
    public const string H5 = ".h5";
    public const string Json = ".json";
    public const string Keras = ".keras";
    public const string Markdown = ".md";
    public const string Mermaid = ".mmd";
    public const string Npy = ".npy";
    public const string Npz = ".npz";
    public const string Onnx = ".onnx";
    public const string Safetensors = ".safetensors";
    public const string Svg = ".svg";
    public const string WeightsH5 = ".weights.h5";

    /// <summary>The ending in small letters; <c>.weights.h5</c> is one.</summary>
    public static string Of(string path) =>
        path.EndsWith(WeightsH5, StringComparison.OrdinalIgnoreCase) ? WeightsH5 : Path.GetExtension(path).ToLowerInvariant();

    /// <summary>Several endings in a sentence.</summary>
    public static string List(IReadOnlyList<string> endings) =>
        endings.Count == 1 ? endings[0] : $"{string.Join(", ", endings.SkipLast(1))} or {endings[^1]}";
}
