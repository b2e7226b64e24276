"""Texts and containers at their ends, and what errors say."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: F841

from __future__ import annotations

from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright_testing.probes import show

LOG: list[str] = []


DEL_D: dict[str, int] = {"a": 1, "b": 2, "c": 3}


del DEL_D["a"]


DEL_D["a"] = 4


def zero() -> int:
    return len(LOG)


class FloatAttr:
    rate: float = 2


def probe_strings_escape() -> str:
    return repr("\0\x01\x7f\x80\xa0\xad\u200b\ud800\udfff\U0001f600'\"\\\n\t\r\u2028é\u0378" + 'it\'s "q"')


def probe_bytes_repr() -> str:
    return repr(b"\0\x01'\"\\\n\xff")


def probe_bytes_repr_quotes() -> str:
    return repr(b"it's") + repr("it's") + repr('say "x"') + repr("""both ' and " """)


def probe_implicit_concat() -> str:
    return "a" "b" "\x63" r"\n" f"{1}{{}}" "z"


def probe_find() -> str:
    s = "hello"
    return f"{s.find('')} {s.find('', 5)} {s.find('', 6)} {s.find('l', -2)} {s.find('l', 3, 100)} {s.rfind('')} {s.rfind('l', 0, 3)} {s.find('h', 1)} {s.count('')} {s.count('l')} {''.count('')} {s.find('o', -100, 100)} {''.find('')} {s.rfind('', 2, 3)} {s.rfind('', 9)}"


def probe_split() -> str:
    return (
        repr("|".join(" a\u2003b \x1f c\x85d ".split()))
        + repr("|".join("a,b,,c".split(",")))
        + repr("|".join("a,b,,c".split(",", 1)))
        + repr("|".join("  a b c".split(None, 1)))
    )


def probe_split_maxsplit() -> str:
    return (
        repr("|".join("a,b,,c".split(",", maxsplit=2)))
        + repr("|".join("a,b,,c".split(",", 0)))
        + repr("|".join("".split(",")))
        + str(len("".split()))
    )


def probe_split_empty() -> str:
    return "|".join("abc".split(""))


def probe_partition_empty() -> str:
    return "abc".partition("")[0]


def probe_replace() -> str:
    return (
        "abc".replace("", "-")
        + "aaa".replace("a", "b", 2)
        + "".replace("", "x")
        + "aaaa".replace("aa", "b")
        + "abc".replace("", "-", 2)
    )


def probe_replace_negative() -> str:
    return "aaa".replace("a", "b", -1) + "aaa".replace("a", "b", 0)


def probe_strip() -> str:
    return (
        repr(" \u2003\x1c a\x85\u3000".strip())
        + "xxaxx".strip("x")
        + "xyaxy".strip("yx")
        + "abc".strip("")
        + "abca".lstrip("a")
        + "abca".rstrip("ac")
    )


def probe_just() -> str:
    return f"{'-5'.zfill(4)} {'+5'.zfill(1)} {'ab'.zfill(5)} {''.zfill(2)} {'--1'.zfill(5)} {'a'.ljust(3)}| {'a'.rjust(3, 'x')} {'abc'.ljust(1)}"


def probe_splitlines() -> str:
    return (
        repr("|".join("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\n".splitlines()))
        + str(len("\n\n".splitlines()))
        + str(len("".splitlines()))
        + "|".join("a\nb\r\n".splitlines(True))
    )


def probe_slices() -> str:
    s = "abcdefg"
    out = ""
    for a in [-9, -7, -3, -1, 0, 2, 6, 7, 9]:
        for b in [-9, -7, -3, -1, 0, 2, 6, 7, 9]:
            out += s[a:b] + "."
            for c in [-3, -1, 1, 2, 9]:
                out += s[a:b:c] + ","
                out += s[a::c] + s[:b:c]
    return out


def probe_slice_step_zero() -> str:
    return "abc"[:: zero()]


def probe_slice_huge() -> str:
    return "abc"[MIN_INT:MAX_INT] + "abc"[MAX_INT:MIN_INT:-1] + "abc"[::MAX_INT] + "abc"[::MIN_INT]


def probe_list_slices() -> str:
    out = ""
    for a in [-9, -3, -1, 0, 2, 5, 9]:
        for b in [-9, -3, -1, 0, 2, 5, 9]:
            xs = [0, 1, 2, 3, 4]
            xs[a:b] = [7, 8]
            ys = [0, 1, 2, 3, 4]
            del ys[a:b]
            out += "".join([str(x) for x in xs]) + "." + "".join([str(x) for x in ys]) + ";"
    return out


def probe_list_slice_self() -> str:
    xs = [1, 2, 3]
    xs[1:2] = xs
    ys = [1, 2, 3]
    ys[:] = ys
    ys.extend(ys)
    ys += ys
    zs = [1, 2]
    alias = zs
    zs *= 2
    zs += [9]
    return f"{len(xs)} {xs[1]} {len(ys)} {len(alias)}" + "".join([str(x) for x in xs])


def probe_list_insert() -> str:
    xs = [1]
    xs.insert(100, 2)
    xs.insert(-100, 0)
    xs.insert(-1, 5)
    return "".join([str(x) for x in xs]) + str(xs.pop(-2)) + str(xs.pop(0)) + str([1] * -1 == []) + str(len([[0]] * 3))


def probe_list_pop_empty() -> str:
    xs: list[int] = []
    return str(xs.pop())


def probe_list_pop_range() -> str:
    return str([1, 2].pop(zero() + 2))


def probe_list_index_error() -> str:
    return str([1, 2][zero() + 2])


def probe_list_store_error() -> str:
    xs = [1]
    xs[zero() - 2] = 1
    return ""


def probe_list_del_error() -> str:
    xs = [1]
    del xs[zero() + 1]
    return ""


def probe_str_index_error() -> str:
    return "ab"[zero() + 2]


def probe_bytes_index_error() -> str:
    return str(b"ab"[zero() + 2])


def probe_bytearray_index_error() -> str:
    return str(bytearray(b"ab")[zero() + 2])


def probe_bytearray_store() -> str:
    b = bytearray(b"ab")
    b[0] = 256 + zero()
    return str(b[0])


def probe_bytearray_append() -> str:
    b = bytearray(b"ab")
    b.append(zero() - 1)
    return str(b[0])


def probe_bytes_of_list() -> str:
    return str(len(bytes([1, 2, 256 + zero()])))


def probe_list_remove_error() -> str:
    xs = [1]
    xs.remove(zero() + 2)
    return ""


def probe_list_index_missing() -> str:
    return str([1].index(zero() + 2))


def probe_str_index_missing() -> str:
    xs = ["a"]
    return str(xs.index("b'c" + str(zero())))


def probe_dict_key_error() -> str:
    d = {"a": 1}
    return str(d["x'y" + str(zero())])


def probe_dict_key_error_int() -> str:
    d = {1: 1}
    return str(d[zero() + 5])


def probe_dict_pop_error() -> str:
    d = {1: 1}
    return str(d.pop(zero() + 5))


def probe_dict_del_error() -> str:
    d = {(1, "a"): 1}
    del d[(zero() + 5, "q")]
    return ""


def probe_set_remove_error() -> str:
    d = {1}
    d.remove(zero() + 5)
    return ""


def probe_unpack_error() -> str:
    xs = [1] * (zero() + 3)
    a, b = xs
    return str(a + b)


def probe_unpack_short() -> str:
    xs = [1] * (zero() + 1)
    a, b = xs
    return str(a + b)


def probe_unpack_star_short() -> str:
    xs = [1] * (zero() + 1)
    a, b, *c = xs
    return str(a + b + len(c))


def probe_none_attribute_message() -> str:
    xs: list[FloatAttr | None] = [None]
    x = xs[0]
    assert x is not None
    return str(x.rate)


def probe_assert_plain() -> str:
    assert zero() == 1
    return ""


def probe_assert_message() -> str:
    assert zero() == 1, f"zero is {zero()}"
    return ""


def probe_assert_number() -> str:
    assert zero() == 1, 5
    return ""


def probe_chr_error() -> str:
    return chr(zero() - 1)


def probe_chr_large() -> str:
    return chr(zero() + 0x110000)


def probe_ord_error() -> str:
    return str(ord("ab" * (zero() + 1)))


def probe_exception_texts() -> str:
    s = ""
    try:
        raise KeyError("it's")
    except KeyError as e:
        s += str(e)
    try:
        raise KeyError()
    except KeyError as e:
        s += "[" + str(e) + "]"
    try:
        raise KeyError
    except LookupError as e:
        s += "[" + str(e) + "]"
    try:
        raise ValueError("a\nb")
    except Exception as e:
        s += str(e)
    try:
        raise NotImplementedError("x")
    except RuntimeError as e:
        s += str(e)
    return s


def probe_exception_as_base() -> str:
    s = ""
    for i in range(9):
        try:
            if i == 0:
                raise KeyError("k")
            if i == 1:
                raise OverflowError("o")
            if i == 2:
                raise ZeroDivisionError("z")
            if i == 3:
                b"\xff".decode()
            if i == 4:
                raise RecursionError("r")
            if i == 5:
                raise IndexError("i")
            if i == 6:
                raise StopIteration("s")
            if i == 7:
                raise OSError("os")
            if i == 8:
                raise AttributeError("at")
        except ArithmeticError as e:
            s += f"A{i}{e}"
        except LookupError as e:
            s += f"L{i}{e}"
        except ValueError as e:
            s += f"V{i}"
        except RuntimeError as e:
            s += f"R{i}{e}"
        except Exception as e:
            s += f"E{i}{e}"
    return s


def probe_decode_error_text() -> str:
    try:
        return b"ab\xffc".decode()
    except UnicodeDecodeError as e:
        return str(e)


def probe_oserror_two_arguments() -> str:
    try:
        raise OSError(2, "no such")
    except OSError as e:
        return str(e) + str(e.errno)


def probe_sorted_stable() -> str:
    xs = ["b2", "a1", "b1", "a2"]
    return ",".join(sorted(xs, key=lambda s: s[0])) + ",".join(sorted(xs, key=lambda s: s[0], reverse=True))


def probe_sort_key_raises() -> str:
    xs = [3, 0, 2]
    try:
        xs.sort(key=lambda v: 6 // v)
    except ZeroDivisionError:
        pass
    return "".join([str(x) for x in xs])


def probe_sort_nan() -> str:
    n = float("nan")
    return ",".join([str(x) for x in sorted([3.0, n, 1.0, 2.0, n, 0.0])])


def main() -> int:
    show("strings_escape", probe_strings_escape)
    show("bytes_repr", probe_bytes_repr)
    show("bytes_repr_quotes", probe_bytes_repr_quotes)
    show("implicit_concat", probe_implicit_concat)
    show("find", probe_find)
    show("split", probe_split)
    show("split_maxsplit", probe_split_maxsplit)
    show("split_empty", probe_split_empty)
    show("partition_empty", probe_partition_empty)
    show("replace", probe_replace)
    show("replace_negative", probe_replace_negative)
    show("strip", probe_strip)
    show("just", probe_just)
    show("splitlines", probe_splitlines)
    show("slices", probe_slices)
    show("slice_step_zero", probe_slice_step_zero)
    show("slice_huge", probe_slice_huge)
    show("list_slices", probe_list_slices)
    show("list_slice_self", probe_list_slice_self)
    show("list_insert", probe_list_insert)
    show("list_pop_empty", probe_list_pop_empty)
    show("list_pop_range", probe_list_pop_range)
    show("list_index_error", probe_list_index_error)
    show("list_store_error", probe_list_store_error)
    show("list_del_error", probe_list_del_error)
    show("str_index_error", probe_str_index_error)
    show("bytes_index_error", probe_bytes_index_error)
    show("bytearray_index_error", probe_bytearray_index_error)
    show("bytearray_store", probe_bytearray_store)
    show("bytearray_append", probe_bytearray_append)
    show("bytes_of_list", probe_bytes_of_list)
    show("list_remove_error", probe_list_remove_error)
    show("list_index_missing", probe_list_index_missing)
    show("str_index_missing", probe_str_index_missing)
    show("dict_key_error", probe_dict_key_error)
    show("dict_key_error_int", probe_dict_key_error_int)
    show("dict_pop_error", probe_dict_pop_error)
    show("dict_del_error", probe_dict_del_error)
    show("set_remove_error", probe_set_remove_error)
    show("unpack_error", probe_unpack_error)
    show("unpack_short", probe_unpack_short)
    show("unpack_star_short", probe_unpack_star_short)
    show("none_attribute_message", probe_none_attribute_message)
    show("assert_plain", probe_assert_plain)
    show("assert_message", probe_assert_message)
    show("assert_number", probe_assert_number)
    show("chr_error", probe_chr_error)
    show("chr_large", probe_chr_large)
    show("ord_error", probe_ord_error)
    show("exception_texts", probe_exception_texts)
    show("exception_as_base", probe_exception_as_base)
    show("decode_error_text", probe_decode_error_text)
    show("oserror_two_arguments", probe_oserror_two_arguments)
    show("sorted_stable", probe_sorted_stable)
    show("sort_key_raises", probe_sort_key_raises)
    show("sort_nan", probe_sort_nan)
    return 0
