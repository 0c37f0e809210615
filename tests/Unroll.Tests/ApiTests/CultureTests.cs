using System.Globalization;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Tests.ApiTests;

/// <summary>A thread whose culture writes 1,5 and 1.000 prints and reads the same as any other.</summary>
public class CultureTests
{
    private static readonly Dictionary<string, Func<string>> Texts = new(StringComparer.Ordinal)
    {
        ["tensor"] = () => Tensor.Of([[-1.5, 1000.25], [double.NaN, 1e-20]]).ToString(),
        ["shape"] = () => Tensor.Zeros(1000, 2).Shape.ToString(),
        ["variable"] = () => new Variable(Tensor.Of([-0.5]), "w").ToString(),
        ["summary"] = () => Model().Summary(print: _ => { }),
        ["history"] = () => Fitted().History.ToString(),
        ["progress"] = () => Fitted().Printed.Split(" - ")[^1],
        ["symbolic tensor"] = () => new Input([null, 3], name: "x").ToString(),
        ["rate"] = () => Message(() => new Dropout(1.5f, name: "d")),
        ["learning rate"] = () => Message(() => new SGD(-0.5f)),
        ["momentum"] = () => Message(() => new SGD(momentum: 1.5f)),
        ["clip"] = () => Message(() => Tensor.Zeros(1).Clip(1.5f, 0.5f)),
        ["validation split"] = () => Message(() => Model().Fit(Tensor.Ones(2, 3), Tensor.Ones(2, 1), validationSplit: 1.5f)),
        ["negative length"] = () => Message(() => Tensor.Zeros(-5)),
        ["negative index"] = () => Message(() => Tensor.Zeros(2)[-5]),
        ["seed"] = () => Message(() => new RandomState(-1)),
        ["randint"] = () => Message(() => new RandomState(1).RandInt(5, -5)),
        ["uniform"] = () => Message(() => new RandomState(1).Uniform(-1.5, double.PositiveInfinity)),
        ["initializer"] = () => new RandomNormal(mean: 1.5f, seed: 1).Create([2]).ToString(),
    };

    public static TheoryData<string> Names => new(Texts.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Prints_the_same(string name)
    {
        var invariant = Texts[name]();
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = WithComma();
            Assert.Equal("1,5", $"{1.5}");
            Assert.Equal(invariant, Texts[name]());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    /// <summary>Made by hand: in the invariant mode of globalization there is no culture to choose.</summary>
    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NaNSymbol = "keine Zahl";
        return culture;
    }

    private static Sequential Model()
    {
        var model = new Sequential([new Dense(1, kernelInitializer: "ones", inputShape: [3], name: "dense")], name: "model");
        model.Compile("sgd", "mse");
        return model;
    }

    private static (History History, string Printed) Fitted()
    {
        var (printed, history) = Captured.Output(() => Model().Fit(Tensor.Ones(2, 3), Tensor.Full([2, 1], 1.25f), verbose: 2));
        return (history, printed);
    }

    private static string Message(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
