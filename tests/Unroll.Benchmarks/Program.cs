using System.CommandLine;
using Unroll.Benchmarks.Comparing;
using Unroll.Benchmarks.Kernels;
using Unroll.Benchmarks.Startup;

var root = new RootCommand("Times Unroll against other libraries and against the machine.")
{
    CompareVerb.Create(), KernelsVerb.Create(), StartupVerb.Create(),
};
return root.Parse(args).Invoke();
