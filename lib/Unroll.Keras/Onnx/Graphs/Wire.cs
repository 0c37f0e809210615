namespace Unroll.Keras.Onnx.Graphs;

/// <summary>What one node gives and others take. Its name is chosen when the graph is whole, so that inputs and outputs come first.</summary>
/// <param name="hint">The name that it has where no other has it.</param>
internal sealed class Wire(string hint)
{
    public string Hint => hint;

    public string Name
    {
        get => field ?? throw new InvalidOperationException($"{hint} has no name yet.");
        set;
    }
}
