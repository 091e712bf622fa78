"""Read a file: cut it into chunks, parse each of them, and go on behind those that are broken."""

from __future__ import annotations

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
from gaic.syntax.declarations import Module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lark import Token, UnexpectedInput

    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits
    from gaic.source.text import SourceFile
    from gaic.syntax.declarations import Item


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
        from lark import UnexpectedInput

        while (chunk := self._next.pop() if self._next else next(self._chunks, None)) is not None:
            known = len(self._builder.diagnostics)
            try:
                items = self._parse(chunk)
            except Excess as excess:
                self._too_much(excess)
                self._lose(chunk)
                if excess.bound == "tokens":
                    self._stop()
            except UnexpectedInput as error:
                yield from self._recover(self._trouble(error, chunk), chunk, known)
            else:
                if chunk.indented:
                    self._misplaced(chunk.start, "an item starts in column 1", "move it to column 1")
                yield from items

    def _parse(self, chunk: Chunk) -> list[Item]:
        """The items of a chunk. Offsets count from the start of the file, without a copy of the text."""
        from lark.lexer import LexerState, LexerThread, LineCounter
        from lark.utils import TextSlice

        counter = LineCounter("\n")  # type: ignore[no-untyped-call]  # of lark
        counter.char_pos = chunk.start
        state = LexerState(TextSlice(self._text, chunk.start, chunk.end), counter)
        self._builder.start_chunk()
        self._newlines.start_chunk()
        frontend = self._parser.parser
        items: list[Item] = frontend.parser.parse(LexerThread(frontend.lexer, state), "start")
        if self._watch is not None:
            self._watch(self._newlines.tokens)
        return items

    # ---------------------------------------------------------------- what is broken

    def _recover(self, trouble: Trouble, chunk: Chunk, known: int) -> list[Item]:
        """Say what is wrong with a chunk, and save what can be saved of it; `known` messages are older."""
        self._mistakes += 1
        place = trouble.span.start
        if self._mistakes > self._builder.bounds.mistakes:
            message = f"reading stops after {self._builder.bounds.mistakes} mistakes"
            self._builder.diagnostics.append(say(Fault.MISTAKES, message, trouble.span, "correct those above first"))
            self._lose(chunk)
            self._stop()
            return []
        if begins_second_item(trouble):
            # An indented item below a complete one: read both. What the first one collects is collected again.
            del self._builder.diagnostics[known:]
            self._tell(trouble, chunk)
            self._next.append(Chunk(place, chunk.end, told=True))
            return self._parse(Chunk(chunk.start, place))
        if trouble.kind is Found.CHARACTER and self._text.startswith('"""', place):
            self._tell(trouble, chunk)
            self._lose(chunk)
            self._stop()
            return []
        followers = self._followers() if trouble.kind is Found.END and trouble.opened else []
        joined = self._joined(chunk, followers, known) if followers else None
        if joined is None:
            self._tell(trouble, chunk)
            self._lose(chunk, *followers)
        return joined or []

    def _tell(self, trouble: Trouble, chunk: Chunk) -> None:
        if not chunk.told:
            self._builder.collect(explain(trouble))

    def _followers(self) -> list[Chunk]:
        """The chunks behind one with an open bracket that are no items: lines that should have been indented."""
        followers: list[Chunk] = []
        for chunk in self._chunks:
            if looks_like_item(self._text, chunk.start):
                self._next.append(chunk)
                break
            followers.append(chunk)
        return followers

    def _joined(self, chunk: Chunk, followers: list[Chunk], known: int) -> list[Item] | None:
        """The items of a chunk and the lines behind it that should have been indented, if that was the only mistake."""
        from lark import UnexpectedInput

        diagnostics = self._builder.diagnostics
        before = diagnostics[known:]
        del diagnostics[known:]
        try:
            items = self._parse(Chunk(chunk.start, followers[-1].end))
        except (UnexpectedInput, Excess):
            diagnostics[known:] = before
            return None
        self._misplaced(followers[0].start, "what stands inside brackets is indented", "indent it")
        return items

    def _trouble(self, error: UnexpectedInput, chunk: Chunk) -> Trouble:
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
            start = end = (tokens[-1].end_pos or 0) if tokens else chunk.start
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

    def _too_much(self, excess: Excess) -> None:
        bounds = self._builder.bounds
        start = excess.token.start_pos or 0
        span = Span(self._builder.file, start, excess.token.end_pos or start)
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
