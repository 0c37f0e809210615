using Unroll.Keras.Arrays;
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
        var contents = KerasContents.Open(path);
        return Load(contents, customObjects, compile);
    }

    /// <summary>Loads a model of a file that is open.</summary>
    internal static Model Load(KerasContents contents, CustomObjects? customObjects, bool compile)
    {
        if (contents.Config is not { } config)
            throw new InvalidDataException($"{contents.File} has weights and no model. Make the model, and take them over with " +
                $"KerasFile.LoadWeights(model, path).");
        var context = new ReadContext(contents.File, contents.Version, customObjects ?? new CustomObjects());
        Model model;
        using (new AwaitedWeights(contents.File, Room(contents.Size)))
            model = ModelReader.Read(config, context);
        if (!model.Built)
            throw context.Unsupported(model.Name, model.ClassName, "does not know the shape of its input, so its weights have no places. Keras was " +
                "asked to save it before it had seen data.");
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

    /// <summary>
    /// Tells what is in a file: who wrote it, the model's summary, its weights, and what is not here, so that it would not load.
    /// The weights' numbers are not read.
    /// </summary>
    /// <param name="path">A file of any of Keras' forms.</param>
    /// <param name="customObjects">Layers and functions of your own.</param>
    /// <exception cref="InvalidDataException">It is not a file of Keras, or is damaged.</exception>
    public static KerasFileReport Inspect(string path, CustomObjects? customObjects = null)
    {
        var contents = KerasContents.Open(path);
        using var awaited = new AwaitedWeights(contents.File, Room(contents.Size));
        var context = new ReadContext(contents.File, contents.Version, customObjects ?? new CustomObjects());
        var unsupported = contents.Config is null ? [] : Inspector.Unsupported(contents.Config, context).ToList();
        string? summary = null;
        if (contents.Config is not null && unsupported.Count == 0)
        {
            try
            {
                var model = ModelReader.Read(contents.Config, context);
                summary = model.Built ? model.Summary(print: _ => { }) : null;
            }
            catch (Exception error) when (error is NotSupportedException or InvalidDataException)
            {
                unsupported.Add(error.Message);
            }
        }

        return new KerasFileReport(contents.File, contents.Form, contents.Version.Text)
        {
            ClassName = contents.Config?.OptionalText("class_name"),
            Layers = Inspector.Layers(contents.Config),
            Weights = Inspector.Weights(contents.Root, context),
            Training = Inspector.Training(contents.Training),
            Summary = summary,
            Unsupported = unsupported,
            Notes = context.Notes,
        };
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
        CheckBuilt(model, nameof(LoadWeights));
        var contents = KerasContents.Open(path);
        ReadWeights(model, contents, new ReadContext(contents.File, contents.Version, customObjects ?? new CustomObjects()));
    }

    /// <summary>Saves a model that Keras 3 reads: its structure, its weights, how it is compiled, and the optimizer's state.</summary>
    /// <remarks><c>new ModelCheckpoint("best.keras", KerasFile.Save, saveBestOnly: true)</c> saves while it trains.</remarks>
    /// <inheritdoc cref="Save(Model, string, CustomObjects?, bool)"/>
    public static void Save(Model model, string path) => Save(model, path, customObjects: null);

    /// <summary>Saves a model that Keras 3 reads.</summary>
    /// <param name="model">A built model; of a class of your own only its weights can be saved.</param>
    /// <param name="path">A name that ends in <c>.keras</c>; or in <c>.weights.h5</c> for the weights alone.</param>
    /// <param name="customObjects">Layers of your own, which are to be written.</param>
    /// <param name="includeOptimizer">
    /// Whether a compiled model is saved with how it is trained and with what the optimizer has gathered, so that training goes on
    /// where it stopped.
    /// </param>
    /// <exception cref="NotSupportedException">The model has a layer or an option that Keras 3 does not know; the message names it.</exception>
    public static void Save(Model model, string path, CustomObjects? customObjects, bool includeOptimizer = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
        {
            SaveWeights(model, path, customObjects);
            return;
        }

        if (!path.EndsWith(".keras", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException(
                $"A model is saved as .keras, and its weights as .weights.h5, but the path is {Path.GetFileName(path)}. " +
                "Keras' older format, whole models in .h5, is read and not written: every Keras since 2.12 reads .keras.");
        }

        var objects = new ObjectWriter(customObjects ?? new CustomObjects());
        var config = ModelWriter.Write(model, objects);
        var withOptimizer = includeOptimizer && model.IsCompiled;
        if (withOptimizer)
            config["compile_config"] = CompileWriter.Write(model, objects);
        var weights = WeightWriter.Write(model, objects.Custom, withOptimizer);
        AtomicFile.Write(path, stream => KerasArchive.Write(stream, config.ToJsonString(Json.Written), KerasVersion.Written, weights));
    }

    /// <summary>Saves the weights alone, as Keras 3 does: <c>model.weights.h5</c>.</summary>
    /// <inheritdoc cref="SaveWeights(Model, string, CustomObjects?)"/>
    public static void SaveWeights(Model model, string path) => SaveWeights(model, path, customObjects: null);

    /// <summary>Saves the weights alone, as Keras 3 does.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="path">A name that ends in <c>.weights.h5</c>, as Keras demands.</param>
    /// <param name="customObjects">The classes of layers of your own, by which weights are named.</param>
    public static void SaveWeights(Model model, string path, CustomObjects? customObjects)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The path of weights must end in .weights.h5, as Keras demands, but is {Path.GetFileName(path)}.", nameof(path));
        CheckBuilt(model, nameof(SaveWeights));
        var bytes = WeightWriter.Write(model, customObjects ?? new CustomObjects(), optimizer: false);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The structure of a model as Keras' <c>model.to_json()</c> writes it, without weights.</summary>
    /// <exception cref="NotSupportedException">The model has a layer or an option that Keras 3 does not know; the message names it.</exception>
    public static string ToJson(Model model, CustomObjects? customObjects = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelWriter.Write(model, new ObjectWriter(customObjects ?? new CustomObjects())).ToJsonString(Json.Written);
    }

    /// <summary>Makes a model of a structure that <see cref="ToJson"/> or Keras' <c>model.to_json()</c> wrote; its weights begin anew.</summary>
    /// <param name="json">The structure.</param>
    /// <param name="customObjects">Layers and functions of your own.</param>
    /// <exception cref="NotSupportedException">It has a layer or an option that is not here; the message names it.</exception>
    /// <exception cref="InvalidDataException">It is not a structure of a model.</exception>
    public static Model FromJson(string json, CustomObjects? customObjects = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        var config = Json.Parse(json, "The JSON");
        var version = new KerasVersion(config.OptionalText("keras_version") ?? (config.ContainsKey("module") ? KerasVersion.Written : null));
        var context = new ReadContext("The JSON", version, customObjects ?? new CustomObjects());
        var model = ModelReader.Read(config, context);
        foreach (var note in context.Notes)
            Session.Current.Warn(note);
        return model;
    }

    private static void CheckBuilt(Model model, string asked)
    {
        if (!model.Built)
            throw new InvalidOperationException($"{model.Name} has no weights yet. Give its first layer an inputShape, or call it on data once, " +
                $"before {asked}.");
    }

    private static void ReadWeights(Model model, KerasContents contents, ReadContext context)
    {
        var changes = new WeightChanges(contents.File);
        if (ListedWeights.Group(contents.Root) is { } listed)
            ListedWeights.Read(model, listed, context, changes);
        else
            PathWeights.Read(model, new StoredVariables(contents.Root), context, changes);
        changes.Apply();
    }

    private static void ReadOptimizer(Model model, KerasContents contents, ReadContext context)
    {
        if (contents.Root.Group("optimizer_weights") is { } listed)
        {
            OptimizerState.Read(model, [.. ListedWeights.Named(listed, context).Select(one => (one.Name, one.Array.Read()))], context);
            return;
        }

        IReadOnlyList<Hdf5Array> numbered = new StoredVariables(contents.Root).Of("optimizer");
        OptimizerState.Read(model, [.. numbered.Select(array => array.Read())], context);
    }

    /// <summary>How many numbers a file can hold: fewer than its bytes, unless it is packed.</summary>
    private static long Room(long bytes) => (1 << 16) + (16 * bytes);
}
