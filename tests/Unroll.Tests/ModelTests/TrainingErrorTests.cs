using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.ModelTests;

public class TrainingErrorTests
{
    private static readonly Tensor X = Tensor.Ones(6, 3);
    private static readonly Tensor Y = Tensor.Ones(6, 1);

    public TrainingErrorTests() => Backend.ClearSession();

    [Fact]
    public void Training_before_Compile()
    {
        var model = new Sequential([new Dense(1)]);
        Impossible("sequential is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before Fit.", () => model.Fit(X, Y));
        Impossible("sequential is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before Evaluate.", () => model.Evaluate(X, Y));
        Impossible("sequential is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before TrainOnBatch.", () => model.TrainOnBatch(X, Y));
        Impossible("sequential is not compiled. Call model.Compile(optimizer: \"adam\", loss: \"mse\") before Optimizer.", () => model.Optimizer);
    }

    [Fact]
    public void A_loss_that_becomes_NaN_or_infinite_stops_Fit()
    {
        var model = Compiled();
        var bad = X.Copy();
        bad.Span[12] = float.NaN;
        Impossible(
            "sequential: the loss became NaN in epoch 1, batch 3 of 3. Look for NaN or huge numbers in x and y, or lower the learning rate.",
            () => model.Fit(bad, Y, batchSize: 2, shuffle: false, verbose: 0));

        var fast = Compiled(new SGD(1e20f));
        Impossible(
            "sequential_1: the loss became infinite in epoch 2, batch 1 of 1. Look for NaN or huge numbers in x and y, or lower the learning rate.",
            () => fast.Fit(X, Y + 1, epochs: 9, verbose: 0));
    }

    [Fact]
    public void Data_that_do_not_fit_each_other()
    {
        var model = Compiled();
        Refused("sequential: x has 6 samples (6, 3) but another tensor has 5: (5, 1).", () => model.Fit(X, Y[..5]));
        Refused("sequential: there are no samples: (0, 3).", () => model.Fit(X[..0], Y[..0]));
        Refused("sequential: a number without axes came; the first axis must be the batch.", () => model.Fit(X, Tensor.Of(1)));
        Refused(
            "meanSquaredError: y has shape (6,) but the model gives (6, 1). Reshape y, or change the last layer.",
            () => model.Fit(X, Tensor.Ones(6), verbose: 0, shuffle: false));
        Refused("sequential gives 1 outputs but y holds 2.", () => model.Fit(X, [Y, Y], verbose: 0));
        Refused("sequential: x has 6 samples (6, 3) but another tensor has 2: (2, 1).", () => model.Fit(X, Y, validationData: (X, Y[..2])));
        Refused("sequential: there is no input.", () => model.Fit([], []));
    }

    [Fact]
    public void Numbers_that_cannot_work()
    {
        var model = Compiled();
        Refused("sequential: batchSize must be a positive whole number but is 0.", () => model.Fit(X, Y, batchSize: 0));
        Refused("sequential: batchSize must be a positive whole number but is -1.", () => model.Predict(X, batchSize: -1));
        Refused("sequential: epochs must be a positive whole number but is 0.", () => model.Fit(X, Y, epochs: 0));
        Refused("sequential: validationSplit must be at least 0 and below 1 but is 1.5.", () => model.Fit(X, Y, validationSplit: 1.5f));
        Refused(
            "sequential: validationSplit 0.9 of 6 samples leaves none to train or none to validate with.",
            () => model.Fit(X, Y, validationSplit: 0.9));
        Refused("sequential: verbose must be 0, 1 or 2 but is 3.", () => model.Fit(X, Y, verbose: 3));
        Refused("sequential: verbose must be 0, 1 or 2 but is -1.", () => model.Evaluate(X, Y, verbose: -1));
    }

    [Fact]
    public void Losses_that_do_not_match_the_outputs()
    {
        var input = new Input([3]);
        var model = new Model(input, [new Dense(1).Apply(input), new Dense(1).Apply(input), new Dense(1).Apply(input)]);
        model.Compile("sgd", ["mse", "mae"]);
        Refused("model gives 3 outputs but was compiled with 2 losses.", () => model.Fit(X, [Y, Y, Y], verbose: 0));
        Assert.Equal("model: Compile needs a loss. (Parameter 'loss')", Assert.Throws<ArgumentException>(() => model.Compile("sgd", (Loss[])[])).Message);
    }

    [Fact]
    public void Gradients_that_do_not_match_the_variables()
    {
        var optimizer = new SGD();
        Variable weight = new(Tensor.Zeros(2), "w");
        Refused("0 gradients came for 1 variables.", () => optimizer.ApplyGradients([], [weight]));
        Refused("No gradient came for any of w.", () => optimizer.ApplyGradients([null], [weight]));
        Refused("w has shape (2,) but its gradient has (3,).", () => optimizer.ApplyGradients([Tensor.Zeros(3)], [weight]));
    }

    private static Sequential Compiled(Optimizer? optimizer = null)
    {
        var model = new Sequential([new Dense(1, inputShape: [3])]);
        model.Compile(optimizer ?? "sgd", "mse");
        return model;
    }

    private static void Refused(string message, Action call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    private static void Impossible(string message, Func<object> call) => Assert.Equal(message, Assert.ThrowsAny<InvalidOperationException>(call).Message);
}
