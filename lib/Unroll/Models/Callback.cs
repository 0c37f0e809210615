namespace Unroll.Models;

/// <summary>Something to be done while <c>Fit</c> runs. Override what is wanted.</summary>
public abstract class Callback
{
    /// <summary>The model in training.</summary>
    public Model Model { get; internal set; } = null!;

    /// <summary>Whether there is something to do after each batch.</summary>
    internal bool HearsBatches => ((Action<int, IReadOnlyDictionary<string, float>>)OnTrainBatchEnd).Method.DeclaringType != typeof(Callback);

    /// <summary>Called before the first epoch.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>Called after the last epoch.</summary>
    public virtual void OnTrainEnd()
    {
    }

    /// <summary>Called before an epoch, counted from 0.</summary>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>Called after an epoch with its numbers: <c>loss</c>, <c>val_loss</c>, and the metrics.</summary>
    public virtual void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
    }

    /// <summary>Called after a batch, counted from 0, with the numbers of the epoch so far.</summary>
    public virtual void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs)
    {
    }
}
