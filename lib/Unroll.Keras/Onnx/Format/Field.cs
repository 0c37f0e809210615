using Google.Protobuf;

namespace Unroll.Keras.Onnx.Format;

/// <summary>One field of a protobuf message: its number, and how it is written.</summary>
internal abstract record Field(int Number)
{
    /// <summary>The bytes of key and value.</summary>
    public abstract long Size { get; }

    public static Field Of(int number, long value) => new Whole(number, value);

    public static Field Of(int number, float value) => new Real(number, value);

    public static Field Of(int number, string value) => new Text(number, value);

    public static Field Of(int number, Message value) => new Nested(number, value);

    public static Field Of(int number, long length, Func<byte[]> bytes) => new Raw(number, length, bytes);

    public abstract void Write(CodedOutputStream output);

    private protected long KeySize => CodedOutputStream.ComputeTagSize(Number);

    private static long LengthSize(long length) => CodedOutputStream.ComputeUInt64Size((ulong)length);

    private sealed record Whole(int Number, long Value) : Field(Number)
    {
        public override long Size => KeySize + CodedOutputStream.ComputeInt64Size(Value);

        public override void Write(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.Varint);
            output.WriteInt64(Value);
        }
    }

    private sealed record Real(int Number, float Value) : Field(Number)
    {
        public override long Size => KeySize + sizeof(float);

        public override void Write(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.Fixed32);
            output.WriteFloat(Value);
        }
    }

    private sealed record Text(int Number, string Value) : Field(Number)
    {
        public override long Size => KeySize + CodedOutputStream.ComputeStringSize(Value);

        public override void Write(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
            output.WriteString(Value);
        }
    }

    private sealed record Nested(int Number, Message Value) : Field(Number)
    {
        public override long Size => KeySize + LengthSize(Value.Size) + Value.Size;

        public override void Write(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
            output.WriteLength((int)Value.Size);
            Value.Write(output);
        }
    }

    /// <summary>Bytes that are made when they are written, so that no two large tensors are in memory at once.</summary>
    private sealed record Raw(int Number, long Length, Func<byte[]> Bytes) : Field(Number)
    {
        public override long Size => KeySize + LengthSize(Length) + Length;

        public override void Write(CodedOutputStream output)
        {
            output.WriteTag(Number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Bytes()));
        }
    }
}
