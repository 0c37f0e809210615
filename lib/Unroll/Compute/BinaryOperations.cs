using System.Numerics.Tensors;

namespace Unroll.Compute;

/// <summary>An operation on two numbers, in the three forms that broadcasting comes down to along its last axis.</summary>
internal interface IBinaryOperation
{
    static abstract void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result);

    static abstract void Invoke(ReadOnlySpan<float> left, float right, Span<float> result);

    static abstract void Invoke(float left, ReadOnlySpan<float> right, Span<float> result);
}

internal readonly struct AddOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Add(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Add(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Add(right, left, result);
}

internal readonly struct SubtractOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Subtract(left, right, result);
}

internal readonly struct MultiplyOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Multiply(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Multiply(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Multiply(right, left, result);
}

internal readonly struct DivideOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Divide(left, right, result);
}

internal readonly struct MaximumOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Max(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Max(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Max(right, left, result);
}

internal readonly struct MinimumOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Min(left, right, result);

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result) =>
        TensorPrimitives.Min(left, right, result);

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) =>
        TensorPrimitives.Min(right, left, result);
}

/// <summary>1 where left is greater, else 0 (also where one is NaN).</summary>
internal readonly struct GreaterOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] > right[i] ? 1 : 0;
    }

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] > right ? 1 : 0;
    }

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left > right[i] ? 1 : 0;
    }
}

/// <summary>1 where both are equal, else 0.</summary>
internal readonly struct EqualOperation : IBinaryOperation
{
    public static void Invoke(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] == right[i] ? 1 : 0;
    }

    public static void Invoke(ReadOnlySpan<float> left, float right, Span<float> result)
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = left[i] == right ? 1 : 0;
    }

    public static void Invoke(float left, ReadOnlySpan<float> right, Span<float> result) => Invoke(right, left, result);
}
