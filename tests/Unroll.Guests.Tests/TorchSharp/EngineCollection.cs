namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The engine is the process': tests that choose one run one after the other, and beside no other test.</summary>
[CollectionDefinition("engine", DisableParallelization = true)]
public sealed class EngineCollection;
