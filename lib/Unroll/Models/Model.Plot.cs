using Unroll.Display;

namespace Unroll.Models;

public partial class Model
{
    /// <summary>
    /// Draws the layers with their shapes and parameter counts, and the recurrent ones unrolled over time: as SVG in a
    /// notebook, as Mermaid for Markdown, in characters elsewhere. Keras: <c>plot_model(model, show_shapes=True)</c>.
    /// </summary>
    /// <param name="showShapes">Whether the shape of each output is shown.</param>
    /// <param name="expandNested">Whether the layers of models within are drawn.</param>
    /// <param name="maxSteps">How many steps of a sequence are drawn; of a longer one the middle is left out. From 3 to 12.</param>
    /// <exception cref="InvalidOperationException">The model does not know its input yet, or is no graph of layers.</exception>
    public ModelPlot Plot(bool showShapes = true, bool expandNested = false, int maxSteps = 5)
    {
        if (maxSteps is < 3 or > 12) throw new ArgumentException($"{Name}: maxSteps must be from 3 to 12 but is {maxSteps}.", nameof(maxSteps));
        return new ModelPlot(NetworkGraph.Of(NeedGraph("plot"), maxSteps, showShapes, expandNested), Name);
    }
}
