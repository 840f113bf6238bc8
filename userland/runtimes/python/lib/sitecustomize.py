"""Begins in the shell's working directory, which WASI has no word for, and takes back what the start script has set."""
import os
import sys
import time


def sleep(seconds, /):
    """This program cannot wait, since its embedded file system refuses to: so it looks at the clock until then."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        os.sched_yield()


here = os.path.dirname(__file__)
if here in sys.path:
    sys.path.remove(here)
_, _, others = os.environ.pop("PYTHONPATH", "").partition(":")
if others:
    os.environ["PYTHONPATH"] = others
try:
    os.chdir(os.environ.get("PWD", "/"))
except OSError:
    pass
time.sleep = sleep
del here, others
