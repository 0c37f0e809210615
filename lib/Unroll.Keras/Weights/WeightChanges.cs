using System.Text;
using Unroll.Layers;

namespace Unroll.Keras.Weights;

/// <summary>New values for the weights of a model. All are checked before one is changed, and all that is wrong is said at once.</summary>
/// <param name="file">What errors call the file.</param>
internal sealed class WeightChanges(string file)
{
    private const int MostProblems = 20;

    private readonly List<(Variable Variable, Tensor Value)> _changes = [];
    private readonly List<Action> _others = [];
    private readonly List<string> _problems = [];

    /// <summary>The numbers for the variables of a layer.</summary>
    /// <param name="layer">The layer that errors name.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="values">As many, of their shapes.</param>
    /// <param name="place">Where in the file they are.</param>
    public void Add(Layer layer, IReadOnlyList<Variable> variables, IReadOnlyList<Tensor> values, string place)
    {
        if (values.Count != variables.Count)
        {
            var expected = string.Join(", ", variables.Select(variable => $"{variable.Name} {variable.Shape}"));
            _problems.Add(values.Count == 0
                ? $"layer {layer.Name} ({layer.ClassName}): its weights are missing, expected {expected} at {place}"
                : $"layer {layer.Name} ({layer.ClassName}): expected {variables.Count} weights, {expected}; found {values.Count}, " +
                    $"{string.Join(", ", values.Select(value => value.Shape))}, at {place}");
            return;
        }

        foreach (var (variable, value) in variables.Zip(values))
        {
            if (variable.Shape == value.Shape)
                _changes.Add((variable, value));
            else
                _problems.Add($"layer {layer.Name} ({layer.ClassName}), weight {variable.Name}: expected {variable.Shape}, found {value.Shape} at {place}");
        }
    }

    /// <summary>Something else to change with the weights.</summary>
    public void Also(Action change) => _others.Add(change);

    public void Problem(string text) => _problems.Add(text);

    /// <summary>Changes everything, or nothing where something does not fit.</summary>
    /// <exception cref="InvalidDataException">The weights are not those of the model.</exception>
    public void Apply()
    {
        if (_problems.Count > 0)
            throw new InvalidDataException(Message());
        foreach (var (variable, value) in _changes)
            variable.Assign(value);
        foreach (var other in _others)
            other();
    }

    private string Message()
    {
        var text = new StringBuilder($"The weights in {file} are not those of the model; nothing was changed.");
        foreach (var problem in _problems.Take(MostProblems))
            text.Append("\n  ").Append(problem).Append('.');
        if (_problems.Count > MostProblems)
            text.Append($"\n  and {_problems.Count - MostProblems} more.");
        return text.ToString();
    }
}
