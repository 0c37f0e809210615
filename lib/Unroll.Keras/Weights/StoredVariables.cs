using System.Globalization;
using Unroll.Keras.Hdf5;

namespace Unroll.Keras.Weights;

/// <summary>
/// The variables of a file that Keras writes since 2.12: under <c>layers/lstm/cell/vars</c> lie <c>0</c>, <c>1</c>, <c>2</c>.
/// </summary>
internal sealed class StoredVariables
{
    private readonly Dictionary<string, Hdf5Group> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

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
        while (group.Array(arrays.Count.ToString(CultureInfo.InvariantCulture)) is { } array)
            arrays.Add(array);
        return arrays;
    }

    /// <summary>An array beside those that are numbered, such as <c>lora_kernel_a</c>: its name.</summary>
    public IEnumerable<string> Named(string path) => _groups.GetValueOrDefault(path) is { } group
        ? group.ArrayNames.Where(name => !name.All(char.IsAsciiDigit))
        : [];

    /// <summary>
    /// The way to a layer in a list of layers, <c>layers/lstm_1</c>: the name of its class, and how many of the class come before it.
    /// </summary>
    /// <param name="container">The way to the list.</param>
    /// <param name="words">The name of the class, as versions wrote it.</param>
    /// <param name="before">How many layers of the class come before it.</param>
    /// <param name="withWeights">How many of those have weights: around 2.13 they were counted twice.</param>
    public string Child(string container, IReadOnlyList<string> words, int before, int withWeights)
    {
        var older = container.Replace("layers", "_layer_checkpoint_dependencies", StringComparison.Ordinal);
        return words.SelectMany(word =>
            new[] { Numbered($"{container}/{word}", before), Numbered($"{older}/{word}", before + withWeights), Numbered($"{older}/{word}", before) })
            .FirstOrDefault(_known.Contains) ?? Numbered($"{container}/{words[0]}", before);
    }

    /// <summary>A name and a number after it, unless that is 0.</summary>
    public static string Numbered(string name, int number) => number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");

    /// <summary>Whether there are variables at a way or below it.</summary>
    public bool Has(string path) => _groups.ContainsKey(path) || _groups.Keys.Any(key => key.StartsWith($"{path}/", StringComparison.Ordinal));

    /// <summary>Keeps every group <c>vars</c> that is not empty, and knows of the others. On Windows a version wrote ways
    /// as one name: <c>layers\lstm\cell</c>.</summary>
    private void Collect(Hdf5Group group)
    {
        foreach (var name in group.GroupNames)
        {
            var child = group.Group(name)!;
            if (name is not "vars")
            {
                _known.Add(child.Path.Replace('\\', '/'));
                Collect(child);
            }
            else if (child.ArrayNames.Any())
            {
                _groups[group.Path.Replace('\\', '/')] = child;
            }
        }
    }
}
