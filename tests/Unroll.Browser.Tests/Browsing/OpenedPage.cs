using System.Collections.Concurrent;

namespace Unroll.Browser.Tests.Browsing;

/// <summary>A page, the dialogs it opened, and what it asked for beside itself.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _dialogs = new();
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>Listens to <paramref name="watched"/> from now on.</summary>
    public OpenedPage(WatchedPage watched)
    {
        Watched = watched;
        watched.Page.Dialog += (_, dialog) =>
        {
            _dialogs.Enqueue(dialog.Message);
            _ = dialog.DismissAsync();
        };
        watched.Page.RequestFinished += (_, request) => Ask(request.Url);

        // Chromium tells of requests that a policy stops before they leave.
        watched.Page.RequestFailed += (_, request) =>
        {
            if (request.Failure is not "csp")
                Ask(request.Url);
        };
        watched.Page.FrameNavigated += (_, frame) =>
        {
            if (frame.ParentFrame is not null)
                _asked.Enqueue($"a frame of {frame.Url}");
        };
        watched.Page.Popup += (_, popup) => _asked.Enqueue(popup.Url);
    }

    /// <summary>The page.</summary>
    public WatchedPage Watched { get; }

    /// <summary>What its dialogs said.</summary>
    public IReadOnlyCollection<string> Dialogs => _dialogs;

    /// <summary>The addresses it asked for or went to.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Watched.DisposeAsync();

    private void Ask(string address)
    {
        if (address != Watched.Page.Url && !address.StartsWith("data:", StringComparison.Ordinal))
            _asked.Enqueue(address);
    }
}
