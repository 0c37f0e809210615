using System.Text.Json.Nodes;
using Unroll.Guests.Tests.Support;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;
using Unroll.Training;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>Models of every kind come back as they were saved.</summary>
public class SaveTests
{
    public static TheoryData<string> GoldenModels => Goldens.Names("models.json");

    [Theory]
    [MemberData(nameof(GoldenModels))]
    public void A_golden_model_comes_back_with_its_numbers(string name) => Samples.WithPath("golden.keras", path =>
    {
        var golden = new GoldenModel(name);
        golden.Model.Save(path);
        var again = KerasFile.Load(path);
        Close.Assert(golden.Expected, [.. again.ApplyAll(Tensors.Create(golden.Inputs))], 1e-5, "output by Keras");
        Assert.Equal(golden.Model.ToJson(), again.ToJson());
    });

    [Fact]
    public void Operations_slices_and_constants_come_back() => Samples.WithPath("operations.keras", path =>
    {
        var x = new Input([6, 4]);
        var sequence = new LSTM(5, returnSequences: true).Apply(x);
        var y = Ops.Mean(sequence, axis: 1) + (sequence[.., ^1] * 2);
        var z = Ops.Concatenate([y, Ops.Max(sequence, axis: 1), sequence[.., 1..3, 0]]);
        var scaled = (1 - z) / Tensor.Of(Enumerable.Range(1, 12).Select(i => (float)i).ToArray());
        var model = new Model(x, [new Dense(2).Apply(Ops.Relu(scaled)), Ops.Power(z, 2)]);
        model.Save(path);
        var again = KerasFile.Load(path);
        var data = new RandomState(1).Normal(0, 1, [3, 6, 4]);
        Close.Assert([.. model.ApplyAll(data)], [.. again.ApplyAll(data)], 0, "output");
        Assert.Equal(model.ToJson(), again.ToJson());
    });

    [Fact]
    public void Shared_nested_and_wrapped_layers_come_back() => Samples.WithPath("nested.keras", path =>
    {
        var inner = new Sequential([new LSTM(3, returnSequences: true, inputShape: [5, 2]), new TimeDistributed(new Dense(2))], "inner");
        var encoder = Functional();
        var (a, b) = (new Input([5, 2], name: "left"), new Input([5, 2], name: "right"));
        var shared = new GRU(4, resetAfter: false, name: "shared");
        var joined = new Concatenate().Apply([shared.Apply(inner.Apply(a)), shared.Apply(b), encoder.Apply(a), encoder.Apply(b)]);
        var model = new Model([a, b], [joined, encoder.Apply(inner.Apply(b))]);
        model.Save(path);
        var again = KerasFile.Load(path);
        var random = new RandomState(2);
        var data = Tensors.Create([random.Normal(0, 1, [3, 5, 2]), random.Normal(0, 1, [3, 5, 2])]);
        Close.Assert([.. model.ApplyAll(data)], [.. again.ApplyAll(data)], 0, "output");
        Assert.Equal(["left", "right"], again.Inputs.Select(input => input.Layer.Name), StringComparer.Ordinal);

        static Model Functional()
        {
            var x = new Input([5, 2]);
            return new Model(x, new Bidirectional(new LSTM(2), mergeMode: "sum").Apply(x), "encoder");
        }
    });

    [Fact]
    public void Training_goes_on_where_it_stopped_to_the_bit() => Samples.WithPath("checkpoint.keras", path =>
    {
        var random = new RandomState(3);
        var (x, y) = (random.Normal(0, 1, [24, 6, 2]), random.Normal(0, 1, [24, 1]));
        foreach (var optimizer in new Func<Optimizer>[]
        {
            () => new Adam(0.01, amsgrad: true, clipNorm: 1), () => new AdamW(0.01), () => new SGD(0.05, momentum: 0.9, nesterov: true),
            () => new RMSprop(new ExponentialDecay(0.01, 5, 0.9), momentum: 0.5, centered: true), () => new Adagrad(0.1), () => new Adadelta(1.0), () => new Adamax(0.01), () => new Nadam(0.01),
        })
        {
            var model = new Sequential([new LSTM(4, returnSequences: true, inputShape: [6, 2]), new LSTM(3), new Dense(1)]);
            model.Compile(optimizer(), new Huber(0.5), metrics: ["mae", new RootMeanSquaredError()]);
            Fit(model, 2);
            model.Save(path);
            var again = KerasFile.Load(path);
            Fit(model, 3);
            Fit(again, 3);
            foreach (var (one, other) in model.GetWeights().Zip(again.GetWeights()))
                Assert.True(one.Span.SequenceEqual(other.Span), optimizer().GetType().Name);
            Assert.Equal(model.Optimizer.Iterations, again.Optimizer.Iterations);
            Assert.Equal(model.Optimizer.LearningRate, again.Optimizer.LearningRate, 1e-9);
            Assert.Equal(model.Evaluate(x, y, verbose: 0), again.Evaluate(x, y, verbose: 0));
        }

        void Fit(Model model, int epochs) => model.Fit(x, y, batchSize: 8, epochs: epochs, shuffle: false, verbose: 0);
    });

    [Fact]
    public void ModelCheckpoint_saves_while_it_trains() => Samples.WithPath("best-{epoch}.keras", path =>
    {
        var model = new Sequential([new LSTM(2, inputShape: [3, 1]), new Dense(1)]);
        model.Compile("adam", "mse");
        var (x, y) = (Tensor.Ones(4, 3, 1), Tensor.Ones(4, 1));
        model.Fit(x, y, epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(path, KerasFile.Save)]);
        Assert.True(File.Exists(path.Replace("{epoch}", "2", StringComparison.Ordinal)));
        Assert.Equal(2, KerasFile.Load(path.Replace("{epoch}", "2", StringComparison.Ordinal)).Optimizer.Iterations);
    });

    [Fact]
    public void Layers_and_functions_of_your_own_come_back_by_their_names() => Samples.WithPath("own.keras", path =>
    {
        var cube = new ActivationFunction("cube", x => x * x * x);
        var custom = new CustomObjects()
            .AddLayer("Mine>Scale", config => new Scale((double)config["factor"]!, (string?)config["name"]), scale => new JsonObject { ["factor"] = scale.Factor })
            .AddActivation("cube", cube);
        var model = new Sequential([new LSTM(3, inputShape: [4, 2]), new Scale(2.5, "twice"), new Dense(1, activation: cube)]);
        var error = Assert.Throws<NotSupportedException>(() => model.Save(path));
        Assert.Equal("twice (Scale) is of a class that Keras does not know. Register it: new CustomObjects().AddLayer(\"Scale\", config => …, layer => …).", error.Message);
        Assert.False(File.Exists(path));
        model.Save(path, custom);
        var unknown = Assert.Throws<NotSupportedException>(() => KerasFile.Load(path));
        Assert.StartsWith("own.keras: layer twice (Scale) is of a class that is not here", unknown.Message, StringComparison.Ordinal);
        var again = KerasFile.Load(path, custom);
        var x = new RandomState(4).Normal(0, 1, [2, 4, 2]);
        Close.Assert(model.Apply(x), again.Apply(x), 0, "output");
    });

    [Theory]
    [InlineData("model.h5", "Keras' older format, whole models in .h5, is read and not written")]
    [InlineData("model", "A model is saved as .keras")]
    public void Other_endings_are_refused_with_what_there_is(string name, string why)
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        var error = Assert.Throws<NotSupportedException>(() => model.Save(name));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_of_CSharp_cannot_be_written()
    {
        var error = Assert.Throws<NotSupportedException>(() => new Sequential([new Lambda(x => x * 2, inputShape: [2], name: "double")]).ToJson());
        Assert.StartsWith("double (Lambda) holds a function of C#", error.Message, StringComparison.Ordinal);
    }

    private sealed class Scale(double factor, string? name) : Layer(name)
    {
        private Variable _shift = null!;

        public double Factor => factor;

        protected override void Build(Shape inputShape) => _shift = AddWeight("shift", [inputShape[^1]], new Initializers.Ones());

        protected override Tensor Call(Tensor input, bool training) => (input * factor) + _shift;
    }
}
