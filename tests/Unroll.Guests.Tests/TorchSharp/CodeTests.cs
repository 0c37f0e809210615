using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The source of a module compiles, and gives the same numbers with the module's weights.</summary>
public class CodeTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Reads_as_a_user_of_TorchSharp_would_write_it()
    {
        var model = new Sequential(
            [new LSTM(64, returnSequences: true, inputShape: [10, 2]), new LSTM(32, goBackwards: true), new Dropout(0.2), new Dense(1, activation: "sigmoid")],
            name: "weather");
        var code = model.ToTorchSharpCode();
        Assert.Contains("public sealed class Weather : Module<Tensor, Tensor>", code, StringComparison.Ordinal);
        Assert.Contains("private readonly LSTM lstm = nn.LSTM(2, 64, batchFirst: true);", code, StringComparison.Ordinal);
        Assert.Contains("var (x1, _, _) = lstm.call(lstm_input);", code, StringComparison.Ordinal);
        Assert.Contains("private readonly Dropout dropout = nn.Dropout(0.2);", code, StringComparison.Ordinal);
        Assert.All(code.Split('\n'), line => Assert.True(line.Length <= 160, line));
    }

    [Fact]
    public void Every_golden_layer_compiles_and_gives_the_same_numbers()
    {
        var cases = TorchCases.Names.Select(row => (row.Data, Golden: TorchCases.Of(row.Data))).Where(pair => !TorchCases.IsRefused(pair.Golden)).ToArray();
        var compiled = new CompiledCode(cases.Select((pair, i) => pair.Golden.Model.ToTorchSharpCode($"Layer{i}", "Generated.Layers")));
        Libtorch.Need();
        for (var i = 0; i < cases.Length; i++)
        {
            var (name, golden) = cases[i];
            using var module = compiled.Make($"Generated.Layers.Layer{i}");
            Carry(golden.Model, module);
            foreach (var (inputs, expected) in golden.Calls.Zip(golden.Expected))
            {
                var outputs = CompiledCode.Forward(module, [.. inputs.Select(input => input.ToTorch())]);
                Close.Assert(expected, [.. outputs.Select(output => output.ToUnroll())], Tolerance, name);
            }
        }
    }

    [Fact]
    public void Every_golden_model_compiles_and_gives_the_same_numbers()
    {
        var cases = Goldens.Names("models.json").Select(row => (row.Data, Golden: new GoldenModel(row.Data)))
            .Where(pair => !TorchCases.IsRefused(pair.Golden)).ToArray();
        var compiled = new CompiledCode(cases.Select((pair, i) => pair.Golden.Model.ToTorchSharpCode($"Model{i}")));
        Libtorch.Need();
        for (var i = 0; i < cases.Length; i++)
        {
            var (name, golden) = cases[i];
            using var module = compiled.Make($"Model{i}");
            Carry(golden.Model, module);
            var outputs = CompiledCode.Forward(module, [.. golden.Inputs.Select(input => input.ToTorch())]);
            Close.Assert(golden.Expected, [.. outputs.Select(output => output.ToUnroll())], Tolerance, name);
        }
    }

    [Fact]
    public void Names_of_layers_that_are_words_of_the_language_compile()
    {
        var input = new Input([4], name: "class");
        var x = new Dense(3, name: "training").Apply(input);
        x = new Dense(3, name: "my/layer.1").Apply(x);
        x = new Dense(3, name: "x1").Apply(x);
        var code = new Model(input, x, name: "7 days").ToTorchSharpCode();
        _ = new CompiledCode(code);
        Assert.Contains("class Network", code, StringComparison.Ordinal);
        Assert.Contains("private readonly Linear training_1 = nn.Linear", code, StringComparison.Ordinal);
        Assert.Contains("private readonly Linear my_layer_1 = nn.Linear", code, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_an_identifier_is_refused()
    {
        var model = new Sequential([new Dense(1, inputShape: [2])]);
        var error = Assert.Throws<ArgumentException>(() => model.ToTorchSharpCode("My class"));
        Assert.StartsWith("\"My class\" is not a C# identifier", error.Message, StringComparison.Ordinal);
    }

    /// <summary>As the documentation says: saved here, loaded there.</summary>
    private static void Carry(Model model, global::TorchSharp.torch.nn.Module module)
    {
        using var here = model.ToTorchSharp();
        using var saved = new MemoryStream();
        here.save(saved);
        using var file = new MemoryStream(saved.ToArray());
        module.load(file);
    }
}
