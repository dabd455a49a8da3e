"""`winnow schema`: JSON Schemas for editors and other programs."""

from typing import Literal

import typer


def schema(what: Literal["scenario", "trajectory"] = typer.Argument(help="scenario or trajectory.")) -> None:
    """Print the JSON Schema of a scenario file or of a recorded trajectory."""
    import orjson

    from scenarios.scenario import schema as scenario_schema
    from traces.record import Trajectory

    found = scenario_schema() if what == "scenario" else Trajectory.model_json_schema()
    print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
