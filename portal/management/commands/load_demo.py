"""`manage.py load_demo`: the demonstration's people, round and dossiers. Refuses outside DEMO."""

from argparse import ArgumentParser
from importlib import import_module, util
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import demo

OWN = {"portal", "applications", "review", "certificates"}


class Command(BaseCommand):
    help = "Load the demonstration (twice is once) and print the personas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--table", action="store_true", help="only print the personas")

    def handle(self, *args: Any, table: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("load_demo makes people with a published password: it runs under DEMO=1 only.")
        if not table:
            load()
        self.stdout.write(demo.table())


def load() -> demo.World:
    """Lets every app, lowest first, load its part; returns the world."""
    world = demo.World()
    for config in apps.get_app_configs():
        if config.name in OWN and util.find_spec(f"{config.name}.demo"):
            import_module(f"{config.name}.demo").load(world)
    return world
