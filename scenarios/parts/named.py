"""Values that name what is installed (families, tools, graders, slips), and lists of names for equal weights."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from scenarios.names import Kind, Names, installed, unknown_name
from scenarios.parts.base import distinct, rule
from scenarios.queries.seeds import Technique
from scenarios.queries.topics import Domain

ALL: Any = "all"


def _known(kind: Kind) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        if value not in (known := _names(info).of(kind)):
            raise unknown_name(kind, value, known)
        return value

    return AfterValidator(check)


def _names(info: ValidationInfo) -> Names:
    return info.context["names"] if info.context else installed()


def _weights(value: object, info: ValidationInfo) -> object:
    """As `_even`, and `all` means every family."""
    return dict.fromkeys(_names(info).families, 1.0) if value == ALL else _even(value)


def _even(value: object) -> object:
    """A list of names means equal weights. Anything else is left for the type to judge."""
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        return value
    distinct(tuple(value))
    return dict.fromkeys(value, 1.0)


def _some(weights: dict[str, float]) -> dict[str, float]:
    rule("" if sum(weights.values()) else "nothing has a weight above 0; give at least one")
    return {name: weight for name, weight in weights.items() if weight}


def _weighted(weights: dict[str, float]) -> dict[str, float]:
    """The families that take part, in the order of their names: equal mixtures must make equal runs, however they are written."""
    rule("" if sum(weights.values()) else "no family has a weight above 0; give at least one")
    return {name: weight for name, weight in sorted(weights.items()) if weight}


def _profile(value: object, info: ValidationInfo) -> object:
    """A profile's name stands for its slips; nothing stands for none."""
    if not isinstance(value, str):
        return {} if value is None else value
    profiles = _names(info).profiles
    if value not in profiles:
        raise unknown_name("profile", value, tuple(profiles))
    return dict(profiles[value])


def _graders(value: object, info: ValidationInfo) -> object:
    if value == ALL:
        return _names(info).graders
    return tuple(value) if isinstance(value, list) else value


FamilyName = Annotated[str, _known("family")]
ToolName = Annotated[str, _known("tool")]
GraderName = Annotated[str, _known("grader")]
SlipName = Annotated[str, _known("slip")]
Weight = Annotated[float, Field(ge=0, le=1e6)]
Probability = Annotated[float, Field(ge=0, le=1)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
Domains = Annotated[
    dict[Domain, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Domain, Weight] | list[Domain]),
]
Techniques = Annotated[
    dict[Technique, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Technique, Weight] | list[Technique]),
]
Languages = Annotated[
    dict[Language, Weight],
    AfterValidator(_some),
    BeforeValidator(_even, json_schema_input_type=dict[Language, Weight] | list[Language]),
]
Families = Annotated[
    dict[FamilyName, Weight],
    AfterValidator(_weighted),
    BeforeValidator(_weights, json_schema_input_type=Literal["all"] | dict[str, Weight] | list[str]),
]
Profile = Annotated[
    dict[SlipName, Probability],
    BeforeValidator(_profile, json_schema_input_type=str | dict[str, Probability] | None),
]
ToolNames = Annotated[tuple[ToolName, ...], AfterValidator(distinct)]
GraderNames = Annotated[
    tuple[GraderName, ...],
    Field(min_length=1),
    AfterValidator(distinct),
    BeforeValidator(_graders, json_schema_input_type=Literal["all"] | list[str]),
]
