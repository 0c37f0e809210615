using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Operators, slices and Ops on symbolic tensors are operations of the file.</summary>
public class OperationTests
{
    private static readonly Tensor Constant = Numbers.Of(5, 3);

    private static readonly Dictionary<string, Func<KerasTensor, KerasTensor, KerasTensor>> Operations = new(StringComparer.Ordinal)
    {
        ["x + y"] = (x, y) => x + y,
        ["x - y"] = (x, y) => x - y,
        ["x * y"] = (x, y) => x * y,
        ["x / y"] = (x, y) => x / y,
        ["-x"] = (x, _) => -x,
        ["x + 2"] = (x, _) => x + 2,
        ["x - tensor"] = (x, _) => x - Constant,
        ["tensor - x"] = (x, _) => Constant - x,
        ["1 - x"] = (x, _) => 1 - x,
        ["x * tensor"] = (x, _) => x * Constant,
        ["1 / x"] = (x, _) => 1 / x,
        ["x / 3"] = (x, _) => x / 3,
        ["Exp"] = (x, _) => Ops.Exp(x),
        ["Log"] = (x, _) => Ops.Log(x),
        ["Sqrt"] = (x, _) => Ops.Sqrt(x),
        ["Square"] = (x, _) => Ops.Square(x),
        ["Power"] = (x, _) => Ops.Power(x, 1.7),
        ["Absolute"] = (x, y) => Ops.Absolute(x - y),
        ["Clip"] = (x, _) => Ops.Clip(x, 0.6, 0.9),
        ["Tanh"] = (x, _) => Ops.Tanh(x),
        ["Sigmoid"] = (x, _) => Ops.Sigmoid(x),
        ["Relu"] = (x, y) => Ops.Relu(x - y),
        ["Softmax"] = (x, _) => Ops.Softmax(x),
        ["Softmax over time"] = (x, _) => Ops.Softmax(x, axis: 1),
        ["Sum"] = (x, _) => Ops.Sum(x, -1),
        ["Mean"] = (x, _) => Ops.Mean(x, 1, keepdims: true),
        ["Max"] = (x, _) => Ops.Max(x, 1),
        ["Min"] = (x, _) => Ops.Min(x, 2, keepdims: true),
        ["ExpandDims"] = (x, _) => Ops.ExpandDims(x, -1),
        ["Reshape"] = (x, _) => Ops.Reshape(x, -1, 4, 3),
        ["Transpose"] = (x, _) => Ops.Transpose(x, 0, 2, 1),
        ["Transpose of all"] = (x, _) => Ops.Transpose(Ops.Transpose(x)),
        ["Flip"] = (x, _) => Ops.Flip(x, 1),
        ["Matmul"] = (x, y) => Ops.Matmul(x, Ops.Transpose(y, 0, 2, 1)),
        ["Maximum"] = (x, y) => Ops.Maximum(x, y),
        ["Minimum"] = (x, y) => Ops.Minimum(x, y),
        ["Greater"] = (x, y) => Ops.Greater(x, y),
        ["Where"] = (x, y) => Ops.Where(Ops.Greater(x, y), x, y),
        ["Concatenate"] = (x, y) => Ops.Concatenate([x, y], axis: 1),
        ["Stack"] = (x, y) => Ops.Stack([x, y], axis: -1),
        ["the last step"] = (x, _) => x[.., ^1],
        ["a part"] = (x, _) => x[.., 1..3],
        ["all but the last"] = (x, _) => x[.., ..^1, 1..],
        ["the last two"] = (x, _) => x[.., ^2..],
        ["one number"] = (x, _) => x[.., 0, -1],
        ["all"] = (x, _) => x[..],
        ["a chain"] = (x, y) => Ops.Mean(x[.., 1..] - x[.., ..^1], axis: 1) * 2 + Ops.Max(y, axis: 1),
    };

    public static TheoryData<string> Names => new(Operations.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_the_same_numbers(string name)
    {
        var (x, y) = (new Input([4, 3]), new Input([4, 3]));
        var model = new Model(KerasTensors.Create([x, y]), KerasTensors.Create([Operations[name](x, y), x + y]));
        Numbers.Same(model, [Positive(1, 2), Positive(2, 2)], [Positive(3, 4), Positive(4, 4)]);
    }

    [Fact]
    public void Every_operation_that_can_be_placed_is_among_them()
    {
        var placed = Operations.Values.SelectMany(make => new Model(MakeInputs(make, out var output), output).Layers)
            .OfType<OperationLayer>().Select(layer => layer.ClassName).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(typeof(Ops).GetMethods().Where(method => method.IsStatic).Select(method => method.Name).ToHashSet(StringComparer.Ordinal), placed);
    }

    private static KerasTensors MakeInputs(Func<KerasTensor, KerasTensor, KerasTensor> make, out KerasTensor output)
    {
        var (x, y) = (new Input([4, 3]), new Input([4, 3]));
        output = make(x, y);
        return KerasTensors.Create([x, y]);
    }

    /// <summary>Numbers between 0.3 and 1.3, which have logarithms and quotients.</summary>
    private static Tensor Positive(int seed, int batch) => Numbers.Of(seed, batch, 4, 3) * 0.5 + 0.8;
}
