using System.Globalization;
using Unroll.Keras.Configuration;
using Unroll.Keras.Hdf5;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Training;

namespace Unroll.Keras.Weights;

/// <summary>Writes weights where Keras keeps them since 2.12, and what the optimizer has gathered.</summary>
internal static class WeightWriter
{
    /// <summary>The file <c>model.weights.h5</c>.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="custom">The names of classes of layers of the user's own.</param>
    /// <param name="optimizer">Whether the optimizer's state is written too.</param>
    public static byte[] Write(Model model, ICustomObjects custom, bool optimizer)
    {
        var context = new ReadContext(model.Name, new KerasVersion(KerasVersion.Written), custom);
        var file = new Hdf5Writer();
        foreach (var (path, layer, variables) in new VariablePaths(context, (container, words, before, _) => StoredVariables.Numbered($"{container}/{words[0]}", before)).Of(model, ""))
        {
            var group = path.Length == 0 ? "vars" : $"{path}/vars";
            file.Group(group, layer.Name);
            for (var i = 0; i < variables.Count; i++)
                file.Array($"{group}/{Number(i)}", variables[i].Value);

            // How many numbers it has seen, which Keras keeps beside mean and variance.
            if (layer is Normalization && variables.Count > 0)
                file.Whole($"{group}/{Number(variables.Count)}", 0);
        }

        if (optimizer && model.IsCompiled)
            Optimizer(model, file);
        return file.ToArray();
    }

    private static void Optimizer(Model model, Hdf5Writer file)
    {
        var optimizer = model.Optimizer;
        file.Group("optimizer/vars", Session.SnakeCase(optimizer.GetType().Name));
        file.Whole("optimizer/vars/0", optimizer.Iterations);
        var next = 1;
        if (optimizer.Schedule is null)
            file.Array($"optimizer/vars/{Number(next++)}", Tensor.Of(optimizer.LearningRate));
        foreach (var value in OptimizerState.Write(model))
            file.Array($"optimizer/vars/{Number(next++)}", value);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
