namespace Unroll.Display;

/// <summary>A scale of colours; see <see cref="StyleParam.Colorscale"/>.</summary>
public sealed class Colorscale
{
    internal Colorscale(object value) => Value = value;

    /// <summary>A name, or pairs of a place from 0 to 1 and a colour.</summary>
    internal object Value { get; }
}

/// <summary>The number of an x or y axis.</summary>
public sealed class AxisId
{
    internal AxisId(char letter, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        Letter = letter;
        Number = number;
    }

    internal char Letter { get; }

    internal int Number { get; }

    /// <summary>The name in a trace: <c>x</c>, <c>x2</c>.</summary>
    public override string ToString() => Number == 1 ? $"{Letter}" : FormattableString.Invariant($"{Letter}{Number}");

    /// <summary>The name in a layout: <c>xaxis</c>, <c>xaxis2</c>.</summary>
    internal string Attribute => LayoutName(ToString());

    /// <summary><c>x2</c> as <c>xaxis2</c>.</summary>
    internal static string LayoutName(string axis) => $"{axis[0]}axis{axis[1..]}";
}
