using System.Diagnostics;
using System.Text.Json;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Jupyter.Protocol;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Runs cells: counts them, remembers them, and skips those that waited after one that failed.</summary>
internal sealed class ExecuteHandler(
    IKernelEngine engine, IopubPublisher iopub, InputChannel input, SessionHistory history, Interruption interruption)
{
    private const string ReplyType = "execute_reply";

    private int _count;
    private long _abortedUntil = long.MinValue;

    /// <summary>Serves an <c>execute_request</c>.</summary>
    public async Task<OutgoingContent?> ExecuteAsync(WireMessage request, CancellationToken cancellation)
    {
        if (request.Arrival <= _abortedUntil)
            return Abort();
        var execute = request.Read<ExecuteRequest>();
        var started = MessageCodec.Now();
        var stores = execute.StoreHistory && !execute.Silent;
        if (stores)
            history.Add(++_count, execute.Code);
        if (!execute.Silent)
            iopub.Publish("execute_input", new ExecuteInput(execute.Code, _count), request.RawHeader);

        using var interruptible = interruption.Begin(cancellation);
        var cell = new RunCell(_count, execute.Code, CellLanguage.CSharp) { AllowsInput = execute.AllowStdin };
        var publisher = new CellPublisher(request, cell, execute.Silent, engine, iopub, input, interruptible.Token);
        var (error, page) = await RunAsync(cell, publisher, cancellation).ConfigureAwait(false);
        if (stores)
            history.SetOutput(_count, publisher.ResultText);
        var reply = error is null
            ? await SucceedAsync(execute, page, interruptible.Token).ConfigureAwait(false)
            : Fail(error, execute, request);
        return reply with { Metadata = OutgoingContent.ToJson(new ExecuteMetadata(started)) };
    }

    /// <summary>Whatever comes out of the engine, the front end learns how its cell ended.</summary>
    private async Task<(ErrorRaised? Error, MimeBundle? Page)> RunAsync(RunCell cell, CellPublisher publisher, CancellationToken cancellation)
    {
        try
        {
            if (HelpRequest.Of(cell.Code) is not { } help)
                return (await engine.RunAsync(cell, publisher.Show, cancellation).ConfigureAwait(false), null);
            var page = await engine.InspectAsync(help.Expression, help.Expression.Length, help.IsDetailed, cancellation).ConfigureAwait(false);
            if (page is null)
                publisher.Show(new StreamWritten("stderr", $"Nothing is known as {help.Expression}.\n"));
            return (null, page);
        }
        catch (OperationCanceledException)
        {
            return (new ErrorRaised("Interrupted", "The cell was interrupted.", ["Interrupted: The cell was interrupted."]), null);
        }
        catch (Exception error)
        {
            return (new ErrorRaised(error.GetType().Name, error.Message, [error.ToString()]), null);
        }
    }

    private OutgoingContent Fail(ErrorRaised error, ExecuteRequest execute, WireMessage request)
    {
        if (!execute.Silent)
            iopub.Publish("error", new ErrorContent(error.Name, error.Value, error.Traceback), request.RawHeader);

        // What is here already was sent by somebody who had not seen the error.
        if (execute.StopOnError)
            _abortedUntil = Stopwatch.GetTimestamp();
        return OutgoingContent.Create(ReplyType, new ExecuteErrorReply("error", _count, error.Name, error.Value, error.Traceback));
    }

    private async Task<OutgoingContent> SucceedAsync(ExecuteRequest execute, MimeBundle? page, CancellationToken cancellation)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, expression) in execute.UserExpressions ?? [])
            values[name] = await EvaluateAsync(expression, cancellation).ConfigureAwait(false);
        return OutgoingContent.Create(ReplyType, new ExecuteOkReply(_count, values, page is null ? [] : [new PagePayload(page, Start: 0)]));
    }

    private async Task<JsonElement> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        ErrorReply reply;
        try
        {
            var found = await engine.EvaluateAsync(expression, cancellation).ConfigureAwait(false);
            if (found is not ErrorRaised error)
            {
                var value = new ExpressionValue((found as ValueReturned)?.Data ?? new MimeBundle());
                return JsonSerializer.SerializeToElement(value, ProtocolJson.Default.ExpressionValue);
            }

            reply = new ErrorReply(error.Name, error.Value, error.Traceback);
        }
        catch (Exception thrown)
        {
            reply = new ErrorReply(thrown.GetType().Name, thrown.Message, [thrown.Message]);
        }

        return JsonSerializer.SerializeToElement(reply, ProtocolJson.Default.ErrorReply);
    }

    private OutgoingContent Abort()
    {
        const string Reason = "The cell did not run: one before it failed.";
        return OutgoingContent.Create(ReplyType, new ExecuteErrorReply("aborted", _count, "Aborted", Reason, []));
    }
}
