using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Session.Values;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>What a cell asks of the session while it runs, by <c>Kernel.Root.SendAsync</c> and the like.</summary>
internal sealed class NestedWork(SessionParts parts, Action<SessionEvent> publish) : KernelWork
{
    /// <summary>Set where the work of another piece is being done already: it waits for the inner one.</summary>
    private static readonly AsyncLocal<bool> IsWithin = new();

    private readonly Lock _turn = new();
    private CancellationToken _interruption;
    private string _language = CellLanguage.CSharp;

    /// <inheritdoc/>
    public override string Language => Volatile.Read(ref _language);

    /// <summary>A cell begins, or code that one runs.</summary>
    public void Begin(string language, CancellationToken interruption)
    {
        _interruption = interruption;
        Volatile.Write(ref _language, language);
    }

    /// <inheritdoc/>
    public override KernelCommandResult Do(string kernelName, KernelCommand command)
    {
        var events = new NestedEvents(command);
        if (IsWithin.Value)
        {
            Apart(() => Do(kernelName, command, events));
        }
        else
        {
            lock (_turn)
            {
                IsWithin.Value = true;
                try
                {
                    Apart(() => Do(kernelName, command, events));
                }
                finally
                {
                    IsWithin.Value = false;
                }
            }
        }

        return new KernelCommandResult(command, events.All);
    }

    /// <inheritdoc/>
    public override bool TryFind(string language, string name, out object? value)
    {
        var found = Values(language).Find(name);
        value = found?.Reference;
        return found is not null;
    }

    /// <inheritdoc/>
    public override void Set(string language, string name, object? value) => Apart(() => Values(language).Set(name, value));

    private void Do(string kernelName, KernelCommand command, NestedEvents events)
    {
        try
        {
            var language = CellLanguage.Normalize(command.TargetKernelName ?? kernelName);
            var failure = command is SubmitCode code ? Run(code, language, events) : Answer(command, language, events);
            events.Add(failure is null ? new CommandSucceeded(command) : new CommandFailed(failure, command));
        }
        catch (Exception error) when (!_interruption.IsCancellationRequested)
        {
            events.Add(new CommandFailed(error.Message, command));
        }
    }

    /// <summary>Runs code as a cell; returns what went wrong, which the reader of the notebook sees as text.</summary>
    private string? Run(SubmitCode code, string language, NestedEvents events)
    {
        var (before, interruption) = (Language, _interruption);
        EventTap.Listen(events.Hear);
        var run = new CellRun(parts, Show, interruption) { Returned = events.Return };
        Begin(language, interruption);
        var error = run.Run(new CellSource("Cell[Kernel.SendAsync]", code.Code, language));

        // An interrupted cell has ended by now: the next one may have begun, and this is not its error.
        if (interruption.IsCancellationRequested)
            return error?.Value;
        Begin(before, interruption);
        if (error is null)
            return null;
        events.Add(new ErrorProduced(error.Value, code));
        publish(new StreamWritten("stderr", string.Join('\n', error.Traceback) + "\n"));
        return error.Value;
    }

    /// <summary>A value of the code is shown as any other: only the cell itself has a result.</summary>
    private void Show(SessionEvent happened) =>
        publish(happened is ValueReturned value ? new Displayed(value.Data, Guid.NewGuid().ToString("n")) : happened);

    private string? Answer(KernelCommand command, string language, NestedEvents events)
    {
        switch (command)
        {
            case SendValue sent:
                Values(language).Set(sent.Name, sent.Value ?? OfText(sent.FormattedValue));
                return null;
            case RequestValue wanted:
                if (Values(language).Find(wanted.Name) is not { } found)
                    return $"Value '{wanted.Name}' not found in kernel {language}";
                var (mimeType, text) = found.As(wanted.MimeType);
                events.Add(new ValueProduced(found.Reference, wanted.Name, new FormattedValue(mimeType, text), command));
                return null;
            case RequestValueInfos:
                events.Add(new ValueInfosProduced([.. Values(language).All.Select(Info)], command));
                return null;
            case DisplayValue shown:
                publish(new Displayed(Bundle(shown.FormattedValue), shown.ValueId));
                return null;
            case UpdateDisplayedValue updated:
                publish(new DisplayUpdated(Bundle(updated.FormattedValue), updated.ValueId));
                return null;
            case RequestInput asked:
                var answer = CellInput.Current?.Ask(asked.Prompt, asked.IsPassword, asked.Prompt);
                if (answer is null)
                    return $"\"{asked.Prompt}\" was not answered.";
                events.Add(new InputProduced(answer, command));
                return null;
            default:
                EventTap.Listen(events.Hear);
                var handler = Own.Find(language, command.GetType()) ?? Own.Find(Kernel.Root.Name, command.GetType());
                handler ??= (asked, context) => asked.InvokeAsync(context);
                new InterruptibleRun(_interruption).Run(() => handler(command, KernelInvocationContext.Current));
                return null;
        }
    }

    private IValueHolder Values(string language) => new CellRun(parts, publish, _interruption).Holder(language)
        ?? throw new NotSupportedException($"The kernel {language} has no values.");

    private static KernelValueInfo Info(HeldValue value) =>
        new(value.Name, value.Type, new FormattedValue(MimeBundle.Plain, value.Value.ToDisplayString()));

    private static object? OfText(FormattedValue? text) =>
        text is null ? null : new SharedText(text.MimeType, text.Value).Reference;

    private static MimeBundle Bundle(FormattedValue value) => new() { [value.MimeType] = value.Value };

    /// <summary>
    /// On a thread of its own, for which the cell waits: what runs so that it can be stopped (<see cref="InterruptibleRun"/>)
    /// cannot do so twice on one thread.
    /// </summary>
    private void Apart(Action work)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Try(work), CellThread.StackSize) { IsBackground = true, Name = "Cell within a cell" };
        thread.Start();
        Join(thread, _interruption);
        _interruption.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// An interrupt wakes this thread, and stops what runs on the other: the cell does not end before that has. Where it cannot be
    /// stopped, this thread is, by force, a moment later.
    /// </summary>
    private static void Join(Thread thread, CancellationToken interruption)
    {
        while (true)
        {
            try
            {
                thread.Join();
                return;
            }
            catch (ThreadInterruptedException) when (interruption.IsCancellationRequested)
            {
                // A wake-up; more of them follow.
            }
        }
    }

    private static Exception? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
