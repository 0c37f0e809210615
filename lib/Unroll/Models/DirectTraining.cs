using System.Numerics.Tensors;
using Unroll.Compute;
using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Models;

/// <summary>
/// A training step of a line of layers that know their derivatives, on the mean squared error, for inputs of one shape. At the
/// sizes of the lessons the tape takes several times as long as the arithmetic; this way has none, and makes nothing anew.
/// </summary>
internal sealed class DirectTraining
{
    // Beyond this the tape's share is small, and the memory that would stay with the model is not.
    private const long MostNumbers = 1 << 20;

    private readonly Shape _input;
    private readonly DirectStep[] _steps;
    private readonly Tensor _gradient;

    private DirectTraining(Layer[] line, Shape input, DirectStep[] steps)
    {
        (Line, _input, _steps) = (line, input, steps);
        _gradient = Tensor.Unwritten(Output.Shape);
        Variables = [.. steps.SelectMany(step => step.Weights).Select(pair => pair.Weight)];
        Gradients = [.. steps.SelectMany(step => step.Weights).Select(pair => pair.Gradient)];
    }

    /// <summary>The layers.</summary>
    public Layer[] Line { get; }

    /// <summary>Whether no layer and no weight is frozen.</summary>
    public bool IsTrainable =>
        Array.TrueForAll(Line, static layer => layer.Trainable) && Array.TrueForAll(Variables, static variable => variable.Trainable);

    /// <summary>What is trained, in the order of the model's weights.</summary>
    public Variable[] Variables { get; }

    /// <summary>The gradient of each, after <see cref="Backward"/>.</summary>
    public Tensor[] Gradients { get; }

    /// <summary>What the last layer gave, after <see cref="Loss"/>.</summary>
    public Tensor Output => _steps[^1].Output;

    /// <summary>Makes one; null where a layer needs the tape.</summary>
    public static DirectTraining? Of(Layer[] line, Shape input)
    {
        var steps = new DirectStep[line.Length];
        var (shape, size) = (input, 0L);
        for (var i = 0; i < line.Length; i++)
        {
            line[i].CheckInput(shape);
            if (line[i].NewDirectStep(shape, wantsInputGradient: i > 0) is not { } step || (size += step.Size) > MostNumbers)
                return null;
            (steps[i], shape) = (step, step.Output.Shape);
        }

        // A layer that stands in the line twice would have two gradients.
        return line.Distinct().Count() == line.Length ? new DirectTraining(line, input, steps) : null;
    }

    /// <summary>Whether it is for this line and shape.</summary>
    public bool IsFor(Layer[] line, Shape input) => ReferenceEquals(Line, line) && _input == input;

    /// <summary>The mean squared error on a batch.</summary>
    public float Loss(Tensor x, Tensor y)
    {
        foreach (var step in _steps)
        {
            step.Forward(x);
            x = step.Output;
        }

        var errors = _gradient.Values;
        TensorPrimitives.Subtract(x.Values, y.Values, errors);
        var squares = Sums.OfSquares(errors);
        return (float)squares / errors.Length;
    }

    /// <summary>Fills the gradients, after <see cref="Loss"/> on the same batch.</summary>
    public void Backward(Tensor x)
    {
        var errors = _gradient.Values;
        TensorPrimitives.Multiply(errors, 2f * (1f / errors.Length), errors);
        var gradient = _gradient;
        for (var i = _steps.Length - 1; i >= 0; i--)
            gradient = _steps[i].Backward(i == 0 ? x : _steps[i - 1].Output, gradient)!;
    }
}
