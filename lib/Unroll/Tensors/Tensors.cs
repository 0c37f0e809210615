using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// Several tensors in order, as a layer with states or a model with several outputs gives them. It can be taken apart:
/// <c>var (output, h, c) = lstm.ApplyAll(x);</c> and a single tensor, or a list in brackets, stands for one.
/// </summary>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Tensors : IReadOnlyList<Tensor>
{
    private readonly Tensor[] _items;

    internal Tensors(Tensor[] items, ITensorSource? source = null) => (_items, Source) = (items, source);

    /// <summary>No tensor at all.</summary>
    internal static Tensors None { get; } = new([]);

    /// <summary>What gave the tensors, where one call gave them all.</summary>
    internal ITensorSource? Source { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public Tensor this[int index] => _items[index];

    /// <summary>A single tensor is a list of one; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Tensors?(Tensor? tensor) => tensor is null ? null : new Tensors([tensor]);

    /// <summary>An array is a list; null stays null.</summary>
    /// <exception cref="ArgumentNullException">An item is null.</exception>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Tensors?(Tensor[]? tensors) => tensors is null ? null : Create(tensors);

    /// <summary>Makes a list; the bracket form <c>[x, h, c]</c> comes here.</summary>
    /// <exception cref="ArgumentNullException">An item is null.</exception>
    public static Tensors Create(ReadOnlySpan<Tensor> items)
    {
        for (var i = 0; i < items.Length; i++)
            if (items[i] is null)
                throw new ArgumentNullException(nameof(items), $"Tensor {i} of {items.Length} is null.");
        return new Tensors(items.ToArray());
    }

    /// <summary>The named form of the conversion from a tensor.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static Tensors? FromTensor(Tensor? tensor) => tensor;

    /// <summary>Takes a list of two apart.</summary>
    public void Deconstruct(out Tensor first, out Tensor second)
    {
        CheckCount(2);
        (first, second) = (_items[0], _items[1]);
    }

    /// <summary>Takes a list of three apart.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third)
    {
        CheckCount(3);
        (first, second, third) = (_items[0], _items[1], _items[2]);
    }

    /// <summary>Takes a list of four apart.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third, out Tensor fourth)
    {
        CheckCount(4);
        (first, second, third, fourth) = (_items[0], _items[1], _items[2], _items[3]);
    }

    /// <summary>Takes a list of five apart.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third, out Tensor fourth, out Tensor fifth)
    {
        CheckCount(5);
        (first, second, third, fourth, fifth) = (_items[0], _items[1], _items[2], _items[3], _items[4]);
    }

    /// <summary>Prints the shape and the numbers of each tensor in turn.</summary>
    public override string ToString() =>
        $"[{string.Join(",\n ", _items.Select(item => $"<Tensor: shape={item.Shape} dtype=float32\n{item}>"))}]";

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckCount(int wanted)
    {
        if (Count != wanted)
            throw new InvalidOperationException(Source?.Explain(Count, wanted) ?? $"There are {Count} tensors here; they were taken apart into {wanted}.");
    }
}

/// <summary>What gives several tensors at once, and can say why there are not as many as were expected.</summary>
internal interface ITensorSource
{
    string Explain(int count, int wanted);
}
