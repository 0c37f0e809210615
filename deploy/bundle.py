#!/usr/bin/env python3
"""
Makes artifacts/bundle/unroll and a .zip of it, to carry to a machine of the same platform that has no network: the host, the
lessons with their libraries, and the packages that lessons ask for.

What comes along beside them:
  nothing   the machine has .NET 10; its SDK, where cells say #r "nuget: …"
  runtime   .NET's runtime (the default): all runs but #r "nuget: …", so lessons 1 to 5 and 8
  sdk       the SDK, which restores packages: lesson 6 too. Lesson 7 needs libtorch, which is not in here
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOST = ROOT / "lib" / "Unroll.Notebooks"
FOLDER = ROOT / "artifacts" / "bundle"


def dotnet(*words):
    return subprocess.run(["dotnet", *map(str, words)], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout


def unpack_host(bundle, version, platform):
    """The tool's package is the host; the lessons in it go where a person looks for them."""
    start = f"tools/net10.0/{platform}/"
    with zipfile.ZipFile(ROOT / "artifacts" / "packages" / f"Unroll.Notebooks.{platform}.{version}.nupkg") as package:
        for name in package.namelist():
            if name.startswith(start):
                place = name.removeprefix(start)
                target = bundle / (place.removeprefix("lessons/") if place.startswith("lessons/") else f"host/{place}")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(package.read(name))


def add_packages(bundle, downloads):
    """What lessons name is among the machine's packages after a build; beside the libraries' own the host finds it first."""
    packages = pathlib.Path(dotnet("nuget", "locals", "global-packages", "--list", "--force-english-output").split(": ", 1)[1].strip())
    for download in downloads:
        name = download["Identity"].lower()
        for version in download["Version"].replace("[", "").replace("]", "").split(";"):
            shutil.copy(packages / name / version / f"{name}.{version}.nupkg", bundle / "host" / "packages")


def add_dotnet(bundle, properties, with_sdk):
    root, runtime = pathlib.Path(properties["NetCoreRoot"]), properties["BundledNETCoreAppPackageVersion"]
    parts = [f"host/fxr/{runtime}", f"shared/Microsoft.NETCore.App/{runtime}"]
    if with_sdk:
        # A restore wants what programs are compiled against of each part of .NET, whether they use it or not.
        references = [str(each.relative_to(root)) for each in root.glob("packs/Microsoft.*.Ref")]
        parts += [f"sdk/{properties['NETCoreSdkVersion']}", "sdk-manifests", *references]
    for part in parts:
        shutil.copytree(root / part, bundle / "dotnet" / part)
    for file in root.iterdir():
        if file.is_file() and file.name in ("dotnet", "dotnet.exe", "LICENSE.txt", "ThirdPartyNotices.txt"):
            shutil.copy(file, bundle / "dotnet")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("dotnet", nargs="?", choices=("nothing", "runtime", "sdk"), default="runtime")
    words.add_argument("--packed", action="store_true", help="take the tool from artifacts/packages instead of packing it")
    said = words.parse_args()

    names = "Version,NetCoreRoot,BundledNETCoreAppPackageVersion,NETCoreSdkVersion,NETCoreSdkPortableRuntimeIdentifier"
    facts = json.loads(dotnet("msbuild", HOST, f"-getProperty:{names}", "-getItem:PackageDownload"))
    properties, platform = facts["Properties"], facts["Properties"]["NETCoreSdkPortableRuntimeIdentifier"]
    if not said.packed:
        dotnet("pack", HOST, "-nodeReuse:false", "-v:q")

    shutil.rmtree(FOLDER, ignore_errors=True)
    bundle = FOLDER / "unroll"
    unpack_host(bundle, properties["Version"], platform)
    add_packages(bundle, facts["Items"]["PackageDownload"])
    if said.dotnet != "nothing":
        add_dotnet(bundle, properties, with_sdk=said.dotnet == "sdk")
    shutil.copytree(ROOT / "deploy" / "bundle", bundle, dirs_exist_ok=True)
    shutil.copy(ROOT / "LICENSE", bundle)
    archive = shutil.make_archive(str(FOLDER / f"unroll-{properties['Version']}-{platform}"), "zip", FOLDER, "unroll")
    print(f"{archive}: {pathlib.Path(archive).stat().st_size / 1e6:.0f} MB, .NET's {said.dotnet} in it")


main()
