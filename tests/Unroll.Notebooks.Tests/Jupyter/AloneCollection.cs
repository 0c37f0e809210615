namespace Unroll.Notebooks.Tests.Jupyter;

/// <summary>Tests that weigh the whole process run when no other does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
