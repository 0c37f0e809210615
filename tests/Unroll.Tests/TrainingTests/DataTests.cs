using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.TrainingTests;

/// <summary>Making data ready: windows, padding, classes, scales.</summary>
public class DataTests
{
    [Fact]
    public void Windows_are_Keras()
    {
        // timeseries_dataset_from_array(arange(20), arange(20) * 10, sequence_length=3, sequence_stride=2, sampling_rate=2,
        // batch_size=3, start_index=1, end_index=16): Keras 3.16 gives these.
        var series = Tensor.Arange(20);
        var data = new TimeseriesDataset(series, series * 10, 3, sequenceStride: 2, samplingRate: 2, batchSize: 3, startIndex: 1, endIndex: 16);
        Assert.Equal((2, 6), (data.Count, data.Windows));
        var batches = data.ToList();
        Assert.Equal([1f, 3, 5, 3, 5, 7, 5, 7, 9], batches[0].X[0].ToArray());
        Assert.Equal([10f, 30, 50], batches[0].Y[0].ToArray());
        Assert.Equal([7f, 9, 11, 9, 11, 13, 11, 13, 15], batches[1].X[0].ToArray());
        Assert.Equal([70f, 90, 110], batches[1].Y[0].ToArray());
    }

    [Fact]
    public void Windows_keep_the_axes_of_the_series_and_come_in_another_order()
    {
        var series = Tensor.Arange(24).Reshape(12, 2);
        var data = new TimeseriesDataset(series, series[3..], 3, batchSize: 20, shuffle: true, seed: 3);
        var (x, y) = data.Single();
        Assert.Equal([9, 3, 2], (int[])[.. (ReadOnlySpan<int>)x[0].Shape]);
        for (var i = 0; i < 9; i++)
            Assert.Equal((x[0][i, 2] + 2).ToArray(), y[0][i].ToArray());
        Assert.NotEqual(x[0][.., 0, 0].ToArray(), x[0][.., 0, 0].ToArray().Order());
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 2f * i), x[0][.., 0, 0].ToArray().Order());
    }

    [Fact]
    public void A_series_that_is_too_short_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new TimeseriesDataset(Tensor.Arange(5), Tensor.Arange(5), 6));
        Assert.Equal("No window of 6 steps, 1 apart, fits into steps 0 to 5 with a target.", error.Message);
        Assert.Throws<ArgumentException>(() => new TimeseriesDataset(Tensor.Arange(5), Tensor.Arange(5), 0));
        Assert.Throws<ArgumentException>(() => new TimeseriesDataset(Tensor.Arange(5), Tensor.Arange(5), 2, endIndex: 6));
    }

    [Fact]
    public void A_model_trains_on_windows_as_on_the_tensors_they_stand_for()
    {
        var series = new RandomState(1).Normal(0, 1, [30, 1]);
        var data = new TimeseriesDataset(series, series[4..], 4, batchSize: 8);
        var x = Tensor.Stack([.. Enumerable.Range(0, 26).Select(start => series[start..(start + 4)])]);
        var (one, two) = (Compiled(), Compiled());
        two.SetWeights(one.GetWeights());
        var windows = one.Fit(data, epochs: 3, verbose: 0, validationData: data);
        var tensors = two.Fit(x, series[4..], batchSize: 8, epochs: 3, verbose: 0, shuffle: false, validationData: (x, series[4..]));
        Assert.Equal(tensors["loss"], windows["loss"]);
        Assert.Equal(tensors["val_loss"], windows["val_loss"]);
        Assert.Equal(two.Evaluate(x, series[4..], batchSize: 8, verbose: 0), one.Evaluate(data, verbose: 0));
    }

    [Fact]
    public void An_epoch_of_some_steps_goes_on_where_the_last_one_ended()
    {
        var seen = new List<float>();
        IEnumerable<(Tensors, Tensors)> Endless()
        {
            for (var i = 0; i < 5; i++)
            {
                seen.Add(i);
                yield return (Tensor.Ones(1, 4, 1), Tensor.Ones(1, 1));
            }
        }

        var history = Compiled().Fit(Endless(), epochs: 3, stepsPerEpoch: 4, verbose: 0);
        Assert.Equal(3, history["loss"].Count);
        Assert.Equal([0f, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1], seen);
        Assert.Equal("sequential: there are no batches.", Assert.Throws<ArgumentException>(() => Compiled().Fit(Array.Empty<(Tensors, Tensors)>(), verbose: 0)).Message);
    }

    [Fact]
    public void The_bar_of_batches_whose_number_is_unknown_ends_full()
    {
        var output = new StringWriter();
        IEnumerable<(Tensors, Tensors)> batches = Enumerable.Range(0, 3).Where(i => i >= 0).Select(_ => ((Tensors)Tensor.Ones(1, 4, 1), (Tensors)Tensor.Ones(1, 1)));
        Compiled().Fit(batches, output: output);
        Assert.Contains("3/3 [==============================]", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_are_padded_and_cut_as_by_Keras()
    {
        int[][] sequences = [[1], [2, 3], [4, 5, 6]];
        Assert.Equal([0f, 0, 1, 0, 2, 3, 4, 5, 6], Utils.PadSequences(sequences).ToArray());
        Assert.Equal([-1f, 1, 2, 3, 5, 6], Utils.PadSequences(sequences, maxlen: 2, value: -1).ToArray());
        Assert.Equal([1f, 0, 2, 3, 4, 5], Utils.PadSequences(sequences, maxlen: 2, padding: "post", truncating: "post").ToArray());
        Assert.Equal([0.5f, 0], Utils.PadSequences([[0.5f]], maxlen: 2, padding: "post").ToArray());
        var error = Assert.Throws<ArgumentException>(() => Utils.PadSequences(sequences, padding: "left"));
        Assert.Equal("PadSequences: padding must be \"pre\" or \"post\" but is \"left\".", error.Message);
    }

    [Fact]
    public void Classes_become_rows_with_a_one()
    {
        Assert.Equal([0f, 1, 1, 0], Utils.ToCategorical(Tensor.Of([1.0, 0])).ToArray());
        Assert.Equal([1, 2, 3], (int[])[.. (ReadOnlySpan<int>)Utils.ToCategorical(Tensor.Of([[1.0, 0]]), numClasses: 3).Shape]);
        Assert.Equal([2, 2], (int[])[.. (ReadOnlySpan<int>)Utils.ToCategorical(Tensor.Of([[1.0], [0]])).Shape]);
        var error = Assert.Throws<ArgumentException>(() => Utils.ToCategorical(Tensor.Of([2.0]), numClasses: 2));
        Assert.Equal("ToCategorical: 2 is not the number of a class: of 2, they are 0 to 1.", error.Message);
    }

    [Fact]
    public void Features_are_brought_to_mean_0_and_variance_1_and_back()
    {
        var x = Tensor.Of([[1.0, 10], [2, 10], [3, 10]]);
        var scale = new Normalization();
        scale.Adapt(x);
        var scaled = scale.Apply(x);
        var root = MathF.Sqrt(1.5f);
        Close([-root, 0, 0, 0, root, 0], scaled);
        var back = new Normalization(invert: true, mean: Tensor.Of([2.0, 10]), variance: Tensor.Of([2 / 3.0, 0]));
        Close(x.ToArray(), back.Apply(scaled));
        Assert.Empty(scale.TrainableWeights);
    }

    [Fact]
    public void One_mean_of_all_numbers_and_means_of_another_axis()
    {
        var x = new RandomState(2).Normal(3, 2, [50, 4, 2]);
        var one = new Normalization(axis: null);
        one.Adapt(x);
        Assert.Equal(0, one.Apply(x).Mean().Item(), 1e-5);
        var steps = new Normalization(axis: 1);
        steps.Adapt(x);
        Assert.Equal([4], (int[])[.. (ReadOnlySpan<int>)steps.Weights[0].Shape]);
        Close(new float[4], steps.Apply(x).Mean(2).Mean(0));
        var error = Assert.Throws<ArgumentException>(() => steps.Adapt(Tensor.Ones(2, 5, 2)));
        Assert.Contains("has 4 means, but the data have 5 features", error.Message, StringComparison.Ordinal);
    }

    private static void Close(float[] expected, Tensor actual)
    {
        foreach (var (a, b) in expected.Zip(actual.ToArray()))
            Assert.Equal(a, b, 1e-5f);
    }

    private static Sequential Compiled()
    {
        Backend.ClearSession();
        Backend.SetRandomSeed(5);
        var model = new Sequential();
        model.Add(new LSTM(3, inputShape: [4, 1]));
        model.Add(new Dense(1));
        model.Compile("sgd", "mse");
        return model;
    }
}
