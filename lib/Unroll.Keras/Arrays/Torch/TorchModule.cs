using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Keras.Arrays.Torch;

/// <summary>
/// A module of a state dict, or one layer of a recurrent one: <c>lstm.weight_ih_l1_reverse</c> is parameter
/// <c>weight_ih_reverse</c> of layer 1 of <c>lstm</c>. A cell's parameters have no number, and count as layer 0.
/// </summary>
internal sealed partial class TorchModule
{
    private const string Counter = "num_batches_tracked";

    private readonly OrderedDictionary<string, string> _keys = new(StringComparer.Ordinal);

    private TorchModule(string name, int? layer) => (Name, Layer) = (name, layer);

    public string Name { get; }

    /// <summary>Which layer of a recurrent module it is; null where the module is not recurrent.</summary>
    public int? Layer { get; }

    /// <summary>The names in the file by the parameters' own.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>Whether a tensor counts batches, which nothing here needs.</summary>
    public static bool IsCounter(string key) => key == Counter || key.EndsWith($".{Counter}", StringComparison.Ordinal);

    /// <summary>The modules with all their layers, in the order in which the model has them, as far as the file tells.</summary>
    public static IReadOnlyList<IReadOnlyList<TorchModule>> Of(IEnumerable<string> keys)
    {
        var modules = new OrderedDictionary<(string Name, int? Layer), TorchModule>();
        foreach (var key in InOrder([.. keys.Where(key => !IsCounter(key))]))
        {
            var (name, parameter) = key.LastIndexOf('.') is >= 0 and var dot ? (key[..dot], key[(dot + 1)..]) : ("", key);
            var match = Recurrent().Match(parameter);
            int? layer = match.Success ? match.Groups["layer"].Success ? int.Parse(match.Groups["layer"].ValueSpan, CultureInfo.InvariantCulture) : 0 : null;
            if (!modules.TryGetValue((name, layer), out var module))
                modules[(name, layer)] = module = new TorchModule(name, layer);
            module._keys.TryAdd(match.Success ? match.Groups["word"].Value + match.Groups["reverse"].Value : parameter, key);
        }

        return
        [
            .. modules.Values.GroupBy(module => (module.Name, module.Layer is null)).Select(group => (TorchModule[])[.. group.OrderBy(module => module.Layer)]),
        ];
    }

    /// <summary>
    /// The format's own library writes names in alphabetical order, in which layers.10 stands before layers.2: then by number.
    /// Any other order is that of the state dict.
    /// </summary>
    private static string[] InOrder(string[] keys)
    {
        var isAlphabetical = keys.SequenceEqual(keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        return isAlphabetical ? [.. keys.OrderBy(key => Number().Replace(key, number => number.Value.PadLeft(20, '0')), StringComparer.Ordinal)] : keys;
    }

    [GeneratedRegex("^(?<word>(weight|bias)_(ih|hh|hr))(_l(?<layer>[0-9]{1,4}))?(?<reverse>_reverse)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Recurrent();

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
