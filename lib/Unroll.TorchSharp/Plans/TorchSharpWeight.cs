using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp;

/// <summary>Which parameter of a TorchSharp module a weight of Unroll's is.</summary>
public sealed class TorchSharpWeight
{
    private readonly int[] _axes;

    /// <summary>Names the parameter of a weight.</summary>
    /// <param name="variable">The weight, in Keras' layout.</param>
    /// <param name="key">The parameter's name in the module's <c>state_dict</c>, such as <c>"weight"</c>.</param>
    /// <param name="axes">
    /// The order of axes that leads from Keras' layout to torch's, and back: <c>[1, 0]</c> for a kernel. Default: the same order.
    /// </param>
    /// <exception cref="ArgumentException">axes names other axes than the weight's, or turns them in a circle of three or more.</exception>
    public TorchSharpWeight(Variable variable, string key, params int[] axes)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(axes);
        (Variable, Key) = (variable, key);
        _axes = axes.Length > 0 ? [.. axes] : [.. Enumerable.Range(0, variable.Shape.Rank)];
        var isOrder = _axes.Order().SequenceEqual(Enumerable.Range(0, variable.Shape.Rank));
        if (!isOrder || _axes.Where((axis, i) => _axes[axis] != i).Any())
            throw new ArgumentException($"{variable.Name} {variable.Shape}: axes ({string.Join(", ", axes)}) must exchange its axes, as [1, 0] does.");
    }

    /// <summary>The weight, in Keras' layout.</summary>
    public Variable Variable { get; }

    /// <summary>The parameter's name in the module's <c>state_dict</c>.</summary>
    public string Key { get; }

    /// <summary>The order of axes that leads from Keras' layout to torch's, and back.</summary>
    public IReadOnlyList<int> Axes => _axes;

    /// <summary>A second parameter that torch adds to the first, where Keras has one: its numbers are zeros.</summary>
    internal string? AddedKey { get; init; }

    /// <summary>Which row of the weight the parameter is, where torch has two parameters for the rows of one; else null.</summary>
    internal int? Row { get; init; }

    /// <summary>
    /// The order in which torch has the equal parts of the weight's last axis, which leads there and back; null for the same
    /// order. A GRU's gates are z, r, g in Keras and r, z, g in torch: 1, 0, 2.
    /// </summary>
    internal int[]? Parts { get; init; }

    /// <summary>The shape of the parameter.</summary>
    internal long[] TorchShape => Row is null ? [.. _axes.Select(axis => (long)Variable.Shape[axis])] : [Variable.Shape[^1]];

    private long[] Permutation => Row is null ? [.. _axes.Select(axis => (long)axis)] : [0];

    /// <summary>Numbers in Keras' layout, those of the whole weight, in torch's.</summary>
    internal TorchTensor FromKeras(TorchTensor whole) => Ordered(Row is { } row ? whole.select(0, row) : whole).permute(Permutation);

    /// <summary>Copies numbers in torch's layout to their place among those of the whole weight.</summary>
    internal void CopyToKeras(TorchTensor parameter, Span<float> whole)
    {
        using var scope = torch.NewDisposeScope();
        var length = Variable.Shape[^1];
        TorchTensors.CopyTo(Ordered(parameter.permute(Permutation)), Row is { } row ? whole.Slice(row * length, length) : whole);
    }

    /// <summary>The same in a module where the parameter's module has that name.</summary>
    internal TorchSharpWeight Within(string module) =>
        new(Variable, $"{module}.{Key}", _axes) { AddedKey = AddedKey is null ? null : $"{module}.{AddedKey}", Row = Row, Parts = Parts };

    private TorchTensor Ordered(TorchTensor x)
    {
        if (Parts is not { } order)
            return x;
        var parts = x.chunk(order.Length, -1);
        return torch.cat([.. order.Select(part => parts[part])], -1);
    }
}
