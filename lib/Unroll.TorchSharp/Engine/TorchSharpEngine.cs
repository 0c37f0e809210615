using System.Runtime.CompilerServices;
using TorchSharp;
using Unroll.Models;
using Unroll.TorchSharp.Engine;

namespace Unroll.TorchSharp;

/// <summary>
/// Runs models on libtorch: <c>Backend.Engine = new TorchSharpEngine("cuda")</c>. Predict, Evaluate, Fit and TrainOnBatch of
/// every model go through the module that <c>ToTorchSharp</c> makes of it; weights and data lie on the device, the optimizers
/// are Keras', and the model has its weights back when a method ends, and while callbacks look.
/// </summary>
/// <remarks>
/// What TorchSharp cannot express throws NotSupportedException with the layer's name: nothing goes to the managed engine in
/// silence. A loss or a metric of your own is a function of Unroll's tensors, so the outputs are copied for it, and its
/// slope goes back. libtorch uses as many threads as <see cref="Backend.Threads"/> says.
/// </remarks>
public sealed class TorchSharpEngine : Models.Engine
{
    private readonly ConditionalWeakTable<Model, EngineModel> _models = [];
    private readonly ConditionalWeakTable<Training.Optimizer, EngineOptimizer> _optimizers = [];
    private readonly Lock _gate = new();

    /// <summary>Makes the engine, and loads libtorch.</summary>
    /// <param name="device">Where it computes: <c>"cpu"</c>, <c>"cuda"</c>, <c>"cuda:1"</c>.</param>
    /// <exception cref="DllNotFoundException">libtorch is not there, or cannot be loaded; says what is needed.</exception>
    /// <exception cref="ArgumentException">There is no such device here.</exception>
    public TorchSharpEngine(string device = "cpu")
    {
        ArgumentNullException.ThrowIfNull(device);
        TorchSharpNatives.Load();
        if (device.StartsWith("cuda", StringComparison.Ordinal) && !torch.cuda.is_available())
        {
            throw new ArgumentException(
                $"This machine, or its libtorch, has no CUDA for the device \"{device}\". Use \"cpu\", or a package of libtorch for CUDA.", nameof(device));
        }

        try
        {
            Device = torch.device(device);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new ArgumentException($"\"{device}\" is not a device: {error.Message} Use \"cpu\", \"cuda\" or \"cuda:1\".", nameof(device), error);
        }
    }

    /// <summary>Where it computes.</summary>
    public torch.Device Device { get; }

    /// <inheritdoc/>
    protected internal override EngineRun Begin(Model model, Tensors x, Tensors? y, Tensors? sampleWeight, EngineTask task)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        PricedLayers.Check(model, task);
        if (torch.get_num_threads() != Backend.Threads)
            torch.set_num_threads(Backend.Threads);
        lock (_gate)
        {
            var engineModel = ModelOf(model);
            var trains = task is EngineTask.Fit or EngineTask.TrainOnBatch;
            if (trains)
                engineModel.Plan.CheckTraining();
            return new TorchSharpRun(model, engineModel, trains ? OptimizerOf(model.Optimizer) : null, x, y, sampleWeight, Device);
        }
    }

    private EngineModel ModelOf(Model model)
    {
        if (_models.TryGetValue(model, out var known) && known.IsOf(model))
            return known;
        var made = new EngineModel(model, Device);
        _models.AddOrUpdate(model, made);
        return made;
    }

    private EngineOptimizer OptimizerOf(Training.Optimizer optimizer) =>
        _optimizers.GetValue(optimizer, optimizer => new EngineOptimizer(optimizer));
}
