namespace Unroll.Keras.Onnx.Format;

/// <summary>TensorProto.DataType.</summary>
internal enum ElementType
{
    Float = 1,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
}
