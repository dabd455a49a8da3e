"""Sums of degrees: `180° - 65° - 55°` is 60°. Degrees and a plain number are not added: `180° - 65` may mean either unit."""

from tools.calculator.result import CalculationError
from tools.calculator.tree import Degrees, Negate, Node, Num, Power, Product, Sum


def in_degrees(tree: Node) -> Node | None:
    """The number of degrees a tree comes to, where it is a sum or a multiple of angles in degrees; else None."""
    if isinstance(tree, Degrees):
        return tree.operand
    if isinstance(tree, Negate):
        inner = in_degrees(tree.operand)
        return None if inner is None else Negate(inner)
    if isinstance(tree, Sum):
        terms = [in_degrees(term) for term in tree.terms]
        return None if None in terms else Sum(tuple(term for term in terms if term is not None), tree.minus)
    return _multiple(tree) if isinstance(tree, Product) else None


def _multiple(tree: Product) -> Node | None:
    """One angle times or over plain numbers."""
    angles = [(i, angle) for i, angle in enumerate(map(in_degrees, tree.factors)) if angle is not None]
    if len(angles) != 1 or not set(tree.ops) <= {"*", "/"}:
        return None
    at, angle = angles[0]
    others = (*tree.factors[:at], *tree.factors[at + 1 :])
    if (at and tree.ops[at - 1] == "/") or not all(map(_is_plain, others)):
        return None
    return Product((*tree.factors[:at], angle, *tree.factors[at + 1 :]), tree.ops)


def check(tree: Sum) -> None:
    """Raises units where degrees and a plain number are added."""
    angles = [in_degrees(term) is not None for term in tree.terms]
    if any(angles) and any(map(_is_plain, tree.terms)):
        raise CalculationError(
            "units", "Degrees and a plain number are added; write ° after each of them, or after none."
        )


def _is_plain(tree: Node) -> bool:
    """Whether a tree is made of numbers alone, and is not zero as written."""
    if isinstance(tree, Num):
        return True
    if isinstance(tree, Negate):
        return _is_plain(tree.operand)
    if isinstance(tree, Power):
        return _is_plain(tree.base) and _is_plain(tree.exponent)
    return isinstance(tree, Sum | Product) and all(
        map(_is_plain, tree.terms if isinstance(tree, Sum) else tree.factors)
    )
