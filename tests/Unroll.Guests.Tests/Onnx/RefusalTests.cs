using Unroll.Guests.Tests.Support;
using Unroll.Keras;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>What ONNX cannot hold is refused by the name of the layer, before there is a file.</summary>
public class RefusalTests
{
    [Fact]
    public void Refusals_name_the_layer_and_what_to_do()
    {
        var mish = new ActivationFunction("mish", x => x * x.Softplus().Tanh());
        Refused(
            "twice (Lambda): a function in C# cannot be written as ONNX. Write it with Ops and operators on symbolic tensors, whose operations are known.",
            new Lambda(x => x * 2, name: "twice"));
        Refused("own (Own): a layer of this class cannot be written as ONNX. Build the model of the library's layers", new Own("own"));
        Refused("fish (Dense): activation \"mish\", a function in C#, cannot be written as ONNX.", new Dense(2, activation: mish, name: "fish"));
        Refused("gates (LSTM): activation \"mish\", a function in C#,", new LSTM(2, recurrentActivation: mish, name: "gates"));
        Refused("fake (Dense): activation \"relu\", a function in C#,", new Dense(2, activation: new ActivationFunction("relu", x => x * 2), name: "fake"));
        Refused("steps (RNN): cell counting (Counting), of a class of its own,", new RNN(new Counting("counting"), name: "steps"));
        Refused("steps (RNN): cell counting (Counting), of a class of its own,", new RNN([new LSTMCell(2), new Counting("counting")], name: "steps"));
        Refused("each (Lambda): a function in C#", new TimeDistributed(new Lambda(x => x + 1, name: "each")));
        var kept = new Input([3, 4, 2], batchSize: 2);
        Refused(
            "each (TimeDistributed): layer kept, which keeps states from step to step, cannot be written as ONNX. Make it with stateful: false",
            new Model(kept, new TimeDistributed(new LSTM(2, stateful: true, name: "kept"), name: "each").Apply(kept)));
    }

    [Fact]
    public void A_model_without_a_graph_is_refused()
    {
        Refused("mine (OwnModel): a model without a graph of layers cannot be written as ONNX. mine is of a class of its own", new OwnModel("mine"));
        Refused(
            "bare (Sequential): a model without a graph of layers cannot be written as ONNX. bare does not know its input yet",
            new Sequential([new Dense(2)], name: "bare"));
    }

    [Fact]
    public void A_refused_model_leaves_no_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["model.onnx"], "what was there");
        var x = new Input([2]);
        Assert.Throws<NotSupportedException>(() => OnnxFile.Save(new Model(x, new Lambda(y => y * 2).Apply(x)), folder["model.onnx"]));
        Assert.Equal("what was there", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    /// <summary>A layer that comes to the library comes here too, or is named here.</summary>
    [Fact]
    public void Every_layer_of_the_library_but_Lambda_has_a_conversion()
    {
        var made = typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract);
        Assert.Equal([typeof(Lambda)], made.Where(type => !Unroll.Keras.Onnx.Conversions.LayerConversions.IsKnown(type)));
    }

    private static void Refused(string start, Layer layer)
    {
        var x = new Input([4, 2]);
        Refused(start, layer as Model ?? new Model(x, layer.Apply(x)));
    }

    private static void Refused(string start, Model model)
    {
        var error = Assert.Throws<NotSupportedException>(() => OnnxFile.Save(model, Stream.Null));
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    private sealed class Own(string name) : Layer(name)
    {
        protected override Tensor Call(Tensor input, bool training) => input * 2;
    }

    private sealed class OwnModel(string name) : Model(name)
    {
        protected override Tensor Call(Tensor input, bool training) => input;
    }

    private sealed class Counting(string name) : RNNCell(name)
    {
        public override IReadOnlyList<int> StateSize => [2];

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training) => (states[0] + 1, new Tensors([states[0] + 1]));
    }
}
