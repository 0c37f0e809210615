using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// The lengths of a tensor's axes, written and printed as a Python tuple: <c>(2, 9, 3)</c>, <c>(20,)</c>, <c>()</c>.
/// An axis that is not known before data come is <see langword="null"/> and prints as <c>None</c>.
/// </summary>
/// <example><code>Shape shape = [null, 9, 3];   // (None, 9, 3)</code></example>
[CollectionBuilder(typeof(Shape), nameof(Create))]
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Shape : IReadOnlyList<int?>, IEquatable<Shape>
{
    private const int None = -1;
    private const string Unknown = "Unroll: unknown axis";
    private const string TooLarge = "Unroll: too large";

    // An unknown axis is kept as -1.
    private readonly int[] _axes;

    private Shape(int[] axes) => _axes = axes;

    /// <summary>The shape of a scalar: no axis, one element.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>How many axes there are.</summary>
    public int Rank => _axes.Length;

    /// <summary>How many axes there are; the same as <see cref="Rank"/>.</summary>
    public int Count => _axes.Length;

    /// <summary>How many elements a tensor of this shape holds.</summary>
    /// <exception cref="InvalidOperationException">An axis is not known.</exception>
    /// <exception cref="OverflowException">There are more than a tensor can hold.</exception>
    public int Size
    {
        get
        {
            var size = LongSize;
            return size <= Array.MaxLength
                ? (int)size
                : throw Tagged(new OverflowException($"Shape {this} has {Words(size)} elements; a tensor holds {Array.MaxLength} at most."), TooLarge);
        }
    }

    /// <summary>Whether every axis is known.</summary>
    public bool IsKnown => Array.IndexOf(_axes, None) < 0;

    internal ReadOnlySpan<int> Axes => _axes;

    /// <summary>How many elements there would be, however many; what is more than a long can count is its greatest number.</summary>
    internal long LongSize
    {
        get
        {
            var size = (Int128)1;
            var isEmpty = false;
            for (var axis = 0; axis < Rank; axis++)
            {
                var length = this[axis];
                isEmpty |= length == 0;
                if (length > 0)
                    size = Int128.Min(size * length, long.MaxValue);
            }

            return isEmpty ? 0 : (long)size;
        }
    }

    int? IReadOnlyList<int?>.this[int index] => IsKnownAt(index) ? _axes[index] : null;

    /// <summary>The length of one axis; count from the end with <c>^1</c>.</summary>
    /// <exception cref="InvalidOperationException">The axis is <c>None</c>: not known before data come.</exception>
    public int this[int axis]
    {
        get
        {
            if ((uint)axis >= (uint)Rank)
                throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {this} has {Rank} axes; there is no axis {axis}.");
            return _axes[axis] != None
                ? _axes[axis]
                : throw UnknownAxis(axis);
        }
    }

    /// <summary>Makes a shape from lengths; <see langword="null"/> stands for an axis that is not known.</summary>
    public static Shape Create(ReadOnlySpan<int?> axes)
    {
        var copy = new int[axes.Length];
        for (var i = 0; i < axes.Length; i++)
            copy[i] = Checked(axes[i] ?? None, axes[i] is null);
        return new Shape(copy);
    }

    /// <summary>Makes a shape from an array of lengths; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(axes))]
    public static implicit operator Shape?(int[]? axes) => axes is null ? null : Of(axes);

    /// <summary>Lets a shape stand where lengths are asked for: <c>Tensor.Zeros(x.Shape)</c>.</summary>
    public static implicit operator ReadOnlySpan<int>(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape._axes;
    }

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>Makes a shape from an array of lengths; the named form of the conversion.</summary>
    [return: NotNullIfNotNull(nameof(axes))]
    public static Shape? FromArray(int[]? axes) => axes;

    /// <summary>Whether the length of an axis is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public bool IsKnownAt(int axis) => (uint)axis < (uint)Rank
        ? _axes[axis] != None
        : throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {this} has {Rank} axes; there is no axis {axis}.");

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _axes.AsSpan().SequenceEqual(other._axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var axis in _axes)
            hash.Add(axis);
        return hash.ToHashCode();
    }

    /// <summary>Prints as Python prints a tuple.</summary>
    public override string ToString() => _axes.Length switch
    {
        1 => $"({Word(_axes[0])},)",
        _ => $"({string.Join(", ", _axes.Select(Word))})",
    };

    /// <inheritdoc/>
    public IEnumerator<int?> GetEnumerator()
    {
        foreach (var axis in _axes)
            yield return axis == None ? null : axis;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static Shape Of(params ReadOnlySpan<int> axes)
    {
        foreach (var axis in axes)
            Checked(axis, false);
        return new Shape(axes.ToArray());
    }

    /// <summary>The axes from <paramref name="start"/> on.</summary>
    internal Shape From(int start) => new(_axes[start..]);

    /// <summary>This shape with a new first axis prepended.</summary>
    internal Shape Prepend(int? first) => new([first ?? None, .. _axes]);

    /// <summary>This shape without one axis.</summary>
    internal Shape Without(int axis) => new([.. _axes[..axis], .. _axes[(axis + 1)..]]);

    /// <summary>This shape with one axis of another length.</summary>
    internal Shape With(int axis, int? length)
    {
        var copy = (int[])_axes.Clone();
        copy[axis] = length ?? None;
        return new Shape(copy);
    }

    /// <summary>The length of an axis, or null where it is not known.</summary>
    internal int? At(int axis) => _axes[axis] == None ? null : _axes[axis];

    /// <summary>Whether a tensor of shape <paramref name="other"/> may stand where this is expected.</summary>
    internal bool Accepts(Shape other)
    {
        if (other.Rank != Rank)
            return false;
        for (var i = 0; i < Rank; i++)
            if (_axes[i] != None && other._axes[i] != None && _axes[i] != other._axes[i])
                return false;
        return true;
    }

    private static int Checked(int axis, bool unknown) => axis >= 0 || unknown
        ? axis
        : throw new ArgumentException($"An axis cannot have the length {axis}. Use null for an axis that is not known yet.");

    /// <summary>Whether an error says that a length is not known.</summary>
    internal static bool IsUnknownAxis(Exception error) => error.Data.Contains(Unknown);

    /// <summary>Whether an error says that there cannot be a tensor of some shape.</summary>
    internal static bool IsTooLarge(Exception error) => error.Data.Contains(TooLarge);

    /// <summary>The error of a shape for which there is no memory.</summary>
    internal Exception NoMemory(Exception error) => Tagged(
        new InvalidOperationException($"There is no memory for a tensor of shape {this}, {LongSize * sizeof(float) >> 20} MB.", error), TooLarge);

    private InvalidOperationException UnknownAxis(int axis) =>
        Tagged(new InvalidOperationException($"Axis {axis} of shape {this} is not known before data come."), Unknown);

    /// <summary>Marks an error, so that a layer can add its name.</summary>
    private static T Tagged<T>(T error, string tag)
        where T : Exception
    {
        error.Data[tag] = true;
        return error;
    }

    private static string Words(long size) =>
        size == long.MaxValue ? "more than 9223372036854775806" : size.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Word(int axis) => axis == None ? "None" : axis.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
