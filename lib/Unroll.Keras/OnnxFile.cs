using Google.Protobuf;
using Unroll.Keras.Arrays;
using Unroll.Keras.Onnx.Conversions;
using Unroll.Keras.Onnx.Format;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras;

/// <summary>
/// Writes models as ONNX files, which ONNX Runtime and other engines run in any language, without this library.
/// </summary>
/// <remarks>
/// <para>
/// The file is of operator set 17 and IR version 8, ONNX 1.12 of 2022, which ONNX Runtime reads from its version 1.12 on; nothing
/// in a model of this library needs a newer one. All inputs and outputs are float32, numbers of tokens too, which must be whole
/// and within the table of their <see cref="Embedding"/>: ONNX counts negative ones from its end. An input has the name of its
/// <see cref="Input"/>, an output that of the layer that gives it; the last states of a recurrent layer are <c>lstm_h</c> and
/// <c>lstm_c</c>. The batch axis is called <c>batch</c>; where the length of the time axis is not known to the model, the file
/// takes sequences of every length.
/// </para>
/// <para>
/// The model is written as it predicts: Dropout and noise pass by, BatchNormalization has the moments that training left. Masks
/// of <see cref="Masking"/> and of <see cref="Embedding"/> are computed in the file, and every layer treats them as it does
/// here, also those with gaps or at the beginning: LSTM, GRU and SimpleRNN become one ONNX operation with the lengths of the
/// samples, and the steps that count are moved to the front before it. With activations that ONNX' operations lack, and for
/// convolutional LSTMs, the steps become a loop.
/// </para>
/// <para>
/// A stateful layer has its states as inputs and outputs of the file: <c>lstm_h_in</c>, <c>lstm_c_in</c>, <c>lstm_h_out</c>,
/// <c>lstm_c_out</c>. Begin with zeros, and give each call what the one before gave; the batch size is the model's.
/// </para>
/// </remarks>
public static class OnnxFile
{
    /// <summary>Writes a model to a file. The file is whole or not there: it takes its name when everything is written.</summary>
    /// <param name="model">The model, which must know its input.</param>
    /// <param name="path">The file, usually <c>….onnx</c>; one that is there is replaced.</param>
    /// <exception cref="NotSupportedException">ONNX cannot hold a layer or an argument; names both, and what to do.</exception>
    /// <exception cref="ArgumentException">The path is empty, or is a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the file is not there.</exception>
    public static void Save(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var whole = Path.GetFullPath(path);
        if (Directory.Exists(whole) || Path.EndsInDirectorySeparator(path))
            throw new ArgumentException($"\"{path}\" is a folder. Name the file in it: \"{Path.Combine(path, $"{model.Name}.onnx")}\".", nameof(path));
        var folder = Path.GetDirectoryName(whole)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder \"{folder}\" for \"{path}\". Make it first: Directory.CreateDirectory.");

        // What cannot be written is refused before there is a file.
        var proto = ModelExport.Of(model);
        AtomicFile.Write(whole, stream => Write(proto, stream));
    }

    /// <summary>Writes a model to a stream, which stays open.</summary>
    /// <param name="model">The model, which must know its input.</param>
    /// <param name="stream">A stream that can be written to.</param>
    /// <inheritdoc cref="Save(Model, string)"/>
    public static void Save(Model model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        Write(ModelExport.Of(model), stream);
    }

    private static void Write(ModelProto proto, Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        proto.Write(output);
    }
}
