"""Steps keep the words a unit put its name to when it passed an application on.

Until now the employer's page asked for a sentence and the service did not, so that a step decided otherwise than
through the page has none: that is what its row then says.
"""

from django.db import migrations, models

EMPLOYER = '本单位承诺：已逐项核验申报材料，内容真实，并对推荐结果负责'
CHECKS = {'conditions': '申报人符合申报条件', 'quality': '材料清晰、真实、完整、规范', 'uploads': '上传材料与填报内容一致'}
NONE_KEPT = '办理时系统未留存承诺或确认的文字。'


def tell_what_was_said(apps, schema_editor):
    steps = apps.get_model('applications', 'ApprovalStep').objects.filter(state='passed', kind__in=['employer', 'supervisor'])
    for step in steps.iterator():
        if step.kind == 'employer':
            said = [EMPLOYER] if step.checks.get('commitment') is True else []
        else:
            said = [words for key, words in CHECKS.items() if step.checks.get(key) is True]
        step.statement = '\n'.join(f'{number}. {words}' for number, words in enumerate(said, 1)) or NONE_KEPT
        step.save(update_fields=['statement'])


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0002_result_told_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='approvalstep',
            name='statement',
            field=models.TextField(blank=True, default='', verbose_name='签署的承诺或确认'),
            preserve_default=False,
        ),
        migrations.RunPython(tell_what_was_said, migrations.RunPython.noop),
    ]
