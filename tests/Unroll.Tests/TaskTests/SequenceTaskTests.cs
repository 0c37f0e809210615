using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.TaskTests;

/// <summary>Tasks as people set them, each with few lines of a user's code: what must be learned is learned.</summary>
public class SequenceTaskTests
{
    /// <summary>
    /// Series G of Box and Jenkins, Time Series Analysis (1970): thousands of passengers a month, 1949 to 1960.
    /// </summary>
    private static readonly double[] Passengers =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    public SequenceTaskTests()
    {
        Backend.ClearSession();
        Backend.SetRandomSeed(1);
    }

    /// <summary>The change from month to month, from the twelve before; the last three years are not trained on.</summary>
    [Fact]
    public void Airline_passengers_are_forecast_better_than_by_no_change()
    {
        var logs = Tensor.Of(Passengers).Log();
        var changes = ((logs[1..] - logs[..^1]) * 5).Reshape(-1, 1);
        var train = new TimeseriesDataset(changes, changes[12..], 12, batchSize: 16, shuffle: true, endIndex: 107);
        var model = new Sequential([new LSTM(12, inputShape: [12, 1]), new Dense(1)]);
        model.Compile(new Adam(0.01), "mse");
        model.Fit(train, epochs: 60, verbose: 0);

        var test = new TimeseriesDataset(changes, changes[12..], 12, batchSize: 200, startIndex: 95);
        var squares = changes[107..].Square().Mean().Item();
        Assert.InRange(model.Evaluate(test, verbose: 0)[0], 0, squares / 4);
    }

    /// <summary>Hochreiter and Schmidhuber's: of two marked numbers among twenty, the sum.</summary>
    [Fact]
    public void The_two_marked_numbers_are_added()
    {
        var random = new RandomState(3);
        var numbers = random.Uniform(0, 1, [600, 20, 1]);
        var (first, second) = (random.RandInt(0, 10, [600]), random.RandInt(10, 20, [600]));
        var marks = Utils.ToCategorical(first, 20) + Utils.ToCategorical(second, 20);
        var x = Tensor.Concat([numbers, marks.ExpandDims(-1)], axis: -1);
        var y = (numbers * marks.ExpandDims(-1)).Sum(1);

        var model = new Sequential([new GRU(16, inputShape: [20, 2]), new Dense(1)]);
        model.Compile(new Adam(0.02, clipNorm: 1), "mse");
        model.Fit(x[..500], y[..500], epochs: 60, verbose: 0);

        // Whoever says 1 each time is wrong by 1/6.
        Assert.InRange(model.Evaluate(x[500..], y[500..], verbose: 0)[0], 0, 0.02);
    }

    [Fact]
    public void Training_on_three_waves_stops_early_with_the_best_weights()
    {
        var t = Tensor.Arange(300);
        var series = (Sine(t, 0.3) + Sine(t, 0.11) + Sine(t, 0.05)).Reshape(-1, 1) + new RandomState(5).Normal(0, 0.1, [300, 1]);
        var train = new TimeseriesDataset(series, series[20..], 20, batchSize: 32, endIndex: 220);
        var validation = new TimeseriesDataset(series, series[20..], 20, startIndex: 200);
        var model = new Sequential([new LSTM(8, inputShape: [20, 1]), new Dense(1)]);
        model.Compile(new Adam(0.02), "mse");
        var stop = new EarlyStopping(patience: 5, restoreBestWeights: true);
        var history = model.Fit(train, epochs: 200, verbose: 0, validationData: validation, callbacks: [stop]);

        Assert.InRange(stop.StoppedEpoch, 10, 150);
        Assert.Equal(history["val_loss"].Min(), model.Evaluate(validation, verbose: 0)[0], 1e-6);
        Assert.InRange(history["val_loss"].Min(), 0, 0.1);
    }

    private static Tensor Sine(Tensor t, double frequency) =>
        Tensor.FromSpan([.. t.ToArray().Select(step => MathF.Sin(step * (float)frequency))], t.Size);
}
