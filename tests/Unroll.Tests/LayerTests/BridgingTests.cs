using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>A layer of one's own overrides one method of each pair, and cannot choose the wrong one.</summary>
public class BridgingTests
{
    public static TheoryData<string> Kinds => ["Call", "CallAll", "Call and shape", "CallAll and shape", "CallAll and shapes", "Call and BuildAll", "Call and CallAll", "derived"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Works_called_directly_and_with_a_list(string kind)
    {
        var x = Tensor.Ones(2, 3);
        Assert.Equal([6, 6, 6, 6], Make(kind).Apply(x).ToArray());
        Assert.Equal([6, 6, 6, 6], Make(kind).Apply([x]).ToArray());
        Assert.Equal([6, 6, 6, 6], Make(kind).ApplyAll(x)[0].ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Works_in_a_Sequential_with_a_shape_and_without(string kind)
    {
        Assert.Equal("(4, 2)", new Sequential([Make(kind)]).Predict(Tensor.Ones(4, 3)).Shape.ToString());
        var model = new Sequential();
        model.Add(new Input([3]));
        model.Add(Make(kind));
        model.Add(new Dense(1));
        Assert.Equal("(None, 1)", model.Outputs[0].Shape.ToString());
        model.Compile("adam", "mse");
        model.Fit(Tensor.Ones(4, 3), Tensor.Ones(4, 1), verbose: 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Works_in_a_functional_model_and_in_TimeDistributed(string kind)
    {
        var input = new Input([3]);
        Assert.Equal("(None, 2)", Make(kind).Apply(input).Shape.ToString());
        Assert.Equal([6, 6], new Model(input, Make(kind).Apply(input)).Predict(Tensor.Ones(1, 3)).ToArray());
        Assert.Equal("(1, 5, 2)", new TimeDistributed(Make(kind)).Apply(Tensor.Ones(1, 5, 3)).Shape.ToString());
        Assert.Equal("(None, 5, 2)", new TimeDistributed(Make(kind)).Apply(new Input([5, 3])).Shape.ToString());
        Assert.Equal("(None, None, 2)", new TimeDistributed(Make(kind)).Apply(new Input([null, 3])).Shape.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Tells_its_shape_before_it_is_built(string kind)
    {
        Assert.Equal("(None, 2)", Make(kind).ComputeOutputShape([null, 3]).ToString());
        Assert.Equal(["(7, 2)"], [.. Make(kind).ComputeOutputShapes([Shape.Create([7, 3])]).Select(shape => shape.ToString())]);
    }

    [Fact]
    public void A_trial_for_the_shape_is_not_seen_by_a_tape_and_keeps_no_states()
    {
        var model = new OwnModel(stateful: true);
        using var tape = new GradientTape();
        model.Apply(new Input([5, 2], batchSize: 3));
        Assert.Null(model.Recurrent.States);
        Assert.Null(tape.Gradient(Tensor.Of(1), model.Weights)[0]);
    }

    [Fact]
    public void Two_inputs_and_two_outputs_in_a_graph()
    {
        Input a = new([3]), b = new([3]);
        var (sum, difference) = new SumAndDifference().ApplyAll([a, b]);
        var model = new Model([a, b], [sum, difference]);
        var outputs = model.PredictAll([2 * Tensor.Ones(1, 3), Tensor.Ones(1, 3)]);
        Assert.Equal([3, 3, 3], outputs[0].ToArray());
        Assert.Equal([1, 1, 1], outputs[1].ToArray());
    }

    [Fact]
    public void What_returns_null_is_named()
    {
        Assert.Equal("nothing: Call of Silent returned null; a layer gives a tensor.", Assert.Throws<InvalidOperationException>(() => new Silent().Apply(Tensor.Ones(1, 1))).Message);
    }

    [Fact]
    public void A_base_method_that_leads_nowhere_says_so()
    {
        var error = Assert.Throws<NotSupportedException>(() => new CallsBase().Apply(Tensor.Ones(1, 1)));
        Assert.Equal("CallsBase overrides Call alone, so there is no base.Call to call; CallAll is not overridden.", error.Message);
    }

    [Fact]
    public void A_failed_build_leaves_nothing_behind()
    {
        var layer = new FailsOnce();
        Assert.Throws<FormatException>(() => layer.Apply(Tensor.Ones(1, 2)));
        Assert.Empty(layer.Weights);
        layer.Apply(Tensor.Ones(1, 2));
        Assert.Single(layer.Weights);
    }

    private static Layer Make(string kind) => kind switch
    {
        "Call" => new OfCall(),
        "CallAll" => new OfCallAll(),
        "Call and shape" => new OfCallAndShape(),
        "CallAll and shape" => new OfCallAllAndShape(),
        "CallAll and shapes" => new OfCallAllAndShapes(),
        "Call and BuildAll" => new OfCallAndBuildAll(),
        "Call and CallAll" => new OfBoth(),
        _ => new DerivedFromCallAll(),
    };

    private abstract class Doubling : Layer
    {
        protected Variable Kernel { get; private set; } = null!;

        protected void Make(Shape input) => Kernel = AddWeight("kernel", [input[^1], 2], "ones");
    }

    private sealed class OfCall : Doubling
    {
        protected override void Build(Shape inputShape) => Make(inputShape);

        protected override Tensor Call(Tensor input, bool training) => input.MatMul(Kernel) * 2;
    }

    private class OfCallAll : Doubling
    {
        protected override void Build(Shape inputShape) => Make(inputShape);

        protected override Tensors CallAll(Tensors inputs, bool training) => inputs[0].MatMul(Kernel) * 2;
    }

    private sealed class OfBoth : OfCallAll
    {
        protected override Tensor Call(Tensor input, bool training) => input.MatMul(Kernel) * 2;

        protected override Tensors CallAll(Tensors inputs, bool training) => Call(inputs[0], training);
    }

    private sealed class OfCallAndShape : Doubling
    {
        public override Shape ComputeOutputShape(Shape inputShape) => Shape.Create([.. inputShape.SkipLast(1), 2]);

        protected override void Build(Shape inputShape) => Make(inputShape);

        protected override Tensor Call(Tensor input, bool training) => input.MatMul(Kernel) * 2;
    }

    private sealed class OfCallAllAndShape : Doubling
    {
        public override Shape ComputeOutputShape(Shape inputShape) => Shape.Create([.. inputShape.SkipLast(1), 2]);

        protected override void BuildAll(IReadOnlyList<Shape> inputShapes) => Make(inputShapes[0]);

        protected override Tensors CallAll(Tensors inputs, bool training) => inputs[0].MatMul(Kernel) * 2;
    }

    private sealed class OfCallAllAndShapes : Doubling
    {
        public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes) => [Shape.Create([.. inputShapes[0].SkipLast(1), 2])];

        protected override void BuildAll(IReadOnlyList<Shape> inputShapes) => Make(inputShapes[0]);

        protected override Tensors CallAll(Tensors inputs, bool training) => inputs[0].MatMul(Kernel) * 2;
    }

    private sealed class OfCallAndBuildAll : Doubling
    {
        protected override void BuildAll(IReadOnlyList<Shape> inputShapes) => Make(inputShapes[0]);

        protected override Tensor Call(Tensor input, bool training) => input.MatMul(Kernel) * 2;
    }

    /// <summary>Its base overrides CallAll; this one Call: what is more derived counts.</summary>
    private sealed class DerivedFromCallAll : OfCallAll
    {
        protected override Tensor Call(Tensor input, bool training) => input.MatMul(Kernel) + input.MatMul(Kernel);
    }

    private sealed class Silent() : Layer("nothing")
    {
        protected override Tensor Call(Tensor input, bool training) => null!;
    }

    private sealed class CallsBase : Layer
    {
        protected override Tensor Call(Tensor input, bool training) => base.Call(input, training);
    }

    private sealed class FailsOnce : Layer
    {
        private bool _failed;

        protected override void Build(Shape inputShape)
        {
            AddWeight("weight", [2], "ones");
            if (_failed)
                return;
            _failed = true;
            throw new FormatException();
        }

        protected override Tensor Call(Tensor input, bool training) => input;
    }
}
