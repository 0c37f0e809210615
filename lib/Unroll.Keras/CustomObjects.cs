using System.Text.Json.Nodes;
using Unroll.Keras.Configuration;
using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Keras;

/// <summary>
/// Layers and functions of your own, by the names under which files know them: Keras' <c>custom_objects</c>. A name of Keras
/// that is registered here is used in place of the library's.
/// </summary>
/// <example><code>
/// var custom = new CustomObjects()
///     .AddLayer("Scale", config =&gt; new Scale((double)config["factor"]!, (string?)config["name"]), scale =&gt; new() { ["factor"] = scale.Factor })
///     .AddActivation("mish2", x =&gt; x * x.Softplus().Tanh());
/// var model = KerasFile.Load("model.keras", custom);
/// </code></example>
public sealed class CustomObjects : ICustomObjects
{
    private readonly Dictionary<string, Func<JsonObject, Layer>> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, (string ClassName, Func<Layer, JsonObject>? GetConfig)> _classes = [];
    private readonly Dictionary<string, ActivationFunction> _activations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Loss>> _losses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Metric>> _metrics = new(StringComparer.Ordinal);

    /// <summary>Registers a class of layers.</summary>
    /// <param name="className">Keras' name of the class, with its package where it has one: <c>MyPackage>Scale</c>.</param>
    /// <param name="fromConfig">Makes the layer of its configuration, which has its <c>name</c> too.</param>
    /// <param name="getConfig">Gives the configuration back, without name; null where such layers are only read.</param>
    public CustomObjects AddLayer<TLayer>(string className, Func<JsonObject, TLayer> fromConfig, Func<TLayer, JsonObject>? getConfig = null)
        where TLayer : Layer
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentNullException.ThrowIfNull(fromConfig);
        _layers[className] = fromConfig;
        _classes[typeof(TLayer)] = (className, getConfig is null ? null : layer => getConfig((TLayer)layer));
        return this;
    }

    /// <summary>Registers an activation.</summary>
    /// <param name="name">Its name in files.</param>
    /// <param name="function">The function, written with tensor operations.</param>
    public CustomObjects AddActivation(string name, Func<Tensor, Tensor> function) => AddActivation(name, new ActivationFunction(name, function));

    /// <summary>Registers an activation that layers have already, so that it is written under this name.</summary>
    public CustomObjects AddActivation(string name, ActivationFunction activation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(activation);
        _activations[name] = activation;
        return this;
    }

    /// <summary>Registers a loss of truth and prediction.</summary>
    public CustomObjects AddLoss(string name, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);
        _losses[name] = () => new Loss(name, function);
        return this;
    }

    /// <summary>Registers a metric of truth and prediction, whose mean is taken.</summary>
    public CustomObjects AddMetric(string name, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);
        _metrics[name] = () => new Metric(name, function);
        return this;
    }

    Func<JsonObject, Layer>? ICustomObjects.FindLayer(string className) =>
        _layers.GetValueOrDefault(className) ?? _layers.GetValueOrDefault(className[(className.LastIndexOf('>') + 1)..]);

    ActivationFunction? ICustomObjects.FindActivation(string name) => _activations.GetValueOrDefault(name);

    Loss? ICustomObjects.FindLoss(string name) => _losses.GetValueOrDefault(name)?.Invoke();

    Metric? ICustomObjects.FindMetric(string name) => _metrics.GetValueOrDefault(name)?.Invoke();

    string? ICustomObjects.NameOf(ActivationFunction activation) => _activations.FirstOrDefault(one => one.Value == activation).Key;

    string? ICustomObjects.ClassOf(Layer layer) => _classes.TryGetValue(layer.GetType(), out var known) ? known.ClassName : null;

    JsonObject ICustomObjects.ConfigOf(Layer layer) => _classes[layer.GetType()].GetConfig?.Invoke(layer) ?? throw new NotSupportedException(
        $"{layer.Name} ({layer.GetType().Name}) cannot be written: CustomObjects.AddLayer was given no getConfig for its class.");
}
