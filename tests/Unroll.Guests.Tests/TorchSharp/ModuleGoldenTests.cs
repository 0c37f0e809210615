using Unroll.Models;
using Unroll.Tests;
using Unroll.Tests.Support;
using Unroll.TorchSharp.Conversions;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>Every golden case of a layer that TorchSharp can express gives the same numbers there.</summary>
public class ModuleGoldenTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => TorchCases.Names;

    public static TheoryData<string> ModelNames => Goldens.Names("models.json");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_the_same_numbers_or_says_what_cannot_be_expressed(string name)
    {
        var golden = TorchCases.Of(name);
        if (TorchCases.IsRefused(golden))
        {
            var error = Assert.Throws<NotSupportedException>(() => LayerConversions.PlanOf(golden.Model));
            Assert.StartsWith($"{golden.Layer.Name} (", error.Message, StringComparison.Ordinal);
            return;
        }

        Libtorch.Need();
        using var module = golden.Model.ToTorchSharp();
        for (var call = 0; call < golden.Calls.Count; call++)
        {
            var inputs = golden.Calls[call];
            var outputs = module.ForwardAll([.. inputs.Select(input => input.ToTorch())]).Select(output => output.ToUnroll()).ToArray();
            Close.Assert(golden.Expected[call], outputs, Tolerance, "output by Keras");
            Close.Assert([.. golden.Model.ApplyAll(inputs)], outputs, Tolerance, "output by the managed engine");
        }
    }

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void A_model_gives_the_same_numbers_or_says_what_cannot_be_expressed(string name)
    {
        var golden = new GoldenModel(name);
        if (TorchCases.IsRefused(golden))
        {
            Assert.Throws<NotSupportedException>(() => LayerConversions.PlanOf(golden.Model));
            return;
        }

        Libtorch.Need();
        using var module = golden.Model.ToTorchSharp();
        var outputs = module.ForwardAll([.. golden.Inputs.Select(input => input.ToTorch())]).Select(output => output.ToUnroll()).ToArray();
        Close.Assert(golden.Expected, outputs, Tolerance, "output by Keras");
    }

    [Fact]
    public void Most_cases_convert() => Assert.True(
        Names.Count(row => !TorchCases.IsRefused(TorchCases.Of(row.Data))) >= 270);
}
