import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0001_nominations"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="token",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("nomination", "token"), name="claim_row_once"),
        ),
        migrations.CreateModel(
            name="ReportPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prints",
                        to="nominations.nomination",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["value", "nomination"], name="report_print_by_value")],
            },
        ),
    ]
