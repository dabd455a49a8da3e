"""Money: invoices with discount and tax, pay with commission, shared bills, currency with a fee. Amounts to the cent."""

import random
from decimal import Decimal
from fractions import Fraction

from scenarios.exact import half_up, plain
from scenarios.families._calculation import Calculation, Line, Problem, WrongWay
from scenarios.family import Ask
from scenarios.slots import COUNT, MONEY, NUMBER, PERCENT


def _cents(rng: random.Random, low: int, high: int) -> str:
    return plain(Fraction(rng.randint(low * 100, high * 100) | 1, 100))


def _share(rng: random.Random, low: int, high: int) -> str:
    return plain(Fraction(rng.randint(low * 4, high * 4), 4))


def _draw_invoice(rng: random.Random, level: int) -> Ask:
    return {
        "quantity": rng.randint(13, 99) * 10 ** (level - 1) + rng.randint(1, 7),
        "price": _cents(rng, 17, 99 * 10**level),
        "discount": _share(rng, 2, 24),
        "tax": _share(rng, 3, 25),
    }


def _invoice(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the price before discount and tax", f"{ask['quantity']} * {ask['price']}"),
        Line("the price after the discount", f"[0] * (1 - {ask['discount']} / 100)"),
        Line("the total with tax", f"[1] * (1 + {ask['tax']} / 100)"),
    )


def _invoice_by_parts(ask: Ask) -> Fraction:
    cents = int(Fraction(ask["price"]) * 100)
    net = Fraction(sum(cents for _ in range(ask["quantity"])), 100)
    off = net * Fraction(ask["discount"]) / 100
    duty = (net - off) * Fraction(ask["tax"]) / 100
    return net - off + duty


def _invoice_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    gross, _, total = _invoice(ask)
    added = Line("the total", f"[0] * (1 + {ask['tax']} / 100 - {ask['discount']} / 100)")
    untaxed = Line("the price after the discount", f"[0] * (1 + {ask['discount']} / 100)")
    return (
        WrongWay("wrong_formula", "C5", "nets discount and tax against each other", (gross, added)),
        WrongWay("wrong_formula", "C5", "adds the discount instead of taking it off", (gross, untaxed, total)),
    )


INVOICE = Problem(
    kind="invoice",
    slots={"quantity": COUNT, "price": MONEY, "discount": PERCENT, "tax": PERCENT},
    wordings={
        "plain": (
            "[What is the total|What's the total] for {quantity} units at {price} each with a discount "
            "of {discount} and then {tax} tax on the rest?",
            "We order {quantity} pieces at {price} apiece. The supplier takes {discount} off and adds "
            "{tax} sales tax. What do we pay [in total|altogether]?",
        ),
        "terse": (
            "{quantity} units at {price}, less {discount}, plus {tax} tax: total?",
            "Invoice total: {quantity} x {price}, discount {discount}, then tax {tax}.",
        ),
        "chatty": (
            "so I'm buying {quantity} of these things at {price} a pop, they knock off {discount} and "
            "then slap {tax} tax on top. What's the damage?",
        ),
        "formal": (
            "Kindly determine the amount payable for {quantity} items priced at {price} each, after a "
            "discount of {discount} and subject to a tax of {tax} thereafter.",
        ),
        "indirect": (
            "I'd like to know what an order of {quantity} items at {price} each comes to once {discount} "
            "discount and after it {tax} tax are applied.",
        ),
        "context": (
            "Our purchase order lists {quantity} articles at a unit price of {price}. We negotiated a "
            "rebate of {discount}. On what remains, {tax} tax is due. How much will the invoice be, to "
            "the cent?",
        ),
    },
    draw=_draw_invoice,
    lines=_invoice,
    check=_invoice_by_parts,
    unit="dollars",
    answers=(
        "The total comes to ${value}.",
        "You pay ${value} in total, discount and tax included.",
        "After the discount and with tax, the total is ${value}.",
        "The amount payable is ${value}.",
    ),
    wrong=_invoice_wrong,
)


def _draw_pay(rng: random.Random, level: int) -> Ask:
    threshold = rng.randint(21, 97) * 1000 + rng.randint(1, 99) * 10
    return {
        "base": str(rng.randint(1_900, 6_400)),
        "sales": _cents(rng, threshold + 9_000, threshold + 80_000 * level),
        "threshold": str(threshold),
        "rate": _share(rng, 2, 14),
    }


def _pay(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the sales above the threshold", f"{ask['sales']} - {ask['threshold']}"),
        Line("the commission", f"[0] * {ask['rate']} / 100"),
        Line("the whole pay", f"[1] + {ask['base']}"),
    )


def _pay_by_cents(ask: Ask) -> Fraction:
    above = Decimal(ask["sales"]) - Decimal(ask["threshold"])
    return Fraction(half_up(Decimal(ask["base"]) + above * Decimal(ask["rate"]).scaleb(-2), 2))


def _pay_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    lines = (
        Line("the commission", f"{ask['sales']} * {ask['rate']} / 100"),
        Line("the whole pay", f"[0] + {ask['base']}"),
    )
    return (WrongWay("wrong_formula", "C5", "takes commission on all sales", lines),)


PAY = Problem(
    kind="pay",
    slots={"base": MONEY, "sales": MONEY, "threshold": MONEY, "rate": PERCENT},
    wordings={
        "plain": (
            "A salesperson earns {base} a month plus {rate} commission on sales above {threshold}. With "
            "sales of {sales}, [what is the pay|what's the pay] for the month?",
            "With a base salary of {base} and {rate} commission on everything sold beyond {threshold}, "
            "how much does someone earn who sold {sales}?",
        ),
        "terse": (
            "Base {base}, {rate} commission above {threshold}, sales {sales}: pay?",
            "Pay = base {base} + {rate} of sales over {threshold}. Sales were {sales}. Result?",
        ),
        "chatty": (
            "my contract says {base} fixed and {rate} on whatever I sell past {threshold}. I sold "
            "{sales}! How much do I get this month?",
        ),
        "formal": (
            "Please calculate the monthly remuneration given a fixed salary of {base}, a commission of "
            "{rate} on turnover exceeding {threshold}, and a turnover of {sales}.",
        ),
        "indirect": (
            "I'm trying to work out the monthly pay of a seller with {base} fixed, {rate} commission on "
            "sales over {threshold}, and {sales} sold.",
        ),
        "context": (
            "We pay our sales staff a fixed {base}. On top comes a commission of {rate}, but only on the "
            "part of their sales above {threshold}. One colleague closed the month at {sales}. What "
            "should the payslip say?",
        ),
    },
    draw=_draw_pay,
    lines=_pay,
    check=_pay_by_cents,
    unit="dollars",
    answers=(
        "The pay for the month is ${value}.",
        "Base salary and commission together come to ${value}.",
        "That makes ${value} for the month.",
    ),
    wrong=_pay_wrong,
)


def _draw_split(rng: random.Random, level: int) -> Ask:
    return {
        "bill": _cents(rng, 300 * level, 9_000 * level),
        "tip": _share(rng, 5, 22),
        "people": rng.choice((7, 9, 11, 13, 17, 19, 23, 29)),
    }


def _split(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the bill with tip", f"{ask['bill']} * (1 + {ask['tip']} / 100)"),
        Line("each person's part", f"[0] / {ask['people']}"),
    )


def _split_by_head(ask: Ask) -> Fraction:
    own = Fraction(ask["bill"]) / int(ask["people"])
    return own + own * Fraction(ask["tip"]) / 100


def _split_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    lines = (
        Line("the part without tip", f"{ask['bill']} / {ask['people']}"),
        Line("each person's part", f"[0] + {ask['tip']}"),
    )
    return (WrongWay("unit_slip", "C2", "adds the tip's percentage as dollars", lines),)


SPLIT = Problem(
    kind="split",
    slots={"bill": MONEY, "tip": PERCENT, "people": COUNT},
    wordings={
        "plain": (
            "A bill of {bill} plus a {tip} tip is shared equally by {people} people. [What does each "
            "pay|How much is it each], to the nearest cent?",
            "[How much does|What does] each of {people} people pay if they split {bill} evenly after "
            "adding a tip of {tip}?",
        ),
        "terse": (
            "{bill} + {tip} tip, split {people} ways?",
            "Share per person: bill {bill}, tip {tip}, {people} people.",
        ),
        "chatty": (
            "there were {people} of us at dinner, the bill was {bill} and we want to tip {tip}. What do we each owe?",
        ),
        "formal": (
            "Please state the contribution per participant where {people} participants share costs of "
            "{bill} increased by a gratuity of {tip}.",
        ),
        "indirect": (
            "I wonder what everyone owes when {people} guests divide a bill of {bill} and add {tip} for the staff.",
        ),
        "context": (
            "Our club's annual dinner cost {bill}. We agreed to leave a tip of {tip} on that. All "
            "{people} members pay the same. What is one member's part, in dollars and cents?",
        ),
    },
    draw=_draw_split,
    lines=_split,
    check=_split_by_head,
    unit="dollars",
    answers=(
        "Each person pays ${value}.",
        "It comes to ${value} per person, tip included.",
        "Everyone's part is ${value}, rounded to the cent.",
    ),
    wrong=_split_wrong,
)


def _draw_exchange(rng: random.Random, level: int) -> Ask:
    return {
        "amount": _cents(rng, 1_000 * level, 90_000 * level),
        "rate": plain(Fraction(rng.randint(10_007, 189_999) | 1, 10_000)),
        "fee": _share(rng, 1, 5),
    }


def _exchange(ask: Ask) -> tuple[Line, ...]:
    return (
        Line("the amount left after the fee", f"{ask['amount']} * (1 - {ask['fee']} / 100)"),
        Line("the amount in crowns", f"[0] * {ask['rate']}"),
    )


def _exchange_by_parts(ask: Ask) -> Fraction:
    whole = Fraction(ask["amount"]) * Fraction(ask["rate"])
    return whole - whole * Fraction(ask["fee"]) / 100


def _exchange_wrong(ask: Ask) -> tuple[WrongWay, ...]:
    left, _ = _exchange(ask)
    return (
        WrongWay(
            "wrong_formula",
            "C5",
            "divides by the exchange rate",
            (left, Line("the amount in crowns", f"[0] / {ask['rate']}")),
        ),
        WrongWay(
            "unit_slip",
            "C2",
            "takes the fee off in dollars instead of percent",
            (Line("the amount left after the fee", f"{ask['amount']} - {ask['fee']}"), _exchange(ask)[1]),
        ),
    )


EXCHANGE = Problem(
    kind="exchange",
    slots={"amount": MONEY, "rate": NUMBER, "fee": PERCENT},
    wordings={
        "plain": (
            "[If I change|If you change] {amount} into crowns at {rate} crowns to the dollar and the "
            "bank first keeps {fee} as a fee, how many crowns are paid out?",
            "How many crowns do I get for {amount} at a rate of {rate} crowns per dollar, after a fee of {fee}?",
        ),
        "terse": (
            "{amount} to crowns at {rate}, fee {fee}?",
            "Exchange {amount}, rate {rate} crowns per dollar, {fee} commission. Crowns received?",
        ),
        "chatty": (
            "I'm off on a trip and swapping {amount} for crowns. They give {rate} crowns a dollar but "
            "nick {fee} first. What will I have in hand?",
        ),
        "formal": (
            "Please compute the sum in crowns obtained for {amount} at the exchange rate of {rate} "
            "crowns per dollar, a charge of {fee} having been deducted.",
        ),
        "indirect": (
            "I'd like to find out how many crowns {amount} would buy at {rate} crowns a dollar when "
            "{fee} goes to the bureau.",
        ),
        "context": (
            "A client sends us {amount}. The bureau deducts {fee} before it converts. Its rate today is "
            "{rate} crowns to one dollar. What will arrive, in crowns with two decimals?",
        ),
    },
    draw=_draw_exchange,
    lines=_exchange,
    check=_exchange_by_parts,
    unit="crowns",
    answers=(
        "You receive {value} crowns.",
        "After the fee, that buys {value} crowns.",
        "The payout is {value} crowns.",
    ),
    wrong=_exchange_wrong,
)


class Money(Calculation):
    """Amounts of money, by calculator."""

    name = "money"
    summary = "invoices, commission, shared bills and exchange with a fee: one to three lines of calculation"
    problems = (INVOICE, PAY, SPLIT, EXCHANGE)
