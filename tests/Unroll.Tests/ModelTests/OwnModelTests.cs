using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.ModelTests;

/// <summary>A class of one's own derived from Model does what any model does.</summary>
public class OwnModelTests
{
    private static readonly Tensor X = new RandomState(1).Normal(0, 1, [2, 5, 3]);

    public OwnModelTests() => Backend.ClearSession();

    [Fact]
    public void Has_the_layers_that_it_tracks()
    {
        var model = new OwnModel();
        Assert.Equal(["lstm", "head"], [.. model.Layers.Select(layer => layer.Name)]);
        Assert.Same(model.Recurrent, model.GetLayer("lstm"));
        Assert.Same(model.Head, model.GetLayer(1));
        Assert.Equal(
            "Unknown layer of own_model \"hed\". Did you mean \"head\"? Known: lstm, head.",
            Assert.Throws<ArgumentException>(() => model.GetLayer("hed")).Message);
        Assert.Equal("own_model has 2 layers; there is no layer 2. (Parameter 'index')", Assert.Throws<ArgumentOutOfRangeException>(() => model.GetLayer(2)).Message);
    }

    [Fact]
    public void Prints_Keras_table()
    {
        var model = new OwnModelWithUnused();
        model.Predict(X);
        Assert.Equal(
            """
            Model: "own_model_with_unused"
            _________________________________________________________________
             Layer (type)                Output Shape              Param #   
            =================================================================
             lstm (LSTM)                 multiple                  128       
                                                                             
             head (Dense)                multiple                  5         
                                                                             
             unused (Dense)              multiple                  0 (unused)
                                                                             
            =================================================================
            Total params: 133
            Trainable params: 133
            Non-trainable params: 0
            _________________________________________________________________
            """,
            model.Summary(print: _ => { }));
        Assert.Contains("<td>multiple</td>", SummaryHtml.Write(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_its_own_comes_before_the_graph_it_was_made_of()
    {
        var input = new Input([3]);
        var output = new Dense(1, kernelInitializer: "ones").Apply(input);
        Assert.Equal([3], new Model(input, output).Predict(Tensor.Ones(1, 3)).ToArray());
        Assert.Equal([6], new TwiceByCall(input, output).Predict(Tensor.Ones(1, 3)).ToArray());
        Assert.Equal([6], new TwiceByCallAll(input, output).Predict(Tensor.Ones(1, 3)).ToArray());
    }

    [Fact]
    public void A_model_without_layers_gives_a_copy()
    {
        var (input, x) = (new Input([3]), Tensor.Ones(1, 3));
        Assert.NotSame(x, new Model(input, input).Predict(x));
    }

    [Fact]
    public void Has_no_table_before_its_first_call()
    {
        Assert.Contains("no weights yet", Assert.Throws<InvalidOperationException>(() => new OwnModel().Summary()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forgets_its_states()
    {
        var model = new OwnModel(stateful: true);
        var first = model.Predict(X).ToArray();
        Assert.NotEqual(first, model.Predict(X).ToArray());
        model.ResetStates();
        Assert.Equal(first, model.Predict(X).ToArray());
    }

    [Fact]
    public void Forgets_states_however_deep_they_lie()
    {
        Assert.All(Deep(), model =>
        {
            var first = model.Predict(X).ToArray();
            Assert.NotEqual(first, model.Predict(X).ToArray());
            model.ResetStates();
            Assert.Equal(first, model.Predict(X).ToArray());
        });

        static IEnumerable<Model> Deep()
        {
            yield return new Sequential([new OwnModel(stateful: true)]);
            yield return new Sequential([new Reshape([1, 5, 3]), new TimeDistributed(new LSTM(4, stateful: true))]);
            yield return new Sequential([new Bidirectional(new LSTM(4, stateful: true))]);
            yield return new Sequential([new Wrapping(new LSTM(4, stateful: true))]);
            yield return new Sequential([new Counting()]);
        }
    }

    [Fact]
    public void Trains_and_is_saved_by_its_weights()
    {
        Backend.SetRandomSeed(1);
        var model = new OwnModel();
        model.Compile("adam", "mse");
        var losses = model.Fit(X, Tensor.Ones(2, 1), epochs: 30, verbose: 0, validationData: (X, Tensor.Ones(2, 1)))["loss"];
        Assert.True(losses[^1] < losses[0]);
        var other = new OwnModelOfLists();
        other.Predict(X);
        other.SetWeights(model.GetWeights());
        Assert.Equal(model.Predict(X).ToArray(), other.Predict(X).ToArray());
        Assert.Equal(5, model.TrainableWeights.Count);
    }

    [Fact]
    public void Stands_in_other_models()
    {
        var input = new Input([5, 3]);
        var model = new Model(input, new OwnModel().Apply(input));
        Assert.Equal("(None, 1)", model.Outputs[0].Shape.ToString());
        Assert.Equal("(2, 1)", model.Predict(X).Shape.ToString());
        Assert.Equal("(2, 1)", new Sequential([new OwnModelOfLists()]).Predict(X).Shape.ToString());
    }

    [Fact]
    public void Says_that_it_is_not_a_graph() => Assert.Equal(
        "own_model is of a class of its own, OwnModel, whose calls are not known as a graph, so it has no Inputs. A model made with new Model(inputs, outputs) has it.",
        Assert.Throws<InvalidOperationException>(() => new OwnModel().Inputs).Message);

    private sealed class OwnModelWithUnused : OwnModel
    {
        public OwnModelWithUnused() => Track(new Dense(2, name: "unused"));
    }

    private sealed class Wrapping : Layer
    {
        private readonly Layer _within;

        public Wrapping(Layer within) => _within = Track(within);

        protected override Tensor Call(Tensor input, bool training) => _within.Apply(input, training);
    }

    /// <summary>A stateful layer of one's own: it adds how often it was called.</summary>
    private sealed class Counting : Layer
    {
        private int _calls;

        protected override Tensor Call(Tensor input, bool training) => input + _calls++;

        protected override void ForgetStates() => _calls = 0;
    }

    private sealed class TwiceByCall(Input input, KerasTensor output) : Model(input, output)
    {
        protected override Tensor Call(Tensor input, bool training) => 2 * base.CallAll(input, training)[0];
    }

    private sealed class TwiceByCallAll(Input input, KerasTensor output) : Model(input, output)
    {
        protected override Tensors CallAll(Tensors inputs, bool training) => 2 * base.CallAll(inputs, training)[0];
    }
}
