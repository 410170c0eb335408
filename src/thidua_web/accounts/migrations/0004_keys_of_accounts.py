from django.db import migrations, models

from thidua.vietnamese.collation import person_sort_text
from thidua.vietnamese.folding import search_key


def fill_keys(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    changed = []
    for user in User.objects.all().iterator():
        user.sort_text = person_sort_text(user.full_name)
        user.folded = search_key(f"{user.full_name} {user.username} {user.email}")
        changed.append(user)
    User.objects.bulk_update(changed, ["sort_text", "folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_no_own_count_of_failures")]

    operations = [
        migrations.AddField("user", "sort_text", models.CharField(blank=True, editable=False, max_length=600)),
        migrations.AddField("user", "folded", models.CharField(blank=True, editable=False, max_length=450)),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.AddIndex("user", models.Index(fields=["sort_text", "id"], name="accounts_us_sort_te_33f1e5_idx")),
        migrations.AddField("invitation", "refusal", models.CharField(blank=True, max_length=300)),
        migrations.AddField("invitation", "folded", models.CharField(blank=True, editable=False, max_length=400)),
    ]
