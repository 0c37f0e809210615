using Unroll.Layers;

namespace Unroll.Models;

/// <summary>
/// What computes models in place of the library's own arithmetic, chosen by <see cref="Backend.Engine"/>: Predict,
/// Evaluate, Fit and TrainOnBatch run on it; a call of a layer or a model itself does not. One is in Unroll.TorchSharp.
/// </summary>
public abstract class Engine
{
    private readonly int[] _calls = new int[Enum.GetValues<EngineTask>().Length];

    /// <summary>How often a method of any model ran on this engine.</summary>
    public int Calls(EngineTask task) => Volatile.Read(ref _calls[(int)task]);

    /// <summary>The name, and how often each method ran.</summary>
    public override string ToString() =>
        $"{GetType().Name}: {string.Join(", ", Enum.GetValues<EngineTask>().Select(task => $"{task} {Calls(task)}"))}";

    /// <summary>
    /// Makes ready for a method: checks that the engine can run the model, brings weights, states and data to where it
    /// computes. The model is built, and the data fit it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="x">The inputs, all samples.</param>
    /// <param name="y">The truth, all samples; null where the model only predicts.</param>
    /// <param name="sampleWeight">How much the samples count, one tensor for all outputs or one for each; null for 1 each.</param>
    /// <param name="task">What is to be done.</param>
    /// <exception cref="NotSupportedException">The engine cannot run a layer or an argument of it; names both.</exception>
    protected internal abstract EngineRun Begin(Model model, Tensors x, Tensors? y, Tensors? sampleWeight, EngineTask task);

    internal EngineRun Start(Model model, Tensors x, Tensors? y, Tensors? sampleWeight, EngineTask task)
    {
        var run = Begin(model, x, y, sampleWeight, task) ?? throw new InvalidOperationException($"{GetType().Name}: Begin returned null.");
        Interlocked.Increment(ref _calls[(int)task]);
        return run;
    }
}
