namespace Unroll.Display;

/// <summary>What one cell did over a sequence: tensors of shape (batch, time, units) by name.</summary>
public sealed class CellTrace
{
    private readonly OrderedDictionary<string, Tensor> _values;

    internal CellTrace(string name, IEnumerable<(string Name, Tensor Value)> values)
    {
        Name = name;
        _values = new OrderedDictionary<string, Tensor>(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), StringComparer.Ordinal);
    }

    /// <summary>The name of the cell, or of the layer where it has one cell.</summary>
    public string Name { get; }

    /// <summary>What there is: for an LSTM <c>input</c>, <c>forget</c>, <c>candidate</c>, <c>output</c>, <c>c</c>, <c>h</c>.</summary>
    public IReadOnlyList<string> Names => [.. _values.Keys];

    /// <summary>The input gate i, from 0 to 1: how much of the candidate is taken up.</summary>
    public Tensor Input => this["input"];

    /// <summary>The forget gate f, from 0 to 1: how much of c is kept.</summary>
    public Tensor Forget => this["forget"];

    /// <summary>The candidate g, from -1 to 1: what might be taken up.</summary>
    public Tensor Candidate => this["candidate"];

    /// <summary>The output gate o, from 0 to 1: how much of c is shown.</summary>
    public Tensor Output => this["output"];

    /// <summary>The cell state behind each step: c' = f * c + i * g.</summary>
    public Tensor C => this["c"];

    /// <summary>The hidden state behind each step, which is the output: h' = o * tanh(c').</summary>
    public Tensor H => this["h"];

    /// <summary>One of <see cref="Names"/>, (batch, time, units).</summary>
    /// <exception cref="ArgumentException">The cell has nothing of this name; the nearest one is named.</exception>
    public Tensor this[string name] => NearestName.Find(_values.ToDictionary(StringComparer.Ordinal), name, $"part of {Name}");

    /// <summary>The same under another name.</summary>
    internal CellTrace Renamed(string name) => new(name, _values.Select(pair => (pair.Key, pair.Value)));
}

/// <summary>
/// What the cells of a recurrent layer did over a sequence. The steps stand in the order of the input, whichever way the
/// layer goes, so that column t belongs to x[t].
/// </summary>
[TypeFormatterSource(typeof(RecurrentTraceFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class RecurrentTrace
{
    private readonly string _layer;

    internal RecurrentTrace(string layer, IReadOnlyList<CellTrace> cells)
    {
        _layer = layer;
        Cells = cells;
    }

    /// <summary>The cells: one for most layers; those of a stack from the input upwards; a Bidirectional's forward ones first.</summary>
    public IReadOnlyList<CellTrace> Cells { get; }

    /// <inheritdoc cref="CellTrace.Input"/>
    public Tensor Input => Only.Input;

    /// <inheritdoc cref="CellTrace.Forget"/>
    public Tensor Forget => Only.Forget;

    /// <inheritdoc cref="CellTrace.Candidate"/>
    public Tensor Candidate => Only.Candidate;

    /// <inheritdoc cref="CellTrace.Output"/>
    public Tensor Output => Only.Output;

    /// <inheritdoc cref="CellTrace.C"/>
    public Tensor C => Only.C;

    /// <inheritdoc cref="CellTrace.H"/>
    public Tensor H => Only.H;

    private CellTrace Only => Cells.Count == 1
        ? Cells[0]
        : throw new InvalidOperationException($"{_layer} has {Cells.Count} cells. Choose one: trace.Cells[0] is {Cells[0].Name}.");

    /// <summary>One part of the only cell, (batch, time, units).</summary>
    /// <exception cref="InvalidOperationException">There are several cells.</exception>
    public Tensor this[string name] => Only[name];

    /// <summary>
    /// Heat maps of everything over time, on one scale: a row is a unit, a column a step. Blue is negative, orange positive.
    /// </summary>
    /// <param name="sample">Which sample of the batch.</param>
    /// <param name="maxUnits">How many units are shown at most; the title says where there are more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample, or no unit is to be shown.</exception>
    public GenericChart Plot(int sample = 0, int maxUnits = 32) => TraceChart.Draw(_layer, Cells, sample, maxUnits);

    /// <summary>Says what there is, and of which shape.</summary>
    public override string ToString() => string.Join('\n', Cells.Select(cell =>
        $"{cell.Name}: {string.Join(", ", cell.Names.Select(name => $"{name} {cell[name].Shape}"))}"));

    internal IEnumerable<CellTrace> Named(string layer) =>
        Cells.Select(cell => cell.Renamed(Cells.Count == 1 ? layer : $"{layer}, {cell.Name}"));
}

/// <summary>How a notebook shows a trace: its heat maps.</summary>
internal sealed class RecurrentTraceFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => ((RecurrentTrace)value).Plot().ToHtml()),
        new Formatter("text/plain", value => value.ToString()!),
    ];
}
