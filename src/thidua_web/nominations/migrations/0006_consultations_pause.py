from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0005_review_meetings"),
    ]

    operations = [
        migrations.AddField("consultation", "pauses", models.BooleanField(default=False)),
    ]
