using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.ExceptionServices;
using System.Text;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session;

/// <summary>The child process: one session, told what to do over a pipe that cells have no name for.</summary>
internal static class SessionHost
{
    /// <summary>A runner sends its first cell within this time; a person takes longer than the warming up.</summary>
    private static readonly TimeSpan IdleFrom = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Connects to <paramref name="pipeName"/> and runs cells until the runner ends this process.</summary>
    public static int Run(string pipeName, bool isForPerson)
    {
        ProcessGroup.Lead();
        Environment.SetEnvironmentVariable(SessionCommand.Diagnostics, null);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous);

        // Not for ever: a runner that was killed meanwhile will not answer.
        pipe.Connect(ConnectTimeout);

        // Requests are served on another thread, so that a cell that never ends does not keep us from seeing the runner go.
        using var requests = new BlockingCollection<Ordered>();
        using var firstRequest = new CancellationTokenSource();
        var channel = new EventChannel(pipe);
        new Thread(() => ServeOrEnd(requests, channel, pipeName, isForPerson, firstRequest.Token), CellThread.StackSize)
        {
            IsBackground = true,
            Name = "Requests",
        }.Start();

        CancellationTokenSource? last = null;
        using var reader = new StreamReader(pipe, Encoding.UTF8, leaveOpen: true);
        while (ReadLine(reader) is { } line)
        {
            firstRequest.Cancel();
            switch (SessionLine.Read<SessionRequest>(line))
            {
                case InterruptCell:
                    // Not on this thread: stopping may take, and more may be said meanwhile. Not on the pool's: the cell
                    // may keep them all busy.
                    if (last is { } stopping)
                        new Thread(stopping.Cancel) { IsBackground = true, Name = "Interrupt" }.Start();
                    break;
                case CheckCode check:
                    // Not on this thread either, and not after the cell that runs: it needs nothing of the session.
                    new Thread(() => channel.Publish(new CodeChecked(check.Id, CompletenessCheck.Of(check.Code)))) { IsBackground = true, Name = "Check" }.Start();
                    break;
                case GiveInput given:
                    CellInput.Current?.Give(given);
                    break;
                case RunCell run:
                    last = new CancellationTokenSource();
                    requests.Add(new Ordered(run, last.Token));
                    break;
                case var request:
                    requests.Add(new Ordered(request, CancellationToken.None));
                    break;
            }
        }

        // The runner is gone, however it went: nothing of this notebook may outlive it.
        ProcessGroup.KillOwn();
        return 0;
    }

    private static string? ReadLine(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A session that cannot go on ends at once and says why: a runner would wait for it.</summary>
    private static void ServeOrEnd(
        BlockingCollection<Ordered> requests, EventChannel channel, string pipeName, bool isForPerson, CancellationToken firstRequest)
    {
        try
        {
            Serve(requests, channel, pipeName, isForPerson, firstRequest);
        }
        catch (Exception error)
        {
            using var errors = new StreamWriter(Console.OpenStandardError());
            errors.WriteLine($"{CrashReport.SessionFault} {error.GetBaseException().Message}");
            errors.Flush();
            Environment.Exit(1);
        }
    }

    private static void Serve(
        BlockingCollection<Ordered> requests, EventChannel channel, string pipeName, bool isForPerson, CancellationToken firstRequest)
    {
        var rawStreams = new RawStreams(pipeName);
        using var session = new CSharpSession(channel.Publish, canBeInterrupted: isForPerson, SessionFolder.Of(pipeName));
        var cell = 0;
        ExceptionHandling.SetUnhandledExceptionHandler(error =>
        {
            if (CompilerThread.TryFail(error))
                return true;
            channel.Publish(ErrorReport.OfBackground(error, CSharpSession.CellName(Volatile.Read(ref cell))));
            return true;
        });
        session.Start();
        var background = new BackgroundWork(channel.Publish);
        channel.Publish(new SessionReady());
        if (!firstRequest.WaitHandle.WaitOne(IdleFrom))
            session.WarmUp(isForPerson, firstRequest);

        var questions = new CodeQuestions(session);
        foreach (var (request, interruption) in requests.GetConsumingEnumerable(CancellationToken.None))
        {
            if (request is RunCell run)
            {
                Volatile.Write(ref cell, run.Cell);
                channel.Start(run.Cell);
                CellInput.Current?.Begin(run.AllowsInput, interruption);
                var source = new CellSource(CSharpSession.CellName(run.Cell), run.Code, run.Language);
                session.Run(source, interruption);
                rawStreams.Mark(run.Cell);
            }
            else if (request is EnterFolder enter)
            {
                Directory.SetCurrentDirectory(enter.Folder);
            }
            else if (request is CompleteCode or InspectCode)
            {
                channel.Publish(questions.Answer(request));
            }
            else if (request is CloseSession)
            {
                background.Settle();
                channel.Publish(new SessionClosed());
            }
        }
    }

    /// <summary>A request that waits for its turn, and what stops it.</summary>
    private sealed record Ordered(SessionRequest Request, CancellationToken Interruption);
}
