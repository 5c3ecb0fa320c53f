"""Tells mypy what `request.visit` is: VisitMiddleware sets it on every request, and Django's own class cannot know."""

from collections.abc import Callable

from mypy.nodes import MDEF, SymbolTableNode, TypeInfo, Var
from mypy.plugin import AttributeContext, ClassDefContext, Plugin
from mypy.types import AnyType, Instance, Type, TypeOfAny

REQUEST = "django.http.request.HttpRequest"
MODULE, NAME = "linli.people.visits", "Visit"


def declare(context: ClassDefContext) -> None:
    visit = Var("visit", AnyType(TypeOfAny.special_form))
    visit.info = context.cls.info
    visit._fullname = f"{REQUEST}.visit"
    context.cls.info.names["visit"] = SymbolTableNode(MDEF, visit, plugin_generated=True)


class VisitPlugin(Plugin):
    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return declare if fullname == REQUEST else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return self.typed if fullname == f"{REQUEST}.visit" else None

    def typed(self, context: AttributeContext) -> Type:
        found = self.lookup_fully_qualified(f"{MODULE}.{NAME}")
        if found and isinstance(found.node, TypeInfo):
            return Instance(found.node, [])
        return context.default_attr_type


def plugin(version: str) -> type[Plugin]:
    return VisitPlugin
