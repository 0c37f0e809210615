namespace Unroll.Models;

/// <summary>What Fit does, whatever its data come from.</summary>
internal sealed record FitPlan
{
    /// <summary>A step of training for each batch; asked for once an epoch.</summary>
    public required Func<IEnumerable<Action<Tally, string>>> TrainSteps { get; init; }

    /// <summary>A step for each batch of the validation, or null.</summary>
    public Func<IEnumerable<Action<Tally>>>? TestSteps { get; init; }

    /// <summary>How many batches an epoch has; null where that is not known before.</summary>
    public int? Batches { get; init; }

    /// <summary>The training on an engine, which gives the model its weights when somebody looks; null for the library's own.</summary>
    public EngineRun? Training { get; init; }

    /// <summary>The number of the first epoch, from 0.</summary>
    public required int InitialEpoch { get; init; }

    /// <summary>The number after that of the last epoch.</summary>
    public required int Epochs { get; init; }

    /// <summary>How many epochs lie between two validations.</summary>
    public required int ValidationFreq { get; init; }

    /// <summary>0 prints nothing, 1 a bar for each epoch, 2 a line for each epoch.</summary>
    public required int Verbose { get; init; }

    /// <summary>Where progress is printed.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>What else is to be done on the way.</summary>
    public required IReadOnlyList<Callback> Callbacks { get; init; }

    /// <summary>Ends the training between two batches.</summary>
    public required CancellationToken Cancellation { get; init; }
}
