using System.Globalization;

namespace Unroll.Models;

/// <summary>
/// Sets the learning rate before each epoch: <c>new LearningRateScheduler((epoch, rate) =&gt; epoch &lt; 10 ? rate : rate * 0.9)</c>.
/// For one that changes with each step, give the optimizer a <see cref="Training.LearningRateSchedule"/>.
/// </summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> _schedule;
    private readonly int _verbose;

    /// <summary>Makes the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch, counted from 0, from that of the epoch before.</param>
    /// <param name="verbose">1 says what it is.</param>
    public LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_schedule, _verbose) = (schedule, verbose);
    }

    /// <summary>Makes the callback.</summary>
    /// <param name="schedule">Gives the learning rate of an epoch, counted from 0.</param>
    /// <param name="verbose">1 says what it is.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_schedule, _verbose) = ((epoch, _) => schedule(epoch), verbose);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The learning rate follows a schedule of the optimizer.</exception>
    public override void OnEpochBegin(int epoch)
    {
        Model.Optimizer.LearningRate = _schedule(epoch, Model.Optimizer.LearningRate);
        if (_verbose > 0)
        {
            var rate = Model.Optimizer.LearningRate.ToString(CultureInfo.InvariantCulture);
            Model.Say($"Epoch {epoch + 1}: LearningRateScheduler setting learning rate to {rate}.");
        }
    }

    internal override void AddTo(IDictionary<string, float> logs) => logs["learning_rate"] = (float)Model.Optimizer.LearningRate;
}
