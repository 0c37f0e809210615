using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.ModelTests;

/// <summary>What would never end is refused at the call.</summary>
public class CircleTests
{
    public CircleTests() => Backend.ClearSession();

    [Fact]
    public void A_model_within_itself()
    {
        foreach (var model in new[] { new Sequential(), new Sequential([new Dense(1)]), new Sequential([new Dense(1, inputShape: [2])]) })
        {
            var count = model.Layers.Count;
            Assert.Equal($"{model.Name} cannot be put into itself. Make another layer for the place within.", Refused(() => model.Add(model)));
            Assert.Equal(count, model.Layers.Count);
        }
    }

    [Fact]
    public void Two_models_each_within_the_other()
    {
        Sequential a = new([new Dense(1)]), b = new([new Dense(2)]);
        a.Add(b);
        Assert.Equal("sequential_1 cannot hold sequential, which holds sequential_1 itself. Make another layer for one of the two places.", Refused(() => b.Add(a)));
        Assert.Equal("(3, 2)", a.Predict(Tensor.Ones(3, 4)).Shape.ToString());
    }

    [Fact]
    public void Longer_circles_and_through_other_layers()
    {
        Sequential a = new([new Dense(1)]), b = new(), c = new(), d = new();
        b.Add(a);
        c.Add(new TimeDistributed(b));
        d.Add(new Holding(c));
        Refused(() => a.Add(d));
        Refused(() => a.Add(new TimeDistributed(d)));
        Refused(() => b.Add(c));
        Refused(() => c.Add(new Holding(c)));
        var input = new Input([4]);
        var inner = new Sequential([new Dense(4)]);
        var outer = new Model(input, inner.Apply(input));
        Refused(() => inner.Add(outer));
        var holding = new Holding(a);
        Refused(() => holding.Hold(holding));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_table_without_room(int lineLength)
    {
        foreach (var format in new[] { SummaryFormat.Keras27, SummaryFormat.Keras26 })
            Assert.Contains("lineLength", Refused(() => Small().Summary(lineLength, format: format, print: _ => { })), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_without_room()
    {
        foreach (var positions in new double[][] { [0, .5, 1], [.5, .5, 1], [.9, .5, 1], [double.NaN, .5, 1], [-1, .5, 1], [10, 20, 1e12], [1e12, .5, 1], [.5, 1, 1] })
            Assert.Contains("Summary: ", Refused(() => Small().Summary(positions: positions, print: _ => { })), StringComparison.Ordinal);
        Assert.Equal(
            "Summary: lineLength 5 with columns that end at 2, 4, 5 leaves no room for \"Layer (type)\". Use a greater lineLength, or other positions.",
            Refused(() => Small().Summary(lineLength: 5, print: _ => { })));
    }

    [Fact]
    public void A_narrow_table_with_nested_models_ends()
    {
        Layer layer = new Dense(1, inputShape: [2]);
        for (var i = 0; i < 20; i++)
            layer = new Sequential([layer]);
        Assert.Contains("Dense", ((Model)layer).Summary(lineLength: 30, expandNested: true, print: _ => { }).Replace("\n", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    private static Sequential Small() => new([new LSTM(4, inputShape: [5, 2]), new Dense(1)]);

    private static string Refused(Action call) => Assert.Throws<ArgumentException>(call).Message;

    private sealed class Holding : Layer
    {
        public Holding(Layer within) => Track(within);

        public void Hold(Layer layer) => Track(layer);

        protected override Tensor Call(Tensor input, bool training) => input;
    }
}
