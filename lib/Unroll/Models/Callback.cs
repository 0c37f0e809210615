namespace Unroll.Models;

/// <summary>Something to be done while <c>Fit</c>, <c>Evaluate</c> or <c>Predict</c> runs. Override what is wanted.</summary>
public abstract class Callback
{
    /// <summary>The model at work.</summary>
    public Model Model { get; internal set; } = null!;

    /// <summary>Whether there is something to do before or after each batch of a training.</summary>
    internal bool HearsBatches => IsOverridden(OnTrainBatchBegin) || IsOverridden(OnTrainBatchEnd);

    /// <summary>Whether there is something to do on the way through a test or a validation.</summary>
    internal bool HearsTests => IsOverridden(OnTestBegin) || IsOverridden(OnTestEnd) || IsOverridden(OnTestBatchBegin) || IsOverridden(OnTestBatchEnd);

    /// <summary>Called before the first epoch.</summary>
    public virtual void OnTrainBegin()
    {
    }

    /// <summary>Called after the last epoch; not where an error or an interruption ends the training.</summary>
    public virtual void OnTrainEnd()
    {
    }

    /// <summary>Called before an epoch, counted from 0.</summary>
    public virtual void OnEpochBegin(int epoch)
    {
    }

    /// <summary>Called after an epoch with its numbers: <c>loss</c>, the metrics, and the same with <c>val_</c> for validation.</summary>
    public virtual void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
    }

    /// <summary>Called before a batch of a training, counted from 0.</summary>
    public virtual void OnTrainBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch of a training, counted from 0, with the numbers of the epoch so far.</summary>
    public virtual void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs)
    {
    }

    /// <summary>Called before the first batch of <c>Evaluate</c>, and of a validation.</summary>
    public virtual void OnTestBegin()
    {
    }

    /// <summary>Called after the last batch of <c>Evaluate</c>, and of a validation, with its numbers.</summary>
    public virtual void OnTestEnd(IReadOnlyDictionary<string, float> logs)
    {
    }

    /// <summary>Called before a batch of <c>Evaluate</c> or of a validation, counted from 0.</summary>
    public virtual void OnTestBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch of <c>Evaluate</c> or of a validation, counted from 0, with the numbers so far.</summary>
    public virtual void OnTestBatchEnd(int batch, IReadOnlyDictionary<string, float> logs)
    {
    }

    /// <summary>Called before the first batch of <c>Predict</c>.</summary>
    public virtual void OnPredictBegin()
    {
    }

    /// <summary>Called after the last batch of <c>Predict</c>.</summary>
    public virtual void OnPredictEnd()
    {
    }

    /// <summary>Called before a batch of <c>Predict</c>, counted from 0.</summary>
    public virtual void OnPredictBatchBegin(int batch)
    {
    }

    /// <summary>Called after a batch of <c>Predict</c>, counted from 0, with its outputs.</summary>
    public virtual void OnPredictBatchEnd(int batch, Tensors outputs)
    {
    }

    /// <summary>Adds to an epoch's numbers before <see cref="OnEpochEnd"/> and History get them.</summary>
    internal virtual void AddTo(IDictionary<string, float> logs)
    {
    }

    private static bool IsOverridden(Delegate method) => method.Method.DeclaringType != typeof(Callback);
}
