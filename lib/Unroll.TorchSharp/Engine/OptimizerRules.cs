using TorchSharp;
using Unroll.Training;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>Changes a parameter by its gradient.</summary>
/// <param name="w">The parameter, changed in place.</param>
/// <param name="g">Its gradient.</param>
/// <param name="slot">What is kept for the parameter from step to step, by the names that the optimizer has for it.</param>
internal delegate void OptimizerRule(TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot);

/// <summary>
/// The optimizers in torch's operations. The equations are Keras' and stand in <see cref="SGD"/> and its neighbours; torch's
/// own optimizers put epsilon and the learning rate elsewhere.
/// </summary>
internal static class OptimizerRules
{
    /// <exception cref="NotSupportedException">It is an optimizer of the user's own.</exception>
    public static OptimizerRule Of(Optimizer optimizer) => optimizer switch
    {
        SGD sgd => (w, g, slot) => Step(sgd, w, g, slot),
        RMSprop rms => (w, g, slot) => Step(rms, w, g, slot),
        Adam adam => (w, g, slot) => Step(adam, w, g, slot),
        Adagrad adagrad => (w, g, slot) => Step(adagrad, w, g, slot),
        Adadelta adadelta => (w, g, slot) => Step(adadelta, w, g, slot),
        Adamax adamax => (w, g, slot) => Step(adamax, w, g, slot),
        Nadam nadam => (w, g, slot) => Step(nadam, w, g, slot),
        _ => throw new NotSupportedException(
            $"optimizer {optimizer.GetType().Name}: the TorchSharp engine has Keras' optimizers and none of your own. Train with the managed engine: Backend.Engine = null."),
    };

    private static void Step(SGD sgd, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var back = Number(-sgd.LearningRate);
        if (sgd.Momentum == 0)
        {
            w.add_(g, back);
            return;
        }

        using var momentum = Number(sgd.Momentum);
        var velocity = slot("momentum").mul_(momentum).add_(g, back);
        if (sgd.Nesterov)
            w.add_(velocity, momentum).add_(g, back);
        else
            w.add_(velocity);
    }

    private static void Step(RMSprop rms, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var rho = Number(rms.Rho);
        using var fresh = Number(1 - rms.Rho);
        using var epsilon = Number(rms.Epsilon);
        using var back = Number(-rms.LearningRate);
        var spread = slot("square").mul_(rho).addcmul_(g, g, fresh);
        if (rms.Centered)
        {
            var mean = slot("mean").mul_(rho).add_(g, fresh);
            spread = spread - mean * mean;
        }

        var root = spread.add(epsilon).sqrt_();
        if (rms.Momentum == 0)
        {
            w.addcdiv_(g, root, back);
            return;
        }

        using var momentum = Number(rms.Momentum);
        using var rate = Number(rms.LearningRate);
        w.sub_(slot("momentum").mul_(momentum).addcdiv_(g, root, rate));
    }

    private static void Step(Adam adam, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var back = Number(-adam.StepRate);
        using var beta1 = Number(adam.Beta1);
        using var beta2 = Number(adam.Beta2);
        using var fresh1 = Number(1 - adam.Beta1);
        using var fresh2 = Number(1 - adam.Beta2);
        using var epsilon = Number(adam.Epsilon);
        var mean = slot("m").mul_(beta1).add_(g, fresh1);
        var square = slot("v").mul_(beta2).addcmul_(g, g, fresh2);
        if (adam.Amsgrad)
        {
            var greatest = slot("vhat");
            square = greatest.copy_(torch.maximum(greatest, square));
        }

        w.addcdiv_(mean, square.sqrt().add_(epsilon), back);
    }

    private static void Step(Adagrad adagrad, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var epsilon = Number(adagrad.Epsilon);
        using var back = Number(-adagrad.LearningRate);
        w.addcdiv_(g, slot("accumulator").addcmul_(g, g, 1).add(epsilon).sqrt_(), back);
    }

    private static void Step(Adadelta adadelta, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var rho = Number(adadelta.Rho);
        using var fresh = Number(1 - adadelta.Rho);
        using var epsilon = Number(adadelta.Epsilon);
        using var back = Number(-adadelta.LearningRate);
        var square = slot("square").mul_(rho).addcmul_(g, g, fresh);
        var steps = slot("step");
        var step = steps.add(epsilon).sqrt_().div_(square.add(epsilon).sqrt_()).mul_(g);
        steps.mul_(rho).addcmul_(step, step, fresh);
        w.add_(step, back);
    }

    private static void Step(Adamax adamax, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var beta1 = Number(adamax.Beta1);
        using var fresh1 = Number(1 - adamax.Beta1);
        using var beta2 = Number(adamax.Beta2);
        using var epsilon = Number(adamax.Epsilon);
        using var back = Number(-adamax.LearningRate / (1 - Math.Pow(adamax.Beta1, adamax.Iterations + 1)));
        var mean = slot("m").mul_(beta1).add_(g, fresh1);
        var greatest = slot("u");
        greatest.copy_(torch.maximum(greatest.mul_(beta2), g.abs()));
        w.addcdiv_(mean, greatest.add(epsilon), back);
    }

    private static void Step(Nadam nadam, TorchTensor w, TorchTensor g, Func<string, TorchTensor> slot)
    {
        using var beta1 = Number(nadam.Beta1);
        using var fresh1 = Number(1 - nadam.Beta1);
        using var beta2 = Number(nadam.Beta2);
        using var fresh2 = Number(1 - nadam.Beta2);
        using var epsilon = Number(nadam.Epsilon);
        using var back = Number(-nadam.LearningRate);
        var shares = nadam.Shares;
        using var ofMean = Number(shares.Mean);
        using var ofGradient = Number(shares.Gradient);
        using var ofSquare = Number(shares.Square);
        var mean = slot("m").mul_(beta1).add_(g, fresh1);
        var square = slot("v").mul_(beta2).addcmul_(g, g, fresh2);
        w.addcdiv_(mean.mul(ofMean).add_(g, ofGradient), square.mul(ofSquare).sqrt_().add_(epsilon), back);
    }

    /// <summary>The gradients to use; those that came are not changed.</summary>
    public static IReadOnlyList<TorchTensor> Clipped(GradientClipping clipping, IReadOnlyList<TorchTensor> gradients)
    {
        if (clipping.Norm is { } norm)
            return [.. gradients.Select(gradient => gradient * (float)GradientClipping.Share(norm, Squares(gradient)))];
        if (clipping.Value is { } value)
            return [.. gradients.Select(gradient => gradient.clamp((float)-value, (float)value))];
        if (clipping.GlobalNorm is not { } global)
            return gradients;
        var share = (float)GradientClipping.Share(global, gradients.Sum(Squares));
        return [.. gradients.Select(gradient => gradient * share)];
    }

    private static double Squares(TorchTensor gradient) => gradient.square().sum().item<float>();

    private static Scalar Number(double value) => ((float)value).ToScalar();
}
