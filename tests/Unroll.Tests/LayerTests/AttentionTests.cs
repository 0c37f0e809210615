using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.LayerTests;

/// <summary>Shapes, errors, masks and training of the attention layers; their numbers are held by the goldens.</summary>
public class AttentionTests
{
    private static readonly Tensor Query = new RandomState(1).Normal(0, 1, [2, 3, 4]);
    private static readonly Tensor Value = new RandomState(2).Normal(0, 1, [2, 5, 4]);

    [Fact]
    public void Symbolic_shapes_are_those_of_the_data()
    {
        foreach (var layer in (Layer[])[
            new Attention(returnAttentionScores: true), new AdditiveAttention(returnAttentionScores: true),
            new MultiHeadAttention(2, 3, outputShape: 6, returnAttentionScores: true)])
        {
            var found = layer.ApplyAll([Query, Value]);
            var symbolic = layer.ApplyAll([new Input([3, 4]), new Input([5, 4])]);
            Assert.Equal(found.Select(tensor => tensor.Shape.With(0, null)), symbolic.Select(tensor => tensor.Shape));
        }
    }

    [Fact]
    public void Masked_steps_are_not_looked_at()
    {
        var mask = Tensor.Of([[1.0, 1, 1, 0, 0], [1, 1, 1, 0, 0]]);
        var other = Tensor.Where(mask.ExpandDims(2), Value, 9);
        foreach (var layer in (Layer[])[new Attention(), new AdditiveAttention(), new MultiHeadAttention(2, 3)])
            Close.Assert(layer.Apply([Query, Value.WithMask(mask)]), layer.Apply([Query, other.WithMask(mask)]), 1e-6, layer.Name);
    }

    [Fact]
    public void The_output_bears_the_mask_of_the_queries()
    {
        var mask = Tensor.Of([[1.0, 1, 0], [1, 0, 0]]);
        foreach (var layer in (Layer[])[new Attention(), new AdditiveAttention(), new MultiHeadAttention(2, 3)])
            Assert.Equal(mask.ToArray(), layer.Apply([Query.WithMask(mask), Value]).Mask!.ToArray());
    }

    [Fact]
    public void A_causal_look_sees_nothing_that_comes_later()
    {
        var later = Tensor.Concat([Value[.., ..3], Value[.., 3..] * 5], axis: 1);
        foreach (var layer in (Layer[])[new Attention(useCausalMask: true), new MultiHeadAttention(2, 3, useCausalMask: true)])
            Close.Assert(layer.Apply([Value, Value])[.., ..3], layer.Apply([later, later])[.., ..3], 1e-6, layer.Name);
    }

    [Fact]
    public void Errors_name_the_inputs()
    {
        Refused("a takes [query, value] or [query, value, key] but got one tensor.", () => new Attention(name: "a").Apply(Query));
        Refused(
            "m takes [query, value] or [query, value, key] but got one tensor. Self-attention is a call on [x, x].",
            () => new MultiHeadAttention(1, 1, name: "m").Apply(Query));
        Refused(
            "a: query (2, 3, 4) and key (2, 5, 3) must have the same last axis. Without a key, the value is the key: give [query, value, key].",
            () => new Attention(name: "a").Apply([Query, Tensor.Zeros(2, 5, 3)]));
        Refused(
            "a: value (2, 5, 4) and key (2, 6, 4) must have as many steps.",
            () => new Attention(name: "a").Apply([Query, Value, Tensor.Zeros(2, 6, 4)]));
    }

    [Fact]
    public void An_encoder_and_a_decoder_look_back()
    {
        var source = new Input([6, 3]);
        var (sequence, state) = new GRU(16, returnSequences: true, returnState: true).ApplyAll(source);
        var decoded = new GRU(16, returnSequences: true).Apply(new RepeatVector(6).Apply(state), initialState: state);
        var looked = new Attention().Apply([decoded, sequence]);
        var output = new TimeDistributed(new Dense(3)).Apply(new Concatenate().Apply([decoded, looked]));
        var model = new Model(source, output);
        model.Compile(new Adam(0.01f), "mse");
        var x = new RandomState(3).Normal(0, 1, [32, 6, 3]);
        var history = model.Fit(x, x.Flip(1), epochs: 60, verbose: 0);
        Assert.True(history["loss"][^1] < 0.6 * history["loss"][0]);
    }

    private static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);
}
