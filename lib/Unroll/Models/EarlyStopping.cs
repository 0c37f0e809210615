namespace Unroll.Models;

/// <summary>
/// Ends the training when a number has not become better for some epochs: <c>new EarlyStopping(patience: 3)</c>.
/// </summary>
public sealed class EarlyStopping : Callback
{
    private readonly Monitor _monitor;
    private double _best;
    private int _wait;
    private IReadOnlyList<Tensor>? _bestWeights;

    /// <summary>Makes the callback; the arguments are Keras'.</summary>
    /// <param name="monitor">The number to watch: a name in the logs, such as <c>val_loss</c>.</param>
    /// <param name="minDelta">By how much a value must be better to count.</param>
    /// <param name="patience">How many epochs in a row may be no better before the training ends.</param>
    /// <param name="verbose">1 says when it ends and what is restored.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c>, which goes by the number's name.</param>
    /// <param name="baseline">A value that the number has to beat, or null.</param>
    /// <param name="restoreBestWeights">Whether the model gets the weights of its best epoch when the training ends.</param>
    /// <param name="startFromEpoch">How many epochs at the beginning are not watched.</param>
    /// <exception cref="ArgumentException">The mode is unknown, or a number is negative.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        int verbose = 0,
        string mode = "auto",
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        _monitor = new Monitor(this, monitor, mode);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        (Monitor, MinDelta, Patience, Verbose) = (monitor, Math.Abs(minDelta), patience, verbose);
        (Baseline, RestoreBestWeights, StartFromEpoch) = (baseline, restoreBestWeights, startFromEpoch);
    }

    /// <summary>The number to watch.</summary>
    public string Monitor { get; }

    /// <summary>By how much a value must be better to count.</summary>
    public double MinDelta { get; }

    /// <summary>How many epochs in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>1 says when the training ends and what is restored.</summary>
    public int Verbose { get; }

    /// <summary>A value that the number has to beat, or null.</summary>
    public double? Baseline { get; }

    /// <summary>Whether the model gets the weights of its best epoch.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>How many epochs at the beginning are not watched.</summary>
    public int StartFromEpoch { get; }

    /// <summary>The epoch after which the training was ended, counted from 0; 0 if it was not.</summary>
    public int StoppedEpoch { get; private set; }

    /// <summary>The epoch with the best value, counted from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        (_best, _wait, _bestWeights) = (_monitor.Worst, 0, null);
        (StoppedEpoch, BestEpoch) = (0, 0);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The epoch does not have the number.</exception>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var current = _monitor.In(logs);
        if (epoch < StartFromEpoch)
            return;
        if (RestoreBestWeights && _bestWeights is null)
            Keep(epoch);
        _wait++;
        if (_monitor.IsBetter(current, _best, MinDelta))
        {
            _best = current;
            Keep(epoch);
            if (Baseline is not { } baseline || _monitor.IsBetter(current, baseline, MinDelta))
                _wait = 0;
        }
        else if (_wait >= Patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            Model.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (StoppedEpoch > 0 && Verbose > 0)
            Model.Say($"Epoch {StoppedEpoch + 1}: early stopping");
        if (_bestWeights is null)
            return;
        if (Verbose > 0)
            Model.Say($"Restoring model weights from the end of the best epoch: {BestEpoch + 1}.");
        Model.SetWeights(_bestWeights);
    }

    private void Keep(int epoch)
    {
        BestEpoch = epoch;
        if (RestoreBestWeights)
            _bestWeights = Model.GetWeights();
    }
}
