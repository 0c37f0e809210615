using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.LayerTests;

/// <summary>Where masks come from, where they go, where they end, and what they do to a loss.</summary>
[Collection(nameof(OneByOne))]
public class MaskingTests
{
    private static readonly Tensor Mask = Tensor.Of([[1.0, 1, 0], [0, 1, 1]]);
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [2, 3, 4]);

    [Fact]
    public void Masking_masks_steps_of_one_value_and_sets_them_to_zero()
    {
        var x = Tensor.Of([[[7.0, 7], [7, 1], [0, 0]]]);
        var y = new Masking(maskValue: 7).Apply(x);
        Assert.Equal([0f, 1, 1], y.Mask!.ToArray());
        Assert.Equal([0f, 0, 7, 1, 0, 0], y.ToArray());
    }

    [Fact]
    public void Embedding_masks_zero_if_asked_to()
    {
        var ids = Tensor.Of([[3.0, 1, 0]]);
        Assert.Equal([1f, 1, 0], new Embedding(4, 2, maskZero: true).Apply(ids).Mask!.ToArray());
        Assert.Null(new Embedding(4, 2).Apply(ids).Mask);
    }

    [Fact]
    public void A_number_that_the_table_does_not_hold_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => new Embedding(4, 2, name: "words").Apply(Tensor.Of([[1.0, 4]])));
        Assert.Equal("words expects whole numbers from 0 to 3 but got 4, element 1 of (1, 2). Make it with inputDim: 5 or more.", error.Message);
        Assert.Contains("but got 0.5", Assert.Throws<ArgumentException>(() => new Embedding(4, 2).Apply(Tensor.Of([[0.5]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_work_on_each_step_hand_the_mask_on()
    {
        Layer[] layers =
        [
            new Dense(2), new Activation("relu"), new Dropout(0.5), new LSTM(2, returnSequences: true), new GRU(2, returnSequences: true),
            new RNN(new SimpleRNNCell(2), returnSequences: true),
            new Bidirectional(new LSTM(2, returnSequences: true)), new TimeDistributed(new Dense(2)),
        ];
        foreach (var layer in layers)
            Assert.Equal(Mask.ToArray(), layer.Apply(X.WithMask(Mask)).Mask?.ToArray());
    }

    [Fact]
    public void A_last_output_and_states_have_no_mask()
    {
        var (output, h, c) = new LSTM(2, returnSequences: true, returnState: true).ApplyAll(X.WithMask(Mask));
        Assert.NotNull(output.Mask);
        Assert.Null(h.Mask);
        Assert.Null(c.Mask);
        Assert.Null(new LSTM(2).Apply(X.WithMask(Mask)).Mask);
    }

    [Fact]
    public void Padding_changes_nothing()
    {
        var gru = new GRU(5);
        var padded = Tensor.Concat([X, Tensor.Zeros(2, 6, 4)], axis: 1);
        Close.Assert(gru.Apply(X), gru.Apply(new Masking().Apply(padded)), 1e-6, "padded after");
        var before = Tensor.Concat([Tensor.Zeros(2, 6, 4), X], axis: 1);
        Close.Assert(gru.Apply(X), gru.Apply(new Masking().Apply(before)), 1e-6, "padded before");
    }

    [Fact]
    public void Padding_changes_nothing_in_a_bidirectional_layer()
    {
        var both = new Bidirectional(new LSTM(3));
        var padded = Tensor.Concat([X, Tensor.Zeros(2, 6, 4)], axis: 1);
        Close.Assert(both.Apply(X), both.Apply(new Masking().Apply(padded)), 1e-6, "padded after");
    }

    [Fact]
    public void A_stateful_layer_keeps_the_state_of_the_last_step_that_counts()
    {
        var lstm = new LSTM(3, stateful: true);
        lstm.Apply(X);
        var kept = lstm.States!;
        lstm.ResetStates();
        lstm.Apply(new Masking().Apply(Tensor.Concat([X, Tensor.Zeros(2, 2, 4)], axis: 1)));
        Close.Assert(kept, lstm.States!, 1e-6, "states");
    }

    [Fact]
    public void A_cell_of_your_own_is_masked_too()
    {
        var sums = new RNN(new RunningSum(), returnSequences: true);
        var y = sums.Apply(Tensor.Of([[[1.0], [2], [4], [8]]]).WithMask(Tensor.Of([[0.0, 1, 0, 1]])));
        Assert.Equal([0f, 2, 2, 10], y.ToArray());
    }

    [Fact]
    public void A_layer_that_does_not_support_masking_says_so_once()
    {
        using var warnings = new StringWriter();
        Backend.Warnings = warnings;
        var flatten = new Flatten(name: "flat");
        Assert.Null(flatten.Apply(X.WithMask(Mask)).Mask);
        flatten.Apply(X.WithMask(Mask));
        Assert.Equal(
            "Warning: flat (Flatten) was passed an input with a mask, but it does not support masking: later layers will not see the mask, " +
            "and the loss will count every step." + Environment.NewLine,
            warnings.ToString());
    }

    [Fact]
    public void A_layer_of_your_own_may_support_masking()
    {
        Assert.NotNull(new Doubled().Apply(X.WithMask(Mask)).Mask);
        Assert.Equal([1f, 0, 0], new Shifted().Apply(X[1..2].WithMask(Mask[1..2])).Mask!.ToArray());
    }

    [Fact]
    public void A_mask_of_another_shape_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new LSTM(2, name: "l").Apply(X.WithMask(Tensor.Ones(2, 4))));
        Assert.Equal("l: the mask has shape (2, 4), but the input (2, 3, 4) needs one of shape (2, 3): one number for each step of each sample.", error.Message);
    }

    [Fact]
    public void Merged_steps_count_where_one_of_them_does()
    {
        var other = Tensor.Of([[0.0, 0, 1], [0, 0, 0]]);
        Assert.Equal([1f, 1, 1, 0, 1, 1], new Add().Apply([X.WithMask(Mask), X.WithMask(other)]).Mask!.ToArray());
        Assert.Null(new Add().Apply([X.WithMask(Mask), X]).Mask);
        Assert.Equal([1f, 1, 1, 0, 1, 1], new Concatenate().Apply([X.WithMask(Mask), X.WithMask(other)]).Mask!.ToArray());
        Assert.Equal(
            [1f, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1],
            new Concatenate(axis: 1).Apply([X.WithMask(Mask), X]).Mask!.ToArray());
    }

    [Fact]
    public void Masks_go_through_models_within_models()
    {
        var inner = new Sequential([new Embedding(5, 3, maskZero: true, inputShape: [3]), new Dropout(0.1)]);
        var lstm = new LSTM(2, returnSequences: true);
        var model = new Sequential([inner, lstm]);
        var ids = Tensor.Of([[1.0, 2, 0]]);
        Assert.Equal([1f, 1, 0], model.Apply(ids).Mask!.ToArray());
        Close.Assert(lstm.Apply(inner.Apply(ids)), model.Apply(ids), 0, "model");
    }

    /// <summary>Keras 3: the sum of the losses that count, divided by their number.</summary>
    [Fact]
    public void The_loss_and_the_metrics_leave_masked_steps_out()
    {
        var model = new Sequential([new Masking(inputShape: [3, 1]), new Dense(1, kernelInitializer: new Constant(1), useBias: false)]);
        model.Compile(new SGD(), "mse", metrics: ["mae"]);
        var x = Tensor.Of([[[1.0], [2], [0]], [[0], [3], [0]]]);
        var y = Tensor.Zeros(2, 3, 1) + 1;
        var result = model.Evaluate(x, y, verbose: 0);
        Assert.Equal((0 + 1 + 4) / 3f, result[0], 5);
        Assert.Equal((0 + 1 + 2) / 3f, result[1], 5);
    }

    [Fact]
    public void Training_moves_by_the_steps_that_count()
    {
        var model = new Sequential([new Masking(inputShape: [2, 1]), new Dense(1, kernelInitializer: new Constant(1), useBias: false)]);
        model.Compile(new SGD(0.1f), "mse");
        model.TrainOnBatch(Tensor.Of([[[2.0], [0]]]), Tensor.Of([[[0.0], [5]]]));

        // The slope of (2w - 0)² at w = 1 is 8; the masked step, whose target is 5, has no part in it.
        Assert.Equal(1 - 0.1f * 8, model.Weights[0].Value.Item(), 5);
    }

    private sealed class RunningSum : RNNCell
    {
        public override IReadOnlyList<int> StateSize => [1];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) =>
            (states[0] + input, [states[0] + input]);
    }

    private sealed class Doubled : Layer
    {
        public Doubled() => SupportsMasking = true;

        protected override Tensor Call(Tensor input, bool training) => input * 2;
    }

    private sealed class Shifted : Layer
    {
        protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask) => [1 - previousMask[0]!];

        protected override Tensor Call(Tensor input, bool training) => input;
    }
}
