"""Model relations point down the line certificates → review → applications → portal, and cannot be walked back up."""

from django.apps import apps
from django.db.models.fields.related import ForeignObject

HEIGHT = {"portal": 0, "rules": 0, "applications": 1, "review": 2, "certificates": 3}


def own_relations():
    for model in apps.get_models():
        if model._meta.app_label not in HEIGHT:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignObject) and field.remote_field and not field.auto_created:
                target = field.remote_field.model._meta.app_label
                if target in HEIGHT:
                    yield f"{model._meta.label}.{field.name}", model._meta.app_label, target, field


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
