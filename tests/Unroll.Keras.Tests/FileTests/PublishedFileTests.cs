using Unroll.Layers;
using Unroll.Models;
using Samples = Unroll.Keras.Tests.ArrayTests.Samples;

namespace Unroll.Keras.Tests.FileTests;

/// <summary>Networks that other people trained in Keras, from 2.2 to 3.11, give the numbers that their weights say.</summary>
public class PublishedFileTests
{
    public static TheoryData<string> Names => Published.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_network_predicts_what_its_weights_say(string name) => Published.Check(KerasFile.Load(Published.Path(name)), name);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_the_same_after_it_was_saved_and_loaded_again(string name) => Samples.WithPath("again.keras", path =>
    {
        var model = KerasFile.Load(Published.Path(name));
        model.Save(path);
        Backend.ClearSession();
        var again = KerasFile.Load(path);
        Published.Check(again, name);
        Assert.Equal(model.ToJson(), again.ToJson());
        foreach (var (one, other) in model.GetWeights().Zip(again.GetWeights()))
            Assert.True(one.Span.SequenceEqual(other.Span));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_weights_go_into_a_model_of_its_structure(string name) => Samples.WithPath("model.weights.h5", path =>
    {
        var model = KerasFile.Load(Published.Path(name));
        model.SaveWeights(path);
        var made = KerasFile.FromJson(model.ToJson());
        made.LoadWeights(path);
        Published.Check(made, name);
        var whole = KerasFile.FromJson(model.ToJson());
        whole.LoadWeights(Published.Path(name));
        Published.Check(whole, name);
    });

    [Fact]
    public void The_file_says_how_the_model_was_trained_and_what_the_optimizer_had_gathered()
    {
        var model = KerasFile.Load(Published.Path("bi.keras"));
        var adam = Assert.IsType<Training.Adam>(model.Optimizer);
        Assert.Equal(1e-4, adam.LearningRate, 1e-9);
        Assert.True(adam.Iterations > 0);
        Assert.Equal(1 + (2 * 8), adam.GetWeights().Count);
        Assert.Throws<InvalidOperationException>(() => KerasFile.Load(Published.Path("bi.keras"), compile: false).Optimizer);
    }

    [Fact]
    public void Older_optimizers_are_read_by_the_names_of_their_arrays()
    {
        var model = KerasFile.Load(Published.Path("circuit_gru.h5"));
        Assert.True(model.Optimizer.Iterations > 0);
        Assert.Equal(1 + (2 * 11), model.Optimizer.GetWeights().Count);
    }

    [Fact]
    public void Options_are_those_of_the_file()
    {
        var model = Assert.IsType<Sequential>(KerasFile.Load(Published.Path("bi.keras")));
        var lstm = Assert.IsType<LSTM>(model.GetLayer("lstm"));
        Assert.Equal((50, true, 0.01), (lstm.Units, lstm.ReturnSequences, Assert.IsType<Regularizers.L2>(lstm.KernelRegularizer).L2));
        Assert.Equal(0.2, Assert.IsType<Dropout>(model.GetLayer("dropout")).Rate);
        Assert.Equal(Shape.Create([null, 5, 1]), model.Inputs[0].Shape);
    }

    [Fact]
    public void A_batch_size_in_the_file_binds_the_model()
    {
        var model = KerasFile.Load(Published.Path("dna.h5"));
        Assert.Equal(Shape.Create([4, 16]), model.Inputs[0].Shape);
    }

    [Fact]
    public void Predicting_costs_what_it_costs_a_model_built_by_hand()
    {
        // The same objects do the work: nothing of the file is left in the way.
        var loaded = KerasFile.Load(Published.Path("practice.keras"));
        Assert.All(loaded.Layers, layer => Assert.Equal("Unroll.Layers", layer.GetType().Namespace));
        Assert.IsType<Sequential>(loaded);
    }
}
