"""Read a file: cut it into chunks, parse each of them, and go on behind those that are broken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from gaic.parse.build_declarations import TreeBuilder
from gaic.parse.chunks import Chunk, cut
from gaic.parse.explain import begins_second_item, explain
from gaic.parse.faults import Fault, say
from gaic.parse.heads import declared_names, looks_like_item
from gaic.parse.newlines import Excess, NewlineFilter
from gaic.parse.table import load_parser
from gaic.parse.text import documentation
from gaic.parse.trouble import Found, Trouble, look_at, open_brackets
from gaic.source.diagnostic import sort_diagnostics
from gaic.source.limits import USUAL
from gaic.source.text import Span
from gaic.syntax.declarations import Kind, Module, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lark import Token, UnexpectedInput
    from lark.parsers.lalr_parser_state import ParserState

    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits
    from gaic.source.text import SourceFile
    from gaic.syntax.declarations import Item

    Brackets = list[tuple[Token, bool]]

_REMEMBERED = 10_000
"""As many items behind the place where reading stops are searched for names."""


def parse_module(file: SourceFile, limits: Limits = USUAL) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The tree of a file and everything that is wrong with its text, sorted by place; no text makes it raise.

    An item with a mistake is left out and named in `Module.lost`; the others are all there.
    """
    return parse_watched(file, limits, None)


def parse_watched(
    file: SourceFile, limits: Limits, watch: Callable[[list[Token]], None] | None
) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The same, with `watch` called with the tokens of each chunk that is in order, line ends among them."""
    if len(file.text) > limits.file_size:
        message = f"this file has {len(file.text)} characters; at most {limits.file_size} are allowed"
        help_ = "split it into several files and import them"
        return Module(file, "", ()), (say(Fault.FILE_SIZE, message, Span(file, 0, 0), help_),)
    return _reader().read(file, limits, watch)


@dataclass(slots=True)
class _Reading:
    """A chunk while it is read: the parser, and how many messages and mistakes are older.

    `counts` is false where the head is broken: then only the mistakes of its block are wanted. `ended` is true where a
    mistake has taken all that was left, the `}` too.
    """

    chunk: Chunk
    state: ParserState[int]
    known: int
    mistakes: int
    counts: bool = True
    complete: bool = False
    ended: bool = False

    def move(self, position: int) -> None:
        """Let the lexer go on at another place."""
        self.ended = position >= self.chunk.end
        if self.state.lexer.state is not None:
            self.state.lexer.state.line_ctr.char_pos = position


@cache
def _reader() -> Reader:
    return Reader()


class Reader:
    """The parser with its filter and builder, loaded once; it reads one file at a time."""

    def __init__(self) -> None:
        self._newlines = NewlineFilter()
        self._builder = TreeBuilder()
        self._parser = load_parser(self._newlines, self._builder)
        self._lock = Lock()

    def read(
        self, file: SourceFile, limits: Limits, watch: Callable[[list[Token]], None] | None
    ) -> tuple[Module, tuple[Diagnostic, ...]]:
        """The tree of a file and what is wrong with it."""
        with self._lock:
            self._watch = watch
            self._builder.start_file(file, limits)
            self._newlines.start_file(limits)
            # A guard against reserved words needs one character behind the last word.
            self._text = file.text if file.text.endswith("\n") else file.text + "\n"
            self._mistakes = 0
            self._next: list[Chunk] = []
            doc, self._chunks = cut(self._text)
            items = tuple(self._items())
            lost = tuple(dict.fromkeys(self._builder.lost))
            module = Module(file, documentation(doc) if doc else "", items, lost, self._newlines.count)
            return module, sort_diagnostics(self._builder.diagnostics)

    def _items(self) -> Iterator[Item]:
        while (chunk := self._next.pop() if self._next else next(self._chunks, None)) is not None:
            yield from self._read_chunk(chunk)

    def _read_chunk(self, chunk: Chunk) -> list[Item]:
        """The items of a chunk, without the entries and items that are broken."""
        reading = _Reading(chunk, self._start(chunk), len(self._builder.diagnostics), self._mistakes)
        items = self._parse(reading)
        if chunk.indented:
            self._misplaced(chunk.start, "an item starts in column 1", "move it to column 1")
        elif chunk.joined and reading.complete:
            self._misplaced(chunk.joined[0].start, "what stands inside brackets is indented", "indent it")
        return items if reading.counts else []

    def _start(self, chunk: Chunk) -> ParserState[int]:
        """The parser before a chunk. Offsets count from the start of the file, without a copy of the text."""
        from lark.lexer import LexerState, LexerThread, LineCounter
        from lark.parsers.lalr_parser_state import ParseConf, ParserState
        from lark.utils import TextSlice

        counter = LineCounter("\n")  # type: ignore[no-untyped-call]  # of lark
        counter.char_pos = chunk.start
        lexer = LexerThread(
            self._parser.parser.lexer, LexerState(TextSlice(self._text, chunk.start, chunk.end), counter)
        )
        self._builder.start_chunk()
        self._newlines.start_chunk()
        parser = self._parser.parser.parser.parser
        return ParserState(ParseConf(parser.parse_table, parser.callbacks, "start"), lexer)

    def _parse(self, reading: _Reading) -> list[Item]:
        """Parse up to the end of a chunk, behind each mistake on as far as that goes."""
        from lark import UnexpectedInput

        parser = self._parser.parser.parser.parser
        while True:
            try:
                items: list[Item] = parser.parse_from_state(reading.state)
            except Excess as excess:
                found = self._too_much(excess, reading)
            except UnexpectedInput as error:
                found = self._recover(self._trouble(error, reading), reading)
            else:
                reading.complete = True
                if self._watch is not None:
                    self._watch(self._newlines.tokens)
                return items
            if found is not None:
                return found

    # ---------------------------------------------------------------- what is broken

    def _recover(self, trouble: Trouble, reading: _Reading) -> list[Item] | None:
        """Say what is wrong with a chunk; the items that were saved of it, or None where reading goes on behind it."""
        chunk, place = reading.chunk, trouble.span.start
        if self._is_too_much(trouble.span, chunk):
            return []
        if begins_second_item(trouble):
            # An indented item below a complete one: read both.
            behind = [joined for joined in chunk.joined if joined.start >= place]
            if behind and behind[0].start == place:
                self._next.extend(reversed(behind))
                reading.complete = True
                return self._end(reading)
            self._tell(trouble, replace(chunk, told=chunk.told and not looks_like_item(self._text, place)))
            self._next.append(Chunk(place, chunk.end, told=True))
            return self._lacking(self._end(reading), place, chunk.end)
        if trouble.kind is Found.CHARACTER and self._text.startswith('"""', place):
            self._tell(trouble, chunk)
            self._lose(chunk)
            self._stop()
            return []
        if trouble.kind is Found.END and trouble.opened:
            return self._unclosed(trouble, reading)
        self._tell(trouble, chunk)
        if self._skip_entry(reading, place, trouble.opened) or self._skip_head(reading, trouble):
            return None
        self._lose(chunk)
        return []

    def _tell(self, trouble: Trouble, chunk: Chunk) -> None:
        if trouble.opened or not chunk.told:
            self._builder.collect(explain(trouble))

    def _is_too_much(self, span: Span, chunk: Chunk) -> bool:
        """Whether there are too many mistakes to go on."""
        self._mistakes += 1
        if self._mistakes <= self._builder.bounds.mistakes:
            return False
        message = f"reading stops after {self._builder.bounds.mistakes} mistakes"
        self._builder.diagnostics.append(say(Fault.MISTAKES, message, span, "correct those above first"))
        self._lose(chunk)
        self._stop()
        return True

    def _skip_entry(self, reading: _Reading, place: int, opened: Brackets) -> bool:
        """Go on behind an entry that broke at a place; False where it stands in no block of entries."""
        from gaic.parse.recovery import find_gap, lost_names, rewind

        inner = max((depth for depth, (_, is_block) in enumerate(opened, 1) if is_block), default=0)
        if not inner:
            return False
        brace = opened[inner - 1][0]
        start, end = find_gap(self._text, self._newlines.tokens, brace, place, reading.chunk.end)
        if not rewind(reading.state, brace):
            return False
        names = self._builder.lost_entries.setdefault(brace.start_pos or 0, [])
        names.extend(lost_names(self._text, start, end))
        self._newlines.go_on(opened[:inner])
        reading.move(end)
        return True

    def _skip_head(self, reading: _Reading, trouble: Trouble) -> bool:
        """Go on in the block of an item whose head is broken, for the mistakes in it; False if it has no block."""
        from lark import Token

        from gaic.parse.recovery import block_behind

        chunk = reading.chunk
        brace = None if trouble.opened or chunk.told else block_behind(self._text, trouble.span.start, chunk.end)
        if brace is None or not reading.counts:
            return False
        self._lose(chunk)
        reading.counts = False
        reading.state = self._start(Chunk(brace + 1, chunk.end))
        head = [Token("KIND", "kind"), Token("NAME", "_"), Token("LBRACE", "{", brace, end_pos=brace + 1)]
        for token in head:
            reading.state.feed_token(token)
        self._newlines.tokens.extend(head)
        self._newlines.go_on([(head[-1], True)])
        return True

    def _unclosed(self, trouble: Trouble, reading: _Reading) -> list[Item]:
        """What is saved of a chunk with an open bracket at its end."""
        from gaic.parse.recovery import closes_evenly

        chunk = reading.chunk
        followers = [] if chunk.joined else self._followers()
        if followers:
            # Lines that should have been indented: read anew with them.
            del self._builder.diagnostics[reading.known :]
            self._mistakes = reading.mistakes
            joined = tuple(followers)
            self._next.append(Chunk(chunk.start, followers[-1].end, chunk.indented, chunk.told, joined))
            return []
        if not reading.ended:
            self._tell(trouble, chunk)
        even = closes_evenly(self._text, chunk.start, chunk.end)
        items = self._close(reading, trouble.opened) if even else None
        if items is None:
            self._lose(chunk)
        return items or []

    def _close(self, reading: _Reading, opened: Brackets) -> list[Item] | None:
        """The items of a chunk whose outer block is closed where the chunk ends; None where that cannot be."""
        from lark import Token, UnexpectedInput

        end = reading.chunk.end
        if not self._skip_entry(reading, end, opened[:1]):
            return None
        try:
            reading.state.feed_token(Token("RBRACE", "}", end, end_pos=end))
            return self._end(reading)
        except UnexpectedInput:
            return None

    @staticmethod
    def _end(reading: _Reading) -> list[Item]:
        """The items in front of the place where the parser stands."""
        from lark import Token

        items: list[Item] = reading.state.feed_token(Token("$END", ""), is_end=True)
        return items

    def _lacking(self, items: list[Item], place: int, end: int) -> list[Item]:
        """The items in front of a place, the last one without the entries that stand there, behind its `}`."""
        from gaic.parse.recovery import begins_entry, lost_names

        last = items[-1] if items else None
        if not isinstance(last, Kind | Object) or not begins_entry(self._text, place):
            return items
        names = dict.fromkeys((*last.block.lost, *lost_names(self._text, place, end)))
        return [*items[:-1], replace(last, block=replace(last.block, lost=tuple(names)))]

    def _followers(self) -> list[Chunk]:
        """The chunks behind one with an open bracket that are no items: lines that should have been indented."""
        followers: list[Chunk] = []
        for chunk in self._chunks:
            if looks_like_item(self._text, chunk.start):
                self._next.append(chunk)
                break
            followers.append(chunk)
        return followers

    def _trouble(self, error: UnexpectedInput, reading: _Reading) -> Trouble:
        from lark import UnexpectedToken

        tokens = self._newlines.tokens
        kind = None
        if isinstance(error, UnexpectedToken):
            if tokens and tokens[-1] is error.token:
                tokens = tokens[:-1]
            kind = {"$END": Found.END, "NL": Found.LINE_END}.get(error.token.type)
            start = error.token.start_pos or 0
        else:
            start = error.pos_in_stream
        if kind is not None:
            start = end = (tokens[-1].end_pos or 0) if tokens else reading.chunk.start
        else:
            kind, end = look_at(self._text, start)
        accepts = frozenset(error.interactive_parser.accepts())  # type: ignore[no-untyped-call]  # of lark
        return Trouble(kind, Span(self._builder.file, start, end), accepts, tokens, open_brackets(tokens))

    def _misplaced(self, start: int, message: str, help_: str) -> None:
        end = look_at(self._text, start)[1]
        self._builder.report(Fault.COLUMN, message, Span(self._builder.file, start, end), help_)

    def _lose(self, *chunks: Chunk) -> None:
        for chunk in chunks:
            self._builder.lost.extend(declared_names(self._text, chunk.start, chunk.end))

    def _stop(self) -> None:
        """Read no more of the file."""
        self._lose(*self._next, *islice(self._chunks, _REMEMBERED))
        self._next = []
        self._chunks = iter(())

    def _too_much(self, excess: Excess, reading: _Reading) -> list[Item] | None:
        """Say which bound is passed; as `_recover`."""
        bounds = self._builder.bounds
        start = excess.token.start_pos or 0
        span = Span(self._builder.file, start, excess.token.end_pos or start)
        if excess.bound != "tokens" and self._is_too_much(span, reading.chunk):
            return []
        help_ = "give a part of it a name of its own"
        match excess.bound:
            case "nesting":
                fault, message = Fault.NESTING, f"brackets are nested more than {bounds.nesting} deep"
            case "depth":
                fault, message = Fault.NESTING, f"this expression has more than {bounds.depth} operators in a row"
            case _:
                fault, message = Fault.TOKENS, f"this file has more than {bounds.tokens} words and signs"
                help_ = "put long lists of numbers into a CSV file"
        self._builder.diagnostics.append(say(fault, message, span, help_))
        if excess.bound != "tokens" and self._skip_entry(reading, start, open_brackets(self._newlines.tokens)[:1]):
            return None
        self._lose(reading.chunk)
        if excess.bound == "tokens":
            self._stop()
        return []
