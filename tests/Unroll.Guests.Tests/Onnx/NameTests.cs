using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Guests.Tests.Onnx;

/// <summary>Inputs and outputs bear the model's names, and say which axes are open.</summary>
public class NameTests
{
    [Fact]
    public void An_input_has_its_own_name_and_an_output_its_layers()
    {
        var x = new Input(Shape.Create([null, 2]), name: "prices");
        var (sequence, h, c) = new LSTM(3, returnSequences: true, returnState: true, name: "memory").ApplyAll(x);
        using var program = new OnnxProgram(new Model(x, KerasTensors.Create([new Dense(1, name: "forecast").Apply(h), sequence, h, c])));
        Assert.Equal(["prices"], program.InputNames);
        Assert.Equal("batch, time, 2", program.AxesOfInput("prices"));
        Assert.Equal(["forecast", "memory", "memory_h", "memory_c"], program.OutputNames);
        Assert.Equal("batch, 1", program.AxesOfOutput("forecast"));
        Assert.Equal("batch, memory_time, 3", program.AxesOfOutput("memory"));
        Assert.Equal("batch, 3", program.AxesOfOutput("memory_c"));
    }

    [Fact]
    public void A_batch_and_a_time_that_are_known_are_numbers()
    {
        var x = new Input([7, 2], batchSize: 4, name: "x");
        using var program = new OnnxProgram(new Model(x, new LSTM(3, name: "y").Apply(x)));
        Assert.Equal("4, 7, 2", program.AxesOfInput("x"));
        Assert.Equal("4, 3", program.AxesOfOutput("y"));
    }

    [Fact]
    public void Times_of_several_inputs_are_not_the_same_word()
    {
        var (x, y) = (new Input(Shape.Create([null, 2]), name: "past"), new Input(Shape.Create([null, 2]), name: "future"));
        var model = new Model(KerasTensors.Create([x, y]), new Add().Apply(KerasTensors.Create([new LSTM(3).Apply(x), new LSTM(3).Apply(y)]))).Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal("batch, past_time, 2", program.AxesOfInput("past"));
        Assert.Equal("batch, future_time, 2", program.AxesOfInput("future"));
        Numbers.Same(model, [Numbers.Of(1, 2, 5, 2), Numbers.Of(2, 2, 3, 2)]);
    }

    [Fact]
    public void Names_are_unique_whatever_the_layers_are_called()
    {
        var x = new Input([2], name: "y");
        var inner = new Model(x, new Dense(3, name: "z").Apply(x), name: "inner");
        var input = new Input([2], name: "z_1");
        var one = inner.Apply(input);
        var model = new Model(input, KerasTensors.Create([new Dense(3, name: "z").Apply(one), one, one, input]), name: "inner/z").Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal(["z", "inner", "inner_1", "z_1_1"], program.OutputNames);
        Numbers.Same(model, [Numbers.Of(1, 4, 2)]);
    }

    [Fact]
    public void An_input_that_leads_nowhere_is_there_as_in_the_model()
    {
        var (x, y) = (new Input([2], name: "x"), new Input([3], name: "y"));
        var model = new Model(KerasTensors.Create([x, y]), new Dense(2).Apply(x)).Trained();
        using var program = new OnnxProgram(model);
        Assert.Equal(["x", "y"], program.InputNames);
        Numbers.Same(model, [Numbers.Of(1, 4, 2), Numbers.Of(2, 4, 3)]);
    }

    [Fact]
    public void A_shared_layer_has_its_weights_once()
    {
        var (x, y) = (new Input([5, 2]), new Input([5, 2]));
        var shared = new LSTM(32);
        var model = new Model(KerasTensors.Create([x, y]), new Concatenate().Apply(KerasTensors.Create([shared.Apply(x), shared.Apply(y)]))).Trained();
        Numbers.Same(model, [Numbers.Of(1, 3, 5, 2), Numbers.Of(2, 3, 5, 2)]);
        var alone = OnnxProgram.BytesOf(new Model(x, shared.Apply(x)));
        Assert.InRange(OnnxProgram.BytesOf(model).Length, alone.Length, alone.Length + 2000);
    }
}
