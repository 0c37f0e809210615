using System.CommandLine;
using Unroll.Notebooks.KernelHost;

namespace Unroll.Notebooks.Commands;

/// <summary>The verb <c>kernel</c>.</summary>
internal static class KernelVerb
{
    private static readonly Option<bool> User = new("--user") { Description = "For this user; so it is without --prefix." };

    private static readonly Option<string?> Prefix = new("--prefix")
    {
        HelpName = "DIR",
        Description = "For an environment: DIR/share/jupyter/kernels, such as a virtual environment or /usr/local.",
    };

    private static readonly Option<string> Name = new("--name")
    {
        HelpName = "NAME",
        DefaultValueFactory = _ => KernelSpecs.DefaultName,
        Description = "What Jupyter calls the kernel.",
    };

    private static readonly Option<bool> Replace = new("--replace") { Description = "Replace a kernel of that name." };

    private static readonly Argument<string> Removed = new("NAME") { Description = "The kernel to remove." };

    /// <summary>The verb with its own verbs.</summary>
    public static Command Create()
    {
        var install = new Command(
            "install",
            $"Copy this program to where Jupyter finds kernels. Notebooks that name {KernelSpecs.OldName} open with it too, "
            + "where no other kernel has that name.")
        {
            User, Prefix, Name, Replace,
        };
        install.Validators.Add(NotBoth);
        install.SetAction(parsed => Say(() =>
            KernelSpecs.Install(Kernels(parsed), parsed.GetValue(Name)!, parsed.GetValue(Replace)).Select(folder => $"installed {folder}")));
        var list = new Command("list", "Say which kernels Jupyter finds, and which of them are this program's.") { Prefix };
        list.SetAction(parsed => Say(() => KernelSpecs.List(Places(parsed))
            .Select(spec => $"{(spec.IsOurs ? "*" : " ")} {spec.Name,-20} {spec.Folder}")
            .Prepend("Kernels; * marks those that this program installed:")));
        var remove = new Command("remove", "Remove a kernel that this program installed.") { Removed, User, Prefix };
        remove.Validators.Add(NotBoth);
        remove.SetAction(parsed => Say(() =>
            KernelSpecs.Remove(Places(parsed), parsed.GetValue(Removed)!).Select(folder => $"removed {folder}")));
        return new Command("kernel", "The kernel for Jupyter, VS Code and nbclient: install, list and remove it.") { install, list, remove };
    }

    private static void NotBoth(System.CommandLine.Parsing.CommandResult result)
    {
        if (result.GetValue(User) && result.GetValue(Prefix) is not null)
            result.AddError("--user is for one user and --prefix for an environment: use one of the two.");
    }

    private static string Kernels(ParseResult parsed) =>
        parsed.GetValue(Prefix) is { } prefix ? JupyterFolders.Of(prefix) : JupyterFolders.User;

    private static IReadOnlyList<string> Places(ParseResult parsed)
    {
        if (parsed.GetValue(Prefix) is { } prefix)
            return [JupyterFolders.Of(prefix)];
        return parsed.CommandResult.Command.Options.Contains(User) && parsed.GetValue(User) ? [JupyterFolders.User] : [.. JupyterFolders.All()];
    }

    private static int Say(Func<IEnumerable<string>> action)
    {
        try
        {
            foreach (var line in action())
                Console.WriteLine(line);
            return 0;
        }
        catch (KernelSpecException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.BadInput;
        }
    }
}
