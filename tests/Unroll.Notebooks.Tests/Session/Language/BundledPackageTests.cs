using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>Packages that an installed tool has beside it; the machine's sources, of which there is none here, are not needed for them.</summary>
public sealed class BundledPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public BundledPackageTests()
    {
        var feed = new PackageFeed(_folder["tool"]);
        feed.Add("Unroll.Test.Brought", "1.2.0", "", ("lib/net10.0/Brought.dll", PackageFeed.Compile("Brought", "public static class Brought { }")));
        feed.Add("Unroll.Test.Half", "1.0.0", "<dependency id=\"Unroll.Test.Elsewhere\" version=\"1.0.0\" />", ("readme.txt", [1]));
        new PackageFeed(_folder["machine"]).Add("Unroll.Test.Elsewhere", "1.0.0", "", ("readme.txt", [1]));
        Directory.CreateDirectory(_folder["notebook"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Unroll.Test.Brought", "*", true)]
    [InlineData("unroll.test.brought", "1.2", true)]
    [InlineData("Unroll.Test.Brought", "[1.0,2.0)", true)]
    [InlineData("Unroll.Test.Brought", "1.1.0", false)]
    [InlineData("Unroll.Test", "*", false)]
    public void Are_known_by_name_and_version(string name, string version, bool isThere) =>
        Assert.Equal(isThere, new BundledPackages(_folder["tool"]).HasAll([new PackageRequest(name, version)]));

    [Fact]
    public void Are_none_where_the_folder_is_not_there()
    {
        var none = new BundledPackages(_folder["nowhere"]);
        Assert.Empty(none.Sources);
        Assert.False(none.HasAll([new PackageRequest("Unroll.Test.Brought", "*")]));
    }

    [Fact]
    public async Task Are_found_though_no_source_answers()
    {
        var set = await RestoreAsync("Unroll.Test.Brought", source: _folder["nowhere"]);
        Assert.Equal("1.2.0", Assert.Single(set.Packages).Version);
    }

    [Fact]
    public async Task May_need_others_that_the_machines_sources_have()
    {
        var set = await RestoreAsync("Unroll.Test.Half", source: _folder["machine"]);
        Assert.Equal(["Unroll.Test.Elsewhere", "Unroll.Test.Half"], set.Packages.Select(package => package.Name).Order(StringComparer.Ordinal));
    }

    private Task<PackageSet> RestoreAsync(string name, string source)
    {
        File.WriteAllText(_folder["notebook", "nuget.config"], $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="got" /></config>
              <packageSources><clear /><add key="the machine's" value="{source}" /></packageSources>
            </configuration>
            """);
        var store = new PackageStore(_folder["data"], new BundledPackages(_folder["tool"]));
        return store.RestoreAsync(new PackageQuery([new PackageRequest(name, "*")], [], [], _folder["notebook"]), TestContext.Current.CancellationToken);
    }
}
