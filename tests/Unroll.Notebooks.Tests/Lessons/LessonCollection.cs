namespace Unroll.Notebooks.Tests.Lessons;

/// <summary>The classes that look at the one run of all lessons.</summary>
[CollectionDefinition(nameof(LessonCollection))]
public sealed class LessonCollection : ICollectionFixture<LessonRun>;
