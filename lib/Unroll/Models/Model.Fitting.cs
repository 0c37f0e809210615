using Unroll.Training;

namespace Unroll.Models;

/// <content>The loop of Fit over epochs and batches, and of a test over batches.</content>
public partial class Model
{
    private void FitEpochs(FitPlan plan)
    {
        var history = History = new History();
        _output = plan.Output;
        StopTraining = false;
        foreach (var callback in plan.Callbacks)
        {
            callback.Model = this;
            callback.OnTrainBegin();
        }

        plan.Training?.TakeOver();
        try
        {
            for (var epoch = plan.InitialEpoch; epoch < plan.Epochs && !StopTraining; epoch++)
            {
                Tell(plan.Callbacks, plan.Training, callback => callback.OnEpochBegin(epoch));
                if (plan.Verbose != 0)
                    plan.Output.WriteLine($"Epoch {epoch + 1}/{plan.Epochs}");
                var logs = FitEpoch(plan, epoch);
                foreach (var callback in plan.Callbacks)
                    callback.AddTo(logs);
                history.Add(epoch, logs);
                Tell(plan.Callbacks, plan.Training, callback => callback.OnEpochEnd(epoch, logs));
            }
        }
        finally
        {
            // What was learned stays, however the training ended.
            plan.Training?.HandBack();
        }

        foreach (var callback in plan.Callbacks)
            callback.OnTrainEnd();
    }

    private OrderedDictionary<string, float> FitEpoch(FitPlan plan, int epoch)
    {
        var tally = new Tally(this);
        var progress = new ProgressBar(plan.Verbose, plan.Batches, plan.Output);
        Callback[] hearers = [.. plan.Callbacks.Where(callback => callback.HearsBatches)];
        foreach (var (batch, step) in plan.TrainSteps().Index())
        {
            // Asked by its handle, the token also lets an interrupt of the thread in: a notebook's stop button ends training here.
            if (plan.Cancellation.WaitHandle.WaitOne(0))
                plan.Cancellation.ThrowIfCancellationRequested();
            Tell(hearers, plan.Training, callback => callback.OnTrainBatchBegin(batch));
            try
            {
                step(tally, $"in epoch {epoch + 1}, batch {batch + 1}{(plan.Batches is { } count ? $" of {count}" : "")}");
            }
            catch (NotFiniteException) when (plan.Callbacks.OfType<TerminateOnNaN>().FirstOrDefault() is { } guard)
            {
                tally.AddNaN(1);
                guard.Terminate(batch);
                break;
            }

            progress.Update(batch + 1, tally);
            if (hearers.Length > 0)
            {
                var soFar = tally.Values();
                Tell(hearers, plan.Training, callback => callback.OnTrainBatchEnd(batch, soFar));
            }

            if (StopTraining)
                break;
        }

        var logs = tally.Values();
        if (plan.TestSteps is { } test && (epoch + 1) % plan.ValidationFreq == 0)
        {
            foreach (var (name, value) in Test(test(), plan.Callbacks, plan.Training).Values("val_"))
                logs[name] = value;
        }

        progress.Finish(logs);
        return logs;
    }

    /// <summary>Losses and metrics on data, in inference mode.</summary>
    /// <param name="steps">A step for each batch.</param>
    /// <param name="callbacks">Who hears of it.</param>
    /// <param name="training">An engine's training that waits for it, or null.</param>
    private Tally Test(IEnumerable<Action<Tally>> steps, IReadOnlyList<Callback> callbacks, EngineRun? training)
    {
        var tally = new Tally(this);
        Callback[] hearers = [.. callbacks.Where(callback => callback.HearsTests)];
        Tell(hearers, training, callback => callback.OnTestBegin());
        foreach (var (batch, step) in steps.Index())
        {
            Tell(hearers, training, callback => callback.OnTestBatchBegin(batch));
            step(tally);
            Tell(hearers, training, callback => callback.OnTestBatchEnd(batch, tally.Values()));
        }

        Tell(hearers, training, callback => callback.OnTestEnd(tally.Values()));
        return tally;
    }

    /// <summary>Has callbacks look at the model as it is, and takes over what they change.</summary>
    private static void Tell(IReadOnlyList<Callback> callbacks, EngineRun? run, Action<Callback> tell)
    {
        if (callbacks.Count == 0)
            return;
        run?.HandBack();
        foreach (var callback in callbacks)
            tell(callback);
        run?.TakeOver();
    }
}
