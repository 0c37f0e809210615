using Google.Protobuf;

namespace Unroll.Keras.Onnx.Format;

/// <summary>
/// A protobuf message as a list of fields. The numbers of the fields in the messages here are facts of
/// <see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</see>.
/// </summary>
internal abstract class Message
{
    private Field[]? _fields;
    private long? _size;

    /// <summary>The bytes of the message, without its own length.</summary>
    public long Size => _size ??= Written.Sum(one => one.Size);

    private Field[] Written => _fields ??= [.. Fields()];

    public void Write(CodedOutputStream output)
    {
        foreach (var field in Written)
            field.Write(output);
    }

    protected abstract IEnumerable<Field> Fields();
}
