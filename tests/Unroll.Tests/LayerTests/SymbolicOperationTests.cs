using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Operators, slices and ops on symbolic tensors give what they give on data.</summary>
public class SymbolicOperationTests
{
    private static readonly Tensor A = new RandomState(1).Uniform(0.5, 2, [2, 3, 4]);
    private static readonly Tensor B = new RandomState(2).Uniform(0.5, 2, [2, 3, 4]);

    private static readonly Dictionary<string, (Func<KerasTensor, KerasTensor, KerasTensor> Symbolic, Func<Tensor, Tensor, Tensor> Data)> Cases =
        new(StringComparer.Ordinal)
        {
            ["add"] = ((a, b) => a + b, (a, b) => a + b),
            ["subtract"] = ((a, b) => a - b, (a, b) => a - b),
            ["multiply"] = ((a, b) => a * b, (a, b) => a * b),
            ["divide"] = ((a, b) => a / b, (a, b) => a / b),
            ["numbers"] = ((a, b) => 2 - (a * 3 + 1) / 2 + (-b), (a, b) => 2 - (a * 3 + 1) / 2 + (-b)),
            ["constant"] = ((a, _) => a * B[0] + B[1], (a, _) => a * B[0] + B[1]),
            ["last step"] = ((a, _) => a[.., ^1], (a, _) => a[.., ^1]),
            ["slice"] = ((a, _) => a[.., 1.., ..2], (a, _) => a[.., 1.., ..2]),
            ["exp"] = ((a, _) => Ops.Exp(a), (a, _) => a.Exp()),
            ["log"] = ((a, _) => Ops.Log(a), (a, _) => a.Log()),
            ["sqrt"] = ((a, _) => Ops.Sqrt(a), (a, _) => a.Sqrt()),
            ["square"] = ((a, _) => Ops.Square(a), (a, _) => a.Square()),
            ["power"] = ((a, _) => Ops.Power(a, 1.5), (a, _) => a.Pow(1.5)),
            ["absolute"] = ((a, _) => Ops.Absolute(a - 1), (a, _) => (a - 1).Abs()),
            ["clip"] = ((a, _) => Ops.Clip(a, 0.7, 1.5), (a, _) => a.Clip(0.7, 1.5)),
            ["tanh"] = ((a, _) => Ops.Tanh(a), (a, _) => a.Tanh()),
            ["sigmoid"] = ((a, _) => Ops.Sigmoid(a), (a, _) => a.Sigmoid()),
            ["relu"] = ((a, _) => Ops.Relu(a - 1), (a, _) => (a - 1).Relu()),
            ["softmax"] = ((a, _) => Ops.Softmax(a, 1), (a, _) => a.Softmax(1)),
            ["sum"] = ((a, _) => Ops.Sum(a, 1), (a, _) => a.Sum(1)),
            ["mean"] = ((a, _) => Ops.Mean(a, -1, keepdims: true), (a, _) => a.Mean(-1, keepDims: true)),
            ["max"] = ((a, _) => Ops.Max(a, 1), (a, _) => a.Max(1)),
            ["min"] = ((a, _) => Ops.Min(a, 1), (a, _) => a.Min(1)),
            ["expand_dims"] = ((a, _) => Ops.ExpandDims(a, 1), (a, _) => a.ExpandDims(1)),
            ["reshape"] = ((a, _) => Ops.Reshape(a, -1, 12), (a, _) => a.Reshape(-1, 12)),
            ["transpose"] = ((a, _) => Ops.Transpose(a, 0, 2, 1), (a, _) => a.Transpose(0, 2, 1)),
            ["flip"] = ((a, _) => Ops.Flip(a, 1), (a, _) => a.Flip(1)),
            ["matmul"] = ((a, b) => Ops.Matmul(a, Ops.Transpose(b, 0, 2, 1)), (a, b) => a.MatMul(b.Transpose(0, 2, 1))),
            ["maximum"] = ((a, b) => Ops.Maximum(a, b), Tensor.Maximum),
            ["minimum"] = ((a, b) => Ops.Minimum(a, b), Tensor.Minimum),
            ["where"] = ((a, b) => Ops.Where(Ops.Greater(a, b), a, -b), (a, b) => Tensor.Where(Tensor.Greater(a, b), a, -b)),
            ["concatenate"] = ((a, b) => Ops.Concatenate([a, b], axis: 1), (a, b) => Tensor.Concat([a, b], 1)),
            ["stack"] = ((a, b) => Ops.Stack([a, b], axis: 1), (a, b) => Tensor.Stack([a, b], 1)),
        };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_what_it_gives_on_data(string name)
    {
        var (a, b) = (new Input([3, 4]), new Input([3, 4]));
        var output = Cases[name].Symbolic(a, b);
        var expected = Cases[name].Data(A, B);
        Assert.Equal(expected.Shape.With(0, null), output.Shape);
        Close.Assert(expected, new Model([a, b], output).Predict([A, B]), 1e-6, name);
    }

    [Fact]
    public void Operations_have_names_and_stand_in_the_summary()
    {
        var x = new Input([3, 4]);
        var model = new Model(x, new Dense(1).Apply(x[.., ^1] * 2));
        Assert.Equal(["input_1", "get_item", "multiply", "dense"], model.Layers.Select(layer => layer.Name), StringComparer.Ordinal);
        var lines = new List<string>();
        model.Summary(print: lines.Add);
        Assert.Contains("get_item (GetItem)", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_when_the_graph_is_made()
    {
        var error = Assert.Throws<ArgumentException>(() => new Input([3, 4]) + new Input([2, 4]));
        Assert.Contains("add", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_residual_connection_trains()
    {
        var x = new Input([5, 3]);
        var model = new Model(x, new LSTM(3, returnSequences: true).Apply(x) + x);
        model.Compile("adam", "mse");
        model.Fit(new RandomState(1).Normal(0, 1, [8, 5, 3]), Tensor.Zeros(8, 5, 3), epochs: 1, verbose: 0);
    }
}
