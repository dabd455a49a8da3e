"""A whole program that tries a translated function on one list and prints what it gives, as a programmer would write it by hand."""

from collections.abc import Sequence

from scenarios.programs.porting import Returns

_C = "#include <stdio.h>\n\n{code}\nint main(void) {{\n    long long xs[] = {{{xs}}};\n{call}\n    return 0;\n}}\n"
_C_CALLS: dict[Returns, str] = {
    "number": '    printf("%lld\\n", {name}(xs, {n}));',
    "list": '    long long out[{n}];\n    int m = {name}(xs, {n}, out);\n    for (int i = 0; i < m; i++) printf("%lld ", out[i]);',
    "maybe": '    long long out[1];\n    if ({name}(xs, {n}, out)) printf("%lld\\n", out[0]);\n    else puts("None");',
}
_CPP = "#include <iostream>\n{code}\nint main() {{\n    const auto given = {name}({{{xs}}});\n{call}\n}}\n"
_CPP_CALLS: dict[Returns, str] = {
    "number": "    std::cout << given << std::endl;",
    "list": '    for (auto x : given) std::cout << x << " ";',
    "maybe": '    if (given) std::cout << *given << std::endl;\n    else std::cout << "None" << std::endl;',
}
_GO_CALLS: dict[Returns, str] = {
    "number": "\tfmt.Println({call})",
    "list": "\tfmt.Println({call})",
    "maybe": '\tif given := {call}; given != nil {{\n\t\tfmt.Println(*given)\n\t}} else {{\n\t\tfmt.Println("None")\n\t}}',
}
_JAVA_PRINTS: dict[Returns, str] = {"number": "{}", "list": "Arrays.toString({})", "maybe": "{}"}
_JAVA = "class Main {{\n    public static void main(String[] arguments) {{\n        System.out.println({call});\n    }}\n}}\n\n"


def tried_on(code: str, name: str, language: str, returns: Returns, xs: Sequence[int]) -> str:
    """The program."""
    listed, count = ", ".join(map(str, xs)), len(xs)
    match language:
        case "c":
            return _C.format(code=code, xs=listed, call=_C_CALLS[returns].format(name=name, n=count))
        case "cpp":
            return _CPP.format(code=code, name=name, xs=listed, call=_CPP_CALLS[returns])
        case "javascript":
            return f"{code}\nconsole.log(JSON.stringify({name}([{listed}])));\n"
        case "java":
            call = _JAVA_PRINTS[returns].format(f"Solution.{name}(new long[] {{{listed}}})")
            return code.replace("class Solution", _JAVA.format(call=call) + "class Solution", 1)
        case "rust":
            return f'{code}\nfn main() {{\n    println!("{{:?}}", {name}(&[{listed}]));\n}}\n'
        case "go":
            call = _GO_CALLS[returns].format(call=f"{name}([]int64{{{listed}}})")
            return f'package main\n\nimport "fmt"\n\n{code}\nfunc main() {{\n{call}\n}}\n'
        case "bash":
            return f"{code}\n{name} {' '.join(map(str, xs))}\n"
        case "sql":
            rows = ", ".join(f"({i}, {x})" for i, x in enumerate(xs))
            return f"CREATE TABLE xs (i INTEGER, x INTEGER);\nINSERT INTO xs VALUES {rows};\n{code}"
    raise ValueError(f"{language!r} is no language of translations")
