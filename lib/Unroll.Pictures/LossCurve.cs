using Unroll.Figures;
using Unroll.Training;

namespace Unroll.Models;

/// <summary>
/// Shows the loss as it falls: one display, replaced after epochs. The host shows and replaces; the library knows none.
/// </summary>
/// <example>In a notebook:
/// <code>model.Fit(x, y, epochs: 100, verbose: 0, callbacks: [new LossCurve(chart => display(chart).Update)]);</code>
/// </example>
public sealed class LossCurve : Callback
{
    /// <summary>More pictures in a second than this are not seen, and fill the notebook's channel.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Func<Figure, Action<Figure>> _show;
    private readonly TimeProvider _clock;
    private History _history = new();
    private Action<Figure>? _update;
    private long _last;
    private bool _isBehind;

    /// <summary>Makes the callback.</summary>
    /// <param name="show">
    /// Shows the first chart and returns what shows a later one in its place: <c>chart => display(chart).Update</c>.
    /// </param>
    public LossCurve(Func<Figure, Action<Figure>> show)
        : this(show, TimeProvider.System)
    {
    }

    internal LossCurve(Func<Figure, Action<Figure>> show, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(show);
        _show = show;
        _clock = clock;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _history = new History();
        (_update, _isBehind) = (null, false);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IReadOnlyDictionary<string, float> logs)
    {
        _history.Add(epoch, logs);
        _isBehind = true;
        if (_update is null || _clock.GetElapsedTime(_last) >= Pause)
            Show();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd()
    {
        if (_isBehind)
            Show();
    }

    private void Show()
    {
        var chart = _history.Plot();
        if (_update is null)
        {
            _update = _show(chart)
                ?? throw new InvalidOperationException("LossCurve: the delegate returned nothing to update with. Write chart => display(chart).Update.");
        }

        else
            _update(chart);
        _last = _clock.GetTimestamp();
        _isBehind = false;
    }
}
