using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.LayerTests;

/// <summary>Shapes, errors and training of the small layers; their numbers are held by the goldens.</summary>
public class SmallLayerTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [2, 5, 3]);

    [Fact]
    public void Symbolic_shapes_are_those_of_the_data()
    {
        Layer[] layers =
        [
            new Permute([2, 1]), new AveragePooling1D(2), new GlobalAveragePooling1D(), new GlobalMaxPooling1D(keepdims: true), new BatchNormalization(),
            new LayerNormalization(), new SpatialDropout1D(0.5), new GaussianNoise(0.1), new ZeroPadding1D((1, 2)), new Cropping1D(1), new UpSampling1D(3),
            new Lambda(x => x.Sum(1)), new Masking(), new ReLU(), new LeakyReLU(), new ELU(), new PReLU(), new Softmax(), new Rescaling(2),
            new GaussianDropout(0.5), new ActivityRegularization(l2: 0.1),
        ];
        foreach (var layer in layers)
            Assert.Equal(layer.Apply(X).Shape.With(0, null), layer.Apply(new Input([5, 3])).Shape);
        Assert.Equal(Shape.Create([null, 4, 3]), new RepeatVector(4).Apply(new Input([3])).Shape);
    }

    [Fact]
    public void An_unknown_time_stays_unknown()
    {
        var input = new Input(Shape.Create([null, 3]));
        foreach (var layer in (Layer[])[new AveragePooling1D(), new ZeroPadding1D(), new Cropping1D(), new UpSampling1D()])
            Assert.Equal(Shape.Create([null, null, 3]), layer.Apply(input).Shape);
        Assert.Equal(Shape.Create([null, 3]), new GlobalAveragePooling1D().Apply(input).Shape);
    }

    [Fact]
    public void Errors_name_the_layer_and_the_argument()
    {
        Refused("r: n must be a positive whole number but is 0.", () => _ = new RepeatVector(0, name: "r"));
        Refused("p: dims (0, 1) must hold each number from 1 to 2 once; the batch axis stays.", () => _ = new Permute([0, 1], name: "p"));
        Refused("z: padding must not be negative but is (-1, 0).", () => _ = new ZeroPadding1D((-1, 0), name: "z"));
        Refused("c: cropping (3, 2) leaves nothing of 5 steps: (2, 5, 3). Use smaller numbers.", () => new Cropping1D((3, 2), name: "c").Apply(X));
        Refused("g: stddev must be from 0 to 1 but is 2.", () => _ = new GaussianNoise(2, name: "g"));
        Refused("r: maxValue must not be negative but is -1.", () => _ = new ReLU(-1, name: "r"));
        Refused("l: negativeSlope must not be negative but is -0.1.", () => _ = new LeakyReLU(-0.1, name: "l"));
        Refused("x: (2, 5, 3) has no axis 3 to go along.", () => new Softmax(3, name: "x").Apply(X));
        Refused("d: depthMultiplier must be a positive whole number but is 0.", () => _ = new DepthwiseConv1D(2, depthMultiplier: 0, name: "d"));
        Refused(
            "c: a window of 6 steps does not fit into 5 steps: (2, 5, 3). Use a smaller kernelSize, or padding: \"same\".",
            () => new SeparableConv1D(1, 6, name: "c").Apply(X));
        Assert.Throws<NotSupportedException>(() => _ = new SeparableConv1D(1, 2, strides: 2, dilationRate: 2));
        Refused("s takes 2 inputs but got 1.", () => new Subtract(name: "s").Apply(X));
        Refused("d: axis 0 of (2, 5, 3) cannot be summed along: it must be one after the batch axis.", () => new Dot(0, name: "d").Apply([X, X]));
        Refused(
            "d: axis 1 of (2, 5, 3) has 5 places and axis 2 of (2, 5, 3) has 3; they must be equal.",
            () => new Dot((1, 2), name: "d").Apply([X, X]));
        Refused("l is a function of one tensor but got 2. Lambda.OfSeveral makes one of several.", () => new Lambda(x => x, name: "l").Apply([X, X]));
    }

    [Fact]
    public void A_causal_SeparableConv1D_is_a_valid_one_after_zeros()
    {
        var causal = new SeparableConv1D(2, 3, padding: "causal");
        var valid = new SeparableConv1D(2, 3);
        causal.Apply(X);
        valid.Apply(X);
        valid.SetWeights(causal.GetWeights());
        Assert.Equal(valid.Apply(new ZeroPadding1D((2, 0)).Apply(X)).ToArray(), causal.Apply(X).ToArray());
    }

    [Fact]
    public void Separable_kernels_have_Keras_shapes_and_a_DepthwiseConv1D_is_their_first_step()
    {
        var separable = new SeparableConv1D(2, 3, depthMultiplier: 4, useBias: false);
        var depthwise = new DepthwiseConv1D(3, depthMultiplier: 4, useBias: false);
        Assert.Equal(Shape.Create([null, 3, 2]), separable.Apply(new Input([5, 3])).Shape);
        Assert.Equal(Shape.Create([null, 3, 12]), depthwise.Apply(new Input([5, 3])).Shape);
        Assert.Equal([Shape.Create([3, 3, 4]), Shape.Create([1, 12, 2])], separable.Weights.Select(weight => weight.Shape));
        depthwise.SetWeights([separable.GetWeights()[0]]);
        var mixed = depthwise.Apply(X).MatMul(separable.GetWeights()[1].Reshape(12, 2));
        Close.Assert(mixed, separable.Apply(X), 1e-6, "output");
    }

    [Fact]
    public void SpatialDropout1D_drops_a_feature_at_all_steps()
    {
        var y = new SpatialDropout1D(0.5, seed: 3).Apply(Tensor.Ones(4, 6, 8), training: true);
        for (var sample = 0; sample < 4; sample++)
            for (var step = 1; step < 6; step++)
                Assert.Equal(y[sample, 0].ToArray(), y[sample, step].ToArray());
        Assert.Equal([0f, 2f], y.ToArray().Distinct().Order());
    }

    [Fact]
    public void GaussianDropout_multiplies_with_noise_as_spread_as_that_of_Dropout()
    {
        var layer = new GaussianDropout(0.2, seed: 1);
        Assert.Equal(X.ToArray(), layer.Apply(X).ToArray());
        var noise = layer.Apply(Tensor.Ones(100, 100), training: true);
        var dropped = new Dropout(0.2, seed: 1).Apply(Tensor.Ones(100, 100), training: true);
        Assert.Equal(1, noise.Mean().Item(), 0.02);
        Assert.Equal((dropped - 1).Square().Mean().Sqrt().Item(), (noise - 1).Square().Mean().Sqrt().Item(), 0.02);
    }

    [Fact]
    public void Masks_go_through_the_layers_that_change_elements_alone()
    {
        Layer[] layers =
        [
            new ReLU(), new LeakyReLU(), new ELU(), new PReLU(), new Rescaling(2), new GaussianDropout(0.5), new ActivityRegularization(), new Dropout(0.5),
        ];
        var masked = X.WithMask(Tensor.Of([[1.0, 1, 0, 1, 1], [0, 1, 1, 0, 0]]));
        foreach (var layer in layers)
            Assert.Equal(masked.Mask!.ToArray(), layer.Apply(masked).Mask!.ToArray());
    }

    [Fact]
    public void A_mask_of_steps_does_not_fit_a_Softmax_of_features()
    {
        var error = Assert.Throws<ArgumentException>(() => new Softmax(name: "s").Apply(X.WithMask(Tensor.Ones(2, 5))));
        Assert.StartsWith("s: a mask of shape (2, 5) does not fit the input (2, 5, 3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PReLU_has_an_alpha_for_each_place_that_is_not_shared()
    {
        var each = new PReLU(name: "p");
        each.Apply(X);
        Assert.Equal(Shape.Create([5, 3]), each.Weights[0].Shape);
        Refused(
            "p has an alpha for each of 5 places of axis 1, but got (2, 1, 3). Give it such input, or make it with sharedAxes: [1].",
            () => each.Apply(Tensor.Ones(2, 1, 3)));
        var shared = new PReLU(sharedAxes: [1]);
        shared.Apply(new Input(Shape.Create([null, 3])));
        Assert.Equal(Shape.Create([1, 3]), shared.Weights[0].Shape);
        Refused(
            "u makes an alpha for each place of axis 1, but its length is unknown: (None, None, 3). Give it one, or use sharedAxes: [1].",
            () => new PReLU(name: "u").Apply(new Input(Shape.Create([null, 3]))));
        Refused("q: sharedAxes (0, 1) must be 1 or more; axis 0 is the batch.", () => _ = new PReLU(sharedAxes: [0, 1], name: "q"));
        Refused("r: sharedAxes holds 3, but (2, 5, 3) has axes 1 to 2 after the batch.", () => new PReLU(sharedAxes: [3], name: "r").Apply(X));
    }

    [Fact]
    public void Noise_is_added_in_training_alone()
    {
        var layer = new GaussianNoise(0.5, seed: 1);
        Assert.Equal(X.ToArray(), layer.Apply(X).ToArray());
        var noise = layer.Apply(Tensor.Zeros(100, 100), training: true);
        Assert.InRange(noise.Mean().Item(), -0.02f, 0.02f);
        Assert.InRange(noise.Square().Mean().Sqrt().Item(), 0.48f, 0.52f);
    }

    [Fact]
    public void LayerNormalization_along_another_axis_is_that_of_the_turned_input() => Close.Assert(
        new Permute([2, 1]).Apply(new LayerNormalization().Apply(new Permute([2, 1]).Apply(X))), new LayerNormalization(axis: 1).Apply(X), 1e-6, "axis 1");

    [Fact]
    public void A_frozen_BatchNormalization_does_not_move()
    {
        var layer = new BatchNormalization();
        layer.Apply(X);
        layer.Trainable = false;
        layer.Apply(X, training: true);
        Assert.Equal([0f, 0, 0], layer.Weights[2].Value.ToArray());
        layer.Trainable = true;
        Assert.Equal(2, layer.TrainableWeights.Count);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_moving_mean_as_it_was()
    {
        var model = new Sequential([new BatchNormalization(inputShape: [2]), new Dense(1)]);
        model.Compile(new SGD(), "mse");
        Assert.ThrowsAny<Exception>(() => model.TrainOnBatch(Tensor.Ones(2, 2), Tensor.Full([2, 1], double.NaN)));
        Assert.Equal([0f, 0], model.Layers[0].Weights[2].Value.ToArray());
    }

    [Fact]
    public void A_Lambda_may_take_and_give_several()
    {
        var both = Lambda.OfSeveral(all => new Tensor[] { all[0] + all[1], all[0] - all[1] });
        var (sum, difference) = both.ApplyAll([X, X]);
        Assert.Equal((X * 2).ToArray(), sum.ToArray());
        Assert.Equal(0, difference.Abs().Max().Item());
    }

    [Fact]
    public void A_Lambda_may_ask_whether_it_is_training()
    {
        var layer = new Lambda((x, training) => training ? x * 2 : x);
        Assert.Equal((X * 2).ToArray(), layer.Apply(X, training: true).ToArray());
        Assert.Equal(X.ToArray(), layer.Apply(X).ToArray());
    }

    [Fact]
    public void A_Lambda_hands_a_mask_on_where_it_says_how()
    {
        var masked = X.WithMask(Tensor.Ones(2, 5));
        Assert.Equal(Shape.Create([2, 4]), new Lambda(x => x[.., 1..], mask: (_, mask) => mask?[.., 1..]).Apply(masked).Mask!.Shape);
    }

    [Fact]
    public void An_encoder_and_a_decoder_are_built_of_RepeatVector()
    {
        var model = new Sequential([new GRU(4, inputShape: [5, 3]), new RepeatVector(5), new GRU(4, returnSequences: true), new TimeDistributed(new Dense(3))]);
        Assert.Equal(Shape.Create([2, 5, 3]), model.Predict(X).Shape);
    }

    private static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<ArgumentException>(action).Message);
}
