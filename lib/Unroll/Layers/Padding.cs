namespace Unroll.Layers;

/// <summary>How a window moves over the steps of a sequence: Keras' words <c>valid</c>, <c>same</c> and <c>causal</c>.</summary>
internal sealed class Padding
{
    private static readonly Padding Valid = new("valid");
    private static readonly Padding Same = new("same");
    private static readonly Padding Causal = new("causal");

    private static readonly Dictionary<string, Padding> Known = new(StringComparer.Ordinal)
    {
        [Valid.Name] = Valid,
        [Same.Name] = Same,
        [Causal.Name] = Causal,
    };

    private Padding(string name) => Name = name;

    public string Name { get; }

    public bool IsCausal => this == Causal;

    public static Padding Named(string padding)
    {
        ArgumentNullException.ThrowIfNull(padding);
        return NearestName.Find(Known, padding, "padding");
    }

    /// <summary>One for pictures, which have no order in time.</summary>
    public static Padding OfPicture(string padding, string layer) => Named(padding) is { IsCausal: false } known
        ? known
        : throw new ArgumentException($"{layer}: padding must be \"valid\" or \"same\", not \"causal\".");

    /// <summary>How many windows there are: with valid, those that lie within; else one for every stride begun.</summary>
    public int? OutputLength(int? length, int window, int stride, int dilation)
    {
        if (length is not { } steps)
            return null;
        var span = (window - 1L) * dilation + 1;
        return (int)(this == Valid ? Math.Max(0, (steps - span + stride) / stride) : (steps - 1L + stride) / stride);
    }

    /// <summary>The shape of what a pooling layer makes of (batch, time, features).</summary>
    public Shape Pooled(Shape inputShape, int window, int stride, string layer)
    {
        var windows = OutputLength(inputShape.At(1), window, stride, dilation: 1);
        return windows != 0
            ? inputShape.With(1, windows)
            : throw new ArgumentException(
                $"{layer}: a window of {window} steps does not fit into {inputShape.At(1)} steps: {inputShape}. " +
                "Use a smaller poolSize, or padding: \"same\".");
    }

    /// <summary>How many steps to put before and after the sequence.</summary>
    public (int Before, int After) Around(int length, int window, int stride, int dilation, string layer)
    {
        var span = (window - 1L) * dilation + 1;
        if (this == Valid)
            return (0, 0);
        var total = this == Causal ? span - 1 : Math.Max(0, ((length - 1L + stride) / stride - 1) * stride + span - length);
        if (total + length > Array.MaxLength)
            throw new ArgumentException($"{layer}: {total} zeros around {length} steps make a longer sequence than {Array.MaxLength}. Use a shorter window.");
        return this == Causal ? ((int)total, 0) : ((int)(total / 2), (int)(total - total / 2));
    }
}
