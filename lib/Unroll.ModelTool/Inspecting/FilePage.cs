using Unroll.Keras;
using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Inspecting;

/// <summary>The page that tells what is in a file.</summary>
internal static class FilePage
{
    /// <summary>Files of Keras are known by what is in them, others by their endings.</summary>
    public static string Of(string path) => FileEnding.Of(path) switch
    {
        FileEnding.Safetensors => ArrayFiles.Safetensors(path).ToString(),
        FileEnding.Npz => ArrayFiles.Npz(path).ToString(),
        FileEnding.Npy => ArrayFiles.Npy(path).ToString(),
        FileEnding.Onnx => OnnxPage.Of(path).ToString(),
        _ => KerasFile.Inspect(path).ToString(),
    };
}
