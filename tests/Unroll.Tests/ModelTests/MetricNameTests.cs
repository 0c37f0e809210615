using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.ModelTests;

/// <summary>Metrics are known by Keras' names, and History has them under Keras' names.</summary>
public class MetricNameTests
{
    [Theory]
    [InlineData("acc", "acc")]
    [InlineData("accuracy", "accuracy")]
    [InlineData("mse", "mse")]
    [InlineData("MSE", "mse")]
    [InlineData("mae", "mae")]
    [InlineData("mean_squared_error", "mean_squared_error")]
    [InlineData("meanSquaredError", "mean_squared_error")]
    [InlineData("MeanSquaredError", "mean_squared_error")]
    [InlineData("mean_absolute_error", "mean_absolute_error")]
    [InlineData("meanAbsoluteError", "mean_absolute_error")]
    [InlineData("binary_accuracy", "binary_accuracy")]
    [InlineData("binaryAccuracy", "binary_accuracy")]
    [InlineData("categorical_accuracy", "categorical_accuracy")]
    [InlineData("categoricalAccuracy", "categorical_accuracy")]
    [InlineData("binary_crossentropy", "binary_crossentropy")]
    [InlineData("binaryCrossentropy", "binary_crossentropy")]
    [InlineData("categorical_crossentropy", "categorical_crossentropy")]
    public void A_name_and_its_key(string name, string key)
    {
        var model = new Sequential([new Dense(2, "softmax", inputShape: [3])]);
        model.Compile("sgd", "mse", metrics: [name]);
        Tensor x = Tensor.Ones(4, 3), y = Tensor.Of([[1, 0], [1, 0], [0, 1], [1, 0]]);
        var history = model.Fit(x, y, verbose: 0, validationData: (x, y));
        Assert.Equal(["loss", key, "val_loss", $"val_{key}"], history.Keys);
        Assert.Single(history[name]);
        Assert.Equal(history[key], history[name]);
    }

    [Fact]
    public void Their_numbers()
    {
        Tensor truth = Tensor.Of([[1], [0], [1], [1]]), guess = Tensor.Of([[0.9], [0.2], [0.4], [0.6]]);
        Assert.Equal(0.75f, Metric.FromString("acc").Call(truth, guess));
        Assert.Equal(0.75f, Metric.FromString("binary_accuracy").Call(truth, guess));
        Assert.Equal(0.75f, Metric.FromString("accuracy").Call(truth.Reshape(4), guess.Reshape(4)));
        Assert.Equal(new MeanSquaredError().Call(truth, guess).Item(), Metric.FromString("mean_squared_error").Call(truth, guess));
        Assert.Equal(new MeanAbsoluteError().Call(truth, guess).Item(), Metric.FromString("mean_absolute_error").Call(truth, guess));
        Assert.Equal(new BinaryCrossentropy().Call(truth, guess).Item(), Metric.FromString("binary_crossentropy").Call(truth, guess));
        Tensor classes = Tensor.Of([[1, 0], [0, 1]]), shares = Tensor.Of([[0.3, 0.7], [0.2, 0.8]]);
        Assert.Equal(0.5f, Metric.FromString("categorical_accuracy").Call(classes, shares));
        Assert.Equal(0.5f, Metric.FromString("acc").Call(classes, shares));
        Assert.Equal(0.5f, Metric.FromString("binary_accuracy").Call(classes, shares));
        Assert.Equal(new CategoricalCrossentropy().Call(classes, shares).Item(), Metric.FromString("categorical_crossentropy").Call(classes, shares));
    }
}
