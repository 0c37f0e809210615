[assembly: AssemblyFixture(typeof(Unroll.Guests.Tests.Support.OurHost))]

namespace Unroll.Guests.Tests.Support;

/// <summary>Our own host, called as a process. It runs the lessons once, for the first test that asks.</summary>
public sealed class OurHost : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<Task> _lessons;

    /// <summary>Makes a place for what it writes.</summary>
    public OurHost() => _lessons = new Lazy<Task>(() => RunHostAsync());

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>What a lesson's code cells show.</summary>
    internal async Task<IReadOnlyList<CellOutputs>> OutputsAsync(string lesson)
    {
        await _lessons.Value;
        return await ReadAsync($"{lesson}.ipynb");
    }

    /// <summary>Runs another notebook.</summary>
    /// <returns>What its code cells show.</returns>
    internal async Task<IReadOnlyList<CellOutputs>> RunAsync(string notebook)
    {
        await RunHostAsync(notebook);
        return await ReadAsync(Path.GetFileName(notebook));
    }

    private async Task RunHostAsync(params IEnumerable<string> notebooks)
    {
        Assert.True(File.Exists(Repository.Host), $"{Repository.Host} is not there. Build the solution first: dotnet build");
        var run = await Command.DotNetAsync(Repository.Root, environment: null, [Repository.Host, "run", .. notebooks, "--output", _folder.Path]);
        Assert.True(run.ExitCode == 0, run.Printed);
    }

    private async Task<IReadOnlyList<CellOutputs>> ReadAsync(string name) =>
        CellOutputs.OfNotebook(await File.ReadAllTextAsync(_folder[name], TestContext.Current.CancellationToken));
}
