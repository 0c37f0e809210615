namespace Unroll.Keras.Arrays.Torch;

/// <summary>Which module goes where: as the map says, then by equal names, then the first that fits, in order.</summary>
internal sealed class TorchMatching
{
    private readonly IReadOnlyDictionary<string, Tensor> _state;
    private readonly IReadOnlyList<TorchPlace> _places;
    private readonly Dictionary<TorchPlace, TorchModule> _filled = [];
    private readonly List<string> _guessed = [];

    public TorchMatching(IReadOnlyDictionary<string, Tensor> state, IReadOnlyList<TorchPlace> places, IReadOnlyDictionary<string, string> map)
    {
        (_state, _places) = (state, places);
        var modules = TorchModule.Of(state.Keys).ToList();
        foreach (var (module, layer) in map)
            TakeMapped(modules, module, layer);
        modules.RemoveAll(module => Fill(module, place => place.IsCalled(module[0].Name)));
        foreach (var module in modules)
        {
            if (Beginnings(module).Skip(1).Any())
                _guessed.Add(module[0].Name);
            Fill(module, _ => true);
        }
    }

    /// <summary>The module of each place that has one.</summary>
    public IReadOnlyDictionary<TorchPlace, TorchModule> Filled => _filled;

    /// <summary>The modules that would have fitted several layers.</summary>
    public IReadOnlyList<string> Guessed => _guessed;

    private void TakeMapped(List<IReadOnlyList<TorchModule>> modules, string name, string layer)
    {
        var module = modules.Find(one => one[0].Name == name) ?? throw new ArgumentException(
            $"The map names a module {name}, but the file has none. It has {Words(modules.Select(one => one[0].Name))}.");
        if (!_places.Any(place => IsNamed(place, layer)))
        {
            throw new ArgumentException(
                $"The map names a layer {layer}, but the model has none that a module could fill. It has {Words(_places.Select(place => place.Layer.Name))}.");
        }

        // Where it does not fit, it fits nowhere: it was said where it belongs.
        Fill(module, place => IsNamed(place, layer));
        modules.Remove(module);
    }

    private static string Words(IEnumerable<string> names) => string.Join(", ", names.Distinct(StringComparer.Ordinal));

    private static bool IsNamed(TorchPlace place, string layer) => place.Layer.Name == layer || place.Path == layer;

    /// <summary>Puts the layers of a module into places that follow each other, the first of which is one that may be.</summary>
    private bool Fill(IReadOnlyList<TorchModule> module, Func<TorchPlace, bool> mayBegin)
    {
        var run = Beginnings(module).FirstOrDefault(run => mayBegin(run[0]));
        if (run is null)
            return false;
        foreach (var (place, layer) in run.Zip(module))
            _filled.Add(place, layer);
        return true;
    }

    /// <summary>The free places that follow each other and fit the layers of a module.</summary>
    private IEnumerable<TorchPlace[]> Beginnings(IReadOnlyList<TorchModule> module)
    {
        TorchPlace[] free = [.. _places.Where(place => place.IsRecurrent == module[0].Layer is not null && !_filled.ContainsKey(place))];
        return Enumerable.Range(0, Math.Max(0, free.Length - module.Count + 1))
            .Select(start => free[start..(start + module.Count)])
            .Where(run => run.Zip(module).All(pair => pair.First.IsFilledBy(pair.Second, _state)));
    }
}
