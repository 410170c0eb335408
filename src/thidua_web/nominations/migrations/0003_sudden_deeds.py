from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0002_claim_rows_and_prints"),
    ]

    operations = [
        migrations.AddField("submission", "happened_on", models.DateField(blank=True, null=True)),
        migrations.AddField("submission", "place", models.CharField(blank=True, max_length=200)),
        migrations.AddField("submission", "who", models.CharField(blank=True, max_length=300)),
    ]
