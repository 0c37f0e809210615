using System.Globalization;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;

namespace Unroll.Figures.Svg;

/// <summary>Colours for numbers from 0 to 1, along a scale.</summary>
internal sealed class ColorRamp
{
    private readonly (double At, Rgb Color)[] _stops;

    private ColorRamp(IEnumerable<(double, Rgb)> stops) => _stops = [.. stops];

    /// <summary>The colour at a place, as <c>#rrggbb</c>.</summary>
    public string At(double place)
    {
        place = Math.Clamp(place, 0, 1);
        var i = 1;
        while (i < _stops.Length - 1 && _stops[i].At < place)
            i++;
        var (from, to) = (_stops[i - 1], _stops[i]);
        var share = to.At > from.At ? Math.Clamp((place - from.At) / (to.At - from.At), 0, 1) : 0;
        return Rgb.Between(from.Color, to.Color, share).ToString();
    }

    /// <summary>The scale of a name or of pairs; null where it is unknown.</summary>
    public static ColorRamp? Of(JsonNode? scale, bool reversed)
    {
        var stops = scale switch
        {
            JsonArray pairs => OfPairs(pairs),
            JsonValue name => OfName(PlotlyJson.Word(name)),
            _ => OfName("RdBu"),
        };
        if (stops is null || stops.Length < 2)
            return null;
        return new ColorRamp(reversed ? stops.Reverse().Select(stop => (1 - stop.Item1, stop.Item2)) : stops);
    }

    private static (double, Rgb)[]? OfPairs(JsonArray pairs)
    {
        var stops = new List<(double, Rgb)>();
        foreach (var pair in pairs)
        {
            if (pair is not JsonArray { Count: 2 } both || PlotlyJson.Number(both[0]) is not { } at || Rgb.Parse(PlotlyJson.Word(both[1])) is not { } color)
                return null;
            stops.Add((at, color));
        }

        return [.. stops];
    }

    /// <summary>Plotly's own scales, so that both pictures have one colour for one number.</summary>
    private static (double, Rgb)[]? OfName(string name)
    {
        var text = name.ToUpperInvariant() switch
        {
            "GREYS" => "0 000000 1 ffffff",
            "YLGNBU" => "0 081d58 .125 253494 .25 225ea8 .375 1d91c0 .5 41b6c4 .625 7fcdbb .75 c7e9b4 .875 edf8d9 1 ffffd9",
            "GREENS" => "0 00441b .125 006d2c .25 238b45 .375 41ab5d .5 74c476 .625 a1d99b .75 c7e9c0 .875 e5f5e0 1 f7fcf5",
            "YLORRD" => "0 800026 .125 bd0026 .25 e31a1c .375 fc4e2a .5 fd8d3c .625 feb24c .75 fed976 .875 ffeda0 1 ffffcc",
            "BLUERED" => "0 0000ff 1 ff0000",
            "RDBU" => "0 050aac .35 6a89f7 .5 bebebe .6 dcaa84 .7 e6915a 1 b20a1c",
            "REDS" => "0 dcdcdc .2 f5c39d .4 f5a069 1 b20a1c",
            "BLUES" => "0 050aac .35 283cbe .5 4664f5 .6 5a78f5 .7 6a89f7 1 dcdcdc",
            "PICNIC" => "0 0000ff .1 3399ff .2 66ccff .3 99ccff .4 ccccff .5 ffffff .6 ffccff .7 ff99ff .8 ff66cc .9 ff6666 1 ff0000",
            "RAINBOW" => "0 96005a .125 0000c8 .25 0019ff .375 0098ff .5 2cff96 .625 97ff00 .75 ffea00 .875 ff6f00 1 ff0000",
            "PORTLAND" => "0 0c3383 .25 0a88ba .5 f2d338 .75 f28f38 1 d91e1e",
            "JET" => "0 000083 .125 003caa .375 05ffff .625 ffff00 .875 fa0000 1 800000",
            "HOT" => "0 000000 .3 e60000 .6 ffd200 1 ffffff",
            "BLACKBODY" => "0 000000 .2 e60000 .4 e6d200 .7 ffffff 1 a0c8ff",
            "EARTH" => "0 000082 .1 00b4b4 .2 28d228 .4 e6e632 .6 784614 1 ffffff",
            "ELECTRIC" => "0 000000 .15 1e0064 .4 780064 .6 a05a00 .8 e6c800 1 fffadc",
            "VIRIDIS" => "0 440154 .0627 48186a .1255 472d7b .1882 424086 .251 3b528b .3137 33638d .3765 2c728e .4392 26828e .502 21918c "
                + ".5647 1fa088 .6275 28ae80 .6902 3fbc73 .7529 5ec962 .8157 84d44b .8784 addc30 .9412 d8e219 1 fde725",
            "CIVIDIS" => "0 00204c .0588 002a66 .1176 00346e .1765 273f6c .2353 3c4a6b .2941 4c556b .3529 5b5f6d .4118 686a70 .4706 757575 "
                + ".5294 838178 .5882 928c78 .6471 a19876 .7059 b0a572 .7647 c0b16d .8235 d1bf66 .8824 e1cc5c .9412 f3db4f 1 ffe945",
            _ => null,
        };
        return text?.Split(' ').Chunk(2).Select(stop =>
            (double.Parse(stop[0], CultureInfo.InvariantCulture), Rgb.Parse("#" + stop[1])!.Value)).ToArray();
    }
}
