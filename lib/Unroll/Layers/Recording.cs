namespace Unroll.Layers;

/// <summary>What one cell did over a sequence: tensors of shape (batch, time, units) by name.</summary>
public sealed class CellRecording
{
    private readonly OrderedDictionary<string, Tensor> _values;

    internal CellRecording(string name, IEnumerable<(string Name, Tensor Value)> values)
    {
        Name = name;
        _values = new OrderedDictionary<string, Tensor>(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)), StringComparer.Ordinal);
    }

    /// <summary>The name of the cell, or of the layer where it has one cell.</summary>
    public string Name { get; }

    /// <summary>
    /// What there is: for an LSTM <c>input</c>, <c>forget</c>, <c>candidate</c>, <c>output</c>, <c>c</c>, <c>h</c>; for a GRU
    /// <c>update</c>, <c>reset</c>, <c>candidate</c>, <c>h</c>.
    /// </summary>
    public IReadOnlyList<string> Names => [.. _values.Keys];

    /// <summary>The input gate i, from 0 to 1: how much of the candidate is taken up.</summary>
    public Tensor Input => this["input"];

    /// <summary>The forget gate f, from 0 to 1: how much of c is kept.</summary>
    public Tensor Forget => this["forget"];

    /// <summary>A GRU's update gate z, from 0 to 1: how much of h is kept, and how little of the candidate taken up.</summary>
    public Tensor Update => this["update"];

    /// <summary>A GRU's reset gate r, from 0 to 1: how much of h the candidate sees.</summary>
    public Tensor Reset => this["reset"];

    /// <summary>The candidate g, from -1 to 1: what might be taken up.</summary>
    public Tensor Candidate => this["candidate"];

    /// <summary>The output gate o, from 0 to 1: how much of c is shown.</summary>
    public Tensor Output => this["output"];

    /// <summary>The cell state after each step: c' = f * c + i * g.</summary>
    public Tensor C => this["c"];

    /// <summary>The hidden state after each step, which is the output: h' = o * tanh(c').</summary>
    public Tensor H => this["h"];

    /// <summary>One of <see cref="Names"/>, (batch, time, units).</summary>
    /// <exception cref="ArgumentException">The cell has nothing of this name; the nearest one is named.</exception>
    public Tensor this[string name] => NearestName.Find(_values.ToDictionary(StringComparer.Ordinal), name, $"part of {Name}");

    /// <summary>The same under another name.</summary>
    internal CellRecording Renamed(string name) => new(name, _values.Select(pair => (pair.Key, pair.Value)));
}

/// <summary>
/// What the cells of a recurrent layer did over a sequence. The steps stand in the order of the input, whichever way the
/// layer goes, so that column t belongs to x[t].
/// </summary>
[Views.TypeFormatterSource(
    "Unroll.Pictures.Looks.RecordingFormatters, Unroll.Pictures, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null",
    PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Recording
{
    internal Recording(string layer, IReadOnlyList<CellRecording> cells)
    {
        Layer = layer;
        Cells = cells;
    }

    /// <summary>The name of the layer.</summary>
    public string Layer { get; }

    /// <summary>The cells: one for most layers; those of a stack from the input upwards; a Bidirectional's forward ones first.</summary>
    public IReadOnlyList<CellRecording> Cells { get; }

    /// <inheritdoc cref="CellRecording.Input"/>
    public Tensor Input => Only.Input;

    /// <inheritdoc cref="CellRecording.Forget"/>
    public Tensor Forget => Only.Forget;

    /// <inheritdoc cref="CellRecording.Update"/>
    public Tensor Update => Only.Update;

    /// <inheritdoc cref="CellRecording.Reset"/>
    public Tensor Reset => Only.Reset;

    /// <inheritdoc cref="CellRecording.Candidate"/>
    public Tensor Candidate => Only.Candidate;

    /// <inheritdoc cref="CellRecording.Output"/>
    public Tensor Output => Only.Output;

    /// <inheritdoc cref="CellRecording.C"/>
    public Tensor C => Only.C;

    /// <inheritdoc cref="CellRecording.H"/>
    public Tensor H => Only.H;

    private CellRecording Only => Cells.Count == 1
        ? Cells[0]
        : throw new InvalidOperationException($"{Layer} has {Cells.Count} cells. Choose one: recording.Cells[0] is {Cells[0].Name}.");

    /// <summary>One part of the only cell, (batch, time, units).</summary>
    /// <exception cref="InvalidOperationException">There are several cells.</exception>
    public Tensor this[string name] => Only[name];

    /// <summary>Says what there is, and of which shape.</summary>
    public override string ToString() => string.Join('\n', Cells.Select(cell =>
        $"{cell.Name}: {string.Join(", ", cell.Names.Select(name => $"{name} {cell[name].Shape}"))}"));

    internal IEnumerable<CellRecording> Named(string layer) =>
        Cells.Select(cell => cell.Renamed(Cells.Count == 1 ? layer : $"{layer}, {cell.Name}"));
}
