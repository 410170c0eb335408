from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField("journalline", "on_behalf_of_name", models.CharField(blank=True, max_length=120)),
        migrations.AddIndex(
            "journalline",
            models.Index(fields=["unit", "-number"], name="journal_of_unit"),
        ),
        migrations.CreateModel(
            name="JournalCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("whole", models.BooleanField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("faults", models.JSONField(default=list)),
                ("fault_count", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
            ],
            options={"ordering": ("-at", "-id")},
        ),
    ]
