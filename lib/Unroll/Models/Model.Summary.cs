namespace Unroll.Models;

public partial class Model
{
    /// <summary>Prints the table of layers, output shapes and parameter counts, as Keras does, and returns it.</summary>
    /// <param name="lineLength">The width in columns. Default: 65, or 98 where there are branches.</param>
    /// <param name="positions">Where the columns end, as shares of the width or in columns.</param>
    /// <param name="format">The table of which Keras 2.</param>
    /// <param name="expandNested">Whether the layers of models within are listed too.</param>
    /// <param name="print">Where the lines go. Default: the console.</param>
    /// <exception cref="InvalidOperationException">The model does not know its input yet.</exception>
    public string Summary(
        int? lineLength = null,
        IReadOnlyList<double>? positions = null,
        SummaryFormat format = SummaryFormat.Keras27,
        bool expandNested = false,
        Action<string>? print = null)
    {
        CheckBuilt(nameof(Summary));
        var table = new SummaryTable(this, lineLength, positions, format, expandNested).ToString();
        (print ?? Console.WriteLine)(table);
        return table;
    }
}
