"""`winnow doctor`: what this machine can do."""


def doctor() -> None:
    """Say what this machine can do, and what it lacks: the sandbox and its parts."""
    from tools.sandbox import sandbox_report
    from winnow.commands import console

    console().print(str(sandbox_report()), markup=False)
