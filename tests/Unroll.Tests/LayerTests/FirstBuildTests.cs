using System.Collections.Concurrent;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;

namespace Unroll.Tests.LayerTests;

/// <summary>Several threads may call a layer for the first time: its weights are made once.</summary>
public class FirstBuildTests
{
    private static readonly Dictionary<string, (Func<Layer> Make, int Weights)> Layers = new(StringComparer.Ordinal)
    {
        ["LSTM"] = (() => new LSTM(4), 3),
        ["Dense"] = (() => new Dense(4), 2),
        ["RNN"] = (() => new RNN([new LSTMCell(4), new OwnCell(3)]), 5),
        ["Bidirectional"] = (() => new Bidirectional(new LSTM(4)), 6),
        ["TimeDistributed"] = (() => new TimeDistributed(new Dense(4)), 2),
        ["own layer"] = (() => new OwnCall(4), 1),
        ["own model"] = (() => new OwnModel(), 5),
        ["Sequential"] = (() => new Sequential([new LSTM(4, returnSequences: true), new Sequential([new Dense(2)]), new TimeDistributed(new Dense(1))]), 7),
    };

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void From_two_threads(string name)
    {
        var (make, weights) = Layers[name];
        var x = Tensor.Ones(2, 5, 2);
        for (var round = 0; round < 200; round++)
        {
            var layer = make();
            var results = new ConcurrentBag<object>();
            using var gate = new Barrier(3);
            var threads = Enumerable.Range(0, 3).Select(_ => new Thread(Run)).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
            Assert.Equal(weights, layer.Weights.Count);
            var first = Assert.IsType<float[]>(results.First());
            Assert.All(results, result => Assert.Equal(first, Assert.IsType<float[]>(result)));

            void Run()
            {
                gate.SignalAndWait();
                results.Add(Xunit.Record.Exception(() => results.Add(layer.Apply(x).ToArray())) ?? (object)layer.Apply(x).ToArray());
            }
        }
    }

    [Fact]
    public void The_second_thread_is_told_that_its_features_are_others()
    {
        for (var round = 0; round < 50; round++)
        {
            var layer = new Dense(2);
            using var gate = new Barrier(2);
            var errors = new ConcurrentBag<Exception?>();
            var threads = new[] { 3, 4 }.Select(features => new Thread(() =>
            {
                gate.SignalAndWait();
                errors.Add(Xunit.Record.Exception(() => layer.Apply(Tensor.Ones(1, features))));
            })).ToArray();
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
            Assert.Contains("features on the last axis", Assert.IsType<ArgumentException>(Assert.Single(errors, error => error is not null)).Message, StringComparison.Ordinal);
            Assert.Equal(2, layer.Weights.Count);
        }
    }
}
