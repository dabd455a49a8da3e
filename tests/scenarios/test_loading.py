# ruff: noqa: E501  (messages are data: they read best unbroken)
"""Scenario files: what is read, what is refused, and how the refusal reads."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.loading import ScenarioError, differences, load_scenario
from scenarios.names import Names
from scenarios.parts.limits import LimitsPart
from scenarios.parts.models import ModelPart
from scenarios.parts.surroundings import SandboxPart
from scenarios.scenario import Scenario, dump_yaml, schema

NAMES = Names(
    families=("chain", "lookup", "none_needed"),
    tools=(
        "calculator",
        "compound_interest",
        "count_days",
        "count_working_days",
        "open_page",
        "python",
        "search",
        "simple_interest",
    ),
    graders=("grounding", "malformed"),
    slips=("hasty", "loops"),
    profiles={"flawless": {}, "quickstart": {"hasty": 0.25}},
)
SMALL = "winnow: 1\nname: small\n"
Load = Callable[..., Scenario]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads a text as a file named `s.yaml`, against the names above."""

    def load(text: str | bytes, *overrides: str, model: str | None = None) -> Scenario:
        path = tmp_path / "s.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_scenario(path, overrides, model=model, names=NAMES)

    return load


@pytest.fixture
def refuse(load: Load, tmp_path: Path) -> Callable[..., list[str]]:
    """The lines of the refusal, with the folder left out."""

    def refuse(text: str | bytes, *overrides: str, model: str | None = None) -> list[str]:
        with pytest.raises(ScenarioError) as refused:
            load(text, *overrides, model=model)
        return str(refused.value).replace(f"{tmp_path}/", "").splitlines()

    return refuse


Refuse = Callable[..., list[str]]


def test_a_small_file_is_resolved(load: Load) -> None:
    scenario = load(SMALL)
    assert scenario.tasks.families == {"chain": 1.0, "lookup": 1.0, "none_needed": 1.0}
    assert scenario.graders == NAMES.graders
    assert scenario.models.solver == ModelPart()
    assert scenario.world_seed == scenario.seed == 0


def test_lists_names_and_profiles_are_spelled_out(load: Load) -> None:
    scenario = load(
        SMALL + "tasks: {families: [lookup, chain]}\nmodels: {solver: {profile: quickstart}}\ngraders: [malformed]\n"
    )
    assert scenario.tasks.families == {"lookup": 1.0, "chain": 1.0}
    assert scenario.models.solver.profile == {"hasty": 0.25}
    assert scenario.graders == ("malformed",)


def test_families_stand_in_one_order_without_those_of_no_weight(load: Load) -> None:
    one = load(SMALL + "tasks: {families: {lookup: 3, chain: 1, none_needed: 0}}\n")
    other = load(SMALL + "tasks: {families: {chain: 1, lookup: 3}}\n")
    assert list(one.tasks.families.items()) == list(other.tasks.families.items()) == [("chain", 1.0), ("lookup", 3.0)]
    assert one.fingerprint() == other.fingerprint()


def test_a_world_of_its_own_seed(load: Load) -> None:
    assert load(SMALL + "seed: 3\nworld: {seed: 5}\n").world_seed == 5
    assert load(SMALL + "seed: 3\n").world_seed == 3


def test_the_whole_of_a_bad_file_is_told_at_once(refuse: Refuse) -> None:
    bad = """\
winnow: 2
name: small
sed: 3
seed: -1
tasks: {count: many, families: {lokup: 3, chain: 1}}
models:
  solvr: {model: teacher}
  solver: {model: techer, profile: quikstart}
  critic: {temperature: 1}
tools: [serch, python]
graders: []
limits: 3
repair: {rounds: true}
seed: 4
"""
    lines = refuse(bad, "attempts=900")
    assert [line.split(": ")[:2] for line in lines] == [
        ["s.yaml:1:9", "winnow"],
        ["s.yaml:3:1", "sed"],
        ["s.yaml:4:7", "seed"],
        ["s.yaml:5:16", "tasks.count"],
        ["s.yaml:5:33", "tasks.families.lokup"],
        ["s.yaml:7:3", "models.solvr"],
        ["s.yaml:8:19", "models.solver.model"],
        ["s.yaml:8:36", "models.solver.profile"],
        ["s.yaml:9:11", "models.critic"],
        ["s.yaml:10:9", "tools.0"],
        ["s.yaml:11:10", "graders"],
        ["s.yaml:12:9", "limits"],
        ["s.yaml:13:18", "repair.rounds"],
        ["s.yaml:14:1", "seed"],
        ["--set", "attempts"],
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tols: []", "s.yaml:3:1: tols: unknown key 'tols'; allowed: abort_if, attempts, budget, concurrency, critics, gates, goal, graders, instructions, keep, limits, models, "
         "name, offer, repair, rewards, sandbox, search, seed, tasks, tools, tracing, winnow, world; did you mean 'tools'?"),
        ("limits: {truns: 3}",
         "s.yaml:3:10: limits.truns: unknown key 'truns'; allowed: calls, time, tokens, turns, usd; did you mean 'turns'?"),
        ("models: {solver: {model: 'openai:x', price: {inptu: 1}}}",
         "s.yaml:3:46: models.solver.price.inptu: unknown key 'inptu'; allowed: input, output; did you mean 'input'?"),
        ("attempts: 0", "s.yaml:3:11: attempts: found 0; allowed: a whole number from 1 to 64"),
        ("attempts: '2'", "s.yaml:3:11: attempts: found '2'; allowed: a whole number from 1 to 64"),
        ("attempts: 2.0", "s.yaml:3:11: attempts: found 2.0; allowed: a whole number from 1 to 64"),
        ("attempts: yes", "s.yaml:3:11: attempts: found 'yes'; allowed: a whole number from 1 to 64"),
        ("attempts: true", "s.yaml:3:11: attempts: found true; allowed: a whole number from 1 to 64"),
        ("attempts:", "s.yaml:3:10: attempts: found nothing; allowed: a whole number from 1 to 64"),
        ("attempts: 1:30", "s.yaml:3:11: attempts: found '1:30'; allowed: a whole number from 1 to 64"),
        ("attempts: .inf", "s.yaml:3:11: attempts: .inf, which is no finite number; allowed: a finite number"),
        ("attempts: 1e999", "s.yaml:3:11: attempts: the number 1e999; allowed: numbers of at most 15 digits"),
        ("seed: 99999999999999999999", "s.yaml:3:7: seed: the number 99999999999999999999; allowed: numbers of at most 15 digits"),
        ("limits: {time: .nan}", "s.yaml:3:16: limits.time: .nan, which is no finite number; allowed: a finite number"),
        ("abort_if: {error_rate: 0}", "s.yaml:3:24: abort_if.error_rate: found 0; allowed: a number above 0 and at most 1"),
        ("tools: [search, search]", "s.yaml:3:8: tools: search given twice; each name once"),
        ("tools: [serch]",
         "s.yaml:3:9: tools.0: unknown tool 'serch'; allowed: calculator, compound_interest, count_days, count_working_days, open_page, python, search, simple_interest; did you mean 'search'?"),
        ("tools: search", "s.yaml:3:8: tools: found 'search'; allowed: a list of names, at least one"),
        ("offer: [serch]",
         "s.yaml:3:9: offer.0: unknown tool 'serch'; allowed: calculator, compound_interest, count_days, count_working_days, open_page, python, search, simple_interest; did you mean 'search'?"),
        ("tools: []", "s.yaml:3:8: tools: found an empty list; allowed: a list of names, at least one"),
        ("graders: [malfromed]",
         "s.yaml:3:11: graders.0: unknown grader 'malfromed'; allowed: grounding, malformed; did you mean 'malformed'?"),
        ("tasks: {families: [lookup], evolve: [reverze]}",
         "s.yaml:3:38: tasks.evolve.0: found 'reverze'; allowed: rephrase, reverse, depth, breadth, unlabelled"),
        ("graders: most", "s.yaml:3:10: graders: found 'most'; allowed: all or a list of names"),
        ("tasks: {families: [lookp]}",
         "s.yaml:3:20: tasks.families.lookp: unknown family 'lookp'; allowed: chain, lookup, none_needed; did you mean 'lookup'?"),
        ("tasks: {families: {lookup: 0}}", "s.yaml:3:19: tasks.families: no family has a weight above 0; give at least one"),
        ("tasks: {families: {}}", "s.yaml:3:19: tasks.families: no family has a weight above 0; give at least one"),
        ("tasks: {families: {lookup: -1}}", "s.yaml:3:28: tasks.families.lookup: found -1; allowed: a number from 0 to 1,000,000"),
        ("models: {solver: {profile: {hsty: 1}}}",
         "s.yaml:3:29: models.solver.profile.hsty: unknown slip 'hsty'; allowed: hasty, loops; did you mean 'hasty'?"),
        ("models: {solver: {profile: {hasty: 1.5}}}", "s.yaml:3:36: models.solver.profile.hasty: found 1.5; allowed: a number from 0 to 1"),
        ("models: {solver: {profile: quick}}",
         "s.yaml:3:28: models.solver.profile: unknown profile 'quick'; allowed: flawless, quickstart; did you mean 'quickstart'?"),
        ("models: {solver: {model: 'openai:x', profile: quickstart}}",
         "s.yaml:3:18: models.solver: profile given for openai:x, but only the embedded teacher makes mistakes on purpose; remove it"),
        ("models: {solver: {base_url: 'http://127.0.0.1:1/v1', temperature: 1}}",
         "s.yaml:3:18: models.solver: base_url, temperature given for the embedded teacher, which has no such setting; "
         "remove it or name another model"),
        ("sandbox: {backend: docker}", "s.yaml:3:20: sandbox.backend: found 'docker'; allowed: `local`: confined on this machine; "
         "`e2b`: on virtual machines that E2B hosts, which needs a key"),
        ("sandbox: {template: mine}",
         "s.yaml:3:10: sandbox: template given for the local sandbox, which has none; remove it or set backend: e2b"),
        ("seed: 1\nseed: 2", "s.yaml:4:1: seed: duplicate key 'seed', first given in line 3; allowed: each key once"),
        ("? [a, b]\n: 1", "s.yaml:3:3: a key that is no word; allowed: keys of plain text"),
        ("tools: !!python/name:os.system x", "s.yaml:3:8: tools: the tag !!python/name:os.system; allowed: plain values without tags"),
        ("limits: !!set {turns}", "s.yaml:3:9: limits: the tag !!set; allowed: plain values without tags"),
    ],
)  # fmt: skip
def test_a_problem_reads(refuse: Refuse, text: str, line: str) -> None:
    assert refuse(f"{SMALL}{text}\n") == [line]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "s.yaml: an empty file; allowed: a mapping that starts with `winnow: 1`"),
        ("# nothing\n", "s.yaml: an empty file; allowed: a mapping that starts with `winnow: 1`"),
        ("- winnow: 1\n", "s.yaml: a list; allowed: a mapping that starts with `winnow: 1`"),
        ("name: x\n", "s.yaml:1:1: winnow: missing; allowed: 1"),
        ("winnow: 1\nseed: 3\n", "s.yaml:1:1: name: missing; allowed: a short name: letters, digits, dots, dashes and underscores, "
         "at most 64. Run folders are named after it"),
        ("winnow: '1'\nname: x\n", "s.yaml:1:9: winnow: version '1'; allowed: 1, the version this Winnow reads"),
        (SMALL + "limits:\n\tturns: 3\n", "s.yaml:4:1: a tab where YAML wants spaces; indent with spaces"),
        (SMALL + "limits: {\n\tturns: [}\n", "s.yaml:4:1: a tab where YAML wants spaces; indent with spaces"),
        (SMALL + "---\nname: y\n", "s.yaml:3:1: a second document; a scenario is one"),
        (SMALL + "a: &x [1]\nb: *x\n", "s.yaml:4:4: an alias; write the value out"),
        (SMALL + "a: &x [*x]\n", "s.yaml:3:8: an alias; write the value out"),
        (SMALL + "a: " + "[" * 5000, "s.yaml:3:23: more than 20 levels"),
        (SMALL + "a: \x07\n", "s.yaml:3:4: the character U+0007, which YAML does not allow"),
        (SMALL.encode() + b"# caf\xe9\n", "s.yaml:3:6: byte 0xe9: the file is not UTF-8; save it as UTF-8"),
        (SMALL.encode("utf-16"), "s.yaml:1:1: byte 0xff: the file is not UTF-8; save it as UTF-8"),
        (b" " * (2 << 20), "s.yaml: more than 1,048,576 bytes; a scenario is a few lines"),
    ],
    ids=lambda value: value[-12:] if isinstance(value, str) else "bytes",
)  # fmt: skip
def test_a_text_that_is_no_scenario_reads(refuse: Refuse, text: str | bytes, line: str) -> None:
    assert refuse(text) == [line]


def test_a_syntax_error_names_its_place(refuse: Refuse) -> None:
    (line,) = refuse(SMALL + "tools: [a, b\nseed: 3\n")
    assert line.startswith("s.yaml:4:5: expected ',' or ']'")


def test_a_byte_order_mark_is_no_error(load: Load) -> None:
    assert load(codecs.BOM_UTF8 + SMALL.encode()).name == "small"


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "quickstart.yaml").write_text(SMALL)
    with pytest.raises(ScenarioError, match=r"quikstart\.yaml: no such file; did you mean '.*/quickstart\.yaml'\?$"):
        load_scenario(tmp_path / "quikstart.yaml", names=NAMES)


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"a folder; allowed: a scenario file"):
        load_scenario(tmp_path, names=NAMES)


def test_the_sandbox_is_local_unless_e2b_is_asked_for(load: Load) -> None:
    assert load(SMALL).sandbox == SandboxPart(backend="local", api_key_env="E2B_API_KEY", template=None)
    asked = load(SMALL + "sandbox: {backend: e2b, api_key_env: MY_KEY, template: team/mine}\n").sandbox
    assert asked == SandboxPart(backend="e2b", api_key_env="MY_KEY", template="team/mine")


def test_an_e2b_key_that_was_pasted_is_not_repeated(refuse: Refuse) -> None:
    (line,) = refuse(SMALL + "sandbox: {backend: e2b, api_key_env: e2b_secret123}\n")
    assert "secret" not in line
    assert line.startswith("s.yaml:3:38: sandbox.api_key_env:")


def test_a_key_that_was_pasted_is_not_repeated(refuse: Refuse) -> None:
    (line,) = refuse(SMALL + "models: {solver: {model: 'openai:x', api_key_env: sk-secret123}}\n")
    assert "secret" not in line
    assert "name of the environment variable" in line


def test_overrides_set_values_in_order(load: Load) -> None:
    scenario = load(
        SMALL, "tasks.count=5", "models.solver.profile.loops=0.5", "tools=[search, python]", "tasks.count=6"
    )
    assert scenario.tasks.count == 6
    assert scenario.models.solver.profile == {"loops": 0.5}
    assert scenario.tools == ("search", "python")


@pytest.mark.parametrize(
    ("override", "line"),
    [
        ("tasks.cuont=3", "--set: tasks.cuont: unknown key 'cuont'; allowed: check, count, derive, digest, evolve, families, file, instruct, write; did you mean 'count'?"),
        ("taks.count=3", "--set: taks: unknown key 'taks'; allowed: abort_if, attempts, budget, concurrency, critics, gates, goal, graders, instructions, keep, limits, models, "
         "name, offer, repair, rewards, sandbox, search, seed, tasks, tools, tracing, winnow, world; did you mean 'tasks'?"),
        ("tasks.count=0", "--set: tasks.count: found 0; allowed: a whole number from 1 to 10,000,000"),
        ("tasks.count=.nan", "--set: tasks.count: .nan, which is no finite number; allowed: a finite number"),
        ("tasks.count={a: [}", "--set: tasks.count: expected the node content, but found '}', while parsing a flow node"),
        ("name.x=3", "--set: name.x: name is 'small'; allowed: setting name as a whole"),
        ("tasks", "--set: 'tasks'; allowed: key=value, such as tasks.count=50"),
        ("tasks..count=3", "--set: 'tasks..count=3'; allowed: key=value, such as tasks.count=50"),
    ],
)  # fmt: skip
def test_a_bad_override_names_the_flag(refuse: Refuse, override: str, line: str) -> None:
    assert refuse(SMALL, override) == [line]


def test_an_override_mends_the_file(load: Load) -> None:
    assert load(SMALL + "attempts: 0\n", "attempts=3").attempts == 3


def test_another_model_for_the_solver_drops_what_fits_only_the_old_one(load: Load) -> None:
    teacher = SMALL + "models: {solver: {profile: quickstart}}\n"
    hosted = SMALL + "models: {solver: {model: 'openai:a', base_url: 'http://h/v1', temperature: 1}}\n"
    assert load(teacher, model="openai:b").models.solver == ModelPart(model="openai:b")
    assert load(teacher, model="teacher").models.solver.profile == {"hasty": 0.25}
    assert load(hosted, model="teacher").models.solver == ModelPart()
    assert load(hosted, model="openai:b").models.solver.base_url == "http://h/v1"
    assert load(SMALL, model="openai:b").models.writer == ModelPart()


def test_an_address_set_for_the_solver_is_that_of_all_roles_with_its_model(load: Load) -> None:
    evolving = SMALL + "tasks: {evolve: [depth]}\nmodels: {writer: {model: 'openai:w'}}\n"
    found = load(evolving, "models.solver.base_url=http://h/v1", model="openai:b").models
    assert found.solver.base_url == found.critic.base_url == "http://h/v1"
    assert found.writer.base_url is None
    apart = load(
        evolving, "models.solver.base_url=http://h/v1", "models.critic.base_url=http://c/v1", model="openai:b"
    ).models
    assert apart.critic.base_url == "http://c/v1"


def test_the_model_puts_problems_of_ones_own_in_other_words_unless_a_writer_is_named(load: Load) -> None:
    evolving = SMALL + "tasks: {evolve: [rephrase]}\n"
    set_over = ("tasks.file=own.jsonl", "models.solver.base_url=http://h/v1")
    writer = load(evolving, *set_over, model="openai:b").models.writer
    assert (writer.model, writer.base_url) == ("openai:b", "http://h/v1")
    named = ("models.writer.model=openai:w", "models.writer.base_url=http://w/v1")
    assert load(evolving, *set_over, *named, model="openai:b").models.writer.model == "openai:w"
    assert load(evolving, model="openai:b").models.writer == ModelPart()


def test_a_bad_model_names_the_flag(refuse: Refuse) -> None:
    (line,) = refuse(SMALL, model="techer")
    assert line.startswith("--model: models.solver.model: found 'techer'; allowed: `teacher`")
    assert line.endswith("did you mean 'teacher'?")


def test_a_dump_loads_back_to_an_equal_scenario(load: Load) -> None:
    scenario = load(
        SMALL + "models: {solver: {model: 'openai:1e5', price: {input: 0.1}}}\ntasks: {families: {lookup: 3}}\n"
    )
    again = load(dump_yaml(scenario))
    assert again == scenario
    assert again.fingerprint() == scenario.fingerprint()


@given(
    name=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    model=st.from_regex(r"openai:[!-~]{1,20}", fullmatch=True),
    time=st.floats(1, 86_400),
)
@settings(max_examples=60, deadline=None)
def test_any_dump_loads_back(tmp_path_factory: pytest.TempPathFactory, name: str, model: str, time: float) -> None:
    scenario = Scenario.model_validate(
        {
            "winnow": 1,
            "name": name,
            "tasks": {},
            "limits": LimitsPart(time=time),
            "models": {"solver": {"model": model}},
        },
        context={"names": NAMES},
        strict=False,
    )
    path = tmp_path_factory.mktemp("dump") / "s.yaml"
    path.write_text(dump_yaml(scenario), encoding="utf-8")
    assert load_scenario(path, names=NAMES) == scenario


@pytest.mark.parametrize(
    "change",
    ["seed=1", "world.seed=9", "world.documents=300", "tasks.count=7", "tasks.families=[chain]", "attempts=2", "tools=[search]",
     "models.solver.profile.loops=0.1", "models.critic.model=openai:x", "graders=[malformed]", "repair.rounds=0", "limits.turns=3",
     "sandbox.backend=e2b"],
)  # fmt: skip
def test_what_changes_results_changes_the_fingerprint(load: Load, change: str) -> None:
    before, after = load(SMALL), load(SMALL, change)
    assert before.fingerprint() != after.fingerprint()
    assert any(line.startswith(change.split("=")[0]) for line in differences(before, after))


@pytest.mark.parametrize(
    "change",
    [
        "name=other",
        "concurrency.attempts=3",
        "abort_if.after=9",
        "limits.time=5",
        "models.solver.timeout=9",
        "world.seed=0",
        "sandbox.api_key_env=OTHER_KEY",
    ],
)
def test_what_changes_no_result_leaves_the_fingerprint(load: Load, change: str) -> None:
    before, after = load(SMALL), load(SMALL, change)
    assert before.fingerprint() == after.fingerprint()
    assert differences(before, after) == ()


def test_differences_name_old_and_new(load: Load) -> None:
    assert differences(load(SMALL), load(SMALL, "attempts=3")) == ("attempts: 1 -> 3",)


def test_the_schema_describes_every_key() -> None:
    described = schema()
    parts = [described, *described["$defs"].values()]
    bare = [name for part in parts for name, node in part.get("properties", {}).items() if not node.get("description")]
    assert bare == []


SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_loads_and_is_named_like_its_file(path: Path) -> None:
    assert load_scenario(path).name == path.stem


def test_the_quickstart_asks_often_enough_for_no_call_and_no_answer() -> None:
    families = load_scenario(SHIPPED[0].with_name("quickstart.yaml")).tasks.families
    share = (families["no_tool"] + families["unanswerable"]) / sum(families.values())
    assert 0.25 <= share <= 0.35


def test_differences_of_lists_name_what_is_gone_and_what_is_new(load: Load) -> None:
    before = load(SMALL, "tools=[search, open_page, calculator]")
    assert differences(before, load(SMALL, "tools=[search, open_page, python]")) == (
        "tools: now without calculator; now with python",
    )
    assert differences(before, load(SMALL, "tools=[open_page, search, calculator]")) == (
        "tools: in another order or number",
    )
