"""Where a run's traces come from that no scenario made: imported files, another run judged again or
run again, errors made on purpose.

It is the run's `origin.yaml`.
"""

from typing import Literal

import yaml

from traces.base import Frozen


class Origin(Frozen):
    """`complete` says that all of it is there; `graders` who judged, with versions (none for an import that was not graded)."""

    kind: Literal["import", "regrade", "errors", "verify"]
    name: str
    sources: tuple[str, ...]
    form: str = ""
    graders: dict[str, str] = {}
    complete: bool = False
    rows: int = 0
    broken: int = 0

    def text(self) -> str:
        """As YAML."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)

    @classmethod
    def of(cls, text: str) -> "Origin":
        """Back from YAML. Raises ValueError where it is none."""
        try:
            return cls.model_validate(yaml.safe_load(text))
        except yaml.YAMLError as error:
            raise ValueError(str(error)) from error
