using Unroll.Notebooks.Session.Packages;

namespace Unroll.Notebooks.Tests;

/// <summary>What cells write about packages, and what NuGet says of them.</summary>
public class PackageWordTests
{
    [Theory]
    [InlineData(" Newtonsoft.Json, 13.0.1", "Newtonsoft.Json", "13.0.1", "Newtonsoft.Json, 13.0.1")]
    [InlineData("Newtonsoft.Json,13.0.1-beta.2", "Newtonsoft.Json", "13.0.1-beta.2", "Newtonsoft.Json, 13.0.1-beta.2")]
    [InlineData("Newtonsoft.Json", "Newtonsoft.Json", "*", "Newtonsoft.Json")]
    [InlineData("A_b-c , *-*", "A_b-c", "*-*", "A_b-c, *-*")]
    [InlineData("A, [1.0,2.0)", "A", "[1.0,2.0)", "A, [1.0,2.0)")]
    public void A_request_is_a_name_and_perhaps_a_version(string text, string name, string version, string shown)
    {
        var request = PackageRequest.Parse(text);
        Assert.Equal(new PackageRequest(name, version), request);
        Assert.Equal(shown, request!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , 1.0")]
    [InlineData("A B, 1.0")]
    [InlineData("A,")]
    [InlineData("A, 1.0\" Other=\"x")]
    [InlineData("../A")]
    public void What_is_no_request_is_refused(string text) => Assert.Null(PackageRequest.Parse(text));

    [Theory]
    [InlineData("13.0", "13.0.0", true)]
    [InlineData("13.0.1.0", "13.0.1", true)]
    [InlineData("13.0.1-BETA", "13.0.1-beta", true)]
    [InlineData("13.0.1", "13.0.2", false)]
    [InlineData("13.0.1-beta", "13.0.1", false)]
    [InlineData("[2.0,3.0)", "2.14.1", true)]
    [InlineData("[2.0,3.0)", "3.0.0", false)]
    [InlineData("(2.14.1,)", "2.14.1", false)]
    [InlineData("[2.14.1]", "2.14.1", true)]
    [InlineData("(,2.0]", "2.0", true)]
    [InlineData("*", "2.14.1", true)]
    [InlineData("2.*", "2.14.1", true)]
    [InlineData("1.*", "2.14.1", false)]
    public void Versions_and_ranges_are_compared_as_NuGet_does(string asked, string held, bool same) =>
        Assert.Equal(same, new PackageRequest("A", asked).Accepts(held));

    [Fact]
    public void Messages_of_several_lines_are_joined_and_told_once()
    {
        const string Output = """
              Determining projects to restore...
            /a/packages.csproj : error NU1102: Unable to find package X with version (>= 9.0.0)
            /a/packages.csproj : error NU1102:   - Found 1 version(s) in main [ Nearest version: 2.0.6 ]
            /a/packages.csproj : error NU1101: Unable to find package Y. No packages exist with this id in source(s): main
            /a/packages.csproj : error NU1101: Unable to find package Y. No packages exist with this id in source(s): main
            /a/packages.csproj : warning NU1603: packages depends on Z (>= 1.0.0) but Z 1.0.0 was not found. Z 1.1.0 was resolved instead. [/a/packages.csproj]
            """;
        Assert.Equal(
            [
                new(true, "NU1102", "Unable to find package X with version (>= 9.0.0) Found 1 version(s) in main [ Nearest version: 2.0.6 ]"),
                new(true, "NU1101", "Unable to find package Y. No packages exist with this id in source(s): main"),
                new(false, "NU1603", "packages depends on Z (>= 1.0.0) but Z 1.0.0 was not found. Z 1.1.0 was resolved instead."),
            ],
            RestoreMessage.ReadAll(Output));
    }

    [Fact]
    public void A_failure_names_sources_and_no_address()
    {
        RestoreMessage[] messages =
        [
            new(true, "NU1301", "Unable to load the service index for source https://a.example/v3/index.json."),
            new(true, "NU1301", "Unable to load the service index for source https://b.example/index.json."),
            new(true, "NU1301", "Failed to retrieve https://c.example/y.nupkg"),
        ];
        var query = new PackageQuery([new("X", "1.0.0")], [], ["https://b.example/index.json"], Path.GetTempPath());
        var error = RestoreException.Of(query, messages, [("main", "https://a.example/v3/index.json")], "");
        Assert.Equal(
            "X, 1.0.0 cannot be restored. Unable to load the service index for source main. (NU1301) "
            + "Unable to load the service index for source the source of #i number 1. (NU1301) "
            + "Failed to retrieve an address of that source (NU1301)",
            error.Message);
    }
}
