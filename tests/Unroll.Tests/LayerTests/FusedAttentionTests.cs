using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Attention in one kernel, where nobody asks for its shares, equals attention by operations.</summary>
[Collection(nameof(OneByOne))]
public class FusedAttentionTests
{
    // Of the output, the gradients of three inputs, and those of the weights: query and key, each kernel and bias.
    private const int KeyBias = 7;

    [Theory]
    [InlineData(1, 1, 1, 1, 3, null)]
    [InlineData(2, 3, 7, 5, 4, 6)]
    [InlineData(5, 4, 33, 40, 16, null)]
    [InlineData(3, 2, 100, 90, 32, 20)]
    public void Output_and_gradients_are_those_of_the_operations(int batch, int heads, int queries, int keys, int keyDim, int? valueDim)
    {
        Backend.SetRandomSeed(1);
        var (fused, apart) = (new MultiHeadAttention(heads, keyDim, valueDim), new MultiHeadAttention(heads, keyDim, valueDim));
        var query = new RandomState(1).Normal(0, 1, [batch, queries, 9]);
        var value = new RandomState(2).Normal(0, 1, [batch, keys, 8]);
        var key = new RandomState(3).Normal(0, 1, [batch, keys, 7]);
        fused.EnsureBuilt([query.Shape, value.Shape, key.Shape], from: null);
        apart.EnsureBuilt([query.Shape, value.Shape, key.Shape], from: null);
        apart.SetWeights([.. fused.Weights.Select((weight, i) => new RandomState(i).Normal(0, 0.5, [.. weight.Shape]))]);
        fused.SetWeights(apart.GetWeights());
        var before = Backend.Threads;
        try
        {
            Backend.Threads = 1;
            var expected = Run(apart, nested: true);
            var one = Run(fused, nested: false);
            for (var i = 0; i < expected.Length; i++)
            {
                // A bias of the keys moves all scores of a query alike and changes nothing: its gradient is what rounding leaves of a sum to 0.
                Close.Assert([expected[i]], [one[i]], i == KeyBias ? 1e-3 : 2e-5, $"result {i}");
            }

            Backend.Threads = 3;
            foreach (var (alone, shared) in one.Zip(Run(fused, nested: false)))
                Assert.Equal(alone.ToArray(), shared.ToArray());
            Close.Assert([expected[0]], [fused.Apply([query, value, key])], 2e-6, "inference");
        }
        finally
        {
            Backend.Threads = before;
        }

        Tensor[] Run(MultiHeadAttention layer, bool nested)
        {
            // Beside another tape the layer keeps to operations, which have second derivatives.
            using var outer = nested ? new GradientTape() : null;
            using var tape = new GradientTape();
            foreach (var input in (Tensor[])[query, value, key])
                tape.Watch(input);
            var y = layer.Apply([query, value, key]);
            return [y, .. tape.Gradient((y * y).Sum(), [query, value, key, .. layer.Weights.Select(weight => weight.Value)]).Select(gradient => gradient!)];
        }
    }
}
