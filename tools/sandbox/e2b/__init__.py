"""Code run on E2B's hosted virtual machines, under the same contract as the local sandbox. `E2BSessions` is the one to use."""

from tools.sandbox.e2b.session import E2BSession
from tools.sandbox.e2b.sessions import E2BSessions

__all__ = ["E2BSession", "E2BSessions"]
