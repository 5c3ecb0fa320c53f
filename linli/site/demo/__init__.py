"""The demo community: a believable compound with three months of life, built by calling actions."""

from linli.site.demo.build import SLUG, build, is_built, login_lines

__all__ = ("SLUG", "build", "is_built", "login_lines")
