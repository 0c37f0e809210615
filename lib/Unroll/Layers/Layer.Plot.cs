using Unroll.Display;

namespace Unroll.Layers;

/// <content>Pictures.</content>
public abstract partial class Layer
{
    /// <summary>
    /// Draws the weights as heat maps on one scale, blue below zero and orange above; those of an LSTM split by gate. Rows
    /// are inputs, columns units.
    /// </summary>
    /// <exception cref="InvalidOperationException">The weights are not made yet, or there are none.</exception>
    public GenericChart PlotWeights()
    {
        CheckBuilt(nameof(PlotWeights));
        return WeightsChart.Draw(this);
    }
}
