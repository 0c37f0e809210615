using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ToolTests;

/// <summary>Predictions from files.</summary>
public sealed class PredictionTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>Expected from the weights in float64 NumPy, for x[i] = sin(0.37 i).</summary>
    [Fact]
    public void A_published_model_predicts_what_was_computed_without_it()
    {
        var values = Enumerable.Range(0, 10).Select(i => FormattableString.Invariant($"{Math.Sin(0.37 * i)}"));
        var series = _bench.Text("series.csv", $"value\n{string.Join('\n', values)}\n");
        var result = Bench.Fine(Bench.Published("bi.keras"), "--predict", series);
        Assert.StartsWith("dense\n0.2196", result.Output, StringComparison.Ordinal);
        Near([0.21967289f, 0.56030414f], result.Numbers);
        Assert.Contains("series.csv, 10 rows after a header: each 5 consecutive rows are a sample (5, 1), 2 in all", result.Errors, StringComparison.Ordinal);
        Assert.Contains("predicted dense (2, 1)", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_of_an_older_file_are_rows()
    {
        var tokens = string.Join('\n', Enumerable.Range(0, 4).Select(row => string.Join(',', Enumerable.Range(0, 16).Select(i => (row * 16 + i) * 7 % 4))));
        var result = Bench.Fine(Bench.Published("dna.h5"), "--predict", _bench.Text("dna.csv", tokens));
        Assert.StartsWith("dense_1[0],dense_1[1],dense_1[2]\n", result.Output, StringComparison.Ordinal);
        Near([0.37892905f, 0.2460372f, 0.37503375f], result.Numbers[..3]);
    }

    [Fact]
    public void A_long_row_is_a_sample_and_short_rows_are_its_steps()
    {
        var (model, path) = _bench.Stack();
        var expected = model.Predict(Tensor.Arange(12).Reshape(2, 3, 2)).ToArray();
        Near(expected, Bench.Fine(path, "--predict", _bench.Text("rows.csv", "0,1,2,3,4,5\n6,7,8,9,10,11\n")).Numbers);
        Near(expected, Bench.Fine(path, "--predict", _bench.Text("steps.csv", "0,1\n2,3\n4,5\n6,7\n8,9\n10,11\n")).Numbers);
    }

    [Fact]
    public void A_model_of_sequences_of_any_length_takes_all_rows_as_one_or_each_as_one()
    {
        var (model, path) = _bench.Stack(time: null);
        var x = Tensor.Arange(8);
        Near(model.Predict(x.Reshape(1, 4, 2)).ToArray(), Bench.Fine(path, "--predict", _bench.Text("steps.csv", "0,1\n2,3\n4,5\n6,7\n")).Numbers);
        Near(model.Predict(x.Reshape(2, 2, 2)).ToArray(), Bench.Fine(path, "--predict", _bench.Text("rows.csv", "0,1,2,3\n4,5,6,7\n")).Numbers);
    }

    [Fact]
    public void Plain_features_are_rows()
    {
        var (model, path) = _bench.Plain();
        var result = Bench.Fine(path, "--predict", _bench.Text("x.csv", "a,b,c\n1,2,3\n-1,0.5,1e-3\n"));
        Near(model.Predict(Tensor.FromSpan([1, 2, 3, -1, 0.5f, 1e-3f], 2, 3)).ToArray(), result.Numbers);
        Assert.StartsWith("price\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_are_taken_as_they_are_and_one_sample_as_a_batch()
    {
        var (model, path) = _bench.Stack();
        var x = Tensor.Arange(12).Reshape(2, 3, 2);
        NpyFile.Save(_bench["x.npy"], x);
        NpyFile.Save(_bench["one.npy"], x[0]);
        NpzFile.Save(_bench["x.npz"], new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["anything"] = x });
        var expected = model.Predict(x).ToArray();
        Near(expected, Bench.Fine(path, "--predict", _bench["x.npy"]).Numbers);
        Near(expected, Bench.Fine(path, "--predict", _bench["x.npz"]).Numbers);
        var one = Bench.Fine(path, "--predict", _bench["one.npy"]);
        Near(expected[..2], one.Numbers);
        Assert.Contains("one.npy: (3, 2) is one sample, taken as a batch of 1", one.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_inputs_come_by_name_and_several_outputs_side_by_side()
    {
        var (model, path) = _bench.Branches();
        var (left, right) = (Tensor.Arange(4).Reshape(2, 2), Tensor.Arange(6).Reshape(2, 3));
        NpzFile.Save(_bench["x.npz"], new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["right"] = right, ["left"] = left, ["more"] = left });
        var result = Bench.Fine(path, "--predict", _bench["x.npz"]);
        var y = model.PredictAll([left, right]);
        var (joined, one) = (y[0].ToArray(), y[1].ToArray());
        Assert.StartsWith("joined[0],joined[1],one\n", result.Output, StringComparison.Ordinal);
        Near([joined[0], joined[1], one[0], joined[2], joined[3], one[1]], result.Numbers);
        Assert.Contains("more is no input of branches and not used", result.Errors, StringComparison.Ordinal);

        Bench.Fine(path, "--predict", _bench["x.npz"], "--output", _bench["y.npz"]);
        Assert.Equal(["joined", "one"], NpzFile.Load(_bench["y.npz"]).Keys, StringComparer.Ordinal);
        Bench.Refused(1, [path, "--predict", _bench["x.npz"], "--output", _bench["y.npy"]], "the model gives 2: joined, one", ".npz or .csv");
        Bench.Refused(1, [path, "--predict", _bench.Text("x.csv", "1,2\n")], "branches has 2 inputs: left (None, 2), right (None, 3)", ".npz");
        NpzFile.Save(_bench["half.npz"], new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["left"] = left });
        Bench.Refused(1, [path, "--predict", _bench["half.npz"]], "half.npz has no array right; it has left.", "right (None, 3)");
        Assert.DoesNotContain("y.npy", _bench.Files, StringComparer.Ordinal);
    }

    [Fact]
    public void Predictions_go_to_files_and_give_each_float_back()
    {
        var (model, path) = _bench.Stack();
        var x = (Tensor.Arange(12).Reshape(2, 3, 2) / 7) - 0.3f;
        NpyFile.Save(_bench["x.npy"], x);
        Assert.Empty(Bench.Fine(path, "--predict", _bench["x.npy"], "--output", _bench["y.csv"]).Output);
        Bench.Fine(path, "--predict", _bench["x.npy"], "--output", _bench["y.npy"]);
        Close.Assert(model.Predict(x), NpyFile.Load(_bench["y.npy"]), 0, "y.npy");
        Assert.Equal(model.Predict(x).ToArray(), Bench.Numbers(File.ReadAllText(_bench["y.csv"])));
    }

    [Fact]
    public void Quiet_leaves_the_notes_out_and_a_batch_size_changes_no_number()
    {
        var (_, path) = _bench.Plain();
        var x = _bench.Text("x.csv", "1,2,3\n4,5,6\n7,8,9\n");
        var result = Bench.Fine(path, "--predict", x, "--quiet", "--batch-size", "2");
        Assert.Empty(result.Errors);
        Near(Bench.Fine(path, "--predict", x).Numbers, result.Numbers);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused_with_what_would()
    {
        var (_, path) = _bench.Stack();
        var (_, plain) = _bench.Plain();
        var rows = _bench.Text("x.csv", "1,2\n3,4\n5,6\n7,8\n");
        Bench.Refused(1, [path, "--predict", rows], "x.csv has 4 rows", "takes 3 consecutive ones: add 2 or take 1 away");
        Bench.Refused(1, [path, "--predict", _bench.Text("x.csv", "1,2,3\n")], "x.csv has 3 columns", "(None, 3, 2)", "2 columns and 3 rows", "6 columns");
        Bench.Refused(1, [plain, "--predict", _bench.Text("x.csv", "1,2\n")], "x.csv has 2 columns", "Give each row 3 numbers");
        Bench.Refused(1, [_bench.Stack(time: null).Path, "--predict", _bench.Text("x.csv", "1,2,3\n")], "a row for each time step");
        _bench.Stack();
        NpyFile.Save(_bench["x.npy"], Tensor.Zeros(2, 3, 5));
        Bench.Refused(1, [path, "--predict", _bench["x.npy"]], "x.npy does not fit: ", "series expects shape (None, 3, 2) but got (2, 3, 5)");
        NpyFile.Save(_bench["x.npy"], Tensor.Zeros(0, 3, 2));
        Bench.Refused(1, [path, "--predict", _bench["x.npy"]], "x.npy has no samples");
        Bench.Refused(1, [path, "--predict", _bench["none.csv"]], "There is no file", "none.csv");
        Bench.Refused(1, [_bench.Unknown(), "--predict", _bench["x.npy"]], "Mystery");
    }

    private static void Near(float[] expected, float[] actual) =>
        Close.Assert(Tensor.Of(expected), Tensor.Of(actual), 1e-5f, "prediction");
}
