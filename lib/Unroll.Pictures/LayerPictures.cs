using Unroll.Figures;
using Unroll.Pictures.Looks;

namespace Unroll.Layers;

/// <summary>Pictures of layers and of what they do.</summary>
public static class LayerPictures
{
    /// <summary>
    /// Draws the weights as heat maps on one scale, blue below zero and orange above; those of an LSTM or a GRU split by gate. Rows
    /// are inputs, columns units.
    /// </summary>
    /// <exception cref="InvalidOperationException">The weights are not made yet, or there are none.</exception>
    public static Figure PlotWeights(this Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        layer.CheckBuilt(nameof(PlotWeights));
        return WeightsFigure.Draw(layer);
    }

    /// <summary>
    /// Heat maps of everything over time, on one scale: a row is a unit, a column a step. Blue is negative, orange positive.
    /// </summary>
    /// <param name="recording">What <c>layer.Trace(x)</c> gave.</param>
    /// <param name="sample">Which sample of the batch.</param>
    /// <param name="maxUnits">How many units are shown at most; the title says where there are more.</param>
    /// <param name="parts">
    /// What is drawn, in this order: for an LSTM <c>input</c>, <c>forget</c>, <c>candidate</c>, <c>output</c>, <c>c</c>, <c>h</c>.
    /// Default: everything.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample, or no unit is to be shown.</exception>
    /// <exception cref="ArgumentException">A cell has no part of this name, or none is asked for.</exception>
    public static Figure Plot(
        this Recording recording, int sample = 0, int maxUnits = RecordingFigure.DefaultUnits, IReadOnlyList<string>? parts = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return RecordingFigure.Draw(recording, sample, maxUnits, parts);
    }
}
