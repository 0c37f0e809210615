namespace Unroll.Layers;

/// <summary>Gives each sample another shape: (batch, …) becomes (batch, …targetShape).</summary>
public sealed class Reshape : Layer
{
    private readonly int[] _target;

    /// <summary>Makes the layer: <c>new Reshape([3, 3, 2])</c>.</summary>
    /// <param name="targetShape">The shape of one sample, without the batch axis; one length may be -1 and is found.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A length is below -1, or two are -1.</exception>
    public Reshape(int[] targetShape, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(targetShape);
        if (targetShape.Count(length => length == -1) > 1 || targetShape.Any(length => length < -1))
            throw new ArgumentException($"{Name}: targetShape ({string.Join(", ", targetShape)}) may hold one -1 and no other negative length.");
        _target = [.. targetShape];
        InputSpec = new InputSpec(MinRank: 1, Axes: "batch, …");
    }

    /// <summary>The shape of one sample; a length of -1 is found.</summary>
    public IReadOnlyList<int> TargetShape => _target;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        var sample = inputShape.From(1);
        if (!sample.IsKnown)
            return Shape.Create([inputShape.At(0), .. _target.Select(length => length == -1 ? (int?)null : length)]);
        return ((Shape)Resolve(sample)).Prepend(inputShape.At(0));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Reshape([input.Shape[0], .. Resolve(input.Shape.From(1))]);
    }

    private int[] Resolve(Shape sample)
    {
        var target = (int[])_target.Clone();
        var known = ((Shape)Array.FindAll(target, length => length != -1)).LongSize;
        var size = sample.LongSize;
        var free = Array.IndexOf(target, -1);
        if (free >= 0 && known > 0 && size % known == 0)
            target[free] = Arguments.Length(size / known, Name, $"axis {free + 1} of its output");
        else if (free >= 0 || known != size)
            throw new ArgumentException($"{Name}: a sample of shape {sample} has {size} elements; they do not fit ({string.Join(", ", _target)}).");
        return target;
    }
}
