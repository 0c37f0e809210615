using System.Diagnostics;
using System.Text.Json;
using Unroll.Notebooks.Jupyter.Protocol;

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
        var options = new ExecutionOptions(_count, execute.Silent, stores, execute.AllowStdin);
        if (!execute.Silent)
            iopub.Publish("execute_input", new ExecuteInput(execute.Code, _count), request.RawHeader);

        using var interruptible = interruption.Begin(cancellation);
        var sink = new ExecutionSink(request, options, iopub, input, interruptible.Token);
        var result = await RunAsync(execute.Code, options, sink, cancellation).ConfigureAwait(false);
        if (stores)
            history.SetOutput(_count, sink.ResultText);
        var reply = result.Error is { } error
            ? Fail(error, execute, request)
            : await SucceedAsync(execute, sink, interruptible.Token).ConfigureAwait(false);
        return reply with { Metadata = OutgoingContent.ToJson(new ExecuteMetadata(started)) };
    }

    /// <summary>Whatever comes out of the engine, the front end learns how its cell ended.</summary>
    private async Task<ExecutionResult> RunAsync(string code, ExecutionOptions options, ExecutionSink sink, CancellationToken cancellation)
    {
        try
        {
            return await engine.ExecuteAsync(code, options, sink, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new ExecutionResult(new KernelError("Interrupted", "The cell was interrupted.", ["Interrupted: The cell was interrupted."]));
        }
        catch (Exception error)
        {
            return new ExecutionResult(new KernelError(error.GetType().Name, error.Message, [error.ToString()]));
        }
    }

    private OutgoingContent Fail(KernelError error, ExecuteRequest execute, WireMessage request)
    {
        if (!execute.Silent)
            iopub.Publish("error", new ErrorContent(error.Name, error.Value, error.Traceback), request.RawHeader);

        // What is here already was sent by somebody who had not seen the error.
        if (execute.StopOnError)
            _abortedUntil = Stopwatch.GetTimestamp();
        return OutgoingContent.Create(ReplyType, new ExecuteErrorReply("error", _count, error.Name, error.Value, error.Traceback));
    }

    private async Task<OutgoingContent> SucceedAsync(ExecuteRequest execute, ExecutionSink sink, CancellationToken cancellation)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, expression) in execute.UserExpressions ?? [])
            values[name] = await EvaluateAsync(expression, cancellation).ConfigureAwait(false);
        return OutgoingContent.Create(ReplyType, new ExecuteOkReply(_count, values, sink.Pages));
    }

    private async Task<JsonElement> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        KernelError error;
        try
        {
            var result = await engine.EvaluateAsync(expression, cancellation).ConfigureAwait(false);
            if (result.Value is { } value)
                return JsonSerializer.SerializeToElement(new ExpressionValue(value.Data, value.Metadata), ProtocolJson.Default.ExpressionValue);
            error = result.Error!;
        }
        catch (Exception thrown)
        {
            error = new KernelError(thrown.GetType().Name, thrown.Message, [thrown.Message]);
        }

        return JsonSerializer.SerializeToElement(new ErrorReply(error.Name, error.Value, error.Traceback), ProtocolJson.Default.ErrorReply);
    }

    private OutgoingContent Abort()
    {
        const string Reason = "The cell did not run: one before it failed.";
        return OutgoingContent.Create(ReplyType, new ExecuteErrorReply("aborted", _count, "Aborted", Reason, []));
    }
}
