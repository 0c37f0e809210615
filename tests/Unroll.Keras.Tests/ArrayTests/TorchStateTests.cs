using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>State dicts of PyTorch in models of ours: the outputs are torch's. Data/make_torch.py made them.</summary>
public class TorchStateTests
{
    private static readonly Dictionary<string, Func<Layer[]>> Nets = new(StringComparer.Ordinal)
    {
        ["bilstm"] = () => [new Bidirectional(new LSTM(4, returnSequences: true)), new Bidirectional(new LSTM(4, returnSequences: true)), new Dense(2)],
        ["gru"] = () => [new GRU(5), new Dense(1)],
        ["rnn"] = () => [new SimpleRNN(4, activation: "relu"), new Dense(2)],
        ["embedding"] = () => [new Embedding(10, 4), new LSTM(5), new Dense(3)],
        ["conv"] = () =>
        [
            new Conv1D(6, 3), new LSTM(4, useBias: false), new LayerNormalization(epsilon: 1e-5), new BatchNormalization(epsilon: 1e-5),
            .. Enumerable.Range(0, 11).Select(_ => new Dense(4)), new Dense(1),
        ],
    };

    public static TheoryData<string> Names => [.. Nets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_with_torchs_weights_gives_torchs_outputs(string name)
    {
        var (model, x, y) = Made(name);
        var report = TorchStateDict.Load(model, Samples.Of($"torch_{name}.safetensors"));
        Close.Assert(y, model.Predict(x), 1e-5, name);
        Assert.Equal(model.Weights.Count, report.Matches.Count);
        Assert.Empty(report.LeftInModel);
    }

    [Fact]
    public void Cells_of_one_layer_take_the_layers_of_one_module()
    {
        var state = Random(("rnn.weight_ih_l0", [16, 3]), ("rnn.weight_hh_l0", [16, 4]), ("rnn.bias_ih_l0", [16]), ("rnn.bias_hh_l0", [16]),
            ("rnn.weight_ih_l1", [20, 4]), ("rnn.weight_hh_l1", [20, 5]), ("rnn.bias_ih_l1", [20]), ("rnn.bias_hh_l1", [20]));
        var stacked = Built([6, 3], new RNN([new LSTMCell(4), new LSTMCell(5)]));
        var apart = Built([6, 3], new LSTM(4, returnSequences: true), new LSTM(5));
        TorchStateDict.Load(stacked, state);
        TorchStateDict.Load(apart, state);
        var x = new RandomState(1).Normal(0, 1, [2, 6, 3]);
        Close.Assert(apart.Predict(x), stacked.Predict(x), 1e-6, "both ways");
    }

    [Fact]
    public void The_report_is_a_table_of_what_was_done()
    {
        var (model, _, _) = Made("gru");
        Assert.Equal(
            """
              torch                            shape    weight                         shape
              gru.weight_ih_l0                 (15, 3)  gru/gru_cell/kernel            (3, 15)  transposed, gates r, z, n as z, r, h
              gru.weight_hh_l0                 (15, 5)  gru/gru_cell/recurrent_kernel  (5, 15)  transposed, gates r, z, n as z, r, h
              gru.bias_ih_l0 + gru.bias_hh_l0  (15,)    gru/gru_cell/bias              (2, 15)  a row each, gates r, z, n as z, r, h
              fc.weight                        (1, 5)   dense/kernel                   (5, 1)   transposed
              fc.bias                          (1,)     dense/bias                     (1,)
            """,
            TorchStateDict.Load(model, Samples.Of("torch_gru.safetensors")).ToString());
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_nothing_is_changed()
    {
        var model = Built([6, 3], new GRU(5, resetAfter: false), new Dense(2));
        var before = model.GetWeights();
        var error = Assert.Throws<InvalidDataException>(() => TorchStateDict.Load(model, Samples.Of("torch_gru.safetensors")));
        Assert.Equal(
            """
            torch_gru.safetensors does not fit sequential, which stays as it was.
              torch             shape    weight                         shape
              gru.weight_ih_l0  (15, 3)  -                                       no free layer fits its module
              gru.weight_hh_l0  (15, 5)  -                                       no free layer fits its module
              gru.bias_ih_l0    (15,)    -                                       no free layer fits its module
              gru.bias_hh_l0    (15,)    -                                       no free layer fits its module
              fc.weight         (1, 5)   -                                       no free layer fits its module
              fc.bias           (1,)     -                                       no free layer fits its module
              -                          gru/gru_cell/kernel            (3, 15)  its resetAfter is false; torch's GRU has the other equations
              -                          gru/gru_cell/recurrent_kernel  (5, 15)  its resetAfter is false; torch's GRU has the other equations
              -                          gru/gru_cell/bias              (15,)    its resetAfter is false; torch's GRU has the other equations
              -                          dense/kernel                   (5, 2)   no module with weight (2, 5) fits its layer
              -                          dense/bias                     (2,)     no module with bias (2,) fits its layer
            """,
            error.Message);
        Close.Assert(before, model.GetWeights(), 0, "weights");
    }

    [Fact]
    public void What_is_not_said_in_a_state_dict_is_said()
    {
        var model = Built([4], new LayerNormalization(), new BatchNormalization());
        var state = Random(
            ("a.weight", [4]), ("a.bias", [4]),
            ("b.weight", [4]), ("b.bias", [4]), ("b.running_mean", [4]), ("b.running_var", [4]), ("b.num_batches_tracked", []));
        var report = TorchStateDict.Load(model, state);
        Assert.Equal(
            [
                "layer_normalization: epsilon is not in a state dict. The layer has 0.001; torch's default is 1e-5.",
                "batch_normalization: epsilon is not in a state dict. The layer has 0.001; torch's default is 1e-5.",
            ],
            report.Notes,
            StringComparer.Ordinal);
        Assert.Equal(("b.num_batches_tracked", "ignored: it counts batches"), report.LeftInFile.Select(one => (one.Torch, one.How)).Single());
    }

    [Fact]
    public void A_map_says_where_equal_modules_go()
    {
        var model = Built([4], new Dense(4, name: "first"), new Dense(4, name: "second"));
        var state = Random(("a.weight", [4, 4]), ("a.bias", [4]), ("b.weight", [4, 4]), ("b.bias", [4]));
        var guessed = TorchStateDict.Load(model, state);
        Samples.Same(state["a.bias"], model.GetLayer("first").GetWeights()[1]);
        Assert.Equal(["Several layers fit, and the first free one was taken, in order: a. A map says it otherwise."], guessed.Notes, StringComparer.Ordinal);
        var mapped = TorchStateDict.Load(model, state, new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "second" });
        Samples.Same(state["a.bias"], model.GetLayer("second").GetWeights()[1]);
        Samples.Same(state["b.bias"], model.GetLayer("first").GetWeights()[1]);
        Assert.Empty(mapped.Notes);
    }

    [Fact]
    public void Equal_names_go_before_the_order()
    {
        var model = Built([4], new Dense(4, name: "first"), new Dense(4, name: "second"));
        var state = Random(("second.weight", [4, 4]), ("second.bias", [4]), ("net.first.weight", [4, 4]), ("net.first.bias", [4]));
        TorchStateDict.Load(model, state);
        Samples.Same(state["second.bias"], model.GetLayer("second").GetWeights()[1]);
        Samples.Same(state["net.first.bias"], model.GetLayer("first").GetWeights()[1]);
    }

    [Fact]
    public void A_map_that_names_nothing_is_refused()
    {
        var model = Built([4], new Dense(4, name: "first"));
        var state = Random(("a.weight", [4, 4]), ("a.bias", [4]));
        Assert.Equal("The map names a module b, but the file has none. It has a.", Refused("b", "first"));
        Assert.Equal("The map names a layer other, but the model has none that a module could fill. It has first.", Refused("a", "other"));

        string Refused(string module, string layer) => Assert.Throws<ArgumentException>(
            () => TorchStateDict.Load(model, state, new Dictionary<string, string>(StringComparer.Ordinal) { [module] = layer })).Message;
    }

    [Fact]
    public void What_is_left_over_is_only_reported_where_that_is_asked_for()
    {
        var model = Built([4], new Dense(4, name: "body"), new Dense(2, name: "head"));
        var state = Random(("body.weight", [4, 4]), ("body.bias", [4]), ("old_head.weight", [7, 4]), ("old_head.bias", [7]));
        Assert.Throws<InvalidDataException>(() => TorchStateDict.Load(model, state));
        var report = TorchStateDict.Load(model, state, strict: false);
        Samples.Same(state["body.bias"], model.GetLayer("body").GetWeights()[1]);
        Assert.Equal(["old_head.weight", "old_head.bias"], report.LeftInFile.Select(one => one.Torch), StringComparer.Ordinal);
        Assert.Equal(["head/kernel", "head/bias"], report.LeftInModel.Select(one => one.Weight), StringComparer.Ordinal);
    }

    [Fact]
    public void Layers_within_layers_and_pictures_are_found()
    {
        var within = Built([5], new Dense(3));
        var model = Built(
            [4, 8, 8, 2], new TimeDistributed(new Conv2D(3, (2, 4))), new Reshape([4, 105]), new TimeDistributed(new Dense(5)), new TimeDistributed(within));
        var state = Random(("c.weight", [3, 2, 2, 4]), ("c.bias", [3]), ("d.weight", [5, 105]), ("d.bias", [5]), ("e.weight", [3, 5]), ("e.bias", [3]));
        Assert.Equal(6, TorchStateDict.Load(model, state).Matches.Count);
        var kernel = model.Weights[0].Value;
        Assert.Equal(state["c.weight"][2, 1, 0, 3].Item(), kernel[0, 3, 1, 2].Item());
    }

    [Theory]
    [InlineData("tanh", "rnn: tanh or relu is not in a state dict. The layer has tanh.")]
    [InlineData("relu", "rnn: tanh or relu is not in a state dict. The layer has relu.")]
    public void The_function_of_a_simple_network_is_the_layers_own(string activation, string note)
    {
        var state = Random(("rnn.weight_ih_l0", [4, 3]), ("rnn.weight_hh_l0", [4, 4]), ("rnn.bias_ih_l0", [4]), ("rnn.bias_hh_l0", [4]));
        Assert.Equal([note], TorchStateDict.Load(Built([6, 3], new SimpleRNN(4, activation: activation, name: "rnn")), state).Notes, StringComparer.Ordinal);
    }

    private static (Sequential Model, Tensor X, Tensor Y) Made(string name)
    {
        var run = SafetensorsFile.Load(Samples.Of($"torch_{name}_run.safetensors"));
        var (x, y) = (run["x"], run["y"]);
        return (Built(x.Shape.From(1), Nets[name]()), x, y);
    }

    private static Sequential Built(Shape inputShape, params Layer[] layers)
    {
        var model = new Sequential();
        model.Add(new Input(inputShape));
        foreach (var layer in layers)
            model.Add(layer);
        return model;
    }

    private static Dictionary<string, Tensor> Random(params (string Name, int[] Shape)[] tensors)
    {
        var random = new RandomState(7);
        return tensors.ToDictionary(one => one.Name, one => random.Normal(0, 0.5, one.Shape), StringComparer.Ordinal);
    }
}
