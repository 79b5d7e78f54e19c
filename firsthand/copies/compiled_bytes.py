"""Bytes of text read eight and sixty-four at a time: which of them are letters, which are signs to look at.

Each function is an intrinsic: vector operations of LLVM, written into the machine code of the function that calls it.
``at`` is where the bytes begin in ``data``, which must go on for 67 more; bit ``i`` of an answer speaks of byte ``at +
i``. The bits of ASCII letters and digits come from comparisons of all bytes at once, so that no branch depends on what
a text says: a branch that is foretold wrongly costs as much as a dozen letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

_types: Any = import_module("numba.core.types")
_ir: Any = import_module("llvmlite.ir")
_intrinsic: Callable[[Any], Any] = import_module("numba.extending").intrinsic
LANES = 32
"""Bytes that are compared at once: the width of AVX2. Elsewhere LLVM parts them."""
_Look = Callable[[Any, Callable[[int], Any]], Any]
"""From a builder and the lanes of bytes by how far they are ahead to the answer for each lane."""
_Test = Callable[[Any, Any, Callable[[int], Any]], Any]


def _answers_of(look: _Look) -> Any:
    """A function of an array of bytes and a place: the answers for 64 bytes, a bit each."""

    @_intrinsic
    def bits(_context: Any, data: Any, at: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            lanes = _ir.VectorType(_ir.IntType(8), LANES)
            whole = _ir.IntType(64)
            out = _ir.Constant(whole, 0)

            def read(ahead: int) -> Any:
                place = builder.add(arguments[1], _ir.Constant(whole, ahead))
                return builder.load(builder.bitcast(builder.gep(array.data, [place]), lanes.as_pointer()), align=1)

            for part in range(0, 64, LANES):
                found = look(builder, lambda ahead, part=part: read(part + ahead))  # type: ignore[misc]
                answers = builder.zext(builder.bitcast(found, _ir.IntType(LANES)), whole)
                out = builder.or_(out, builder.shl(answers, _ir.Constant(whole, part)))
            return out

        return _types.uint64(data, at), generate

    return bits


def _all_of(byte: int) -> Any:
    """A byte in each lane."""
    return _ir.Constant(_ir.VectorType(_ir.IntType(8), LANES), [byte & 0xFF] * LANES)


def _bits_of(test: _Test) -> Any:
    """A function of an array of bytes and a place: the answers of ``test`` for 64 bytes, a bit each."""
    return _answers_of(lambda builder, read: test(builder, read(0), _all_of))


def _is_word(builder: Any, byte: Any, all_of: Callable[[int], Any]) -> Any:
    """ASCII letters and digits."""
    letter = builder.sub(builder.or_(byte, all_of(0x20)), all_of(0x61))
    digit = builder.sub(byte, all_of(0x30))
    return builder.or_(builder.icmp_unsigned("<", letter, all_of(26)), builder.icmp_unsigned("<", digit, all_of(10)))


def _is_sign(builder: Any, byte: Any, all_of: Callable[[int], Any]) -> Any:
    """Ends of lines, marks of quotation (or the first byte of one), colons, slashes and at signs."""
    found = builder.icmp_unsigned("==", byte, all_of(0x0A))
    for sign in (0x22, 0x27, 0x60, 0x3A, 0x2F, 0x40, 0xC2, 0xE2):
        found = builder.or_(found, builder.icmp_unsigned("==", byte, all_of(sign)))
    return found


def _starts_of(*sequences: bytes) -> Any:
    """A function of an array of bytes and a place: where one of the sequences begins in 64 bytes, a bit each."""

    def look(builder: Any, read: Callable[[int], Any]) -> Any:
        found = None
        for sequence in sequences:
            one = None
            for ahead, byte in enumerate(sequence):
                stands = builder.icmp_unsigned("==", read(ahead), _all_of(byte))
                one = stands if one is None else builder.and_(one, stands)
            found = one if found is None else builder.or_(found, one)
        return found

    return _answers_of(look)


word_bits = _bits_of(_is_word)
sign_bits = _bits_of(_is_sign)
mark_bits = _starts_of(b"ull ", b"xt o", b"nscr", b"nt\n")
"""Where a part stands of "full ", "text of", "transcript" or "statement" at a line's end."""
beyond_bits = _bits_of(lambda builder, byte, all_of: builder.icmp_signed("<", byte, all_of(0)))
"""Bytes of characters beyond ASCII."""
inner_bits = _bits_of(lambda builder, byte, all_of: builder.icmp_signed("<", byte, all_of(0xC0)))
"""Bytes of characters beyond ASCII that are not their first."""


@_intrinsic
def eight_bytes(_context: Any, data: Any, at: Any) -> Any:
    """The eight bytes from ``at`` as a number, the first the lowest."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Sequence[Any]) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = builder.bitcast(builder.gep(array.data, [arguments[1]]), _ir.IntType(64).as_pointer())
        return builder.load(pointer, align=1)

    return _types.uint64(data, at), generate


@_intrinsic
def lowest_bit(_context: Any, bits: Any) -> Any:
    """The place of the lowest bit of ``bits``, which are not 0."""

    def generate(_target: Any, builder: Any, _signature: Any, arguments: Sequence[Any]) -> Any:
        return builder.cttz(arguments[0], _ir.Constant(_ir.IntType(1), 1))

    return _types.int64(bits), generate


@_intrinsic
def count_bits(_context: Any, bits: Any) -> Any:
    """How many of ``bits`` are set."""

    def generate(_target: Any, builder: Any, _signature: Any, arguments: Sequence[Any]) -> Any:
        return builder.ctpop(arguments[0])

    return _types.int64(bits), generate
