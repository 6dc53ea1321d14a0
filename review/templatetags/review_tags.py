"""What the pages of review need to render themselves."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of_entry(counts: Mapping[int, int], entry: int) -> int:
    """The count that belongs to an entry; 0 where there is none."""
    return counts.get(entry, 0)
