#!/usr/bin/env python3
"""
The packages as users get them: packed, looked into, installed on an empty home from a folder, and used there.

The home has no package and no tool; its sources are those of this machine and the folder. `--packed` takes the packages
that are in artifacts/packages already.
"""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "artifacts" / "packages"
LIBRARIES = ("Unroll", "Unroll.Figures", "Unroll.Keras", "Unroll.Pictures", "Unroll.TorchSharp")
TOOLS = ("Unroll.ModelTool", "Unroll.Notebooks")
FOUND_WRONG = []

# What the format of portable symbols calls a source file within them.
EMBEDDED_SOURCE = uuid.UUID("0E8A571B-6926-466E-B4AD-8AB04611F5FE")

ASK_KERNEL = """
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name=".net-csharp", startup_timeout=120)
client.execute_interactive("6 * 7", timeout=120, output_hook=lambda message: print(message["content"].get("data", "")))
client.stop_channels()
manager.shutdown_kernel()
"""

PROGRAM = """
using Unroll;
using Unroll.Layers;
using Unroll.Models;

Backend.SetRandomSeed(1);
var model = new Sequential();
model.Add(new LSTM(8, returnSequences: true, inputShape: [9, 3]));
model.Add(new LSTM(4));
model.Add(new Dense(1));
model.Compile(optimizer: "adam", loss: "mse", metrics: ["mae"]);
var x = new RandomState(313).Normal(0, 1, [64, 9, 3]);
var history = model.Fit(x, x.Sum(1).Sum(1, keepDims: true), epochs: 5, verbose: 0);
Console.WriteLine(string.Join(" ", history["loss"]));
Console.WriteLine(model.Predict(x[..3]));
model.Summary();
"""

NOTEBOOK = (
    '#r "nuget: Unroll.Pictures"',
    "using Unroll.Layers;\nusing Unroll.Models;\n"
    "var model = new Sequential();\nmodel.Add(new LSTM(4, inputShape: [9, 3]));\nmodel.Add(new Dense(1));",
    "model.Plot().ToString()",
)


def check(holds, what):
    """What does not hold is said, and fails the script at its end: the rest is still tried."""
    if not holds:
        FOUND_WRONG.append(what)
        print(f"!! {what}", flush=True)
    return holds


def run(command, where=ROOT, env=None, seconds=900):
    """What a command printed; where it fails, the script ends."""
    start = time.monotonic()
    done = subprocess.run([str(word) for word in command], cwd=where, env=env, timeout=seconds, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"{time.monotonic() - start:6.1f} s  {' '.join(str(word) for word in command)}", flush=True)
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}:\n{done.stdout}")
    return done.stdout


def version():
    return run(["dotnet", "msbuild", "lib/Unroll", "-getProperty:Version"]).strip()


def is_native(image):
    """Whether an assembly holds machine code: the header of its managed part then leads to one more."""
    (header,) = struct.unpack_from("<I", image, 0x3C)
    sections, optional = struct.unpack_from("<H", image, header + 6)[0], struct.unpack_from("<H", image, header + 20)[0]
    start = header + 24
    directories = start + (112 if struct.unpack_from("<H", image, start)[0] == 0x20B else 96)
    (managed,) = struct.unpack_from("<I", image, directories + 14 * 8)
    for number in range(sections):
        size, address, raw_size, raw = struct.unpack_from("<IIII", image, start + optional + 40 * number + 8)
        if address <= managed < address + max(size, raw_size):
            return struct.unpack_from("<I", image, managed - address + raw + 64)[0] != 0
    raise ValueError("no managed header")


def assemblies(package):
    """The bytes of the assemblies in a package, by their paths."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(".dll")}


def pack():
    shutil.rmtree(PACKAGES, ignore_errors=True)
    run(["dotnet", "pack", "-nodeReuse:false", "-v:q"], seconds=1800)


def look_into_libraries(number):
    for name in LIBRARIES:
        path = PACKAGES / f"{name}.{number}.nupkg"
        with zipfile.ZipFile(path) as archive:
            own = {each for each in archive.namelist() if not re.match(r"_rels/|package/|\[Content_Types\]", each)}
            expected = {f"{name}.nuspec", "README.md", "icon.png", f"lib/net10.0/{name}.dll", f"lib/net10.0/{name}.xml"}
            check(own == expected, f"{path.name} holds {sorted(own ^ expected)} too much or too little")
            metadata = {each.tag.split("}")[1]: each for each in ElementTree.fromstring(archive.read(f"{name}.nuspec"))[0]}
            for word, text in {"license": "MIT", "readme": "README.md", "icon": "icon.png", "version": number}.items():
                check(word in metadata and metadata[word].text == text, f"{path.name}: {word} is not {text}")
            check(len(metadata["description"].text) > 40, f"{path.name}: no description")
            check(re.fullmatch("[0-9a-f]{40}", metadata["repository"].get("commit", "")), f"{path.name}: no commit")
            check(archive.read(f"lib/net10.0/{name}.xml").count(b"<summary>") > 20, f"{path.name}: no documentation")
        check(not any(map(is_native, assemblies(path).values())), f"{path.name} holds machine code")
        with zipfile.ZipFile(PACKAGES / f"{name}.{number}.snupkg") as archive:
            symbols = archive.read(f"lib/net10.0/{name}.pdb")
            check(symbols.startswith(b"BSJB") and EMBEDDED_SOURCE.bytes_le in symbols, f"{name}.snupkg: no symbols with their source")


def look_into_tools(number):
    for name in TOOLS:
        packages = {each.name[len(name) + 1:-len(f".{number}.nupkg")]: each for each in PACKAGES.glob(f"{name}.*{number}.nupkg")}
        with zipfile.ZipFile(packages[""]) as archive:
            said = set(re.findall(r'RuntimeIdentifier="([^"]+)"', archive.read("tools/any/any/DotnetToolSettings.xml").decode()))
        check(said | {""} == set(packages) and "any" in said, f"{name} leads to {said}, and there are {set(packages)}")
        for platform in said:
            images = {path: is_native(image) for path, image in assemblies(packages[platform]).items()}
            wrong = sorted(path for path, native in images.items() if native == (platform == "any"))
            check(not wrong, f"{name} for {platform}: {wrong} {'hold machine code' if platform == 'any' else 'hold IL alone'}")
        print(f"{name}: " + ", ".join(f"{platform or 'the package'} {path.stat().st_size / 1e6:.1f} MB" for platform, path in sorted(packages.items())))


def pack_elsewhere(number, folder):
    """Packs what is committed in another folder: the same bytes must come out."""
    tree = folder / "elsewhere"
    run(["git", "worktree", "add", "--detach", tree, "HEAD"])
    try:
        run(["dotnet", "pack", "lib/Unroll.Pictures", "-nodeReuse:false", "-v:q"], tree)
        run(["dotnet", "pack", "lib/Unroll", "-nodeReuse:false", "-v:q"], tree)
        for name in ("Unroll", "Unroll.Pictures"):
            package = f"{name}.{number}.nupkg"
            same = assemblies(PACKAGES / package) == assemblies(tree / "artifacts" / "packages" / package)
            check(same, f"{package} has other bytes when it is packed in another folder (uncommitted changes are one reason)")
    finally:
        run(["git", "worktree", "remove", "--force", tree])


def empty_home(folder):
    """The environment of a user who has the SDK, this machine's sources, the folder of packages, and nothing else."""
    home = folder / "home"
    sources = pathlib.Path.home() / ".nuget" / "NuGet" / "NuGet.Config"
    settings = home / ".nuget" / "NuGet"
    settings.mkdir(parents=True)
    if sources.exists():
        shutil.copy(sources, settings)
    kept = {name: value for name, value in os.environ.items() if not re.match("XDG_|JUPYTER_|NUGET_PACKAGES|UNROLL_|CI$", name)}
    env = kept | {"HOME": str(home), "DOTNET_CLI_HOME": str(home), "DOTNET_NOLOGO": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    env["PATH"] = f"{home / '.dotnet' / 'tools'}{os.pathsep}{env['PATH']}"
    run(["dotnet", "nuget", "add", "source", PACKAGES, "--name", "packed"], home, env)
    return home, env


def write_notebook(path):
    cells = [{"cell_type": "code", "id": f"cell-{number}", "execution_count": None, "outputs": [], "source": source,
              "metadata": {"dotnet_interactive": {"language": "csharp"}, "polyglot_notebook": {"kernelName": "csharp"}}}
             for number, source in enumerate(NOTEBOOK)]
    kernel = {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}
    path.write_text(json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}))


def last_text(path):
    """What the last cell shows in characters."""
    output = json.loads(path.read_text())["cells"][-1]["outputs"][-1]
    return "".join(output["data"]["text/plain"])


def without_network():
    """Words before a command that cut it off, where the system has them."""
    words = ["unshare", "--map-root-user", "--net"]
    works = shutil.which(words[0]) and subprocess.run([*words, "true"], capture_output=True).returncode == 0
    return words if works else []


def use_host(number, home, env):
    run(["dotnet", "tool", "install", "--global", "Unroll.Notebooks"], home, env)
    check(run(["unroll", "--version"], home, env).startswith(number), "unroll --version says another version")
    run([*without_network(), "unroll", "lessons"], home, env)
    lessons = home / "unroll-lessons" / "notebooks"
    names = ["01-stacked-lstm", "03-layer-shapes", "08-from-keras-to-csharp"]
    run([*without_network(), "unroll", "run", "--check", *(lessons / f"{name}.ipynb" for name in names)], home, env)

    # A library of ours by name: the tool has it, and what it needs.
    write_notebook(home / "by-name.ipynb")
    run([*without_network(), "unroll", "run", "by-name.ipynb", "--output", "ours"], home, env)
    picture = last_text(home / "ours" / "by-name.ipynb")
    check("lstm" in picture and "dense" in picture, f"model.Plot() drew {picture}")

    # The kernel is a copy: it lives on when the tool is updated or gone.
    run(["unroll", "kernel", "install"], home, env)
    run(["dotnet", "tool", "uninstall", "--global", "Unroll.Notebooks"], home, env)
    check("'42'" in run(["/usr/bin/python3", "-c", ASK_KERNEL], home, env), "the installed kernel does not say what 6 * 7 is")
    return picture


def use_dnx(home, env):
    model = home / "unroll-lessons" / "notebooks" / "data" / "lstm_model.keras"
    told = run(["dotnet", "dnx", "Unroll.ModelTool", "--yes", model], home, env)
    check("Keras" in told and "parameters" in told, f"unroll-model said {told}")


def use_repl(home, env, picture):
    pinned = json.loads((ROOT / ".config" / "dotnet-tools.json").read_text())["tools"]["dotnet-repl"]["version"]
    run(["dotnet", "tool", "install", "--global", "dotnet-repl", "--version", pinned], home, env)
    run(["dotnet-repl", "--run", "by-name.ipynb", "--exit-after-run", "--output-format", "ipynb", "--output-path", "theirs.ipynb"], home, env)
    check(last_text(home / "theirs.ipynb").strip() == picture.strip(), "model.Plot() is another picture in dotnet-repl")


def use_library(number, home, env):
    """A program that trains: as it is built, trimmed, and as native code; all three must print the same."""
    project = home / "trains"
    run(["dotnet", "new", "console", "--output", project], home, env)
    run(["dotnet", "add", "package", "Unroll"], project, env)
    check(f'"Unroll" Version="{number}"' in (project / "trains.csproj").read_text(), "dotnet add package took another version")
    (project / "Program.cs").write_text(PROGRAM)
    run(["dotnet", "build", "-warnaserror", "-nodeReuse:false", "-v:q"], project, env)
    printed = run([project / "bin" / "Debug" / "net10.0" / "trains"], project, env)
    check("Total params" in printed and len(printed.splitlines()[0].split()) == 5, f"the program printed {printed}")
    # Each warning of the trimmer and of the compiler is told, and is an error. Only with the vectors of this machine the native
    # program adds in the same order, and so prints the same last digit.
    ways = {"trimmed": ["-p:PublishTrimmed=true", "--self-contained"], "native": ["-p:PublishAot=true", "-p:IlcInstructionSet=native"]}
    for how, options in ways.items():
        run(["dotnet", "publish", *options, "-p:TrimmerSingleWarn=false", "-warnaserror", "-nodeReuse:false", "-v:q", "-o", how], project, env)
        check(run([project / how / "trains"], project, env) == printed, f"the {how} program prints something else")
        size = sum(each.stat().st_size for each in (project / how).glob("*") if each.suffix not in (".pdb", ".dbg"))
        print(f"the {how} program: {size / 1e6:.1f} MB")


def use_bundle(home, env):
    """The folder for machines without a network, moved, and without any .NET but its own."""
    run([sys.executable, "deploy/bundle.py", "runtime", "--packed"])
    bundle = shutil.move(ROOT / "artifacts" / "bundle" / "unroll", home / "carried")
    alone = {name: value for name, value in env.items() if not name.startswith("DOTNET")} | {"PATH": "/usr/bin:/bin"}
    names = ["01-stacked-lstm", "03-layer-shapes", "08-from-keras-to-csharp"]
    run([*without_network(), "./unroll", "run", "--check", *(f"notebooks/{name}.ipynb" for name in names)], bundle, alone)


def main():
    if "--packed" not in sys.argv:
        pack()
    number = version()
    look_into_libraries(number)
    look_into_tools(number)
    with tempfile.TemporaryDirectory(prefix="unroll-packages-") as name:
        folder = pathlib.Path(name)
        pack_elsewhere(number, folder)
        home, env = empty_home(folder)
        picture = use_host(number, home, env)
        use_dnx(home, env)
        use_repl(home, env, picture)
        use_library(number, home, env)
        use_bundle(home, env)
    if FOUND_WRONG:
        sys.exit(f"{len(FOUND_WRONG)} of the packages' promises do not hold")
    print("The packages hold what they promise.")


main()
