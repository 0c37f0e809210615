namespace Unroll.Initializers;

/// <summary>
/// Numbers whose variance is <c>scale / n</c>, where n is a count of a weight's inputs or of inputs and outputs: with it
/// signals neither fade nor grow from layer to layer.
/// </summary>
public abstract class VarianceScaling : RandomInitializer
{
    // The spread of a standard normal cut at two standard deviations; the cut is made up for, as in Keras.
    private const double CutSpread = 0.87962566103423978;
    private readonly double _scale;
    private readonly bool _countOutputs;
    private readonly bool _normal;

    private protected VarianceScaling(double scale, bool countOutputs, bool normal, long? seed)
        : base(seed) => (_scale, _countOutputs, _normal) = (scale, countOutputs, normal);

    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var (fanIn, fanOut) = Fans(shape);
        var variance = _scale / Math.Max(1, _countOutputs ? (fanIn + fanOut) / 2 : fanIn);
        var generator = NewGenerator();
        if (!_normal)
        {
            var limit = Math.Sqrt(3 * variance);
            return Drawn(shape, () => generator.Uniform(-limit, limit));
        }

        var spread = Math.Sqrt(variance) / CutSpread;
        return Drawn(shape, () => TruncatedNormal.Cut(generator) * spread);
    }
}

/// <summary>Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio, 2010). Keras' default for kernels.</summary>
public sealed class GlorotUniform(long? seed = null) : VarianceScaling(1, countOutputs: true, normal: false, seed);

/// <summary>Normal, cut at two standard deviations, with variance 2 / (inputs + outputs) (Glorot and Bengio, 2010).</summary>
public sealed class GlorotNormal(long? seed = null) : VarianceScaling(1, countOutputs: true, normal: true, seed);

/// <summary>Uniform in ±√(6 / inputs) (He and others, 2015); for layers followed by relu.</summary>
public sealed class HeUniform(long? seed = null) : VarianceScaling(2, countOutputs: false, normal: false, seed);

/// <summary>Normal, cut at two standard deviations, with variance 2 / inputs (He and others, 2015).</summary>
public sealed class HeNormal(long? seed = null) : VarianceScaling(2, countOutputs: false, normal: true, seed);

/// <summary>Uniform in ±√(3 / inputs) (LeCun and others, 1998).</summary>
public sealed class LecunUniform(long? seed = null) : VarianceScaling(1, countOutputs: false, normal: false, seed);

/// <summary>Normal, cut at two standard deviations, with variance 1 / inputs (LeCun and others, 1998); for selu.</summary>
public sealed class LecunNormal(long? seed = null) : VarianceScaling(1, countOutputs: false, normal: true, seed);
