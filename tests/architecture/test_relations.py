"""Model relations point down the line certificates → review → applications → portal, and cannot be walked back up."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

HEIGHT = {"portal": 0, "rules": 0, "applications": 1, "review": 2, "certificates": 3}


def relations_of(models):
    """Every relation that our own models declare: foreign keys, one to one and many to many."""
    for model in models:
        if model._meta.app_label not in HEIGHT:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_label
                if target in HEIGHT:
                    yield f"{model._meta.label}.{field.name}", model._meta.app_label, target, field


def own_relations():
    return list(relations_of(apps.get_models()))


def test_relations_of_every_room_are_looked_at():
    seen = {(source, target) for _, source, target, _ in own_relations()}
    assert seen >= {
        ("portal", "portal"),
        ("applications", "portal"),
        ("review", "applications"),
        ("certificates", "applications"),
    }


@isolate_apps("portal")
def test_a_relation_of_many_to_many_is_looked_at():
    class Upward(models.Model):
        many = models.ManyToManyField("applications.Application")

        class Meta:
            app_label = "portal"

    many = Upward._meta.get_field("many")
    many.remote_field.model = apps.get_model("applications.Application")
    assert [(name, source, target) for name, source, target, _ in relations_of([Upward])] == [
        ("portal.Upward.many", "portal", "applications")
    ]


def test_no_relation_points_up():
    upward = [name for name, source, target, _ in own_relations() if HEIGHT[target] > HEIGHT[source]]
    assert upward == []


def test_a_lower_app_cannot_reach_up_through_a_reverse_name():
    named = [
        name
        for name, source, target, field in own_relations()
        if HEIGHT[target] < HEIGHT[source] and not field.remote_field.hidden
    ]
    assert named == []
