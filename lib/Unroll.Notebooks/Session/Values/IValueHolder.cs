namespace Unroll.Notebooks.Session.Values;

/// <summary>What has values by names: the variables of a language, or what <c>#!value</c> keeps.</summary>
internal interface IValueHolder
{
    /// <summary>All of them, in the order of their declaration.</summary>
    IEnumerable<HeldValue> All { get; }

    /// <summary>The value of that name, or null where there is none.</summary>
    SharedValue? Find(string name);

    /// <summary>Declares a variable of that name.</summary>
    /// <exception cref="NotSupportedException">The language cannot have it; the message says why.</exception>
    void Set(string name, object? value);
}

/// <summary>A variable with its type.</summary>
internal sealed record HeldValue(string Name, Type Type, object? Value);
