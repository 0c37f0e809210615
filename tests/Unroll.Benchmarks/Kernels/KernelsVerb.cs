using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Unroll.Benchmarks.Kernels;

/// <summary>The verb <c>kernels</c>: BenchmarkDotNet over the kernels, with the memory they allocate.</summary>
internal static class KernelsVerb
{
    private static readonly Option<string> Filter = new("--filter")
    {
        HelpName = "GLOB",
        Description = "Which benchmarks to run, such as *Product*.",
        DefaultValueFactory = _ => "*",
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Few iterations." };

    public static Command Create()
    {
        var verb = new Command("kernels", "Runs BenchmarkDotNet over the kernels; its report goes to artifacts/benchmarks.") { Filter, Quick };
        verb.SetAction(parsed =>
        {
            // In this process: a project that BenchmarkDotNet generates would fall under this repository's build rules.
            var job = (parsed.GetValue(Quick) ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
            var config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
            var reports = BenchmarkSwitcher.FromAssembly(typeof(KernelsVerb).Assembly).Run(["--filter", parsed.GetValue(Filter)!], config);
            var ran = reports.Sum(report => report.Reports.Count(one => one.Success));
            return ran > 0 && reports.All(report => report.Reports.All(one => one.Success)) ? 0 : 1;
        });
        return verb;
    }
}
