using Unroll.Notebooks.Session.Packages;
using Unroll.Notebooks.Tests.Support;

namespace Unroll.Notebooks.Tests;

/// <summary>
/// A notebook whose packages come from a folder beside it, so that no other source is asked; and one that asks for some of
/// them again, after the folder is gone.
/// </summary>
public sealed class PackageScenario : IAsyncLifetime
{
    private const string Native = """
        #r "nuget:Unroll.Test.Native,1.0.0"
        #r "nuget:Unroll.Test.Extension,1.0.0"
        Unroll.Test.Native.Library.ProcessId() == Environment.ProcessId
        """;

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly NotebookBuilder _notebook = new();

    internal CliResult First { get; private set; } = new(-1, "", "");

    internal CliResult Second { get; private set; } = new(-1, "", "");

    internal ExecutedNotebook FirstNotebook { get; private set; } = null!;

    internal ExecutedNotebook SecondNotebook { get; private set; } = null!;

    /// <summary>The cell that was added under <paramref name="name"/>, as the first run left it.</summary>
    internal ExecutedCell this[string name] => FirstNotebook.Cells[_index[name]];

    public async ValueTask InitializeAsync()
    {
        WriteFeed();
        WriteNotebooks();
        var executed = _folder["artifacts", "notebooks", "packages.ipynb"];
        First = await Cli.RunAsync(_folder.Path, _folder["data"], ["notebooks/packages.ipynb"]);
        Assert.True(File.Exists(executed), First.Output + First.Error);
        FirstNotebook = new ExecutedNotebook(executed);

        Directory.Delete(_folder["notebooks", "feed"], recursive: true);
        Second = await Cli.RunAsync(_folder.Path, _folder["data"], ["notebooks/again.ipynb"]);
        SecondNotebook = new ExecutedNotebook(_folder["artifacts", "notebooks", "again.ipynb"]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void WriteNotebooks()
    {
        Directory.CreateDirectory(_folder["notebooks"]);
        File.WriteAllText(_folder["notebooks", "nuget.config"], """
            <configuration>
              <config><add key="globalPackagesFolder" value="got" /></config>
              <packageSources><clear /><add key="beside the notebook" value="feed" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(_folder["notebooks", "loaded.csx"], """
            #r "nuget: Unroll.Test.Loaded, 1.0.0"
            string Loaded() => Unroll.Test.Loaded.Word.Get();
            """);

        // First, when the session holds nothing yet: the second run asks for the same.
        Add("native", Native);
        Add("old dll", """
            #r "Unroll.Test.Old.dll"
            Unroll.Test.Old.Word.Get()
            """);
        Add("natives lie together", """
            // Sessions of other tests may go while this looks.
            string[] Natives(string session)
            {
                try { return System.IO.Directory.GetFiles(session, "libunrollprobe*.so", System.IO.SearchOption.AllDirectories); }
                catch (System.IO.DirectoryNotFoundException) { return []; }
            }
            System.IO.Directory.GetDirectories(System.IO.Path.GetTempPath(), "unroll-session*").SelectMany(Natives)
                .Where(path => path.Contains("natives")).GroupBy(path => System.IO.Path.GetDirectoryName(path)).Any(folder => folder.Count() == 2)
            """);
        Add("native from a cell", """
            using System.Runtime.InteropServices;
            static class Own { [DllImport("unrollprobe", EntryPoint = "SystemNative_GetPid")] public static extern int Get(); }
            Own.Get() == Environment.ProcessId
            """);
        Add("floating", """
            #r "nuget: Unroll.Test.Upper"
            Unroll.Test.Upper.Thing.Say()
            """);
        Add("later cell", "Unroll.Test.Lower.Word.Get()");
        Add("again", """
            #r "nuget: Unroll.Test.Upper, 1.0"
            1
            """);
        Add("loaded", """
            #load "loaded.csx"
            Loaded()
            """);
        Add("other version asked for", """
            #r "nuget: Unroll.Test.Sparse, 1.0.0"
            typeof(Unroll.Test.Sparse.Thing).Name
            """);
        Fail("missing", """
            #r "nuget: Unroll.Test.Nowhere, 1.0.0"
            1
            """);
        Fail("missing version", """
            #r "nuget: Unroll.Test.Many, 9.0.0"
            1
            """);
        Fail("second version", """
            1 + 1;
            #r "nuget: Unroll.Test.Upper, 2.0.0"
            1
            """);
        Fail("twice", """
            #r "nuget: Unroll.Test.Many, 1.0.0"
            #r "nuget: Unroll.Test.Many, 2.0.0"
            1
            """);
        Fail("conflict", """
            #r "nuget: Unroll.Test.NeedsNewer, 1.0.0"
            1
            """);
        Fail("no folder", """
            #i "nuget:./nowhere"
            1
            """);
        Fail("no name", """
            #r "nuget: "
            1
            """);
        Fail("loaded older", """
            #r "nuget: Unroll.Test.Old, 2.0.0"
            1
            """);
        Add("interactive", """
            #r "nuget: Unroll.Test.Interactive, 1.0.0"
            using Microsoft.DotNet.Interactive.Formatting;
            Formatter.Register<Version>(value => $"version {value.Major}");
            new Version(3, 1).ToDisplayString()
            """);
        Add("value of an extension", "new Unroll.Test.Interactive.Thing()");
        Add("platforms", """
            #r "nuget: Unroll.Test.Platforms, 1.0.0"
            typeof(Unroll.Test.Platforms.Thing).Name
            """);
        Add("source", """
            #i "nuget:./more"
            #r "nuget: Unroll.Test.More, 1.0.0"
            typeof(Unroll.Test.More.Thing).Name
            """);
        _notebook.Save(_folder["notebooks"], "packages.ipynb");
        new NotebookBuilder().Code(Native).Save(_folder["notebooks"], "again.ipynb");
    }

    private void WriteFeed()
    {
        var feed = new PackageFeed(_folder["notebooks", "feed"]);
        const string Lib = "lib/net10.0";
        static string Needs(string name, string version) => $"<dependency id=\"{name}\" version=\"{version}\" />";
        static byte[] Thing(string name) => PackageFeed.Compile(name, $"namespace {name}; public static class Thing {{ }}");
        static byte[] Lower(string version) => PackageFeed.Compile("Unroll.Test.Lower", $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}")]
            namespace Unroll.Test.Lower; public static class Word { public static string Get() => "lower {{version}}"; }
            """);

        // Upper was compiled against version 1 of Lower, and gets version 2.
        var upper = PackageFeed.Compile("Unroll.Test.Upper", """
            namespace Unroll.Test.Upper; public static class Thing { public static string Say() => Unroll.Test.Lower.Word.Get(); }
            """, Lower("1.0.0.0"));
        feed.Add("Unroll.Test.Lower", "2.0.0", "", ($"{Lib}/Unroll.Test.Lower.dll", Lower("2.0.0.0")));
        feed.Add("Unroll.Test.Lower", "3.0.0", "", ($"{Lib}/Unroll.Test.Lower.dll", Lower("3.0.0.0")));
        feed.Add("Unroll.Test.Upper", "1.0.0", Needs("Unroll.Test.Lower", "2.0.0"), ($"{Lib}/Unroll.Test.Upper.dll", upper));
        feed.Add("Unroll.Test.NeedsNewer", "1.0.0", Needs("Unroll.Test.Lower", "3.0.0"), ($"{Lib}/NeedsNewer.dll", Thing("NeedsNewer")));
        AddPlatforms(feed, (Path: $"{Lib}/Unroll.Test.Platforms.dll", Bytes: Thing("Unroll.Test.Platforms")));
        AddOld(feed, Lib, _folder["notebooks"]);
        AddInteractive(feed, Lib);
        feed.Add("Unroll.Test.Loaded", "1.0.0", "", ($"{Lib}/Unroll.Test.Loaded.dll", PackageFeed.Compile(
            "Unroll.Test.Loaded", "namespace Unroll.Test.Loaded; public static class Word { public static string Get() => \"loaded\"; }")));
        feed.Add("Unroll.Test.Sparse", "1.2.0", "", ($"{Lib}/Unroll.Test.Sparse.dll", Thing("Unroll.Test.Sparse")));
        feed.Add("Unroll.Test.Many", "1.0.0", "", ($"{Lib}/Many.dll", Thing("Many")));
        feed.Add("Unroll.Test.Many", "2.0.0", "", ($"{Lib}/Many.dll", Thing("Many")));
        feed.Add(
            "Unroll.Test.Extension", "1.0.0", "",
            ("interactive-extensions/dotnet/Extension.dll", Thing("Extension")),
            ($"runtimes/{Platform.Rid}/native/libunrollprobe2.so", [1, 2, 3]));
        new PackageFeed(_folder["notebooks", "more"])
            .Add("Unroll.Test.More", "1.0.0", "", ($"{Lib}/Unroll.Test.More.dll", Thing("Unroll.Test.More")));

        // A library of .NET under another name: it is sure to be here, and has a function whose result is known.
        var native = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so");
        feed.Add(
            "Unroll.Test.Native", "1.0.0", "",
            ($"{Lib}/Unroll.Test.Native.dll", PackageFeed.Compile("Unroll.Test.Native", """
                using System.Runtime.InteropServices;
                namespace Unroll.Test.Native;
                public static class Library { [DllImport("unrollprobe", EntryPoint = "SystemNative_GetPid")] public static extern int ProcessId(); }
                """)),
            ($"runtimes/{Platform.Rid}/native/libunrollprobe.so", File.Exists(native) ? File.ReadAllBytes(native) : []));
    }

    /// <summary>A package that asks for libtorch of every platform, as TorchSharp-cpu does. Only this machine's can be had.</summary>
    private static void AddPlatforms(PackageFeed feed, (string Path, byte[] Bytes) library)
    {
        // No version of the real one: where NUGET_PACKAGES is set, what is restored here stays there.
        const string Fake = "0.0.1";
        string[] platforms = [Platform.Rid, .. OtherPlatforms.Packages.Select(package => package["libtorch-cpu-".Length..])];
        feed.Add(
            "Unroll.Test.Platforms", "1.0.0",
            string.Concat(platforms.Select(platform => $"<dependency id=\"libtorch-cpu-{platform}\" version=\"{Fake}\" />")),
            library);
        feed.Add($"libtorch-cpu-{Platform.Rid}", Fake, "", ("readme.txt", [1]));
    }

    /// <summary>An assembly of version 1 beside the notebook, and a package that has version 2 of it.</summary>
    private static void AddOld(PackageFeed feed, string lib, string folder)
    {
        static byte[] Old(string version) => PackageFeed.Compile("Unroll.Test.Old", $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}")]
            namespace Unroll.Test.Old; public static class Word { public static string Get() => "old {{version}}"; }
            """);
        File.WriteAllBytes(Path.Combine(folder, "Unroll.Test.Old.dll"), Old("1.0.0.0"));
        feed.Add("Unroll.Test.Old", "2.0.0", "", ($"{lib}/Unroll.Test.Old.dll", Old("2.0.0.0")));
    }

    /// <summary>A package that depends on .NET Interactive's, of which only what it needs is here.</summary>
    private static void AddInteractive(PackageFeed feed, string lib)
    {
        const string Family = "Microsoft.DotNet.Interactive.Formatting";
        var formatting = PackageFeed.Compile(Family, """
            using System; using System.Collections.Generic; using System.IO;
            namespace Microsoft.DotNet.Interactive.Formatting
            {
                public static class Formatter { public static void Register<T>(Func<T, string> formatter) { } }
                public interface ITypeFormatterSource { IEnumerable<ITypeFormatter> CreateTypeFormatters(); }
                public interface ITypeFormatter { string MimeType { get; } Type Type { get; } bool Format(object instance, FormatContext context); }
                public class FormatContext { public TextWriter Writer => null; }
                public class TypeFormatterSourceAttribute : Attribute { public TypeFormatterSourceAttribute(Type type) { } }
            }
            """);
        feed.Add(Family, "9.0.0", "", ($"{lib}/{Family}.dll", formatting));
        feed.Add(
            "Unroll.Test.Interactive", "1.0.0", $"<dependency id=\"{Family}\" version=\"9.0.0\" />",
            ($"{lib}/Unroll.Test.Interactive.dll", PackageFeed.Compile("Unroll.Test.Interactive", """
                using System; using System.Collections.Generic; using Microsoft.DotNet.Interactive.Formatting;
                namespace Unroll.Test.Interactive
                {
                    [TypeFormatterSource(typeof(Source))] public class Thing { }
                    public class Source : ITypeFormatterSource { public IEnumerable<ITypeFormatter> CreateTypeFormatters() => new[] { new AsHtml() }; }
                    public class AsHtml : ITypeFormatter
                    {
                        public string MimeType => "text/html";
                        public Type Type => typeof(Thing);
                        public bool Format(object instance, FormatContext context) { context.Writer.Write("<b>a thing</b>"); return true; }
                    }
                }
                """, formatting)));
    }

    private void Add(string name, string code, params string[] tags)
    {
        _index.Add(name, _index.Count);
        _notebook.Code(code, tags);
    }

    private void Fail(string name, string code) => Add(name, code, "raises-exception");
}
