using Jobs.Package.Tests.Feed;

// Packed once; and every test builds or runs programs, so that they only take the processor from each other when side by side.
[assembly: AssemblyFixture(typeof(PackageFeed))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
