"""Room for ciphertext. Apart from what fills it: PostgreSQL alters no table in which rows wait for a check of their key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]

    operations = [migrations.AlterField("ballotchoice", "choice", models.TextField())]
