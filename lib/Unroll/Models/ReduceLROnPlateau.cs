using System.Globalization;

namespace Unroll.Models;

/// <summary>Makes the learning rate smaller when a number has not become better for some epochs.</summary>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitor _monitor;
    private double _best;
    private int _wait;
    private int _coolingDown;

    /// <summary>Makes the callback; the arguments are Keras'.</summary>
    /// <param name="monitor">The number to watch: a name in the logs, such as <c>val_loss</c>.</param>
    /// <param name="factor">By what the learning rate is multiplied, below 1.</param>
    /// <param name="patience">How many epochs in a row may be no better before it is.</param>
    /// <param name="verbose">1 says when it is.</param>
    /// <param name="mode"><c>min</c>, <c>max</c>, or <c>auto</c>, which goes by the number's name.</param>
    /// <param name="minDelta">By how much a value must be better to count.</param>
    /// <param name="cooldown">How many epochs are not watched after that.</param>
    /// <param name="minLr">The least learning rate.</param>
    /// <exception cref="ArgumentException">The mode is unknown, or the factor is not below 1.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        string mode = "auto",
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLr = 0)
    {
        _monitor = new Monitor(this, monitor, mode);
        if (!(factor is >= 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"ReduceLROnPlateau: factor must be at least 0 and below 1 but is {factor}."));
        (Factor, Patience, Verbose, MinDelta, Cooldown, MinLr) = (factor, patience, verbose, minDelta, cooldown, minLr);
    }

    /// <summary>By what the learning rate is multiplied.</summary>
    public double Factor { get; }

    /// <summary>How many epochs in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>1 says when the learning rate becomes smaller.</summary>
    public int Verbose { get; }

    /// <summary>By how much a value must be better to count.</summary>
    public double MinDelta { get; }

    /// <summary>How many epochs are not watched after a change.</summary>
    public int Cooldown { get; }

    /// <summary>The least learning rate.</summary>
    public double MinLr { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin() => (_best, _wait, _coolingDown) = (_monitor.Worst, 0, 0);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The epoch does not have the number, or the learning rate follows a schedule.</exception>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var current = _monitor.In(logs);
        if (_coolingDown > 0)
        {
            _coolingDown--;
            _wait = 0;
        }

        if (_monitor.IsBetter(current, _best, MinDelta))
        {
            _best = current;
            _wait = 0;
        }
        else if (_coolingDown == 0 && ++_wait >= Patience && Model.Optimizer.LearningRate > MinLr)
        {
            Model.Optimizer.LearningRate = Math.Max(Model.Optimizer.LearningRate * Factor, MinLr);
            if (Verbose > 0)
            {
                var rate = Model.Optimizer.LearningRate.ToString(CultureInfo.InvariantCulture);
                Model.Say($"Epoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {rate}.");
            }

            (_coolingDown, _wait) = (Cooldown, 0);
        }
    }

    internal override void AddTo(IDictionary<string, float> logs) => logs["learning_rate"] = (float)Model.Optimizer.LearningRate;
}
