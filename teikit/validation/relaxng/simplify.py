"""From the full syntax of RELAX NG to the simple one (specification of 2001-12-03, section 4).

Here steps 4.3 to 4.18 are done in one walk over the trees of all files, without recursion, so that
depth costs nothing; what follows (4.19 to 4.21) is :mod:`teikit.validation.relaxng.reduce`. Only
what inherits is carried along: namespace, datatype library, base, grammar and files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng.naming import Namer
from teikit.validation.relaxng.reduce import Definition, Recipe, reduce
from teikit.validation.relaxng.references import load_file, resolve
from teikit.validation.relaxng.tree import Node, Place, SchemaError, SimpleGrammar, fault

if TYPE_CHECKING:
    from teikit.validation.relaxng.datatypes import Datatype, DatatypeError

__all__ = ["load_file", "simplify"]

Loader = Callable[[str, str, Place], Node]

# What files that are used more than once may yield in all; tei_all has 15,000 nodes.
MAX_NODES = 150_000
MAX_FILES_DEEP = 64
_WRAPPING = frozenset(("oneOrMore", "list"))


def simplify(root: Node, load: Loader = load_file) -> SimpleGrammar:
    """The schema ``root``, as read from either syntax, in the simple syntax.

    ``load(target, kind, place)`` gives the tree of the file that an ``include`` or ``externalRef``
    (``kind``) at ``place`` names; ``target`` is its href resolved against the base. Raises
    SchemaError with all violations of section 4 that were found, each at its place.
    """
    return _Simplifier(root, load).run()


@dataclass(slots=True, eq=False)
class _Grammar:
    """A grammar as a scope of names; incomplete if something it includes could not be had."""

    parent: _Grammar | None
    place: Place
    definitions: dict[str, Definition] = field(default_factory=dict)
    start: Definition | None = None
    complete: bool = True


class _Context(NamedTuple):
    """What a node inherits from those around it."""

    ns: str
    library: str
    base: str
    scope: _Grammar | None
    files: tuple[str, ...]


class _Component(NamedTuple):
    """A start or define, with what it inherits."""

    node: Node
    context: _Context

    @property
    def name(self) -> str:
        return "" if self.node.kind == "start" else self.node.attributes["name"]


# A datatype as a schema names it: library, type, parameters.
_Type = tuple[str, str, tuple[tuple[str, str], ...]]
# A pattern still to be converted, and the list that its result goes to.
_Task = tuple[Node, _Context, list[Node]]


class _Simplifier:
    """The walk: what is left to do, what is known, what is wrong."""

    def __init__(self, root: Node, load: Loader) -> None:
        self.root = root
        self.loader = load
        self.findings: list[Diagnostic] = []
        self.loaded: dict[str, Node | None] = {}
        self.external: dict[tuple[str, str, _Grammar | None], Node] = {}
        self.recipe = Recipe()
        self.tasks: list[_Task] = []
        self.namer = Namer(self.wrong, self.count_again)
        self.uses: dict[str, int] = {}  # how often each file was used
        self.again = False  # whether what is at work comes from a file that is used again
        self.nodes = 0
        self.types: dict[_Type, Datatype | DatatypeError] = {}

    def run(self) -> SimpleGrammar:
        base = resolve("", self.root.place.path)
        top = Node("group", self.root.place)
        self.tasks.append((self.root, _Context("", "", base, None, (base,)), top.children))
        while self.tasks:
            node, context, target = self.tasks.pop()
            self.count(node, context)
            self.pattern(node, self.inherit(node, context), target)
        if self.findings:
            raise SchemaError(sorted(set(self.findings), key=lambda item: item.sort_key))
        # Where they were found: the target may be a URI, and the file a copy in the store.
        trees = (self.root, *filter(None, self.loaded.values()))
        return reduce(top, self.recipe, tuple(tree.place.path for tree in trees))

    def wrong(self, place: Place, message: str, *hints: str) -> None:
        self.findings.append(fault(place, message, *hints))

    def count(self, node: Node, context: _Context) -> None:
        """Limit what comes of files that are used again; a file itself may be of any size."""
        self.again = self.uses.get(context.files[-1], 0) > 1
        if self.again:
            self.count_again(node)

    def count_again(self, node: Node) -> None:
        if self.again:
            self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"the schema grows beyond {MAX_NODES:,} patterns by what it includes"
            hint = "look for files that include each other twice or more"
            raise SchemaError(fault(node.place, message, hint))

    @staticmethod
    def inherit(node: Node, context: _Context) -> _Context:
        """The context inside a node: 4.3 (datatypeLibrary), 4.5 (xml:base), 4.9 (ns)."""
        attributes = node.attributes
        if "ns" in attributes or "datatypeLibrary" in attributes or node.base:
            return _Context(
                attributes.get("ns", context.ns),
                attributes.get("datatypeLibrary", context.library),
                resolve(node.base, context.base) if node.base else context.base,
                context.scope,
                context.files,
            )
        return context

    # -- patterns (4.12 to 4.15) -------------------------------------------------------------------

    def pattern(self, node: Node, context: _Context, target: list[Node]) -> None:
        kind, place = node.kind, node.place
        if kind in ("group", "choice", "interleave"):
            made = Node(kind, place)
            target.append(made)
            self.later(node.children, context, made.children)
        elif kind in _WRAPPING:
            made = Node(kind, place)
            target.append(made)
            self.grouped(node.children, place, context, made.children)
        elif kind == "optional":
            made = Node("choice", place, {}, [Node("empty", place)])
            target.append(made)
            self.grouped(node.children, place, context, made.children)
        elif kind == "zeroOrMore":
            repeated = Node("oneOrMore", place)
            target.append(Node("choice", place, {}, [Node("empty", place), repeated]))
            self.grouped(node.children, place, context, repeated.children)
        elif kind == "mixed":
            made = Node("interleave", place, {}, [Node("text", place)])
            target.append(made)
            self.grouped(node.children, place, context, made.children)
        elif kind in ("ref", "parentRef"):
            self.reference(node, context, target)
        elif kind in ("element", "attribute"):
            self.named(node, context, target)
        elif kind == "data":
            self.data(node, context, target)
        elif kind == "value":
            target.append(self.value(node, context))
        elif kind == "externalRef":
            self.external_reference(node, context, target)
        elif kind == "grammar":
            target.append(self.grammar(node, context))
        else:
            target.append(Node(kind, place))

    def later(self, nodes: Iterable[Node], context: _Context, target: list[Node]) -> None:
        self.tasks.extend((node, context, target) for node in reversed(list(nodes)))

    def grouped(
        self, nodes: list[Node], place: Place, context: _Context, target: list[Node]
    ) -> None:
        """Convert several patterns into one (4.12)."""
        if len(nodes) > 1:
            group = Node("group", place)
            target.append(group)
            target = group.children
        self.later(nodes, context, target)

    def named(self, node: Node, context: _Context, target: list[Node]) -> None:
        """An element or attribute: its name class first (4.8), then its content."""
        content = node.children
        if "name" in node.attributes:
            names = self.namer.named(node, context.ns)
        else:
            names = self.namer.classes(content[:1], context.ns, node.kind == "attribute")
            content = content[1:]
        made = Node(node.kind, node.place, {}, [names], documentation=node.documentation)
        target.append(made)
        if not content:
            made.children.append(Node("text", node.place))
        self.grouped(content, node.place, context, made.children)

    # -- datatypes (4.3, 4.4, 4.16) ----------------------------------------------------------------

    def data(self, node: Node, context: _Context, target: list[Node]) -> None:
        attributes = {"datatypeLibrary": context.library, "type": node.attributes["type"]}
        made = Node("data", node.place, attributes, documentation=node.documentation)
        target.append(made)
        for child in node.children:
            if child.kind == "param":
                made.children.append(child)
            else:
                choice = Node("choice", child.place)
                made.children.append(Node("except", child.place, {}, [choice]))
                self.later(child.children, self.inherit(child, context), choice.children)
        self.datatype(made)

    def value(self, node: Node, context: _Context) -> Node:
        typed = "type" in node.attributes
        attributes = {
            "datatypeLibrary": context.library if typed else "",
            "type": node.attributes["type"] if typed else "token",
            "ns": context.ns,
        }
        made = Node("value", node.place, attributes, [], node.text, node.namespaces)
        made.documentation = node.documentation
        kind = self.datatype(made)
        # Section 4.16 does not ask for it, jing does: such a value could never occur.
        if kind and not kind.allows(node.text, {**node.namespaces, "": context.ns}):
            message = f"“{node.text.strip()[:40]}” is not a value of the type {kind.name}"
            self.wrong(node.place, message, f"that type wants {kind.describe()}")
        return made

    def datatype(self, node: Node) -> Datatype | None:
        """The datatype of a data or value pattern; None, and a finding, if there is none."""
        from teikit.validation.relaxng.datatypes import DatatypeError, datatype

        library, name = node.attributes["datatypeLibrary"], node.attributes["type"]
        params = [child for child in node.children if child.kind == "param"]
        given = tuple((param.attributes["name"], param.text) for param in params)
        key = (library, name, given)
        known = self.types.get(key)
        if known is None:
            try:
                known = datatype(library, name, given)
            except DatatypeError as error:
                known = error
            self.types[key] = known
        if isinstance(known, DatatypeError):
            self.wrong(node.place, str(known), *([known.hint] if known.hint else []))
            return None
        return known

    # -- references and grammars (4.17, 4.18) ------------------------------------------------------

    def reference(self, node: Node, context: _Context, target: list[Node]) -> None:
        name, scope = node.attributes["name"], context.scope
        if node.kind == "parentRef" and scope is not None:
            scope = scope.parent
        if scope is None:
            if node.kind == "parentRef" and context.scope is not None:
                message = f"<parentRef> to “{name}”: this grammar stands in no other"
                self.wrong(node.place, message, "write <ref> for a definition of this grammar")
            else:
                message = f"<{node.kind}> to “{name}” stands in no <grammar>"
                self.wrong(node.place, message, "definitions exist inside <grammar> only")
            return
        definition = scope.definitions.get(name)
        if definition is None and not scope.complete:
            return
        if definition is None:
            from teikit.validation.relaxng.syntax import nearest

            hints = nearest(name, scope.definitions) or (f'add <define name="{name}">',)
            self.wrong(node.place, f"there is no definition of “{name}”", *hints)
            return
        made = Node("ref", node.place, {"name": name})
        self.recipe.targets[made] = definition
        target.append(made)

    def grammar(self, node: Node, context: _Context) -> Node:
        """Make a grammar's definitions known, and give a reference to its start."""
        scope = _Grammar(context.scope, node.place)
        inner = context._replace(scope=scope)
        grouped: dict[str, list[_Component]] = {}
        for component in self.components(node.children, inner):
            grouped.setdefault(component.name, []).append(component)
        for name, parts in grouped.items():
            first = parts[0].node
            definition = Definition(name, first.place, Node("group", first.place))
            if name:
                scope.definitions[name] = definition
            else:
                scope.start = definition
        made = Node("ref", node.place, {"name": "start"})
        if scope.start is None and scope.complete:
            hint = "say which element may be the root: <start><ref name=…/></start>"
            self.wrong(node.place, "the grammar has no <start>", hint)
        elif scope.start is not None:
            self.recipe.targets[made] = scope.start
        for name, parts in reversed(grouped.items()):
            known = scope.definitions[name] if name else scope.start
            if known is not None:
                self.body(known, parts)
        return made

    def body(self, definition: Definition, parts: list[_Component]) -> None:
        """Combine the definitions of one name (4.17)."""
        holder = definition.pattern
        if len(parts) > 1:
            holder.kind = self.combination(parts)
        for node, context in reversed(parts):
            inner = self.inherit(node, context)
            # What is said of a definition is said of the element that is all of it.
            children = node.children
            if len(parts) == len(children) == 1 and children[0].kind == "element":
                children[0].documentation = children[0].documentation or node.documentation
            part = Node("group", node.place)
            holder.children.insert(0, part)
            self.later(children, inner, part.children)

    def combination(self, parts: list[_Component]) -> str:
        node = parts[0].node
        what = f"“{node.attributes['name']}”" if node.kind == "define" else "<start>"
        plain = [part.node for part in parts if "combine" not in part.node.attributes]
        for again in plain[1:]:
            message = f"{what} is defined twice: also in {_where(plain[0].place, again.place)}"
            hint = 'delete one, or write combine="choice" (or "interleave") on one'
            self.wrong(again.place, message, hint)
        combined = [part.node for part in parts if "combine" in part.node.attributes]
        if not combined:
            return "choice"
        method = combined[0].attributes["combine"]
        for other in combined[1:]:
            if other.attributes["combine"] != method:
                message = (
                    f"{what} is combined by {other.attributes['combine']} here, but by {method} in "
                    f"{_where(combined[0].place, other.place)}"
                )
                self.wrong(other.place, message, "all parts must name the same method")
        return method

    def components(self, nodes: list[Node], context: _Context) -> list[_Component]:
        """The start and define elements of a grammar, those of div (4.11) and include (4.7) too."""
        found: list[_Component] = []
        tasks = [(node, context) for node in reversed(nodes)]
        while tasks:
            node, outer = tasks.pop()
            self.count(node, outer)
            if node.kind == "div":
                inner = self.inherit(node, outer)
                tasks += [(child, inner) for child in reversed(node.children)]
            elif node.kind == "include":
                found += self.included(node, self.inherit(node, outer))
            else:
                found.append(_Component(node, outer))
        return found

    # -- other files (4.5 to 4.7) ------------------------------------------------------------------

    def included(self, include: Node, context: _Context) -> list[_Component]:
        own = self.components(include.children, context)
        target = self.target(include, context)
        tree = self.load(target, include) if target else None
        if tree is None or tree.kind != "grammar":
            if context.scope is not None:
                context.scope.complete = False
            if tree is None:
                return own
            message = f"{target} is no grammar (its root is <{tree.kind}>) and cannot be included"
            self.wrong(include.place, message, "write <externalRef> for a single pattern")
            return own
        inner = _Context(context.ns, "", target, context.scope, (*context.files, target))
        theirs = self.components(tree.children, self.inherit(tree, inner))
        names = {component.name for component in theirs}
        for component in own:
            if component.name not in names:
                self.overrides_nothing(component, target, names)
        replaced = {component.name for component in own}
        return [item for item in theirs if item.name not in replaced] + own

    def overrides_nothing(self, component: _Component, target: str, names: set[str]) -> None:
        place = component.node.place
        if not component.name:
            message = f"<start> in <include> replaces nothing: {target} has no <start>"
            self.wrong(place, message, "move it out of <include>, beside it")
            return
        from teikit.validation.relaxng.syntax import nearest

        message = f"“{component.name}” in <include> replaces nothing: {target} does not define it"
        hints = nearest(component.name, filter(None, names))
        self.wrong(place, message, *hints, "to add a definition, move it out of <include>")

    def external_reference(self, node: Node, context: _Context, target: list[Node]) -> None:
        name = self.target(node, context)
        key = (name, context.ns, context.scope)
        if key not in self.external:
            holder = Node("group", node.place)
            tree = self.load(name, node) if name else None
            if tree is not None:
                inner = _Context(context.ns, "", name, context.scope, (*context.files, name))
                self.tasks.append((tree, inner, holder.children))
            self.external[key] = holder
        target.append(self.external[key])

    def target(self, node: Node, context: _Context) -> str:
        """The resolved href of an include or externalRef, or "" and a finding."""
        href = node.attributes["href"]
        if "#" in href:
            message = f"href “{href}” points into a file, and only whole files can be used"
            self.wrong(node.place, message, "delete the # and what follows it")
            return ""
        target = resolve(href, context.base)
        if target in context.files:
            chain = (*context.files[context.files.index(target) :], target)
            what = "includes" if node.kind == "include" else "refers to"
            message = f"the schema {what} itself: {' → '.join(chain)}"
            self.wrong(node.place, message, f"delete this <{node.kind}>")
            return ""
        if len(context.files) > MAX_FILES_DEEP:
            message = f"files include each other more than {MAX_FILES_DEEP} deep"
            raise SchemaError(fault(node.place, message))
        return target

    def load(self, target: str, node: Node) -> Node | None:
        self.uses[target] = self.uses.get(target, 0) + 1
        if target not in self.loaded:
            try:
                self.loaded[target] = self.loader(target, node.kind, node.place)
            except SchemaError as error:
                self.findings += error.diagnostics
                self.loaded[target] = None
        return self.loaded[target]


def _where(there: Place, here: Place) -> str:
    """Another place, as briefly as it can be said."""
    return f"line {there.line}" + ("" if there.path == here.path else f" of {there.path}")
