using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.ModelTests;

/// <summary>What training prints, where the output is no terminal: times differ, so the form is tested.</summary>
public class ProgressTests
{
    private static readonly Tensor X = Tensor.Ones(6, 3);
    private static readonly Tensor Y = Tensor.Ones(6, 1);

    [Fact]
    public void Nothing_at_verbose_0()
    {
        var model = Compiled();
        Assert.Equal("", Captured.Output(() => model.Fit(X, Y, verbose: 0)).Printed);
        Assert.Equal("", Captured.Output(() => model.Evaluate(X, Y, verbose: 0)).Printed);
        Assert.Equal("", Captured.Output(() => model.Predict(X)).Printed);
    }

    [Fact]
    public void A_full_bar_for_each_epoch_at_verbose_1()
    {
        var model = Compiled();
        var lines = Lines(() => model.Fit(X, Y, batchSize: 2, epochs: 2, validationSplit: 0.5));
        Assert.Equal(4, lines.Length);
        Assert.Equal(("Epoch 1/2", "Epoch 2/2"), (lines[0], lines[2]));
        const string Bar = @"^2/2 \[={30}\] - \d+s \d+ms/step - loss: \d\.\d{4} - mae: \d\.\d{4} - val_loss: \d\.\d{4} - val_mae: \d\.\d{4}$";
        Assert.Matches(Bar, lines[1]);
        Assert.Matches(Bar, lines[3]);
    }

    [Fact]
    public void A_line_for_each_epoch_at_verbose_2()
    {
        var model = Compiled();
        var lines = Lines(() => model.Fit(X, Y, batchSize: 2, verbose: 2));
        Assert.Equal("Epoch 1/1", lines[0]);
        Assert.Matches(@"^3/3 - \d+s \d+ms/step - loss: \d\.\d{4} - mae: \d\.\d{4}$", lines[1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Another_writer_takes_what_the_console_would()
    {
        var model = Compiled();
        using var output = new StringWriter();
        var console = Captured.Output(() => model.Fit(X, Y, output: output)).Printed + Captured.Output(() => model.Evaluate(X, Y, output: output)).Printed;
        Assert.Equal("", console);
        Assert.Equal(3, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_bar_for_Evaluate()
    {
        var model = Compiled();
        var lines = Lines(() => model.Evaluate(X, Y, batchSize: 6));
        Assert.Matches(@"^1/1 \[={30}\] - \d+s \d+ms/step - loss: \d\.\d{4} - mae: \d\.\d{4}$", Assert.Single(lines));
    }

    [Fact]
    public void Small_numbers_have_exponents()
    {
        var model = new Sequential([new Activation("linear", inputShape: [1])]);
        model.Compile("sgd", "mse");
        var lines = Lines(() => model.Evaluate(Tensor.Full([1, 1], 0.001f), Tensor.Zeros(1, 1)));
        Assert.EndsWith(" - loss: 1.0000e-06", Assert.Single(lines), StringComparison.Ordinal);
        lines = Lines(() => model.Evaluate(Tensor.Zeros(1, 1), Tensor.Zeros(1, 1)));
        Assert.EndsWith(" - loss: 0.0000", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static Sequential Compiled()
    {
        var model = new Sequential([new Dense(1, kernelInitializer: "ones", inputShape: [3])]);
        model.Compile("sgd", "mse", metrics: ["mae"]);
        return model;
    }

    private static string[] Lines<T>(Func<T> action) =>
        Captured.Output(action).Printed.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
