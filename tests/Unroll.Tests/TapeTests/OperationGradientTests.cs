using Unroll.Tests.Support;

namespace Unroll.Tests.TapeTests;

/// <summary>The derivative of each operation against finite differences.</summary>
public class OperationGradientTests
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensors> Operation, int[][] Shapes)> Cases = new(StringComparer.Ordinal)
    {
        ["+"] = (x => x[0] + x[1], [[2, 3], [2, 3]]),
        ["+ broadcast"] = (x => x[0] + x[1], [[2, 1, 3], [4, 1]]),
        ["-"] = (x => x[0] - x[1], [[3], [2, 3]]),
        ["*"] = (x => x[0] * x[1], [[2, 1], [3]]),
        ["/"] = (x => x[0] / (x[1].Square() + 1), [[2, 3], [1, 3]]),
        ["unary -"] = (x => -x[0], [[3]]),
        ["Maximum"] = (x => Tensor.Maximum(x[0], x[1]), [[4, 3], [3]]),
        ["Minimum"] = (x => Tensor.Minimum(x[0], x[1]), [[4, 3], [4, 1]]),
        ["Where"] = (x => Tensor.Where(Tensor.Of([1, 0, 1]), x[0], x[1]), [[2, 3], [3]]),
        ["Where of one number"] = (x => Tensor.Where(Tensor.Of([1, 0, 1]), x[0], 0), [[]]),
        ["BroadcastTo"] = (x => x[0].BroadcastTo(2, 4, 3), [[4, 1]]),
        ["Exp"] = (x => x[0].Exp(), [[5]]),
        ["Log"] = (x => (x[0].Square() + 0.5f).Log(), [[5]]),
        ["Log1P"] = (x => x[0].Square().Log1P(), [[5]]),
        ["Sqrt"] = (x => (x[0].Square() + 0.5f).Sqrt(), [[5]]),
        ["Square"] = (x => x[0].Square(), [[5]]),
        ["Pow"] = (x => (x[0].Square() + 0.5f).Pow(1.7f), [[5]]),
        ["Pow of a negative number"] = (x => (x[0] * 0.3f).Pow(3), [[5]]),
        ["Abs"] = (x => x[0].Abs(), [[15]]),
        ["Clip"] = (x => x[0].Clip(-0.5f, 0.8f), [[20]]),
        ["Tanh"] = (x => x[0].Tanh(), [[5]]),
        ["Sigmoid"] = (x => x[0].Sigmoid(), [[5]]),
        ["Relu"] = (x => x[0].Relu(), [[15]]),
        ["Softmax"] = (x => x[0].Softmax(), [[3, 4]]),
        ["Softmax along the first axis"] = (x => x[0].Softmax(axis: 0), [[3, 4]]),
        ["Softplus"] = (x => x[0].Softplus(), [[5]]),
        ["Erf"] = (x => x[0].Erf(), [[5]]),
        ["Sum"] = (x => x[0].Sum(), [[2, 3]]),
        ["Sum along an axis"] = (x => x[0].Sum(1), [[2, 3, 2]]),
        ["Sum that keeps the axis"] = (x => x[0].Sum(0, keepDims: true), [[2, 3]]),
        ["Mean"] = (x => x[0].Mean(), [[2, 3]]),
        ["Mean along an axis"] = (x => x[0].Mean(-1, keepDims: true), [[2, 3]]),
        ["Max"] = (x => x[0].Max(), [[2, 3]]),
        ["Max along an axis"] = (x => x[0].Max(1), [[3, 4, 2]]),
        ["Min along an axis"] = (x => x[0].Min(0), [[3, 4]]),
        ["Reshape"] = (x => x[0].Reshape(3, -1), [[2, 3]]),
        ["ExpandDims"] = (x => x[0].ExpandDims(1), [[2, 3]]),
        ["Transpose"] = (x => x[0].Transpose(2, 0, 1), [[2, 3, 4]]),
        ["MoveAxis"] = (x => x[0].MoveAxis(0, -1), [[2, 3, 4]]),
        ["slice"] = (x => x[0][1.., ^1, ..2], [[3, 2, 4]]),
        ["two slices that overlap"] = (x => x[0][..3] * x[0][1..], [[4, 2]]),
        ["Concat"] = (x => Tensor.Concat([x[0], x[1], x[0]], axis: 1), [[2, 1], [2, 3]]),
        ["Stack"] = (x => Tensor.Stack([x[0], x[1]], axis: 1), [[2, 3], [2, 3]]),
        ["Split"] = (x => x[0].Split(2, axis: 1), [[2, 4]]),
        ["one part of Split"] = (x => x[0].Split([1, 3], axis: 1)[1], [[2, 4]]),
        ["Unstack"] = (x => x[0].Unstack(axis: 1), [[2, 3]]),
        ["Flip"] = (x => x[0].Flip(1), [[2, 3, 2]]),
        ["MatMul"] = (x => x[0].MatMul(x[1]), [[2, 3], [3, 4]]),
        ["MatMul, row"] = (x => x[0].MatMul(x[1]), [[3], [3, 4]]),
        ["MatMul, column"] = (x => x[0].MatMul(x[1]), [[2, 3], [3]]),
        ["MatMul, inner product"] = (x => x[0].MatMul(x[1]), [[3], [3]]),
        ["MatMul, stack times matrix"] = (x => x[0].MatMul(x[1]), [[2, 2, 3], [3, 2]]),
        ["MatMul, matrix times stack"] = (x => x[0].MatMul(x[1]), [[2, 3], [2, 3, 2]]),
        ["MatMul, stacks that broadcast"] = (x => x[0].MatMul(x[1]), [[2, 1, 2, 3], [2, 3, 2]]),
        ["Windows"] = (x => x[0].Windows(2, 1, 2), [[2, 5, 2]]),
        ["MaxOverWindows"] = (x => x[0].MaxOverWindows((int[])[2, 3, 2], 3, 2, 1), [[2, 5, 2]]),
    };

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_finite_differences(string name)
    {
        var (operation, shapes) = Cases[name];
        var random = new RandomState(12);
        Tensor[] inputs = [.. shapes.Select(shape => random.Normal(0, 1, shape))];
        FiniteDifferences.Check(() => operation(inputs), [.. inputs.Select((input, i) => ($"input {i}", input))], random);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_derivatives_equal_finite_differences_of_the_first(string name)
    {
        var (operation, shapes) = Cases[name];
        var random = new RandomState(12);
        Tensor[] inputs = [.. shapes.Select(shape => random.Normal(0, 1, shape))];
        FiniteDifferences.Check(Gradients, [.. inputs.Select((input, i) => ($"input {i}", input))], random);

        // Squared, so that the second derivative of a linear operation is not nothing.
        Tensors Gradients()
        {
            using var tape = new GradientTape();
            foreach (var input in inputs)
                tape.Watch(input);
            var loss = operation(inputs).Select(output => output.Square().Sum()).Aggregate((a, b) => a + b);
            return tape.Gradient(loss, inputs).Select((gradient, i) => gradient ?? Tensor.Zeros(inputs[i].Shape)).ToArray();
        }
    }

    [Fact]
    public void Matrices_without_elements_have_gradients_without_elements()
    {
        foreach (var (m, k, n) in new[] { (0, 3, 2), (2, 0, 2), (2, 3, 0) })
        {
            Tensor left = Tensor.Zeros(4, m, k), right = Tensor.Zeros(k, n);
            using var tape = new GradientTape();
            tape.Watch(left);
            tape.Watch(right);
            var gradients = tape.Gradient(left.MatMul(right).Sum(), [left, right]);
            Assert.Equal(left.Shape, gradients[0]!.Shape);
            Assert.Equal(right.Shape, gradients[1]!.Shape);
        }
    }

    [Theory]
    [InlineData("Relu", 0)]
    [InlineData("Abs", 0)]
    [InlineData("Maximum", 0.5)]
    [InlineData("Pow 0", 0)]
    public void Where_there_is_no_derivative_a_stated_one_is_given(string operation, double expected)
    {
        var x = Tensor.Of([0]);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = operation switch
        {
            "Relu" => x.Relu(),
            "Abs" => x.Abs(),
            "Pow 0" => x.Pow(0),
            _ => Tensor.Maximum(x, 0),
        };
        Assert.Equal(expected, tape.Gradient(y, x)!.Item());
    }

    [Fact]
    public void Equal_maxima_share_the_gradient()
    {
        var x = Tensor.Of([1, 3, 3, 2]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal("[0.  0.5 0.5 0. ]", tape.Gradient(x.Max(), x)!.ToString());
    }
}
