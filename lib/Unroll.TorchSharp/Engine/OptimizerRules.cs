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
/// The optimizers in torch's operations. The equations are Keras' and stand in <see cref="SGD"/>, <see cref="RMSprop"/> and
/// <see cref="Adam"/>; torch's own optimizers put epsilon and the learning rate elsewhere.
/// </summary>
internal static class OptimizerRules
{
    /// <exception cref="NotSupportedException">It is an optimizer of the user's own.</exception>
    public static OptimizerRule Of(Optimizer optimizer) => optimizer switch
    {
        SGD sgd => (w, g, slot) => Step(sgd, w, g, slot),
        RMSprop rms => (w, g, slot) => Step(rms, w, g, slot),
        Adam adam => (w, g, slot) => Step(adam, w, g, slot),
        _ => throw new NotSupportedException(
            $"optimizer {optimizer.GetType().Name}: the TorchSharp engine has SGD, RMSprop and Adam. Train with the managed engine: Backend.Engine = null."),
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
        var rate = adam.LearningRate * Math.Sqrt(1 - Math.Pow(adam.Beta2, adam.Iterations)) / (1 - Math.Pow(adam.Beta1, adam.Iterations));
        using var back = Number(-rate);
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

    private static Scalar Number(double value) => ((float)value).ToScalar();
}
