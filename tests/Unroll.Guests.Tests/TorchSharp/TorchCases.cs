using Unroll.Layers;
using Unroll.Tests;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The golden cases for TorchSharp, and which of them it cannot express.</summary>
internal static class TorchCases
{
    private static readonly string[] Files = ["layers.json", "family.json", "others.json", "published.json", "attention.json"];

    /// <summary>The cases without masks, which torch's layers do not take, and outside of training.</summary>
    public static TheoryData<string> Names => new(Files.SelectMany(Goldens.Cases)
        .Where(golden => GoldenLayer.IsInference(golden))
        .Select(golden => golden.GetProperty("name").GetString()!));

    public static GoldenLayer Of(string name) =>
        new(Files.SelectMany(Goldens.Cases).First(golden => golden.GetProperty("name").ValueEquals(name)));

    public static bool IsRefused(GoldenLayer golden) => AreRefused(golden.Layer) || golden.Layer is GRUCell or SimpleRNNCell ||
        (golden.Layer is Merge && golden.Model.Inputs.Any(input => input.Shape.Rank != golden.Model.Inputs[0].Shape.Rank));

    public static bool IsRefused(GoldenModel golden) => AreRefused(golden.Model);

    /// <summary>Torch's recurrent modules know tanh and sigmoid alone, its GRU the reset gate after the product; some layers have no module.</summary>
    private static bool AreRefused(Layer layer) => layer.SelfAndWithin().Any(one => one switch
    {
        LSTMCell cell => cell.Activation != ActivationFunction.Tanh || cell.RecurrentActivation != ActivationFunction.Sigmoid,
        GRUCell cell => cell.Activation != ActivationFunction.Tanh || cell.RecurrentActivation != ActivationFunction.Sigmoid || !cell.ResetAfter,
        SimpleRNNCell cell => cell.Activation != ActivationFunction.Tanh,
        Embedding embedding => embedding.MaskZero,
        LayerNormalization norm => (norm.Center && !norm.Scale) || norm.Axis != -1,
        Attention attention => attention is AdditiveAttention || attention.UseScale || attention.ScoreMode != "dot"
            || attention.UseCausalMask || attention.ReturnAttentionScores,
        ReLU relu => relu.Threshold != 0 || (relu.MaxValue is not null && relu.NegativeSlope != 0),
        Masking or BatchNormalization or Dot or Conv2D or MaxPooling2D or MultiHeadAttention => true,
        DepthwiseConv1D or SeparableConv1D => true,
        PReLU or AveragePooling2D or GlobalAveragePooling2D or GlobalMaxPooling2D or ZeroPadding2D or UpSampling2D or ActivityRegularization => true,
        _ => false,
    });
}
