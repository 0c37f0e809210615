[assembly: AssemblyFixture(typeof(Unroll.Guests.Tests.Support.OurHost))]

namespace Unroll.Guests.Tests.Support;

/// <summary>Our own host, which has run the lessons once for all tests.</summary>
public sealed class OurHost : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    /// <summary>What a lesson's code cells show.</summary>
    internal IReadOnlyList<CellOutputs> Outputs(string lesson) => CellOutputs.OfNotebook(File.ReadAllText(_folder[$"{lesson}.ipynb"]));

    /// <summary>Runs another notebook.</summary>
    /// <returns>What its code cells show.</returns>
    internal async Task<IReadOnlyList<CellOutputs>> RunAsync(string notebook)
    {
        var run = await Command.DotNetAsync(Repository.Root, environment: null, Repository.Host, "run", notebook, "--output", _folder.Path);
        Assert.True(run.ExitCode == 0, run.Printed);
        return CellOutputs.OfNotebook(await File.ReadAllTextAsync(_folder[Path.GetFileName(notebook)], TestContext.Current.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Repository.Host), $"{Repository.Host} is not there. Build the solution first: dotnet build");
        var run = await Command.DotNetAsync(Repository.Root, environment: null, Repository.Host, "run", "--output", _folder.Path);
        Assert.True(run.ExitCode == 0, run.Printed);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
