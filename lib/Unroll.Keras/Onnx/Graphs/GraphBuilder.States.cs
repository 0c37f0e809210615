using Unroll.Layers;

namespace Unroll.Keras.Onnx.Graphs;

/// <content>What stateful layers keep: it comes in with a call, and goes out with it.</content>
internal sealed partial class GraphBuilder
{
    private readonly OrderedDictionary<(Layer Layer, int Place), State> _states = [];

    /// <summary>The state that a stateful layer begins with: an input of the graph, or what its call before ended with.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="place">Which of its states.</param>
    /// <param name="word">The state's name, <c>h</c> or <c>c</c>.</param>
    /// <param name="shape">Its shape, with the batch.</param>
    public Value Kept(Layer layer, int place, string word, Shape shape)
    {
        if (!_states.TryGetValue((layer, place), out var state))
        {
            var name = $"{layer.Name}_{word}";
            var value = new Value(new Wire($"{name}_in"), shape);
            _states.Add((layer, place), state = new State(name, value, value));
        }

        return state.Last;
    }

    /// <summary>The state that a call of a stateful layer ends with.</summary>
    public void Keep(Layer layer, int place, Value value)
    {
        if (_states.TryGetValue((layer, place), out var state))
            _states[(layer, place)] = state with { Last = value };
    }

    private sealed record State(string Name, Value First, Value Last);
}
