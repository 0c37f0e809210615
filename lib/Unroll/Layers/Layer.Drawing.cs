namespace Unroll.Layers;

/// <content>What a drawing or a table shows of a layer; each layer answers for itself.</content>
public abstract partial class Layer
{
    /// <summary>The name of the class, as Keras has it.</summary>
    internal virtual string ClassName => GetType().Name;

    /// <summary>Whether a model begins here.</summary>
    internal virtual bool IsInput => false;

    /// <summary>The calls within, where the layer is a model that knows them; else null.</summary>
    internal virtual Graph? LayerGraph => null;

    /// <summary>The layers that a summary lists within this one; null for a layer that is not a model.</summary>
    internal virtual IReadOnlyList<Layer>? ListedLayers => null;

    /// <summary>The class and its size: <c>LSTM · 4 units</c>.</summary>
    internal virtual string Kind => ClassName;

    /// <summary>What stands on the layer's box.</summary>
    internal virtual string ShortName => ClassName;

    /// <summary>The recurrent layers that go over a sequence here: none, one, or a forward and a backward one.</summary>
    internal virtual IReadOnlyList<RNN> Directions => [];

    /// <summary>How the outputs of two directions become one; null where there is one, or both are given.</summary>
    internal virtual string? DirectionsMerge => null;

    /// <summary>Whether the layer works on each step of a sequence by itself.</summary>
    internal virtual bool WorksEachStep => false;

    /// <summary>What the layer's own weights hold side by side, from column to column: an LSTM's gates.</summary>
    internal virtual IReadOnlyList<string> WeightParts => [];

    /// <summary>The weights of this layer alone, not of those within.</summary>
    internal IReadOnlyList<Variable> OwnWeights => _weights;

    private protected static string UnitsWord(int units) => units == 1 ? "1 unit" : $"{units} units";
}
