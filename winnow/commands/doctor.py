"""`winnow doctor`: what this machine can do."""


def doctor() -> None:
    """Say what this machine can do, and what it lacks: the sandbox and its parts, and the keys that are set (never their values)."""
    from agents.models import usual_key
    from tools.sandbox.probe import sandbox_report
    from tools.search.web.settings import KEYS
    from winnow.commands import console

    out = console()
    out.print(str(sandbox_report()), markup=False)
    for variable in ("E2B_API_KEY", *sorted(KEYS.values())):
        out.print(f"{variable:<16} {'set' if usual_key(variable) else 'not set'}", markup=False)
