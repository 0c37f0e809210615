using Unroll.Keras.Hdf5;

namespace Unroll.Keras.Weights;

/// <summary>
/// The variables of a file that Keras writes since 2.12: under <c>layers/lstm/cell/vars</c> lie <c>0</c>, <c>1</c>, <c>2</c>.
/// </summary>
internal sealed class StoredVariables
{
    private readonly Dictionary<string, Hdf5Group> _groups = new(StringComparer.Ordinal);

    public StoredVariables(Hdf5Group root) => Collect(root);

    /// <summary>Whether a file is of this form.</summary>
    public static bool Are(Hdf5Group root) => root.GroupNames.Any(name => name is "vars" or "layers" or "_layer_checkpoint_dependencies"
        || name.StartsWith("layers\\", StringComparison.Ordinal) || name.StartsWith("_layer_checkpoint_dependencies\\", StringComparison.Ordinal));

    /// <summary>The ways to all layers that have variables.</summary>
    public IEnumerable<string> Paths => _groups.Keys;

    /// <summary>The variables of a layer in their order; none where there are none.</summary>
    public IReadOnlyList<Hdf5Array> Of(string path)
    {
        if (_groups.GetValueOrDefault(path) is not { } group)
            return [];
        var arrays = new List<Hdf5Array>();
        while (group.Array(arrays.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } array)
            arrays.Add(array);
        return arrays;
    }

    /// <summary>An array beside those that are numbered, such as <c>lora_kernel_a</c>: its name.</summary>
    public IEnumerable<string> Named(string path) => _groups.GetValueOrDefault(path) is { } group
        ? group.ArrayNames.Where(name => !name.All(char.IsAsciiDigit))
        : [];

    /// <summary>
    /// The way to the layer of some number among those of one class, <c>layers/lstm_1</c>. Some versions counted layers twice, so
    /// that the next after <c>lstm</c> is <c>lstm_2</c>: where a name is not there, the layers of the class are taken in their order.
    /// </summary>
    public string Child(string container, IReadOnlyList<string> words, int number)
    {
        foreach (var place in Places(container))
        {
            foreach (var word in words)
            {
                var name = number == 0 ? word : $"{word}_{number}";
                if (Has($"{place}/{name}"))
                    return $"{place}/{name}";
            }

            var ofClass = words.SelectMany(word => Numbered(place, word)).OrderBy(child => child.Number).ToList();
            if (number < ofClass.Count)
                return $"{place}/{ofClass[number].Name}";
        }

        return $"{container}/{(number == 0 ? words[0] : $"{words[0]}_{number}")}";
    }

    /// <summary>Whether there are variables at a way or below it.</summary>
    public bool Has(string path) => _groups.ContainsKey(path) || _groups.Keys.Any(key => key.StartsWith($"{path}/", StringComparison.Ordinal));

    private static IEnumerable<string> Places(string container) =>
        [container, container.Replace("layers", "_layer_checkpoint_dependencies", StringComparison.Ordinal)];

    private IEnumerable<(int Number, string Name)> Numbered(string place, string word)
    {
        var names = _groups.Keys.Where(key => key.StartsWith($"{place}/", StringComparison.Ordinal))
            .Select(key => key[(place.Length + 1)..].Split('/')[0]).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (string.Equals(name, word, StringComparison.Ordinal))
                yield return (0, name);
            else if (name.StartsWith($"{word}_", StringComparison.Ordinal) && int.TryParse(name.AsSpan(word.Length + 1), out var number))
                yield return (number, name);
        }
    }

    /// <summary>Keeps every group <c>vars</c> that is not empty. On Windows a version wrote ways as one name: <c>layers\lstm\cell</c>.</summary>
    private void Collect(Hdf5Group group)
    {
        foreach (var name in group.GroupNames)
        {
            var child = group.Group(name)!;
            if (name is not "vars")
                Collect(child);
            else if (child.ArrayNames.Any())
                _groups[group.Path.Replace('\\', '/')] = child;
        }
    }
}
