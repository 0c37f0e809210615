namespace Unroll.Models;

/// <summary>
/// A callback of functions: <c>new LambdaCallback(onEpochEnd: (epoch, logs) =&gt; Console.WriteLine(logs["loss"]))</c>.
/// </summary>
/// <param name="onEpochBegin">Called before an epoch, counted from 0.</param>
/// <param name="onEpochEnd">Called after an epoch with its numbers.</param>
/// <param name="onTrainBegin">Called before the first epoch.</param>
/// <param name="onTrainEnd">Called after the last epoch.</param>
/// <param name="onTrainBatchBegin">Called before a batch, counted from 0.</param>
/// <param name="onTrainBatchEnd">Called after a batch with the numbers of the epoch so far.</param>
public sealed class LambdaCallback(
    Action<int>? onEpochBegin = null,
    Action<int, IReadOnlyDictionary<string, float>>? onEpochEnd = null,
    Action? onTrainBegin = null,
    Action? onTrainEnd = null,
    Action<int>? onTrainBatchBegin = null,
    Action<int, IReadOnlyDictionary<string, float>>? onTrainBatchEnd = null) : Callback
{
    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => onEpochBegin?.Invoke(epoch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs) => onEpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBegin() => onTrainBegin?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainEnd() => onTrainEnd?.Invoke();

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch) => onTrainBatchBegin?.Invoke(batch);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, float> logs) => onTrainBatchEnd?.Invoke(batch, logs);
}
