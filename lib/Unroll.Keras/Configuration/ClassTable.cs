namespace Unroll.Keras.Configuration;

/// <summary>Classes by Keras' names, and by ours.</summary>
internal sealed class ClassTable
{
    private readonly Dictionary<string, KnownClass> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, KnownClass> _byType = [];

    public ClassTable(params KnownClass[] classes)
    {
        foreach (var one in classes)
        {
            _byType.Add(one.Type, one);
            foreach (var name in one.Names)
                _byName.Add(Plain(name), one);
        }
    }

    public IEnumerable<KnownClass> All => _byType.Values;

    /// <summary>The class of a name in any of Keras' spellings: <c>GlorotUniform</c>, <c>glorot_uniform</c>, <c>Custom>GlorotUniform</c>.</summary>
    public KnownClass? Find(string name) => _byName.GetValueOrDefault(Plain(name[(name.LastIndexOf('>') + 1)..]));

    public KnownClass? Find(Type type) => _byType.GetValueOrDefault(type);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
