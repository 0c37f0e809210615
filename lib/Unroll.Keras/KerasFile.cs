using Unroll.Keras.Configuration;
using Unroll.Keras.Files;
using Unroll.Keras.Hdf5;
using Unroll.Keras.Weights;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras;

/// <summary>
/// Networks in files of Keras: <c>.keras</c>, whole models in <c>.h5</c>, weights in <c>.weights.h5</c> or older <c>.h5</c>, from
/// Keras 2 to the newest 3. No Python runs, and loading runs no code of a file.
/// </summary>
/// <example><code>
/// var model = KerasFile.Load("lstm_model.keras");
/// model.Summary();
/// var y = model.Predict(x);          // x: (samples, time, features)
/// </code></example>
public static class KerasFile
{
    /// <summary>Loads a model with its weights, and compiles it as its file says.</summary>
    /// <param name="path">A <c>.keras</c> file, or a whole model in <c>.h5</c>.</param>
    /// <param name="customObjects">Layers and functions of your own.</param>
    /// <param name="compile">Whether to compile it, and to take over the optimizer's state, where the file has them.</param>
    /// <returns>A <see cref="Sequential"/>, or a <see cref="Model"/> made of a graph, built.</returns>
    /// <remarks>
    /// Numbers that were kept as float16, bfloat16 or float64 become float32. What is read otherwise than it was written is said
    /// as a warning. The version of Keras that wrote the file decides what its words mean: <c>hard_sigmoid</c> was another
    /// function in Keras 2 than in Keras 3.
    /// </remarks>
    /// <exception cref="NotSupportedException">The file has a layer or an option that is not here; the message names it.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its weights are not those of its layers.</exception>
    public static Model Load(string path, CustomObjects? customObjects = null, bool compile = true)
    {
        using var contents = KerasContents.Open(path);
        if (contents.Config is not { } config)
            throw new InvalidDataException($"{contents.File} has weights and no model. Make the model, and take them over with KerasFile.LoadWeights(model, path).");
        var context = new ReadContext(contents.File, contents.Version, customObjects ?? new CustomObjects());
        Model model;
        using (new AwaitedWeights(contents.File, Room(contents.Size)))
            model = ModelReader.Read(config, context);
        if (!model.Built)
            throw context.Unsupported(model.Name, model.ClassName, "does not know the shape of its input, so its weights have no places. Keras was asked to save it before it had seen data.");
        ReadWeights(model, contents, context);
        if (compile && contents.Training is { } training)
        {
            CompileReader.Compile(model, training, context);
            if (model.IsCompiled)
                ReadOptimizer(model, contents, context);
        }

        foreach (var note in context.Notes)
            Session.Current.Warn($"{contents.File}: {note}");
        return model;
    }

    /// <summary>Takes over the weights of a file of any of Keras' forms.</summary>
    /// <param name="model">A built model of the same layers.</param>
    /// <param name="path">The file.</param>
    /// <param name="customObjects">The classes of layers of your own, by which newer files name their weights.</param>
    /// <exception cref="InvalidDataException">
    /// The weights are not those of the model: layer, weight, expected and found shapes are named, and nothing is changed.
    /// </exception>
    public static void LoadWeights(Model model, string path, CustomObjects? customObjects = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.Built)
            throw new InvalidOperationException($"{model.Name} has no weights yet. Give its first layer an inputShape, or call it on data once, before LoadWeights.");
        using var contents = KerasContents.Open(path);
        ReadWeights(model, contents, new ReadContext(contents.File, contents.Version, customObjects ?? new CustomObjects()));
    }

    private static void ReadWeights(Model model, KerasContents contents, ReadContext context)
    {
        var changes = new WeightChanges(contents.File);
        if (ListedWeights.Group(contents.Root) is { } listed)
            ListedWeights.Read(model, listed, contents.Size, context, changes);
        else
            PathWeights.Read(model, new StoredVariables(contents.Root), contents.Size, context, changes);
        changes.Apply();
    }

    private static void ReadOptimizer(Model model, KerasContents contents, ReadContext context)
    {
        if (contents.Root.Group("optimizer_weights") is { } listed)
        {
            OptimizerState.Read(model, [.. ListedWeights.Named(listed, context).Select(one => (one.Name, one.Array.Read(contents.Size)))], context);
            return;
        }

        IReadOnlyList<Hdf5Array> numbered = new StoredVariables(contents.Root).Of("optimizer");
        OptimizerState.Read(model, [.. numbered.Select(array => array.Read(contents.Size))], context);
    }

    /// <summary>How many numbers a file can hold: fewer than its bytes, unless it is packed.</summary>
    private static long Room(long bytes) => (1 << 16) + (16 * bytes);
}
