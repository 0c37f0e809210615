namespace Unroll.Tests.Support;

/// <summary>Tests that change how many threads the process may use, or measure what it does, run by themselves.</summary>
[CollectionDefinition(nameof(OneByOne), DisableParallelization = true)]
public sealed class OneByOne;
