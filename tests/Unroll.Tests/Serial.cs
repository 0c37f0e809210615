// Automatic names, the seed of weights and the console belong to the process: tests run one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
