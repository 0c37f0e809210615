namespace Unroll.Notebooks; internal static class Program { public static int Main() => 0; }
