using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Unroll.Keras.Configuration;

/// <summary>
/// A class of Keras and ours of the same name. The library keeps to one convention, which a test holds: the argument
/// <c>kernelInitializer</c> of a constructor is the property <c>KernelInitializer</c>, and <c>kernel_initializer</c> in Keras'
/// configuration. Here stands what does not follow it.
/// </summary>
internal sealed class KnownClass
{
    private const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Keras writes some words as one, and numbers apart.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["clipNorm"] = "clipnorm",
        ["clipValue"] = "clipvalue",
        ["globalClipNorm"] = "global_clipnorm",
        ["beta1"] = "beta_1",
        ["beta2"] = "beta_2",
    };

    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?[]?> _ignored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonNode?> _absent = new(StringComparer.Ordinal);

    private KnownClass([DynamicallyAccessedMembers(Needed)] Type type, string[] names)
    {
        (Type, Names) = (type, names);

        // The first takes one cell where there is a second that takes several.
        Constructor = type.GetConstructors()[0];
        Parameters = Constructor.GetParameters();
        Properties = Parameters.ToDictionary(
            parameter => parameter.Name!,
            parameter => type.GetProperty(char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..]),
            StringComparer.Ordinal);
    }

    /// <summary>Our class.</summary>
    public Type Type { get; }

    /// <summary>What Keras calls it, the present name first.</summary>
    public IReadOnlyList<string> Names { get; }

    public ConstructorInfo Constructor { get; }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>The property that gives an argument back, by the argument's name.</summary>
    public IReadOnlyDictionary<string, PropertyInfo?> Properties { get; }

    public static KnownClass Of<[DynamicallyAccessedMembers(Needed)] T>(params string[] otherNames) =>
        new(typeof(T), [typeof(T).Name, .. otherNames]);

    /// <summary>The key of an argument in Keras' configuration: <c>returnSequences</c> is <c>return_sequences</c>.</summary>
    public static string KeyOf(string parameter) => Words.GetValueOrDefault(parameter) ?? Session.SnakeCase(parameter);

    /// <summary>An argument that has, or once had, another key.</summary>
    public KnownClass Renamed(string key, string parameter)
    {
        _renamed.Add(key, parameter);
        return this;
    }

    /// <summary>
    /// A key that changes nothing here: whatever its value is, or, where values are given, if it is one of them. A value that is
    /// null, false or empty says nothing in any case.
    /// </summary>
    public KnownClass Ignoring(string key, params JsonNode?[] values)
    {
        _ignored.Add(key, values.Length == 0 ? null : values);
        return this;
    }

    /// <summary>What a key means in files of versions that did not have it yet.</summary>
    public KnownClass Absent(string key, JsonNode? value)
    {
        _absent.Add(key, value);
        return this;
    }

    /// <summary>The argument that a key stands for, or null.</summary>
    public string? ParameterOf(string key) => _renamed.GetValueOrDefault(key)
        ?? Parameters.FirstOrDefault(parameter => string.Equals(KeyOf(parameter.Name!), key, StringComparison.Ordinal))?.Name;

    public bool Ignores(string key, JsonNode? value) =>
        _ignored.TryGetValue(key, out var values) && (values is null || values.Any(one => JsonNode.DeepEquals(one, value)));

    /// <summary>The value of a key that a file does not have; false where the constructor's default is right.</summary>
    public bool IsAbsent(string key, out JsonNode? value) => _absent.TryGetValue(key, out value);
}
