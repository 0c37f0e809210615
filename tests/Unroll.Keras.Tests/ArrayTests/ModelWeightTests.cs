using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>Weights of models by their paths, in safetensors and npz.</summary>
public class ModelWeightTests
{
    public static TheoryData<string> Kinds => ["safetensors", "npz"];

    [Fact]
    public void Paths_are_those_of_Keras_3()
    {
        var x = new Input([6, 3]);
        var look = new MultiHeadAttention(2, 3, useBias: false);
        var y = new Bidirectional(new LSTM(4, returnSequences: true)).Apply(x);
        y = new RNN([new GRUCell(4), new SimpleRNNCell(4, useBias: false)], returnSequences: true).Apply(y);
        y = new TimeDistributed(new Dense(2, useBias: false)).Apply(look.Apply([y, y]));
        var model = new Model(x, new BatchNormalization(name: "norm").Apply(y));
        Assert.Equal(
            [
                "bidirectional/forward_lstm/lstm_cell/kernel",
                "bidirectional/forward_lstm/lstm_cell/recurrent_kernel",
                "bidirectional/forward_lstm/lstm_cell/bias",
                "bidirectional/backward_lstm/lstm_cell/kernel",
                "bidirectional/backward_lstm/lstm_cell/recurrent_kernel",
                "bidirectional/backward_lstm/lstm_cell/bias",
                "rnn/stacked_rnn_cells/gru_cell/kernel",
                "rnn/stacked_rnn_cells/gru_cell/recurrent_kernel",
                "rnn/stacked_rnn_cells/gru_cell/bias",
                "rnn/stacked_rnn_cells/simple_rnn_cell/kernel",
                "rnn/stacked_rnn_cells/simple_rnn_cell/recurrent_kernel",
                "multi_head_attention/query/kernel",
                "multi_head_attention/key/kernel",
                "multi_head_attention/value/kernel",
                "multi_head_attention/attention_output/kernel",
                "time_distributed/dense/kernel",
                "norm/gamma",
                "norm/beta",
                "norm/moving_mean",
                "norm/moving_variance",
            ],
            Saved(model).Keys,
            StringComparer.Ordinal);
    }

    [Fact]
    public void A_shared_weight_is_there_once_and_equal_names_in_two_models_are_apart()
    {
        var shared = new Dense(3, name: "same");
        var left = new Sequential([new Dense(3, inputShape: [3], name: "same")], name: "left");
        var x = new Input([3]);
        var model = new Model(x, new Add().Apply([shared.Apply(shared.Apply(x)), left.Apply(x)]));
        Assert.Equal(["same/kernel", "same/bias", "left/same/kernel", "left/same/bias"], Saved(model).Keys, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_saved_comes_back_into_a_model_of_the_same_layers(string kind) => Samples.WithPath($"weights.{kind}", path =>
    {
        var (model, other) = (Made(4), Made(4));
        Save(kind, model, path);
        Load(kind, other, path);
        Close.Assert(model.GetWeights(), other.GetWeights(), 0, "weights");
        var x = new RandomState(2).Normal(0, 1, [2, 6, 3]);
        Close.Assert(model.Predict(x), other.Predict(x), 0, "prediction");
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_that_differs_is_said_and_nothing_is_changed(string kind) => Samples.WithPath($"weights.{kind}", path =>
    {
        Save(kind, Made(4), path);
        var x = new Input([6, 3]);
        var other = new Model(x, new Dense(2, name: "other").Apply(new LSTM(5, name: "lstm").Apply(x)), name: "net");
        var before = other.GetWeights();
        var error = Assert.Throws<InvalidDataException>(() => Load(kind, other, path));
        Assert.Equal(
            $"""
            weights.{kind} does not fit net, which stays as it was. Weights that differ, 7 in all:
              layer  weight                           expected  found
              lstm   lstm/lstm_cell/kernel            (3, 20)   (3, 16)
              lstm   lstm/lstm_cell/recurrent_kernel  (5, 20)   (4, 16)
              lstm   lstm/lstm_cell/bias              (20,)     (16,)
              other  other/kernel                     (5, 2)    nothing
              other  other/bias                       (2,)      nothing
                     dense/kernel                     nothing   (4, 2)
                     dense/bias                       nothing   (2,)
            """,
            error.Message);
        Close.Assert(before, other.GetWeights(), 0, "weights");
    });

    [Fact]
    public void A_model_without_weights_yet_says_so()
    {
        var model = new Sequential([new LSTM(4)]);
        var error = Assert.Throws<InvalidOperationException>(() => SafetensorsFile.SaveWeights(model, "never"));
        Assert.Contains("has no weights yet, so SaveWeights cannot answer", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<InvalidOperationException>(() => NpzFile.LoadWeights(model, "never"));
        Assert.Contains("has no weights yet, so LoadWeights cannot answer", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("never"));
    }

    [Fact]
    public void Two_weights_of_one_path_are_refused()
    {
        var model = new Twins();
        model.Apply(Tensor.Ones(1, 2));
        var error = Assert.Throws<ArgumentException>(() => Saved(model));
        Assert.Equal("twins has two weights called twin/kernel. Give the layers, or the weights of twin, different names.", error.Message);
    }

    private static IReadOnlyDictionary<string, Tensor> Saved(Model model)
    {
        IReadOnlyDictionary<string, Tensor> saved = null!;
        Samples.WithPath("weights", path =>
        {
            SafetensorsFile.SaveWeights(model, path);
            saved = SafetensorsFile.Load(path);
        });
        return saved;
    }

    private static Sequential Made(int units) => new([new LSTM(units, inputShape: [6, 3], name: "lstm"), new Dense(2, name: "dense")]);

    private static void Save(string kind, Model model, string path)
    {
        if (kind == "npz")
            NpzFile.SaveWeights(model, path);
        else
            SafetensorsFile.SaveWeights(model, path);
    }

    private static void Load(string kind, Model model, string path)
    {
        if (kind == "npz")
            NpzFile.LoadWeights(model, path);
        else
            SafetensorsFile.LoadWeights(model, path);
    }

    private sealed class Twins : Model
    {
        private readonly Dense _first;
        private readonly Dense _second;

        public Twins()
            : base("twins")
        {
            _first = Track(new Dense(2, name: "twin"));
            _second = Track(new Dense(2, name: "twin"));
        }

        protected override Tensor Call(Tensor input, bool training) => _second.Apply(_first.Apply(input));
    }
}
