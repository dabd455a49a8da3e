"""HTML to text, and text made harmless; also in the face of pages that are made to hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.search.web.charset import decode
from tools.search.web.markup import Scanner
from tools.search.web.plain import MAX_TOKENS, Readable, clean, one_line, readable


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>one\n two<p>three", "one two\n\nthree"),
        ("<h1>Head</h1>body", "Head\n\nbody"),
        ("<ul><li>x<li>y</ul>", "- x\n- y"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</table>", "| a | b\n| c"),
        ("<pre>if x:\n    y()</pre> z", "if x:\n    y()\nz"),
        ("3 < 4 &lt; 5 &amp;amp; &eacute;&#x41;", "3 < 4 < 5 &amp; éA"),
        ('<a title="x > y" href=z>link</a>', "link"),
        ('<a title="no end>shown</a> <b>too', "shown too"),
        ("a<!-- <p>b</p> -->c<!--d", "ac"),
        ("a<!doctype html><?php echo 1 ?>b", "ab"),
        ("<script>if (a<b) '</p>'</script>a<STYLE>p{}</STYLE >b", "ab"),
        ("<scripted>a</scripted>", "a"),
        ("<textarea>t</textarea><svg><text>s</text></svg><noscript>n</noscript>x", "x"),
        ("<nav><a>Menu</a><nav>deep</nav></nav>page", "page"),
        ("<div hidden>h<div>deep</div></div>shown", "shown"),
        ("<p hidden>h<p>shown", "shown"),
        ('<span style="color:red; display: none">h</span>shown', "shown"),
        ("<b aria-hidden=true>h</b>shown", "shown"),
        ('<div class="hidden-xs" title="hidden">shown</div>', "shown"),
        ("<form><p>shown<input hidden></form> too", "shown too"),
        ("<", "<"),
        ("<<p>x", "<\n\nx"),
        ("", ""),
    ],
)
def test_visible_text_is_read(html: str, text: str) -> None:
    assert readable(html).text == text


def test_the_title_is_the_first_one() -> None:
    assert readable("<title> A &amp;\nB </title><svg><title>icon</title></svg><title>c</title>x") == Readable(
        "A & B", "x"
    )


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x1b[0m\x7f\x9fc", "ab[0mc"),
        ("pay\u202eexe.\u2066x", "payexe.x"),
        ("hi\U000e0049\U000e0067 there\ufe0f\u200b", "hi there"),
        ("a\r\nb\rc\n\n\n \n d\t e", "a\nb\nc\n\nd e"),
        ("é ü 漢字 😀", "é ü 漢字 😀"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert readable(text).text.replace("\n", " ").split() == cleaned.split()


def test_excerpts_lose_markup_and_stay_on_one_line() -> None:
    assert one_line("The <strong>quay</strong> &amp;\n the <b>inn", 100) == "The quay & the inn"
    assert len(one_line("word " * 100, 50)) <= 50


HURTFUL = [
    "<",
    "<!",
    "<a ",
    "<!--",
    "<![CDATA[",
    "</a",
    '<a a="',
    "<a '\"",
    "<script>",
    "</script",
    "&",
    "&#x",
    "<?",
    "<p>",
]
HURTFUL += ["<title><", "<div hidden>", "<a \"'>", "<script></script>", "<svg ", "\n ", "=a", "<a style='"]


@pytest.mark.parametrize("pattern", HURTFUL)
def test_the_work_grows_with_the_length_of_the_page_alone(pattern: str) -> None:
    page = pattern * (200_000 // len(pattern))
    looked_at = _Counted(page)
    assert sum(1 for _ in Scanner(looked_at)) <= len(page)
    assert looked_at.searched <= 4 * len(page)


class _Counted(str):
    """Text that counts the characters that `find` goes over."""

    searched = 0

    def find(self, mark: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        found = super().find(mark, start)
        self.searched += (found if found >= 0 else len(self)) - start + 1
        return found


def test_of_a_page_without_end_the_beginning_is_read() -> None:
    text = readable("<p>x" * MAX_TOKENS).text
    assert text.count("x") == MAX_TOKENS // 2


@given(st.text(alphabet=st.sampled_from("<>/!-abp \"'=&;#\n") | st.characters(), max_size=300))
def test_any_page_can_be_read(page: str) -> None:
    title, text = readable(page)
    assert not any(ord(character) < 32 and character != "\n" for character in title + text)
    assert "\n\n\n" not in text


@given(st.binary(max_size=300), st.text(max_size=20) | st.sampled_from(["utf-8", "utf-16", "cp437", "rot13", "idna"]))
def test_any_bytes_can_be_decoded(content: bytes, charset: str) -> None:
    decode(content, charset).encode("utf-8")
