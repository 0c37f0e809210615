using Unroll.Keras.Onnx.Format;

namespace Unroll.Keras.Onnx.Graphs;

/// <content>Constants: weights, and the numbers that operations take. Each is there once, however often it is asked for.</content>
internal sealed partial class GraphBuilder
{
    private readonly OrderedDictionary<object, (Value Value, Func<string, TensorProto> Make)> _constants = [];

    /// <summary>A weight in the layout that ONNX wants.</summary>
    /// <param name="weight">The weight, whose name it has.</param>
    /// <param name="layout">What is done to it, as a word; the same weight in the same layout is one constant.</param>
    /// <param name="shape">Its shape in the graph.</param>
    /// <param name="fill">Writes its numbers, when the file is written.</param>
    public Value Weight(Variable weight, string layout, Shape shape, Action<Span<float>> fill) => Constant(
        (weight, layout), weight.Name, shape, name => TensorProto.Floats(name, DimsOf(shape), fill));

    /// <summary>A weight as it is.</summary>
    public Value Weight(Variable weight) => Weight(weight, weight.Shape);

    /// <summary>A weight in another shape of as many numbers.</summary>
    public Value Weight(Variable weight, Shape shape) => Weight(weight, $"{shape}", shape, numbers => weight.Readable.CopyTo(numbers));

    /// <summary>Numbers that a layer was given.</summary>
    public Value Numbers(Tensor numbers) =>
        Constant(numbers, Scoped("numbers"), numbers.Shape, name => TensorProto.Floats(name, DimsOf(numbers.Shape), place => numbers.Span.CopyTo(place)));

    /// <summary>One number, which broadcasts.</summary>
    public Value Number(float number) =>
        Constant(number, "number", Shape.Scalar, name => TensorProto.Floats(name, [], numbers => numbers[0] = number));

    /// <summary>Whole numbers in one axis, such as axes, pads and shapes.</summary>
    public Value Integers(params long[] numbers) => Constant(
        $"[{string.Join(',', numbers)}]", "integers", Shape.Of(numbers.Length), name => TensorProto.Integers(name, [numbers.Length], numbers));

    /// <summary>A whole number without an axis.</summary>
    public Value Integer(long number) => Constant(number, "integer", Shape.Scalar, name => TensorProto.Integers(name, [], [number]));

    /// <summary>A truth without an axis.</summary>
    public Value Truth(bool truth) => Constant(truth, "truth", Shape.Scalar, name => TensorProto.Truths(name, [], [truth]));

    private static long[] DimsOf(Shape shape) => [.. shape.Select(axis => (long)axis!)];

    private Value Constant(object key, string hint, Shape shape, Func<string, TensorProto> make)
    {
        if (!_constants.TryGetValue(key, out var constant))
            _constants.Add(key, constant = (new Value(new Wire(hint), shape), make));
        return constant.Value;
    }
}
