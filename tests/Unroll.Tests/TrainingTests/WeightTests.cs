using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.TrainingTests;

/// <summary>Weights of samples, of classes and of losses, and what Keras makes of them.</summary>
public class WeightTests
{
    private static readonly Tensor X = Tensor.Of([[1.0], [2], [3], [4]]);
    private static readonly Tensor Y = Tensor.Of([[0.0], [1], [1], [0]]);

    [Fact]
    public void The_weighted_losses_are_divided_by_their_number()
    {
        var model = Identity(weighted: ["mae"]);
        var result = model.Evaluate(X, Y, verbose: 0, sampleWeight: Tensor.Of([1.0, 0, 2, 0.5]));
        Assert.Equal((1 * 1 + 0 + 2 * 4 + 0.5 * 16) / 4, result[0], 1e-6);
        Assert.Equal((1 * 1 + 0 + 2 * 2 + 0.5 * 4) / 3.5, result[1], 1e-6);
    }

    [Fact]
    public void Metrics_without_weights_ignore_them()
    {
        var model = Identity(["mae"]);
        Assert.Equal(2, model.Evaluate(X, Y, verbose: 0, sampleWeight: Tensor.Of([1.0, 0, 2, 0.5]))[1], 1e-6);
    }

    [Fact]
    public void A_sample_that_weighs_nothing_teaches_nothing()
    {
        var (one, two) = (Identity(), Identity());
        one.TrainOnBatch(X, Y, sampleWeight: Tensor.Of([2.0, 2, 0, 0]));
        two.TrainOnBatch(X[..2], Y[..2]);
        Assert.Equal(two.GetWeights()[0].ToArray(), one.GetWeights()[0].ToArray());
    }

    [Fact]
    public void Weights_of_classes_are_weights_of_their_samples()
    {
        var (one, two) = (Identity(), Identity());
        var classes = new Dictionary<int, double> { [1] = 3 };
        Assert.Equal(
            one.TrainOnBatch(X, Y, sampleWeight: Tensor.Of([1.0, 3, 3, 1])), two.TrainOnBatch(X, Y, classWeight: classes));
        Assert.Equal(one.GetWeights()[0].ToArray(), two.GetWeights()[0].ToArray());
        var error = Assert.Throws<ArgumentException>(() => one.Fit(X, Y, sampleWeight: Y, classWeight: classes));
        Assert.Equal($"{one.Name}: give sampleWeight or classWeight, not both.", error.Message);
    }

    [Fact]
    public void One_hot_rows_have_classes_too() => Assert.Equal(
        [1f, 5, 1],
        Samples.OfClasses(Tensor.Eye(3), new Dictionary<int, double> { [1] = 5 }, "model").ToArray());

    [Fact]
    public void A_step_can_weigh_as_a_sample_does()
    {
        var loss = new MeanSquaredError();
        var (y, p) = (Tensor.Zeros(1, 2, 1), Tensor.Of([[[1.0], [3]]]));
        Assert.Equal((1 * 1 + 9 * 0.5) / 2, loss.Call(y, p, Tensor.Of([[1.0, 0.5]])).Item(), 1e-6);
        Assert.Equal(2 * (1 + 9) / 2.0, loss.Call(y, p, Tensor.Of([2.0])).Item(), 1e-6);
        var error = Assert.Throws<ArgumentException>(() => loss.Call(y, p, Tensor.Of([1.0, 2, 3])));
        Assert.Equal("meanSquaredError gives values of shape (1,); weights or a mask of shape (3,) do not fit them.", error.Message);
    }

    [Fact]
    public void A_mask_and_weights_work_together()
    {
        var p = Tensor.Of([[[1.0], [3], [5]]]).WithMask(Tensor.Of([[1.0, 1, 0]]));
        Assert.Equal((1 * 1 + 9 * 0.5) / 2, new MeanSquaredError().Call(Tensor.Zeros(1, 3, 1), p, Tensor.Of([[1.0, 0.5, 100]])).Item(), 1e-6);
    }

    [Fact]
    public void Losses_go_to_outputs_by_name_with_weights()
    {
        var model = TwoOutputs();
        model.Compile(
            new SGD(0),
            new Dictionary<string, Loss>(StringComparer.Ordinal) { ["b"] = "mae", ["a"] = "mse" },
            lossWeights: new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = 10 },
            metrics: new Dictionary<string, IReadOnlyList<Metric>>(StringComparer.Ordinal) { ["a"] = ["mae"] });
        var history = model.Fit(X, new Tensor[] { Y, Y }, verbose: 0);
        Assert.Equal(["loss", "a_loss", "b_loss", "a_mae"], history.Keys);
        Assert.Equal(history["a_loss"][0] + 10 * history["b_loss"][0], history["loss"][0], 1e-4);
        Assert.Equal((1 + 1 + 4 + 16) / 4.0, history["a_loss"][0], 1e-6);
        Assert.Equal(2, history["a_mae"][0], 1e-6);
    }

    [Fact]
    public void Weights_of_losses_can_be_a_list()
    {
        var model = TwoOutputs();
        model.Compile(new SGD(0), ["mse", "mae"], lossWeights: [0.5, 2]);
        var history = model.Fit(X, new Tensor[] { Y, Y }, verbose: 0);
        Assert.Equal(0.5 * history["a_loss"][0] + 2 * history["b_loss"][0], history["loss"][0], 1e-5);
    }

    [Fact]
    public void A_name_that_is_no_output_is_refused()
    {
        var model = TwoOutputs();
        model.Compile("sgd", new Dictionary<string, Loss>(StringComparer.Ordinal) { ["a"] = "mse" });
        Assert.Equal(
            "model: there is no loss for the output b. Compile got losses for a.",
            Assert.Throws<ArgumentException>(() => model.Fit(X, new Tensor[] { Y, Y })).Message);
        model.Compile("sgd", new Dictionary<string, Loss>(StringComparer.Ordinal) { ["a"] = "mse", ["b"] = "mse", ["c"] = "mse" });
        Assert.Equal(
            "model has no output c. Its outputs are a, b.",
            Assert.Throws<ArgumentException>(() => model.Fit(X, new Tensor[] { Y, Y })).Message);
    }

    [Fact]
    public void Validation_that_is_split_off_keeps_its_weights()
    {
        var model = Identity(rate: 0);
        var history = model.Fit(X, Y, verbose: 0, validationSplit: 0.5, sampleWeight: Tensor.Of([1.0, 1, 2, 0]), shuffle: false);
        Assert.Equal(2 * 4 / 2.0, history["val_loss"][0], 1e-6);
    }

    [Fact]
    public void A_class_that_is_not_there_is_refused_with_the_number_of_classes()
    {
        var loss = new SparseCategoricalCrossentropy();
        var error = Assert.Throws<ArgumentException>(() => loss.Call(Tensor.Of([3.0]), Tensor.Ones(1, 3)));
        Assert.Equal("sparseCategoricalCrossentropy: y holds 3, but a label is a whole number from 0 to 2: the last layer gives 3 classes.", error.Message);
        error = Assert.Throws<ArgumentException>(() => loss.Call(Tensor.Eye(3), Tensor.Ones(3, 3)));
        Assert.Contains("for one-hot rows use categoricalCrossentropy.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_ignored_does_not_count()
    {
        var loss = new SparseCategoricalCrossentropy(ignoreClass: -1);
        var p = Tensor.Of([[0.2, 0.8], [0.5, 0.5]]);
        Assert.Equal(-Math.Log(0.8), loss.Call(Tensor.Of([1.0, -1]), p).Item(), 1e-6);
    }

    private static Sequential Identity(IReadOnlyList<Metric>? metrics = null, IReadOnlyList<Metric>? weighted = null, double rate = 0.01)
    {
        var model = new Sequential([new Dense(1, kernelInitializer: new Constant(1), inputShape: [1])]);
        model.Compile(new SGD(rate), "mse", metrics: metrics, weightedMetrics: weighted);
        return model;
    }

    private static Model TwoOutputs()
    {
        Backend.ClearSession();
        var input = new Input([1]);
        return new Model(
            input,
            [new Dense(1, kernelInitializer: new Constant(1), name: "a").Apply(input), new Dense(1, kernelInitializer: new Constant(2), name: "b").Apply(input)]);
    }
}
