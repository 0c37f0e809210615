using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <summary>Several symbolic tensors in order; a single one, or a list in brackets, stands for it.</summary>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class KerasTensors : IReadOnlyList<KerasTensor>
{
    private readonly KerasTensor[] _items;

    private KerasTensors(KerasTensor[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public KerasTensor this[int index] => _items[index];

    /// <summary>A single tensor is a list of one; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator KerasTensors?(KerasTensor? tensor) => tensor is null ? null : new KerasTensors([tensor]);

    /// <summary>An array is a list; null stays null.</summary>
    /// <exception cref="ArgumentNullException">An item is null.</exception>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator KerasTensors?(KerasTensor[]? tensors) => tensors is null ? null : Create(tensors);

    /// <summary>Makes a list; the bracket form <c>[x, y]</c> comes here.</summary>
    /// <exception cref="ArgumentNullException">An item is null.</exception>
    public static KerasTensors Create(ReadOnlySpan<KerasTensor> items)
    {
        for (var i = 0; i < items.Length; i++)
            if (items[i] is null)
                throw new ArgumentNullException(nameof(items), $"Symbolic tensor {i} of {items.Length} is null.");
        return new KerasTensors(items.ToArray());
    }

    /// <summary>The named form of the conversion from a tensor.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static KerasTensors? FromKerasTensor(KerasTensor? tensor) => tensor;

    /// <summary>Takes a list of two apart.</summary>
    public void Deconstruct(out KerasTensor first, out KerasTensor second)
    {
        CheckCount(2);
        (first, second) = (_items[0], _items[1]);
    }

    /// <summary>Takes a list of three apart.</summary>
    public void Deconstruct(out KerasTensor first, out KerasTensor second, out KerasTensor third)
    {
        CheckCount(3);
        (first, second, third) = (_items[0], _items[1], _items[2]);
    }

    /// <summary>Takes a list of four apart.</summary>
    public void Deconstruct(out KerasTensor first, out KerasTensor second, out KerasTensor third, out KerasTensor fourth)
    {
        CheckCount(4);
        (first, second, third, fourth) = (_items[0], _items[1], _items[2], _items[3]);
    }

    /// <summary>Takes a list of five apart.</summary>
    public void Deconstruct(
        out KerasTensor first, out KerasTensor second, out KerasTensor third, out KerasTensor fourth, out KerasTensor fifth)
    {
        CheckCount(5);
        (first, second, third, fourth, fifth) = (_items[0], _items[1], _items[2], _items[3], _items[4]);
    }

    /// <summary>Prints as Python prints a list.</summary>
    public override string ToString() => $"[{string.Join(",\n ", (IEnumerable<KerasTensor>)_items)}]";

    /// <inheritdoc/>
    public IEnumerator<KerasTensor> GetEnumerator() => ((IEnumerable<KerasTensor>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckCount(int wanted)
    {
        if (Count == wanted)
            return;
        var isOneCall = Count > 0 && _items[0].Producer.Outputs.SequenceEqual(_items);
        throw new InvalidOperationException(isOneCall
            ? _items[0].Layer.ExplainOutputs(Count, wanted)
            : $"There are {Count} tensors here; they were taken apart into {wanted}.");
    }
}
