using Unroll.Figures;
using Unroll.Pictures.Looks;
using Unroll.Pictures.Network;
using Unroll.Training;

namespace Unroll.Models;

/// <summary>Pictures of models and of their training.</summary>
public static class ModelPictures
{
    /// <summary>
    /// Draws the layers with their shapes and parameter counts, and the recurrent ones unrolled over time: as SVG in a
    /// notebook, as Mermaid for Markdown, in characters elsewhere. Keras: <c>plot_model(model, show_shapes=True)</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="showShapes">Whether the shape of each output is shown.</param>
    /// <param name="expandNested">Whether the layers of models within are drawn.</param>
    /// <param name="maxSteps">How many steps of a sequence are drawn; of a longer one the middle is left out. From 3 to 12.</param>
    /// <exception cref="InvalidOperationException">The model does not know its input yet, or is not a graph of layers.</exception>
    public static ModelPlot Plot(this Model model, bool showShapes = true, bool expandNested = false, int maxSteps = 5)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (maxSteps is < 3 or > 12)
            throw new ArgumentException($"{model.Name}: maxSteps must be from 3 to 12 but is {maxSteps}.", nameof(maxSteps));
        return new ModelPlot(NetworkGraph.Of(model.NeedGraph("plot"), maxSteps, showShapes, expandNested), model.Name);
    }

    /// <summary>
    /// Draws the numbers over the epochs, counted from 1: the losses, and below them the metrics, if there are any.
    /// </summary>
    public static Figure Plot(this History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return HistoryFigure.Draw(history);
    }
}
