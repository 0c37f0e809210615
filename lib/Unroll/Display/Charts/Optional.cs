namespace Unroll.Display;

/// <summary>An argument that may be left out, as in Plotly.NET.CSharp; any value converts to it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="IsSome">Whether there is one.</param>
public readonly record struct Optional<T>(T Value, bool IsSome)
{
    /// <summary>The value, or null where it was left out.</summary>
    internal object? OrNull => IsSome ? Value : null;

    /// <summary>A value that is there.</summary>
    public static implicit operator Optional<T>(T value) => new(value, true);

    /// <summary>The value, or <paramref name="otherwise"/> where it was left out.</summary>
    internal T Or(T otherwise) => IsSome ? Value : otherwise;
}
