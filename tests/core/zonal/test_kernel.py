"""The compiled loops work where nothing may be written beside them."""

import os
import shutil
import subprocess
import sys

from gisapp.core.zonal import kernel

_TRY = """
import importlib.util, sys
import numpy as np
spec = importlib.util.spec_from_file_location("kernel", sys.argv[1])
kernel = importlib.util.module_from_spec(spec)
spec.loader.exec_module(kernel)
cover = np.zeros(4)
kernel._add_piece(cover, 0, 2, 0.5, 0.5, 1.0)
print(cover.tolist(), type(kernel._add_piece._cache).__name__)
"""


def tried(path, cache_home):
    """Compile a copy of the kernel in a process of its own: what it printed."""
    environment = {"HOME": str(cache_home), "XDG_CACHE_HOME": str(cache_home)}
    done = subprocess.run(
        [sys.executable, "-B", "-c", _TRY, str(path)],
        env={**os.environ, **environment, "LOCALAPPDATA": str(cache_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_compiled_code_is_kept_where_that_is_possible_and_done_without_where_not(tmp_path):
    path = tmp_path / "kernel.py"
    shutil.copyfile(kernel.__file__, path)
    # A file where the folder should be: not even root can write into it.
    (tmp_path / "__pycache__").touch()
    (tmp_path / "file").touch()
    assert tried(path, tmp_path / "file") == "[0.5, 0.5, 0.0, 0.0] NullCache"
    assert tried(path, tmp_path / "cache") == "[0.5, 0.5, 0.0, 0.0] FunctionCache"
