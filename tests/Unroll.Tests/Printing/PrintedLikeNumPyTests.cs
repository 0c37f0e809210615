using System.Text.Json;

namespace Unroll.Tests.Printing;

/// <summary>Arrays print exactly as NumPy printed them, under its default options and others.</summary>
public class PrintedLikeNumPyTests
{
    private const string DefaultOptions = "numpy_print.json";
    private const string OtherOptions = "numpy_print_options.json";

    public static TheoryData<string> DefaultOptionsNames => Goldens.Names(DefaultOptions);

    public static TheoryData<string> OtherOptionsNames => Goldens.Names(OtherOptions);

    [Theory]
    [MemberData(nameof(DefaultOptionsNames))]
    public void Default_options(string name)
    {
        var golden = Goldens.Case(DefaultOptions, name);
        var options = new PrintOptions { Suppress = golden.GetProperty("suppress").GetBoolean() };
        AssertPrints(golden, options);
    }

    [Theory]
    [MemberData(nameof(OtherOptionsNames))]
    public void Other_options(string name)
    {
        var golden = Goldens.Case(OtherOptions, name);
        var given = golden.GetProperty("options");
        var options = new PrintOptions
        {
            Precision = given.GetProperty("precision").GetInt32(),
            Threshold = given.GetProperty("threshold").GetInt32(),
            EdgeItems = given.GetProperty("edgeitems").GetInt32(),
            LineWidth = given.GetProperty("linewidth").GetInt32(),
            Suppress = given.GetProperty("suppress").GetBoolean(),
        };
        AssertPrints(golden, options);
    }

    private static void AssertPrints(JsonElement golden, PrintOptions options)
    {
        var dims = golden.GetProperty("shape").EnumerateArray().Select(dim => dim.GetInt32()).ToArray();
        var printed = ArrayPrinter.Format(Values(golden), dims, options);
        Assert.Equal(golden.GetProperty("expected").GetString(), printed);
    }

    /// <summary>Bit patterns, or for long arrays a ramp with some elements replaced.</summary>
    private static float[] Values(JsonElement golden)
    {
        if (golden.TryGetProperty("bits", out var bits))
            return [.. bits.EnumerateArray().Select(Float)];

        var ramp = golden.GetProperty("arange");
        var start = ramp.GetProperty("start").GetSingle();
        var step = ramp.GetProperty("step").GetSingle();
        var values = new float[ramp.GetProperty("count").GetInt32()];
        for (var i = 0; i < values.Length; i++)
            values[i] = start + (i * step);

        if (golden.TryGetProperty("set", out var replaced))
        {
            foreach (var pair in replaced.EnumerateArray())
                values[pair[0].GetInt32()] = Float(pair[1]);
        }

        return values;
    }

    private static float Float(JsonElement bits) => BitConverter.UInt32BitsToSingle(bits.GetUInt32());
}
