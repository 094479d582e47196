"""The largest accepted pictures stay below 300 MB of memory while they are made anew."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.paths import PACKAGE
from tests.portal.files import samples

# The peak that the kernel counts for this process alone; that of getrusage would include the starting process.
MEASURED = """
import atexit, runpy, sys
peak = lambda: next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
atexit.register(lambda: print(peak()))
runpy.run_module("portal.files.images", run_name="__main__")
"""


def peak_megabytes(folder: Path, content: bytes) -> int:
    source = folder / "source"
    source.write_bytes(content)
    command = [sys.executable, "-c", MEASURED, "prepare", str(source), str(folder), "60"]
    answer = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert (folder / "picture").is_file(), (folder / "result.json").read_text()
    return int(answer.stdout) // 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
@pytest.mark.parametrize(
    ("format", "size", "mode", "options"),
    [
        ("JPEG", (7300, 5470), "RGB", {"progressive": True, "subsampling": 0}),
        ("JPEG", (60_000, 660), "RGB", {}),
        ("JPEG", (4500, 3500), "CMYK", {}),
        ("PNG", (7300, 5470), "RGBA", {"compress_level": 1}),
        ("PNG", (4000, 3990), "RGBA", {"compress_level": 1}),
        ("WEBP", (4000, 3000), "RGBA", {"method": 0}),
        ("HEIF", (5700, 4300), "RGB", {"quality": 50}),
    ],
)
def test_peak_of_memory(
    tmp_path: Path, format: str, size: tuple[int, int], mode: str, options: dict[str, object]
) -> None:
    assert peak_megabytes(tmp_path, samples.picture(format, size, mode, **options)) <= 300
