from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0003_step_statement'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(('kind__in', ['employer', 'supervisor']), ('state', 'passed'), _negated=True),
                    models.Q(('statement', ''), _negated=True),
                    _connector='OR',
                ),
                name='step_passed_with_a_statement',
            ),
        ),
    ]
