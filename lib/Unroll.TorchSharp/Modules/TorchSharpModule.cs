using TorchSharp;
using Unroll.TorchSharp.Plans;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp;

/// <summary>
/// A model of Unroll's as a module of TorchSharp's own modules, with the model's weights. Submodules have the names of the
/// layers, and the keys of the <c>state_dict</c> are those of the class that <c>ToTorchSharpCode</c> writes.
/// </summary>
/// <remarks>
/// It comes in evaluation mode; <c>module.train()</c> lets Dropout drop. Keras has one bias where torch's LSTM adds two: the
/// second, <c>bias_hh</c>, is zeros and is not trained, so that a step of training is Keras'.
/// </remarks>
public sealed class TorchSharpModule : torch.nn.Module<TorchTensor, TorchTensor>
{
    internal TorchSharpModule(Plan plan)
        : base(plan.Name)
    {
        Plan = plan;
        foreach (var part in plan.Parts)
            register_module(part.Name, part.Module);
        var added = plan.Weights.Select(weight => weight.AddedKey).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, parameter) in named_parameters())
        {
            if (!added.Contains(key))
                continue;
            using var still = torch.no_grad();
            parameter.zero_();
            parameter.requires_grad = false;
        }
    }

    internal Plan Plan { get; }

    /// <summary>The output for an input, with gradients where torch records them.</summary>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs; use <see cref="ForwardAll"/>.</exception>
    /// <exception cref="NotSupportedException">The module trains, and a layer has what TorchSharp can only do without training.</exception>
    public override TorchTensor forward(TorchTensor input)
    {
        if (Plan.Outputs.Count != 1)
            throw new InvalidOperationException($"{Plan.Name} gives {Plan.Outputs.Count} tensors, but forward returns one. Use ForwardAll.");
        return ForwardAll(input)[0];
    }

    /// <summary>All outputs for all inputs, in the model's order.</summary>
    /// <exception cref="ArgumentException">There are more or fewer inputs than the model has.</exception>
    /// <exception cref="NotSupportedException">The module trains, and a layer has what TorchSharp can only do without training.</exception>
    public TorchTensor[] ForwardAll(params TorchTensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Length != Plan.Inputs.Count)
        {
            throw new ArgumentException(
                $"{Plan.Name} has {Plan.Inputs.Count} inputs ({string.Join(", ", Plan.Inputs.Select(input => input.Name))}) but got {inputs.Length}.");
        }

        if (training)
            Plan.CheckTraining();
        using var scope = torch.NewDisposeScope();
        var values = new TorchTensor[Plan.Places];
        inputs.CopyTo(values, 0);
        foreach (var step in Plan.Steps)
        {
            var results = step.Run([.. step.Inputs.Select(input => values[input.Place])], training);
            for (var i = 0; i < results.Length; i++)
                values[step.Outputs[i].Place] = results[i];
        }

        return [.. Plan.Outputs.Select(output => values[output.Place].MoveToOuterDisposeScope())];
    }

    /// <summary>Forgets what stateful layers keep: the next batch begins with zeros.</summary>
    public void ResetStates()
    {
        foreach (var state in Plan.States)
            state.Forget();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            ResetStates();
        base.Dispose(disposing);
    }
}
