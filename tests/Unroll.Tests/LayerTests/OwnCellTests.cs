using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Cells of a user's own: a state that is a matrix, a first state that is learnt.</summary>
public class OwnCellTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [2, 3, 2]);

    [Fact]
    public void A_state_may_be_a_matrix()
    {
        var layer = new RNN(new OuterProducts(), returnState: true);
        var (output, state) = layer.ApplyAll(X);
        Assert.Equal(Shape.Create([2, 2]), output.Shape);
        Assert.Equal(Shape.Create([2, 2, 2]), state.Shape);
        Close.Assert(X.MoveAxis(1, 2).MatMul(X), state, 1e-6, "sum of outer products");
        Assert.Equal(Shape.Create([null, 2, 2]), layer.ApplyAll(new Input([3, 2]))[1].Shape);
    }

    [Fact]
    public void A_mask_passes_a_matrix_on_too()
    {
        var layer = new RNN(new OuterProducts(), returnState: true);
        var mask = Tensor.Of([[1.0, 1, 0], [1, 1, 1]]);
        var masked = layer.ApplyAll(X.WithMask(mask))[1];
        Close.Assert(layer.ApplyAll(X[.., ..2])[1][0], masked[0], 1e-6, "masked");
        Close.Assert(layer.ApplyAll(X)[1][1], masked[1], 1e-6, "not masked");
    }

    [Fact]
    public void A_wrong_matrix_is_refused()
    {
        var layer = new RNN(new OuterProducts(), name: "r");
        var error = Assert.Throws<ArgumentException>(() => layer.Apply(X, initialState: Tensor.Zeros(2, 4)));
        Assert.Equal("r: initial state 0 has shape (2, 4) but (2, 2, 2) is expected: the batch first.", error.Message);
    }

    [Fact]
    public void A_stateful_layer_keeps_a_matrix()
    {
        var layer = new RNN(new OuterProducts(), stateful: true);
        layer.Apply(X);
        layer.Apply(X);
        Close.Assert(X.MoveAxis(1, 2).MatMul(X) * 2, layer.States![0], 1e-5, "twice");
    }

    [Fact]
    public void A_first_state_may_be_learnt()
    {
        var layer = new RNN(new LearntStart());
        layer.Apply(X);
        Assert.Equal(["start", "weight"], layer.Weights.Select(weight => weight.Name.Split('/')[1]), StringComparer.Ordinal);
        FiniteDifferences.Check(
            () => layer.Apply(X), [.. layer.Weights.Select(weight => (weight.Name, weight.Value))], new RandomState(2));
    }

    [Fact]
    public void A_built_in_layer_begins_with_learnt_states_in_a_layer_of_your_own()
    {
        var layer = new Beginning();
        layer.Apply(X);
        FiniteDifferences.Check(
            () => layer.Apply(X), [.. layer.Weights.Select(weight => (weight.Name, weight.Value))], new RandomState(2));
    }

    /// <summary>Adds up x xᵀ.</summary>
    private sealed class OuterProducts : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [2];

        public override IReadOnlyList<Shape> StateShapes => [[2, 2]];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var sum = states[0] + input.ExpandDims(2).MatMul(input.ExpandDims(1));
            return (sum.Sum(2), sum);
        }
    }

    private sealed class LearntStart : RNNCell
    {
        private Variable _start = null!;
        private Variable _weight = null!;

        public override IReadOnlyList<int> StateSize => [2];

        public override Tensors GetInitialState(int batchSize) => _start.Value.BroadcastTo(batchSize, 2);

        protected override void Build(Shape inputShape)
        {
            _start = AddWeight("start", [1, 2], new Constant(0.5));
            _weight = AddWeight("weight", [2], new Constant(0.7));
        }

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var h = (states[0] * _weight + input).Tanh();
            return (h, h);
        }
    }

    private sealed class Beginning : Layer
    {
        private readonly GRU _gru;
        private Variable _start = null!;

        public Beginning() => _gru = Track(new GRU(3));

        protected override void Build(Shape inputShape) => _start = AddWeight("start", [1, 3], new RandomNormal());

        protected override Tensor Call(Tensor input, bool training) => _gru.Apply(input, _start.Value.BroadcastTo(input.Shape[0], 3));
    }
}
