using TorchSharp.Modules;
using Unroll.TorchSharp.Weights;

namespace Unroll.TorchSharp.Engine;

/// <summary>A weight and its parameter on the device; each remembers whether it is ahead of the other.</summary>
internal sealed class EngineWeight(TorchSharpWeight weight, Parameter parameter)
{
    private int? _seen;
    private bool _isAhead;

    public TorchSharpWeight Weight => weight;

    public Variable Variable => weight.Variable;

    /// <summary>Not of the scope in which it happened to be found.</summary>
    public Parameter Parameter { get; } = (Parameter)parameter.DetachFromDisposeScope();

    /// <summary>A step of training changed the parameter.</summary>
    public void MarkTrained() => _isAhead = true;

    /// <summary>Copies the weight to the device, where it changed since, or could have unseen.</summary>
    public void TakeOver()
    {
        if (_seen == Variable.Version && !Variable.IsLent)
            return;
        WeightTransfer.Give(weight, Parameter);
        _seen = Variable.Version;
        _isAhead = false;
    }

    /// <summary>Copies the parameter to the weight, where it was trained since.</summary>
    public void HandBack()
    {
        if (!_isAhead)
            return;
        weight.CopyToKeras(Parameter, Variable.Writable);
        _seen = Variable.Version;
        _isAhead = false;
    }
}
