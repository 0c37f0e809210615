using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.Support;

/// <summary>A cell of one's own with one state; it says how to copy itself if asked to.</summary>
internal sealed class OwnCell(int units, bool copies = false) : RNNCell
{
    private Variable _kernel = null!;
    private Variable _recurrent = null!;

    public override IReadOnlyList<int> StateSize => [units];

    protected override void Build(Shape inputShape)
    {
        _kernel = AddWeight("kernel", [inputShape[^1], units], "glorotUniform");
        _recurrent = AddWeight("recurrent", [units, units], "orthogonal");
    }

    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        var h = (input.MatMul(_kernel) + states[0].MatMul(_recurrent)).Tanh();
        return (h, h);
    }

    protected internal override RNNCell? Copy() => copies ? new OwnCell(units, copies) : null;
}

/// <summary>A layer that overrides Call alone.</summary>
internal sealed class OwnCall(int units) : Layer
{
    private Variable _kernel = null!;

    protected override void Build(Shape inputShape) => _kernel = AddWeight("kernel", [inputShape[^1], units], "glorotUniform");

    protected override Tensor Call(Tensor input, bool training) => input.MatMul(_kernel).Tanh();
}

/// <summary>A layer that overrides CallAll alone, for one input.</summary>
internal sealed class OwnCallAll(int units) : Layer
{
    private Variable _kernel = null!;

    protected override void Build(Shape inputShape) => _kernel = AddWeight("kernel", [inputShape[^1], units], "glorotUniform");

    protected override Tensors CallAll(Tensors inputs, bool training) => inputs[0].MatMul(_kernel).Tanh();
}

/// <summary>A layer with two inputs and two outputs.</summary>
internal sealed class SumAndDifference : Layer
{
    protected override Tensors CallAll(Tensors inputs, bool training) => [inputs[0] + inputs[1], inputs[0] - inputs[1]];
}

/// <summary>A model of one's own that tracks its layers.</summary>
internal class OwnModel : Model
{
    public OwnModel(bool stateful = false)
    {
        Recurrent = Track(new LSTM(4, stateful: stateful, name: "lstm"));
        Head = Track(new Dense(1, name: "head"));
    }

    public LSTM Recurrent { get; }

    public Dense Head { get; }

    protected override Tensor Call(Tensor input, bool training) => Head.Apply(Recurrent.Apply(input, training), training);
}

/// <summary>The same, written with lists.</summary>
internal sealed class OwnModelOfLists : Model
{
    private readonly LSTM _recurrent;
    private readonly Dense _head;

    public OwnModelOfLists()
    {
        _recurrent = Track(new LSTM(4, name: "lstm"));
        _head = Track(new Dense(1, name: "head"));
    }

    protected override Tensors CallAll(Tensors inputs, bool training) => _head.Apply(_recurrent.Apply(inputs[0], training), training);
}
