using TorchSharp;
using Unroll.Models;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>One method of a model on the engine: the data lie on the device, and batches are cut there.</summary>
internal sealed class TorchSharpRun : EngineRun
{
    private readonly Model _model;
    private readonly EngineModel _engineModel;
    private readonly EngineOptimizer? _optimizer;
    private readonly Samples? _samples;
    private readonly TorchTensor[] _inputs;
    private readonly EngineLosses? _losses;
    private readonly TorchTensor[] _truths;

    public TorchSharpRun(Model model, EngineModel engineModel, EngineOptimizer? optimizer, Tensors x, Tensors? y, Tensors? weights, torch.Device device)
    {
        (_model, _engineModel, _optimizer) = (model, engineModel, optimizer);
        _samples = y is null ? null : new Samples(x, y, weights);
        engineModel.TakeOver();
        _inputs = OnDevice(x, device);
        _truths = y is null ? [] : OnDevice(y, device);
        _losses = y is null ? null : new EngineLosses(model);
    }

    private bool IsWeighted => _samples?.Weights is not null;

    protected internal override Tensors Predict(int start, int count)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return new Tensors([.. _engineModel.Forward(Part(_inputs, null, start, count), training: false).Select(output => output.ToUnroll())]);
    }

    protected internal override BatchResult Evaluate(int start, int count)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var outputs = _engineModel.Forward(Part(_inputs, null, start, count), training: false);
        var losses = _losses!.Of(outputs, Part(_truths, null, start, count), () => _samples!.Part(start, count, order: null), IsWeighted, slopes: false);
        return losses.Result(_model, outputs);
    }

    protected internal override BatchResult Train(int[]? order, int start, int count, string where)
    {
        using var scope = torch.NewDisposeScope();
        var trained = _engineModel.Trained(_model);
        var before = _engineModel.Plan.States.Select(state => state.Copied()).ToArray();
        try
        {
            var index = order is null ? null : torch.tensor(Array.ConvertAll(order[start..(start + count)], place => (long)place)).to(_inputs[0].device);
            var outputs = _engineModel.Forward(Part(_inputs, index, start, count), training: true);
            var losses = _losses!.Of(outputs, Part(_truths, index, start, count), () => _samples!.Part(start, count, order), IsWeighted, slopes: true);
            var result = losses.Result(_model, outputs);
            var total = result.Losses.Select((loss, i) => (float)_model.LossWeight(i) * loss).Sum();
            if (!float.IsFinite(total))
                throw _model.NotFinite("loss", float.IsNaN(total), where);
            EngineStep.Make(_model, trained, _optimizer!, losses, where);
            return result;
        }
        catch
        {
            foreach (var (state, kept) in _engineModel.Plan.States.Zip(before))
                state.PutBack(kept);
            throw;
        }
    }

    protected internal override void HandBack() => _engineModel.HandBack();

    protected internal override void TakeOver() => _engineModel.TakeOver();

    protected override void Dispose(bool disposing)
    {
        foreach (var tensor in _inputs.Concat(_truths))
            tensor.Dispose();
    }

    private static TorchTensor[] OnDevice(Tensors tensors, torch.Device device) =>
        [.. tensors.Select(tensor => tensor.ToTorch(device).DetachFromDisposeScope())];

    private static TorchTensor[] Part(TorchTensor[] tensors, TorchTensor? index, int start, int count) =>
        [.. tensors.Select(tensor => index is not null ? tensor.index_select(0, index) : count == tensor.shape[0] ? tensor : tensor.narrow(0, start, count))];
}
