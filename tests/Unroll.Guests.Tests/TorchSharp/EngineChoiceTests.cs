using Unroll.Guests.Tests.Support;
using Unroll.Models;
using Unroll.TorchSharp;

namespace Unroll.Guests.Tests.TorchSharp;

/// <summary>The engine that the environment names.</summary>
[Collection("engine")]
public class EngineChoiceTests
{
    /// <summary>The engine that these tests were built with.</summary>
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "Unroll.TorchSharp.dll");

    /// <summary>Lesson 4 trains LSTMs with other activations than torch's, which the engine refuses.</summary>
    public static TheoryData<string> Lessons => [.. Repository.Lessons.Where(name => name[..2] is "01" or "02" or "03" or "05")];

    [Fact]
    public void The_variable_names_a_library_and_a_device()
    {
        Libtorch.Need();
        var engine = Assert.IsType<TorchSharpEngine>(EngineChoice.Load($"{Library};cpu"));
        Assert.Equal(global::TorchSharp.DeviceType.CPU, engine.Device.type);
        Assert.IsType<TorchSharpEngine>(EngineChoice.Load(Library));
    }

    [Fact]
    public void What_it_cannot_name_is_said()
    {
        Assert.Contains("but there is no such file", Message("nowhere/Unroll.TorchSharp.dll"), StringComparison.Ordinal);
        Assert.Contains("which holds no engine", Message(typeof(Figures.Figure).Assembly.Location), StringComparison.Ordinal);
        Libtorch.Need();
        Assert.Contains("with the device \"abacus\"", Message($"{Library};abacus"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_compiled_ahead_of_time_refuses_it_by_name()
    {
        using var folder = new TempFolder();
        var program = AheadOfTimeProgram.Write(folder.Path);
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["UNROLL_ENGINE"] = "Unroll.TorchSharp.dll" };
        var run = await Command.DotNetAsync(folder.Path, environment, "exec", program);
        Assert.StartsWith(
            "NotSupportedException: UNROLL_ENGINE is Unroll.TorchSharp.dll, but a program that was compiled ahead of time loads no dll.", run.Printed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_shows_the_same_on_the_engine_which_counts_every_call(string lesson)
    {
        Libtorch.Need();
        using var folder = new TempFolder();
        var engine = Repository.PathOf("artifacts", "lib", "Unroll.TorchSharp.dll");
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["UNROLL_ENGINE"] = $"{engine};cpu" };
        var run = await Command.DotNetAsync(folder.Path, environment, Repository.Host, "run", "--check", CountedLesson.Write(lesson, folder.Path));
        Assert.True(run.ExitCode == 0, run.Printed);
    }

    private static string Message(string words) => Assert.Throws<InvalidOperationException>(() => EngineChoice.Load(words)).Message;
}
