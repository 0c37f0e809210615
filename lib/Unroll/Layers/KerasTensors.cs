using System.Collections;
using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <summary>Several symbolic tensors in order; a single one, or a list in brackets, stands for it.</summary>
[CollectionBuilder(typeof(KerasTensors), nameof(Create))]
[Display.TypeFormatterSource(typeof(Display.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class KerasTensors : IReadOnlyList<KerasTensor>
{
    private readonly KerasTensor[] _items;

    private KerasTensors(KerasTensor[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public KerasTensor this[int index] => _items[index];

    /// <summary>A single tensor is a list of one.</summary>
    public static implicit operator KerasTensors(KerasTensor tensor) => new([tensor]);

    /// <summary>An array is a list.</summary>
    public static implicit operator KerasTensors(KerasTensor[] tensors) => new(tensors);

    /// <summary>Makes a list; the bracket form <c>[x, y]</c> comes here.</summary>
    public static KerasTensors Create(ReadOnlySpan<KerasTensor> items) => new(items.ToArray());

    /// <summary>The named form of the conversion from a tensor.</summary>
    public static KerasTensors FromKerasTensor(KerasTensor tensor) => tensor;

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
        if (Count != wanted) throw new InvalidOperationException($"There are {Count} tensors here; they were taken apart into {wanted}.");
    }
}
