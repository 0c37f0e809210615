using System.Diagnostics.CodeAnalysis;

namespace Unroll.Initializers;

/// <summary>
/// A rule for the first values of a weight. Layers take one by name, <c>kernelInitializer: "glorotUniform"</c>, or as an
/// object, <c>new GlorotUniform(seed: 1)</c>.
/// </summary>
public abstract class Initializer
{
    private static readonly Dictionary<string, Func<Initializer>> Known = new(StringComparer.Ordinal)
    {
        ["zeros"] = () => new Zeros(),
        ["ones"] = () => new Ones(),
        ["constant"] = () => new Constant(),
        ["glorotUniform"] = () => new GlorotUniform(),
        ["glorotNormal"] = () => new GlorotNormal(),
        ["identity"] = () => new Identity(),
        ["lecunUniform"] = () => new LecunUniform(),
        ["lecunNormal"] = () => new LecunNormal(),
        ["truncatedNormal"] = () => new TruncatedNormal(),
        ["heUniform"] = () => new HeUniform(),
        ["heNormal"] = () => new HeNormal(),
        ["orthogonal"] = () => new Orthogonal(),
        ["randomNormal"] = () => new RandomNormal(),
        ["randomUniform"] = () => new RandomUniform(),
    };

    /// <summary>An initializer by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Initializer?(string? name) => name is null ? null : FromString(name);

    /// <summary>An initializer by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Initializer FromString(string name) => NearestName.Find(Known, name, "initializer")();

    /// <summary>First values for a weight of the given shape.</summary>
    public abstract Tensor Create(Shape shape);

    /// <summary>The numbers of rows that feed one output and of outputs that one input feeds, as Keras counts them.</summary>
    private protected static (double In, double Out) Fans(Shape shape)
    {
        switch (shape.Rank)
        {
            case 0:
                return (1, 1);
            case 1:
                return (shape[0], shape[0]);
            default:
                // A convolution's kernel is (width, in, filters): each input is seen once for each place of the window.
                var window = 1.0;
                for (var axis = 0; axis < shape.Rank - 2; axis++)
                    window *= shape[axis];
                return (window * shape[^2], window * shape[^1]);
        }
    }
}
