using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.TrainingTests;

/// <summary>An optimizer's state leaves and comes back; training goes on from it bit for bit.</summary>
public class OptimizerStateTests
{
    public static TheoryData<string> Names => ["sgd", "rmsprop", "adam", "adamw", "adagrad", "adadelta", "adamax", "nadam"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_goes_on_where_it_stopped(string name)
    {
        var x = new RandomState(1).Normal(0, 1, [8, 4, 2]);
        var y = x.Sum(2).Sum(1, keepDims: true);
        var (one, two) = (Compiled(name), Compiled(name));
        two.SetWeights(one.GetWeights());
        for (var step = 0; step < 3; step++)
            one.TrainOnBatch(x, y);

        two.SetWeights(one.GetWeights());
        two.Optimizer.SetWeights(one.Optimizer.GetWeights(), two.TrainableWeights);
        Assert.Equal(3, two.Optimizer.Iterations);
        for (var step = 0; step < 3; step++)
            Assert.Equal(one.TrainOnBatch(x, y), two.TrainOnBatch(x, y));
        foreach (var (a, b) in one.GetWeights().Zip(two.GetWeights()))
            Assert.Equal(a.ToArray(), b.ToArray());
    }

    [Fact]
    public void The_order_is_Keras()
    {
        var model = Compiled("adam");
        model.TrainOnBatch(Tensor.Ones(1, 4, 2), Tensor.Ones(1, 1));
        var shapes = model.Optimizer.GetWeights().Select(weight => weight.Shape.ToString());
        var expected = model.TrainableWeights.SelectMany(weight => new[] { weight.Shape.ToString(), weight.Shape.ToString() });
        Assert.Equal(expected.Prepend("()"), shapes, StringComparer.Ordinal);
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused()
    {
        var (one, two) = (Compiled("adam"), Compiled("adadelta"));
        one.TrainOnBatch(Tensor.Ones(1, 4, 2), Tensor.Ones(1, 1));
        var few = Assert.Throws<ArgumentException>(() => new SGD(momentum: 0.9).SetWeights(one.Optimizer.GetWeights(), one.TrainableWeights));
        Assert.Equal("SGD keeps 1 tensor for each of 5 variables, 5 in all, but 10 came.", few.Message);
        var wrong = one.Optimizer.GetWeights().Reverse().ToList();
        wrong.Insert(0, wrong[^1]);
        var shape = Assert.Throws<ArgumentException>(() => two.Optimizer.SetWeights([.. wrong.Take(11)], two.TrainableWeights));
        Assert.Equal($"Adadelta: square of {two.TrainableWeights[0].Name} has shape (2, 12), but (1,) came.", shape.Message);
        Assert.Equal(0, two.Optimizer.Iterations);
    }

    [Fact]
    public void A_learning_rate_can_be_set_unless_a_schedule_decides()
    {
        var adam = new Adam(0.01) { LearningRate = 0.5 };
        Assert.Equal(0.5, adam.LearningRate);
        var sgd = new SGD(new CosineDecay(0.1, decaySteps: 10));
        Assert.Equal(0.1, sgd.LearningRate);
        var error = Assert.Throws<InvalidOperationException>(() => sgd.LearningRate = 1);
        Assert.Equal("The learning rate follows a schedule, CosineDecay, and cannot be set. Make the optimizer with a number to change it.", error.Message);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        AssertError("Gradients can be clipped in one way: give clipNorm, clipValue or globalClipNorm.", () => new SGD(clipNorm: 1, clipValue: 1));
        AssertError("clipNorm must be positive but is 0.", () => new Adam(clipNorm: 0));
        AssertError("weightDecay must not be negative but is -0.1.", () => new Adam(weightDecay: -0.1));
        AssertError("learningRate must not be negative but is -1.", () => new Nadam(-1));
        AssertError("2 boundaries need 3 values, but 2 came.", () => new PiecewiseConstantDecay([1, 2], [0.1, 0.2]));
        AssertError("Boundaries must rise, but 2 comes after 2.", () => new PiecewiseConstantDecay([2, 2], [0.1, 0.2, 0.3]));
        AssertError("warmupSteps needs a warmupTarget, to which the rate rises.", () => new CosineDecay(0.1, 10, warmupSteps: 5));
        AssertError("decaySteps must be positive but is 0.", () => new ExponentialDecay(0.1, 0, 0.5));
    }

    [Fact]
    public void What_is_excluded_does_not_decay()
    {
        var (kernel, bias) = (new Variable(Tensor.Ones(1), "kernel"), new Variable(Tensor.Ones(1), "bias"));
        var sgd = new SGD(0.5, weightDecay: 0.5);
        sgd.ExcludeFromWeightDecay([bias]);
        sgd.ApplyGradients([Tensor.Zeros(1), Tensor.Zeros(1)], [kernel, bias]);
        Assert.Equal(0.75f, kernel.Value.Item());
        Assert.Equal(1f, bias.Value.Item());
    }

    private static Sequential Compiled(string optimizer)
    {
        var model = new Sequential();
        model.Add(new LSTM(3, inputShape: [4, 2]));
        model.Add(new Dense(1));
        model.Compile(optimizer, "mse");
        return model;
    }

    private static void AssertError(string message, Func<object> make) => Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);
}
