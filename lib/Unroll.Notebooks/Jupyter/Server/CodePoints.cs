namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Jupyter counts places in code by Unicode code points, .NET by UTF-16 code units.</summary>
internal static class CodePoints
{
    /// <summary>The index of the character number <paramref name="position"/>; places outside are moved to the nearest end.</summary>
    public static int ToIndex(string text, int position)
    {
        var index = 0;
        for (; position > 0 && index < text.Length; position--)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>The number of the character at <paramref name="index"/>.</summary>
    public static int FromIndex(string text, int index)
    {
        var position = 0;
        for (var i = 0; i < Math.Min(index, text.Length); position++)
            i += char.IsSurrogatePair(text, i) ? 2 : 1;
        return position;
    }
}
