using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.LayerTests;

/// <summary>Shapes and errors of the layers of pictures; their numbers are held by the goldens.</summary>
public class Conv2DTests
{
    [Fact]
    public void A_film_goes_through_a_CNN_and_an_LSTM()
    {
        var model = new Sequential(
        [
            new TimeDistributed(new Conv2D(4, 3, activation: "relu"), inputShape: [5, 8, 8, 1]), new TimeDistributed(new MaxPooling2D()),
            new TimeDistributed(new Flatten()), new LSTM(6), new Dense(1),
        ]);
        Assert.Equal(Shape.Create([2, 1]), model.Predict(new RandomState(1).Normal(0, 1, [2, 5, 8, 8, 1])).Shape);
        Assert.Equal(Shape.Create([null, 5, 3, 3, 4]), model.Layers[1].ComputeOutputShape(Shape.Create([null, 5, 6, 6, 4])));
    }

    [Fact]
    public void Symbolic_shapes_are_those_of_the_data()
    {
        var x = new RandomState(1).Normal(0, 1, [2, 5, 6, 3]);
        Layer[] layers =
        [
            new AveragePooling2D(), new AveragePooling2D(3, strides: 2, padding: "same"), new GlobalAveragePooling2D(), new GlobalMaxPooling2D(keepdims: true),
            new ZeroPadding2D((1, 2)), new UpSampling2D((2, 3)), new SpatialDropout2D(0.5),
        ];
        foreach (var layer in layers)
        {
            Assert.Equal(layer.Apply(x).Shape.With(0, null), layer.Apply(new Input([5, 6, 3])).Shape);
            Assert.Equal(layer.Apply(x).Rank, layer.Apply(new Input(Shape.Create([null, null, 3]))).Shape.Rank);
        }
    }

    [Fact]
    public void SpatialDropout2D_drops_a_channel_of_the_whole_picture()
    {
        var y = new SpatialDropout2D(0.5, seed: 3).Apply(Tensor.Ones(4, 2, 3, 8), training: true);
        for (var sample = 0; sample < 4; sample++)
            for (var pixel = 1; pixel < 6; pixel++)
                Assert.Equal(y[sample, 0, 0].ToArray(), y[sample, pixel / 3, pixel % 3].ToArray());
        Assert.Equal([0f, 2f], y.ToArray().Distinct().Order());
    }

    [Fact]
    public void Padding_is_given_for_all_sides_for_two_or_for_each()
    {
        Assert.Equal(new ZeroPadding2D(((1, 1), (1, 1))).Padding, new ZeroPadding2D().Padding);
        Assert.Equal(new ZeroPadding2D(((2, 2), (2, 2))).Padding, new ZeroPadding2D(2).Padding);
        Assert.Equal(new ZeroPadding2D(((1, 1), (2, 2))).Padding, new ZeroPadding2D((1, 2)).Padding);
        Assert.Equal("((0, 1), (2, 3))", new ZeroPadding2D(((0, 1), (2, 3))).Padding.ToString());
    }

    [Fact]
    public void Unknown_sizes_stay_unknown() =>
        Assert.Equal(Shape.Create([null, null, null, 2]), new Conv2D(2, 3).Apply(new Input(Shape.Create([null, null, 1]))).Shape);

    [Fact]
    public void Errors_name_the_layer_and_the_argument()
    {
        Refused("c: kernelSize must be positive whole numbers but is (0, 2).", () => _ = new Conv2D(1, (0, 2), name: "c"));
        Refused("z: padding must not be negative but is (0, -1).", () => _ = new ZeroPadding2D(((1, 1), (0, -1)), name: "z"));
        Assert.Equal(
            "u: interpolation \"bilinear\" is not there; \"nearest\" is.",
            Assert.Throws<NotSupportedException>(() => _ = new UpSampling2D(interpolation: "bilinear", name: "u")).Message);
        Refused("m: padding must be \"valid\" or \"same\", not \"causal\".", () => _ = new MaxPooling2D(padding: "causal", name: "m"));
        Refused(
            "c: a window of (3, 3) does not fit into 2 rows and 5 columns: (1, 2, 5, 1). Use a smaller kernelSize, or padding: \"same\".",
            () => new Conv2D(1, 3, name: "c").Apply(Tensor.Zeros(1, 2, 5, 1)));
        Assert.Contains(
            "c expects 4 axes (batch, rows, columns, channels) but got (2, 3, 4)",
            Assert.Throws<ArgumentException>(() => new Conv2D(1, 1, name: "c").Apply(Tensor.Zeros(2, 3, 4))).Message,
            StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => _ = new Conv2D(1, 2, strides: 2, dilationRate: 2));
    }

    private static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);
}
